using System.Collections.Concurrent;
using System.Globalization;
using Referrals.Engine;

namespace Referrals.Workers.Commands.Drive;

/// <summary>An organisation as the driver plays it.</summary>
/// <param name="Api">Its client.</param>
/// <param name="Referrals">Its list of referrals.</param>
/// <param name="Assignments">Its list of assignments.</param>
internal sealed record Member(ApiClient Api, ListWatch Referrals, ListWatch Assignments);

/// <summary>The network behind an API, each organisation with its own client.</summary>
internal sealed class ApiNetwork(HttpClient http, string clients, string secret, DateTimeOffset since) : IDisposable
{
    /// <summary>Stands for the organisation's code in the pattern of client ids.</summary>
    public const string Placeholder = "{organisation}";

    private readonly ConcurrentDictionary<OrganisationId, Member> _members = [];

    /// <summary>How long calls took.</summary>
    public CallLog Log { get; } = new();

    /// <summary>Every organisation that has been played.</summary>
    public IEnumerable<KeyValuePair<OrganisationId, Member>> Members => _members;

    /// <summary>The organisation.</summary>
    public Member Of(OrganisationId organisation) => _members.GetOrAdd(organisation, Join);

    /// <summary>Reads organisations and chains in force, as this organisation sees them.</summary>
    public async Task<DrivenNetwork> LearnAsync(OrganisationId reader, CancellationToken ct)
    {
        var api = Of(reader).Api;
        var organisations = await AllAsync<ApiShapes.Organisation>(api, "/api/v1/organisations", ct);
        var lines = await AllAsync<ApiShapes.ChainLine>(api, "/api/v1/chains?status=in-force", ct);
        var chains = new List<DrivenChain>();
        foreach (var line in lines.Where(l => l.InForce is not null).OrderBy(l => l.Id.Value, StringComparer.Ordinal))
        {
            var version = line.InForce!.Value.ToString(CultureInfo.InvariantCulture);
            var chain = (await api.GetAsync<ApiShapes.Chain>($"/api/v1/chains/{line.Id}/versions/{version}", ct)).Body;
            chains.Add(new DrivenChain(chain.Definition, chain.ContentHash));
        }

        return new DrivenNetwork([.. organisations.Where(o => o.HoldsCases).Select(o => o.Id).OrderBy(o => o.Value, StringComparer.Ordinal)], chains);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in _members.Values)
        {
            member.Api.Dispose();
        }
    }

    private static async Task<List<T>> AllAsync<T>(ApiClient api, string path, CancellationToken ct)
    {
        var all = new List<T>();
        for (string? next = path; next is not null;)
        {
            var page = (await api.GetAsync<ApiShapes.Page<T>>(next, ct)).Body;
            all.AddRange(page.Items);
            next = page.Next;
        }

        return all;
    }

    private Member Join(OrganisationId organisation)
    {
        var api = new ApiClient(http, clients.Replace(Placeholder, organisation.Value, StringComparison.Ordinal), secret, Log);
        return new Member(api, new ListWatch(api, "/api/v1/referrals", since), new ListWatch(api, "/api/v1/assignments", since));
    }
}
