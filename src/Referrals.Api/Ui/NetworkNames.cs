using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui;

/// <summary>
/// What organisations and steps are called, for pages that show many of them. The directory is read at most every few seconds;
/// a name may therefore be that much behind.
/// </summary>
public sealed class NetworkNames(OrganisationService organisations, IChainCatalog chains, TimeProvider time)
{
    private const int PageSize = 500;
    private const int MaxPages = 20;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);

    private volatile Read? _last;

    /// <summary>The directory's lines, by name in German order.</summary>
    public async Task<NetworkDirectory> DirectoryAsync(CancellationToken ct)
    {
        if (_last is { } last && time.GetUtcNow() - last.At < Kept)
        {
            return last.Directory;
        }

        var all = new List<OrganisationListItem>();
        ListKey? after = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var rows = await organisations.ListAsync([], after, PageSize, ct);
            all.AddRange(rows.Select(r => r.Item));
            if (rows.Count < PageSize)
            {
                break;
            }

            after = rows[^1].Key;
        }

        _last = new Read(time.GetUtcNow(), new NetworkDirectory(all));
        return _last.Directory;
    }

    /// <summary>Forgets what was read, after something in the directory was changed here.</summary>
    public void Forget() => _last = null;

    /// <summary>The version of a chain. What was read once is kept by the catalogue.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public async Task<ChainVersion> ChainAsync(ChainId id, int version, CancellationToken ct) =>
        (await chains.FindAsync(id, version, ct))?.Version ?? throw new InvalidOperationException($"chain {id} version {version} is not in the log");

    /// <summary>Versions of chains, each asked for once.</summary>
    public async Task<IReadOnlyDictionary<(ChainId Chain, int Version), ChainVersion>> ChainsAsync(
        IEnumerable<(ChainId Chain, int Version)> asked, CancellationToken ct)
    {
        var found = await Task.WhenAll(asked.Distinct().Select(async c => (c, await ChainAsync(c.Chain, c.Version, ct))));
        return found.ToDictionary(f => f.c, f => f.Item2);
    }

    private sealed record Read(DateTimeOffset At, NetworkDirectory Directory);
}

/// <summary>The organisations of the network as they were a moment ago.</summary>
public sealed class NetworkDirectory
{
    private readonly Dictionary<OrganisationId, OrganisationListItem> _byId;

    /// <summary>Of these lines.</summary>
    public NetworkDirectory(IEnumerable<OrganisationListItem> lines)
    {
        Lines = [.. lines.OrderBy(l => l.Profile.Name, StringComparer.Create(PageRequests.Cultures[0], ignoreCase: true)).ThenBy(l => l.Id.Value, StringComparer.Ordinal)];
        _byId = Lines.ToDictionary(l => l.Id);
    }

    /// <summary>All, by name.</summary>
    public IReadOnlyList<OrganisationListItem> Lines { get; }

    /// <summary>The line of an organisation, or null.</summary>
    public OrganisationListItem? Find(OrganisationId id) => _byId.GetValueOrDefault(id);

    /// <summary>Name of an organisation; its code where it has none in the directory.</summary>
    public string NameOf(OrganisationId id) => Find(id)?.Profile.Name ?? id.Value;
}
