using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;

namespace Referrals.Api.Ui.Pages.Review.Warnings;

/// <summary>Finds which of an organisation's own referrals will likely miss an agreed time: from its own histories alone, held against everybody's figures.</summary>
internal sealed class OwnRiskDesk(IEventLog log, TimeProvider time)
{
    /// <summary>From which probability on it is told.</summary>
    public const double Likely = 0.5;

    private const int MostLooked = 100;
    private const int MostTold = 25;

    /// <summary>The likeliest first, of those that are due next and not yet late.</summary>
    public async Task<IReadOnlyList<OwnRisk>> FindAsync(OrganisationId holder, ReviewFigures figures, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var running = new ListQuery(holder.Value, ReferralBoard.List) { Statuses = [ReferralBoard.StatusCode(ReferralStatus.Running)], DueFrom = now, ByDue = true, Limit = MostLooked };
        var items = (await log.QueryRowsAsync(running, ct)).Select(ReferralBoard.Read).Where(i => i.Number is not null).ToDictionary(i => i.Id.Value, i => i.Number!.Value);
        var cases = await Task.WhenAll(items.Keys.Select(id => CaseAsync(holder, new ReferralId(id), ct)));
        return [.. figures.LikelyLate(cases).Where(r => r.Probability >= Likely).Take(MostTold).Select(r => new OwnRisk(items[r.Case], r))];
    }

    private async Task<ReviewCase> CaseAsync(OrganisationId holder, ReferralId id, CancellationToken ct)
    {
        ReviewCase? known = null;
        foreach (var recorded in await log.ReadStreamAsync(ReferralBoard.Stream(holder, id), 0, ct))
        {
            known = CaseFold.Evolve(known, (ReferralEvent)recorded.Data, recorded.Sequence);
        }

        return known ?? throw new InvalidOperationException($"referral {id} is in the list and has no history");
    }
}
