using Referrals.Engine.Network.Clients;
using Spectre.Console;

namespace Referrals.Workers.Commands.Network;

/// <summary>The demo network, as the single-process host loads it at its start: the same as <c>network load --demo-secret demo</c>, and people.</summary>
public static class DemoNetwork
{
    /// <summary>The secret of every organisation's client.</summary>
    public const string Secret = "demo";

    /// <summary>The password of every person.</summary>
    public const string Password = "demo-demo-demo";

    /// <summary>Loads the folder that <c>Referrals:DemoFolder</c> names (<c>deploy/demo</c>); quick when it is there already. Gives its people.</summary>
    /// <exception cref="InvalidOperationException">The files have faults.</exception>
    public static async Task<IReadOnlyList<DemoPerson>> LoadAsync(IConfiguration configuration, CancellationToken ct)
    {
        await using var session = new EngineSession(configuration, TimeProvider.System);
        var folder = Folder(configuration);
        var loading = new NetworkLoading(session, "demo", renewClients: false, keepsAgreed: true);
        var result = await loading.LoadAsync(folder, ClientCommand.Operator(configuration), Secret, german: false, _ => { }, ct);
        if (result.Faults.Count > 0)
        {
            throw new InvalidOperationException($"the demo network can't be loaded:{Environment.NewLine}{string.Join(Environment.NewLine, result.Faults)}");
        }

        foreach (var (chain, version) in loading.Kept)
        {
            AnsiConsole.WriteLine($"{chain} {version} stays as it was agreed in this folder; the demo's has changed since. A fresh folder (--data DIR) has the new one.");
        }

        if (result.Recorded > 0)
        {
            AnsiConsole.WriteLine($"Loaded the demo network: {result.Organisations} organisations, {result.Chains.Count} chains in force.");
        }

        var people = await DemoPeople.ReadAsync(folder, ct);
        await DemoPeople.MakeAsync(session, people, ct);
        return people;
    }

    /// <summary>Disables clients and people with the secret that everybody knows, for a start without the demo on data that had it.</summary>
    public static async Task LockAsync(IConfiguration configuration, CancellationToken ct)
    {
        await using var session = new EngineSession(configuration, TimeProvider.System);
        await session.MigrateAsync(ct);
        foreach (var organisation in (await session.AllOrganisationsAsync(ct)).Select(o => o.Id).Append(ClientCommand.Operator(configuration)))
        {
            var id = ClientStore.IdOf(organisation);
            if ((await session.Clients.ListAsync(organisation, ct)).Any(c => c.Id == id && c.DisabledAt is null)
                && await session.Clients.AuthenticateAsync(id, Secret, ct) is not null)
            {
                await session.Clients.DisableAsync(organisation, id, "demo", ct);
            }
        }

        await DemoPeople.LockAsync(session, await DemoPeople.ReadAsync(Folder(configuration), ct), ct);
    }

    /// <summary>The folder of the demo network.</summary>
    internal static string Folder(IConfiguration configuration) =>
        configuration["Referrals:DemoFolder"] is { Length: > 0 } named ? named : Path.Combine("deploy", "demo");
}
