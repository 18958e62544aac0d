using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;

namespace Referrals.Api.Security;

/// <summary>
/// The first administrator's client: <c>Authentication:Bootstrap:Name</c> and <c>:Secret</c> make or renew a client of the network's
/// operator at each start. To be taken out of the settings once there are others.
/// </summary>
internal sealed class BootstrapClient(ClientStore clients, ApiSettings settings, IConfiguration configuration) : IHostedService
{
    private const int MinLength = 32;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var section = configuration.GetSection("Authentication:Bootstrap");
        if (section["Secret"] is not { Length: > 0 } secret)
        {
            return;
        }

        if (secret.Length < MinLength || secret.Distinct().Count() < 10)
        {
            throw new InvalidOperationException($"Authentication:Bootstrap:Secret must have at least {MinLength} random characters");
        }

        var name = section["Name"] ?? "bootstrap";
        if (!Codes.IsCode(name) || !Codes.IsCode(settings.Operator))
        {
            throw new InvalidOperationException("Authentication:Bootstrap:Name and Referrals:Operator must be codes");
        }

        var organisation = new OrganisationId(settings.Operator);
        var id = ClientStore.IdOf(organisation, name);
        _ = await clients.CreateAsync(organisation, id, secret, [NetworkRoles.Admin], "bootstrap", Codes.StableGuid("bootstrap", id), cancellationToken)
            ?? throw new InvalidOperationException($"the client {id} exists and was not made by Authentication:Bootstrap");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
