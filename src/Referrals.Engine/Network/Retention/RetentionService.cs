using System.Diagnostics;
using System.Globalization;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network.Retention;

/// <summary>What a chain's rule comes to now.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Title">Its title.</param>
/// <param name="Months">After how many months from a referral's end its words are erased; null: there is no rule.</param>
/// <param name="Due">How many referrals' words are due to be erased.</param>
/// <param name="Oldest">When the oldest of those that are due ended (UTC); null: none is due.</param>
public sealed record RetentionLine(ChainId Chain, LocalText Title, int? Months, long Due, DateTimeOffset? Oldest);

/// <summary>What a run did for one organisation and chain.</summary>
/// <param name="Organisation">Who holds the referrals.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Erased">How many were erased.</param>
/// <param name="Refused">How many could not be, because somebody changed them meanwhile; the next run takes them.</param>
public sealed record RetentionRun(OrganisationId Organisation, ChainId Chain, int Erased, int Refused);

/// <summary>Finds the referrals whose time to be kept has passed by the rule of their chain, and erases their words by the way that everybody erases.</summary>
public sealed class RetentionService(TenantDatabase database, ChainService chains, ReferralService referrals, AuditStore audit, TimeProvider time)
{
    /// <summary>Who erases, in the history and in what was administered.</summary>
    public const string Who = "retention";

    private const string IsDue =
        "list = 'referrals' and status in ('completed', 'closed-early', 'withdrawn', 'consent-withdrawn') and coalesce(sealed_reference, reference) is not null and subject = $2 and changed_at < $3";

    /// <summary>Every chain that was agreed once, with its rule and what is due for these organisations.</summary>
    /// <param name="holders">Whose referrals; null: those of all organisations.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyList<RetentionLine>> LookAsync(IReadOnlyCollection<OrganisationId>? holders, CancellationToken ct)
    {
        holders ??= await AllAsync(ct);
        var lines = new List<RetentionLine>();
        foreach (var item in (await chains.AllAsync(ct)).Where(c => c.Latest is not null).OrderBy(c => c.Id.Value, StringComparer.Ordinal))
        {
            var months = (await chains.FindAsync(item.Id, ct))?.Chain.RetentionMonths;
            var (count, oldest) = months is { } m && holders.Count > 0 ? await CountAsync(holders, item.Id, m, ct) : (0, null);
            lines.Add(new RetentionLine(item.Id, item.Title, months, count, oldest));
        }

        return lines;
    }

    /// <summary>Erases what is due, organisation by organisation, at most so many of each chain; each that was looked at leaves an entry in what was administered.</summary>
    /// <param name="batch">The most referrals of one organisation and chain.</param>
    /// <param name="ct">Cancels it between two referrals.</param>
    public async Task<IReadOnlyList<RetentionRun>> RunAsync(int batch, CancellationToken ct)
    {
        var runs = new List<RetentionRun>();
        var holders = await AllAsync(ct);
        foreach (var line in (await LookAsync(holders, ct)).Where(l => l.Due > 0))
        {
            foreach (var holder in holders)
            {
                var due = await FindAsync(holder, line.Chain, line.Months!.Value, batch, ct);
                if (due.Count > 0)
                {
                    runs.Add(await EraseAsync(holder, line.Chain, due, ct));
                }
            }
        }

        return runs;
    }

    /// <summary>Before when a referral has to have ended to be due (UTC).</summary>
    public static DateTimeOffset Before(DateTimeOffset now, int months) => now.AddMonths(-months);

    private async Task<RetentionRun> EraseAsync(OrganisationId holder, ChainId chain, IReadOnlyList<ReferralId> due, CancellationToken ct)
    {
        var (erased, refused) = (0, 0);
        foreach (var id in due)
        {
            switch (await referrals.DoAsync(new Actor(Who, holder), id, new ReferralCommand.Erase(ErasureReason.Retention), null, ct))
            {
                case ReferralOutcome.Done:
                    erased++;
                    break;
                case ReferralOutcome.Refused or ReferralOutcome.Stale:
                    refused++;
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        await audit.WriteAsync(
            new AuditEntry(holder, Who, AuditCodes.RetentionRun, chain.Value, new Dictionary<string, string> { ["erased"] = Number(erased), ["left"] = Number(refused) }), ct);
        return new RetentionRun(holder, chain, erased, refused);
    }

    private async Task<(long Count, DateTimeOffset? Oldest)> CountAsync(IReadOnlyCollection<OrganisationId> holders, ChainId chain, int months, CancellationToken ct) =>
        (await database.RunAsync(
            Acting.For(holders), $"select count(*), min(changed_at) from @schema.list_rows where tenant_id = any ($1) and {IsDue}",
            r => (r.GetInt64(0), r.IsDBNull(1) ? (DateTimeOffset?)null : DateTimeOffset.Parse(r.GetString(1), CultureInfo.InvariantCulture)),
            ct, holders.Select(h => h.Value).ToArray(), chain.Value, Written(Before(time.GetUtcNow(), months))))[0];

    private Task<IReadOnlyList<ReferralId>> FindAsync(OrganisationId holder, ChainId chain, int months, int limit, CancellationToken ct) => database.RunAsync(
        holder, $"select id from @schema.list_rows where tenant_id = $1 and {IsDue} order by changed_at, id limit $4",
        r => new ReferralId(r.GetGuid(0)), ct, holder.Value, chain.Value, Written(Before(time.GetUtcNow(), months)), limit);

    // Those that left the network too: what they hold is kept no longer than agreed.
    private Task<IReadOnlyList<OrganisationId>> AllAsync(CancellationToken ct) => database.RunAsync(
        new OrganisationId(StreamName.Network), "select data ->> 'id' from @schema.list_rows where tenant_id = $1 and list = $2 order by 1",
        r => new OrganisationId(r.GetString(0)), ct, StreamName.Network, OrganisationBoard.List);

    // As the lines have it: their order as text is that of time.
    private static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
