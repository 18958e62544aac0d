using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>What stands out, as plain findings; the words are the page's.</summary>
/// <param name="Frame">What the findings speak of.</param>
/// <param name="Findings">Findings, the weightiest first.</param>
public sealed record ReportSentences(Frame Frame, IReadOnlyList<Finding> Findings);

/// <summary>
/// A finding. Its codes and numbers: <c>step-waits-longest</c> and <c>partner-waits-longest</c> (n, totalDays, share, medianDays), <c>ends-mostly</c> (why
/// partners mostly decline that step or let it expire: n, of all that ended there without being completed), <c>backs-up</c> (more is open at the partner where most is waited than what it ends would
/// leave open, so more came than ended: open, weekly, weeks), <c>completes-less</c> (the same, where it completed less in the latest three full months than in up to
/// twelve before: open, monthly, beforeMonthly), <c>waiting-rises</c> and <c>throughput-rises</c> (usualDays, recentDays), <c>most-stuck</c> (stuck, open, overdueWeeks), <c>throughput-shorter</c> and
/// <c>throughput-longer</c> against the period before (medianDays, beforeDays, n), <c>version-better</c> and <c>version-worse</c> (version, medianDays,
/// beforeVersion, beforeDays, n; over the whole time, as the old version has hardly any month in common with the new one), <c>acknowledged-late</c> (share, n), <c>drops-out-most</c> (share, n), <c>back-and-forth</c> (share, n). Numbers that
/// are not told are left out.
/// </summary>
/// <param name="Code">What is found.</param>
/// <param name="Figure">The figure that backs it: <c>ranking</c>, <c>partner</c>, <c>early-warnings</c>, <c>stuck</c>, <c>overview</c>, <c>comparison</c>, <c>funnel</c>, <c>loops</c>.</param>
/// <param name="Chain">Chain that it is about, or null.</param>
/// <param name="Step">Step that it is about, or null.</param>
/// <param name="Partner">Partner that it is about, or null.</param>
/// <param name="Numbers">Its numbers by name.</param>
/// <param name="Since">First day of the month since which it is so, where that is known; else null.</param>
/// <param name="Why">How and why visits end, where it says so; else null.</param>
/// <param name="Course">How it rose, where it says so; else null.</param>
public sealed record Finding(
    string Code,
    string Figure,
    ChainId? Chain,
    StepName? Step,
    string? Partner,
    IReadOnlyDictionary<string, double> Numbers,
    DateOnly? Since = null,
    Fate? Why = null,
    RiseCourse? Course = null);

/// <summary>Finds what stands out.</summary>
internal static class SentenceFigures
{
    private const int Warnings = 3;
    private const int LatestMonths = 3;
    private const int FewestBefore = 3;
    private const int MostBefore = 12;
    private const double InTimeEnough = 0.9;
    private const double DropOutMuch = 0.05;
    private const double LoopsMuch = 0.05;
    private const double MostlyMuch = 0.25;

    public static ReportSentences Of(ReviewFigures figures, ReviewFilter filter)
    {
        var overview = figures.Overview(filter);
        var (ranking, byPartner, funnel) = (figures.Ranking(filter), figures.Ranking(filter, RankBy.StepAndPartner), figures.Funnel(filter));
        return new(overview.Frame,
        [
            .. Waiting(ranking),
            .. Waiting(byPartner),
            .. BackingUp(figures, filter, byPartner),
            .. Reasons(ranking, funnel),
            .. Rising(figures.EarlyWarnings(filter)),
            .. Changed(figures, filter, overview),
            .. Versions(figures, filter),
            .. Stuck(figures.StuckList(filter)),
            .. Acknowledged(overview),
            .. DropOuts(funnel),
            .. Loops(figures.Loops(filter)),
        ]);
    }

    private static IEnumerable<Finding> Waiting(Ranking ranking) => ranking.Rows.Take(1).Select(r => new Finding(
        r.Partner is null ? "step-waits-longest" : "partner-waits-longest", "ranking", r.Step?.Chain, r.Step, r.Partner,
        Numbers(("n", r.Waiting.N), ("totalDays", r.Waiting.Total), ("share", r.ShareOfTotal), ("medianDays", r.Waiting.Median))));

    // Why people wait at the partner where they wait most: more came than it ended, or it completes less than before.
    private static IEnumerable<Finding> BackingUp(ReviewFigures figures, ReviewFilter filter, Ranking ranking)
    {
        if (ranking.Rows.Count == 0 || ranking.Rows[0].Partner is not { } partner || figures.PartnerView(filter, partner)?.Load is not { Expected: { } expected } load
            || load.Open.Open <= expected * (1 + Load.Noticeable))
        {
            return [];
        }

        var (monthly, before) = Completed(figures, filter, partner);
        return monthly < before * (1 - Load.Noticeable)
            ? [new("completes-less", "partner", null, null, partner, Numbers(("open", load.Open.Open), ("monthly", monthly), ("beforeMonthly", before)))]
            : [new("backs-up", "partner", null, null, partner, Numbers(("open", load.Open.Open), ("weekly", load.WeeklyClosures), ("weeks", load.WeeksOfBacklog)))];
    }

    // Completed a month: in the latest full months and in those before them.
    private static (double? Monthly, double? Before) Completed(ReviewFigures figures, ReviewFilter filter, string partner)
    {
        var running = Months.First(Months.Of(figures.Table.AsOf));
        var all = figures.ControlChart(filter with { FromMonth = 1 }, ChartMeasure.Completed, new ChartSubject(null, partner)).Values;
        var full = all.Skip(figures.Settled(filter)).Where(v => v.Month < running).Select(v => (double)v.N).ToList();
        return full.Count < LatestMonths + FewestBefore ? (null, null) : (full.TakeLast(LatestMonths).Average(), full.SkipLast(LatestMonths).TakeLast(MostBefore).Average());
    }

    // Why people wait where they wait most: what keeps the partners from doing that step. What the sender took back says nothing of them.
    private static IEnumerable<Finding> Reasons(Ranking ranking, Funnel funnel)
    {
        var step = ranking.Rows.Count > 0 ? ranking.Rows[0].Step : null;
        var reasons = funnel.Steps.FirstOrDefault(s => s.Step == step)?.Reasons ?? [];
        var all = reasons.Sum(r => r.N);
        return reasons.FirstOrDefault(r => r.End is VisitEnd.Declined or VisitEnd.Expired) is { } why && why.N >= MostlyMuch * all
            ? [new("ends-mostly", "funnel", step!.Chain, step, null, Numbers(("n", why.N), ("of", all)), Why: why)]
            : [];
    }

    // What is said of a step at a partner need not be said of the step again.
    private static IEnumerable<Finding> Rising(EarlyWarnings warnings) => warnings.Warnings.Where(w => !IsSaidOfPartner(warnings, w)).Take(Warnings).Select(w => new Finding(
        w.Chain is null ? "waiting-rises" : "throughput-rises", "early-warnings", w.Chain ?? w.Chart.Subject.Step?.Chain, w.Chart.Subject.Step, w.Chart.Subject.Partner,
        Numbers(("usualDays", w.Usual), ("recentDays", w.Recent)), w.Since, Course: w.Course));

    private static bool IsSaidOfPartner(EarlyWarnings warnings, EarlyWarning warning) => warning.Chart.Subject is { Step: { } step, Partner: null }
        && warnings.Warnings.Any(w => w.Chart.Subject is { Step: { } other, Partner: not null } && (other.Chain, other.Step) == (step.Chain, step.Step));

    private static IEnumerable<Finding> Stuck(StuckList stuck) =>
        (stuck.StepsAndPartners.Count > 0 ? stuck.StepsAndPartners : stuck.Steps).Take(1).Select(r => new Finding(
            "most-stuck", "stuck", r.Chain, r.Step, r.Partner, Numbers(("stuck", r.Open.Stuck), ("open", r.Open.Open), ("overdueWeeks", r.Open.OverdueWeeks))));

    private static IEnumerable<Finding> Changed(ReviewFigures figures, ReviewFilter filter, Overview overview)
    {
        var change = figures.AgainstBefore(filter);
        if (change is { Median: { IsBeyondChance: true, Value: { } by } })
        {
            yield return new(by < 0 ? "throughput-shorter" : "throughput-longer", "overview", filter.Chain, null, null,
                Numbers(("medianDays", overview.Throughput.Median), ("beforeDays", overview.Before?.Throughput.Median), ("n", overview.Throughput.N)));
        }
    }

    // The latest two versions of each chain that have anything to tell.
    private static IEnumerable<Finding> Versions(ReviewFigures figures, ReviewFilter filter)
    {
        foreach (var chain in figures.Chains().Where(c => c.Versions.Count > 1 && filter.Version is null && (filter.Chain is null || filter.Chain == c.Chain)))
        {
            var (old, now) = (chain.Versions[^2], chain.Versions[^1]);
            ReviewFilter Of(int version) => ReviewFilter.All with { Chain = chain.Chain, Version = version };
            var compared = figures.Throughputs(Of(old), Of(now));
            if (compared is { Median: { IsBeyondChance: true, Value: { } by } })
            {
                yield return new(by < 0 ? "version-better" : "version-worse", "comparison", chain.Chain, null, null, Numbers(
                    ("version", now), ("medianDays", compared.Second.Median), ("beforeVersion", old), ("beforeDays", compared.First.Median), ("n", compared.Second.N)));
            }
        }
    }

    private static IEnumerable<Finding> Acknowledged(Overview overview) => overview.AcknowledgedInTime.Share is { } share and < InTimeEnough
        ? [new("acknowledged-late", "overview", null, null, null, Numbers(("share", share), ("n", overview.AcknowledgedInTime.Of)))]
        : [];

    private static IEnumerable<Finding> DropOuts(Funnel funnel) => funnel.Steps.Where(s => s.DropOuts.Share > DropOutMuch).OrderByDescending(s => s.DropOuts.Count).Take(1)
        .Select(s => new Finding("drops-out-most", "funnel", s.Step.Chain, s.Step, null, Numbers(("share", s.DropOuts.Share), ("n", s.DropOuts.Count))));

    private static IEnumerable<Finding> Loops(Loops loops) => loops.BackAndForth.Share is { } share and > LoopsMuch
        ? [new("back-and-forth", "loops", null, null, null, Numbers(("share", share), ("n", loops.BackAndForth.Count)))]
        : [];

    private static Dictionary<string, double> Numbers(params (string Name, double? Value)[] numbers) =>
        numbers.Where(n => n.Value is not null).ToDictionary(n => n.Name, n => n.Value!.Value);
}
