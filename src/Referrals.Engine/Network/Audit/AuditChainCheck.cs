using System.Text.Json;
using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Audit;

/// <summary>Where a chain ends as the database says.</summary>
internal sealed record AuditHead(long Count, byte[] Hash);

/// <summary>Checks one organisation's chain while its entries go by in order.</summary>
internal sealed class AuditChainCheck(string tenant, IEnumerable<AuditAnchor> anchors)
{
    private readonly Dictionary<long, List<AuditAnchor>> _anchors = anchors.GroupBy(a => a.Count).ToDictionary(g => g.Key, g => g.ToList());
    private byte[] _hash = [];
    private long _count;
    private AuditFault? _fault;

    /// <summary>Whose chain.</summary>
    public string Tenant => tenant;

    /// <summary>The next entry: tenant, place, id, kind, time, who, what, subject, details, hash.</summary>
    public void Add(NpgsqlDataReader row)
    {
        _count++;
        if (_fault is not null)
        {
            return;
        }

        var no = row.GetInt64(1);
        if (no != _count)
        {
            _fault = new AuditFault(no > _count ? AuditFault.Missing : AuditFault.Changed, _count);
            return;
        }

        var written = row.GetFieldValue<byte[]>(9);
        if (Entry(row) is not { } entry || !AuditChain.Hash(entry, _hash).AsSpan().SequenceEqual(written))
        {
            _fault = new AuditFault(AuditFault.Changed, no);
            return;
        }

        _hash = written;
        if (_anchors.Remove(no, out var here) && here.Any(a => a.Hash != Convert.ToHexStringLower(_hash)))
        {
            _fault = new AuditFault(AuditFault.OtherChain, no);
        }
    }

    /// <summary>What it came to, when there are no more entries.</summary>
    public AuditVerdict Finish(AuditHead? head)
    {
        var most = Math.Max(head?.Count ?? 0, _anchors.Keys.DefaultIfEmpty(0).Max());
        _fault ??= most > _count ? new AuditFault(AuditFault.EndMissing, _count + 1)
            : head is null || head.Count < _count || !head.Hash.AsSpan().SequenceEqual(_hash) ? new AuditFault(AuditFault.Changed, _count)
            : null;
        return new AuditVerdict(new OrganisationId(tenant), _count, Convert.ToHexStringLower(_hash), _fault);
    }

    // Details that are no map of texts were not written by us.
    private static AuditEntry? Entry(NpgsqlDataReader row)
    {
        try
        {
            var details = JsonSerializer.Deserialize<Dictionary<string, string?>>(row.GetString(8), EventCodec.Json);
            return details is null || details.ContainsValue(null) ? null : new AuditEntry(
                new OrganisationId(row.GetString(0)), row.GetString(5), row.GetString(6), row.GetString(7), details!)
            {
                ChainNo = row.GetInt64(1),
                Id = row.GetInt64(2),
                IsLook = row.GetString(3) == "look",
                At = row.GetFieldValue<DateTimeOffset>(4),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
