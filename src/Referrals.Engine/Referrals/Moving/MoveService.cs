using System.Runtime.CompilerServices;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>A referral with what moving it to the version in force comes to.</summary>
/// <param name="Referral">As its holder sees it.</param>
/// <param name="Target">The version in force.</param>
/// <param name="Move">What moving comes to.</param>
public sealed record MovePreview(ReferralView Referral, ChainVersion Target, VersionMove Move);

/// <summary>An organisation's running referrals on other versions of a chain than the one in force.</summary>
/// <param name="Items">Those started last first.</param>
/// <param name="More">Whether there are others that were not looked at.</param>
public sealed record MovePreviews(IReadOnlyList<MovePreview> Items, bool More);

/// <summary>What became of moving several referrals.</summary>
/// <param name="Done">Those that run on the version in force now.</param>
/// <param name="Refused">Those that stayed where they were, with the code of the reason.</param>
public sealed record Moved(IReadOnlyList<ReferralId> Done, IReadOnlyList<(ReferralId Referral, string Code)> Refused);

/// <summary>Looks which of an organisation's running referrals could go on on the version of their chain that is in force.</summary>
public sealed class MoveService(IEventLog log, ReferralService referrals, IChainCatalog chains, TimeProvider time)
{
    /// <summary>At most this many referrals are moved in one go, and as many shown of each kind: those that fit, and those that don't.</summary>
    public const int MostAtOnce = 200;

    /// <summary>At most this many referrals are looked at in one go.</summary>
    public const int MostLookedAt = 2_000;

    private const int Page = 200;

    private static readonly string[] Running = [.. new[] { ReferralStatus.Running, ReferralStatus.QuestionOpen, ReferralStatus.NeedsDecision }.Select(ReferralBoard.StatusCode)];

    /// <summary>What moving one comes to; null when there is no such referral, it has ended, or it runs on the version in force.</summary>
    /// <param name="holder">Who holds the case.</param>
    /// <param name="id">The referral.</param>
    /// <param name="names">What organisations and services are called in the changes; null: as their codes.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<MovePreview?> FindAsync(OrganisationId holder, ReferralId id, ChainNames? names, CancellationToken ct)
    {
        var view = await referrals.FindAsync(holder, id, ct);
        if (view is null or { State.Ended: not null } || await chains.InForceAsync(view.Chain.Id, ct) is not { } target || target.ContentHash == view.State.Pin.ContentHash)
        {
            return null;
        }

        return new MovePreview(view, target.Version, VersionMove.Preview(view.State, view.Chain, target, time.GetUtcNow(), names));
    }

    /// <summary>
    /// The organisation's running referrals on other versions of a chain than the one in force: at most <see cref="MostAtOnce"/> that fit and as many that don't, of the
    /// <see cref="MostLookedAt"/> started last.
    /// </summary>
    /// <param name="holder">Who holds the cases.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="names">What organisations and services are called in the changes; null: as their codes.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<MovePreviews> ListAsync(OrganisationId holder, ChainId chain, ChainNames? names, CancellationToken ct)
    {
        var (fitting, others, looked) = (0, 0, 0);
        var found = new List<MovePreview>();
        if (await chains.InForceAsync(chain, ct) is not { } target)
        {
            return new MovePreviews(found, More: false);
        }

        await foreach (var id in OnOtherVersionsAsync(holder, target.Version, ct))
        {
            if (looked++ == MostLookedAt || fitting == MostAtOnce)
            {
                return new MovePreviews(found, More: true);
            }

            if (await FindAsync(holder, id, names, ct) is { } preview && (preview.Move.Fits ? ++fitting : ++others) <= MostAtOnce)
            {
                found.Add(preview);
            }
        }

        return new MovePreviews(found, others > MostAtOnce);
    }

    /// <summary>
    /// Moves referrals of an organisation to the version of a chain that is in force, each by itself: those named, else all that fit. One of another chain, or that
    /// isn't there, is refused like one that doesn't fit.
    /// </summary>
    /// <param name="actor">Who moves; the referrals are those of its organisation.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="to">Number of the version in force that the caller saw, or null when it does not matter; where it is another one now, all are refused.</param>
    /// <param name="these">Which ones; null: all that fit.</param>
    /// <param name="ct">Cancels the rest, not what was moved.</param>
    public async Task<Moved> MoveAsync(Actor actor, ChainId chain, int? to, IReadOnlyList<ReferralId>? these, CancellationToken ct)
    {
        these ??= [.. (await ListAsync(actor.Organisation, chain, null, ct)).Items.Where(p => p.Move.Fits).Select(p => p.Referral.State.Start.Referral)];
        var (done, refused) = (new List<ReferralId>(), new List<(ReferralId, string)>());
        foreach (var id in these.Distinct().Take(MostAtOnce))
        {
            var found = await referrals.FindAsync(actor.Organisation, id, ct);
            var outcome = found?.Chain.Id == chain ? await referrals.MoveAsync(actor, id, to, null, ct) : new ReferralOutcome.Refused(ReferralRefusal.NotFound);
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

    private async IAsyncEnumerable<ReferralId> OnOtherVersionsAsync(OrganisationId holder, ChainVersion target, [EnumeratorCancellation] CancellationToken ct)
    {
        for (ListKey? after = null; ;)
        {
            var rows = await log.QueryRowsAsync(
                new ListQuery(holder.Value, ReferralBoard.List) { Statuses = Running, Subject = target.Id.Value, After = after, Limit = Page }, ct);
            foreach (var row in rows.Where(r => ReferralBoard.Read(r).ChainVersion != target.Version))
            {
                yield return new ReferralId(row.Id);
            }

            if (rows.Count < Page)
            {
                yield break;
            }

            after = new ListKey(rows[^1].SortAt, rows[^1].Id);
        }
    }
}
