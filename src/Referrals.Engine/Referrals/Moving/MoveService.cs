using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>A referral with what moving it to the version in force comes to.</summary>
/// <param name="Referral">As its holder sees it.</param>
/// <param name="Target">The version in force.</param>
/// <param name="Move">What moving comes to.</param>
public sealed record MovePreview(ReferralView Referral, ChainVersion Target, VersionMove Move);

/// <summary>What became of moving several referrals.</summary>
/// <param name="Done">Those that run on the version in force now.</param>
/// <param name="Refused">Those that stayed where they were, with the code of the reason.</param>
public sealed record Moved(IReadOnlyList<ReferralId> Done, IReadOnlyList<(ReferralId Referral, string Code)> Refused);

/// <summary>Looks which of an organisation's running referrals could go on on the version of their chain that is in force.</summary>
public sealed class MoveService(IEventLog log, ReferralService referrals, IChainCatalog chains, TimeProvider time)
{
    /// <summary>At most this many referrals are looked at in one go.</summary>
    public const int MostAtOnce = 200;

    private static readonly string[] Running = [.. new[] { ReferralStatus.Running, ReferralStatus.QuestionOpen, ReferralStatus.NeedsDecision }.Select(ReferralBoard.StatusCode)];

    /// <summary>What moving one comes to; null when there is no such referral, it has ended, or it runs on the version in force.</summary>
    public async Task<MovePreview?> FindAsync(OrganisationId holder, ReferralId id, CancellationToken ct)
    {
        var view = await referrals.FindAsync(holder, id, ct);
        if (view is null or { State.Ended: not null } || await chains.InForceAsync(view.Chain.Id, ct) is not { } target || target.ContentHash == view.State.Pin.ContentHash)
        {
            return null;
        }

        return new MovePreview(view, target.Version, VersionMove.Preview(view.State, view.Chain, target, time.GetUtcNow()));
    }

    /// <summary>
    /// The organisation's running referrals on other versions of a chain than the one in force, those started last first, at most <see cref="MostAtOnce"/>.
    /// </summary>
    public async Task<IReadOnlyList<MovePreview>> ListAsync(OrganisationId holder, ChainId chain, CancellationToken ct)
    {
        if (await chains.InForceAsync(chain, ct) is not { } target)
        {
            return [];
        }

        var found = new List<MovePreview>();
        ListKey? after = null;
        do
        {
            var rows = await log.QueryRowsAsync(
                new ListQuery(holder.Value, ReferralBoard.List) { Statuses = Running, Subject = chain.Value, After = after, Limit = 200 }, ct);
            foreach (var row in rows.Where(r => ReferralBoard.Read(r).ChainVersion != target.Version.Version).Take(MostAtOnce - found.Count))
            {
                if (await FindAsync(holder, new ReferralId(row.Id), ct) is { } preview)
                {
                    found.Add(preview);
                }
            }

            after = rows.Count < 200 ? null : new ListKey(rows[^1].SortAt, rows[^1].Id);
        }
        while (after is not null && found.Count < MostAtOnce);
        return found;
    }

    /// <summary>
    /// Moves referrals of an organisation to the version of a chain that is in force, each by itself: those named, else all that fit. One of another chain, or that
    /// isn't there, is refused like one that doesn't fit.
    /// </summary>
    public async Task<Moved> MoveAsync(Actor actor, ChainId chain, IReadOnlyList<ReferralId>? these, CancellationToken ct)
    {
        these ??= [.. (await ListAsync(actor.Organisation, chain, ct)).Where(p => p.Move.Fits).Select(p => p.Referral.State.Start.Referral)];
        var (done, refused) = (new List<ReferralId>(), new List<(ReferralId, string)>());
        foreach (var id in these.Distinct().Take(MostAtOnce))
        {
            var found = await referrals.FindAsync(actor.Organisation, id, ct);
            var outcome = found?.Chain.Id == chain ? await referrals.MoveAsync(actor, id, null, ct) : new ReferralOutcome.Refused(ReferralRefusal.NotFound);
            switch (outcome)
            {
                case ReferralOutcome.Done:
                    done.Add(id);
                    break;
                case ReferralOutcome.Refused { Refusal.Code: var code }:
                    refused.Add((id, code));
                    break;
                default:
                    refused.Add((id, "stale"));
                    break;
            }
        }

        return new Moved(done, refused);
    }
}
