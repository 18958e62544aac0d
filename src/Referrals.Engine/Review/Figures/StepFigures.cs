using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>One step in depth.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Step">Step.</param>
/// <param name="AcknowledgeDays">Working days agreed for the acknowledgement, or null.</param>
/// <param name="AgreedDays">Days that the agreement allows from the offer to the end, or null.</param>
/// <param name="Waiting">From the offer to the start of work, or to the end where none began.</param>
/// <param name="Working">From the start of work to the end without pauses, of what was completed.</param>
/// <param name="Acknowledgement">From the offer to the acknowledgement, of what was completed or declined.</param>
/// <param name="Acceptance">From the offer to the acceptance, of what was completed.</param>
/// <param name="FirstContact">From the offer to the first contact with the client (where none was noted, to the start of work), of what was completed.</param>
/// <param name="AcknowledgedInTime">Offers acknowledged within the agreed time; what was taken back for other reasons than silence is left out.</param>
/// <param name="CompletedInTime">Of what was completed: within the agreed time.</param>
/// <param name="WaitingPercentiles">Distribution of waiting, from the 10th to the 90th percentile.</param>
/// <param name="WorkingPercentiles">Distribution of working time.</param>
/// <param name="Partners">By partner, the longest total waiting first.</param>
/// <param name="Fates">How visits ended and why, the most first.</param>
/// <param name="WaitingCurve">Share that still waits after some days, open visits among them.</param>
/// <param name="DurationCurve">Share that is still not ended after some days, open visits among them.</param>
/// <param name="WaitingByMonth">Median waiting by month.</param>
/// <param name="Open">What is open now.</param>
public sealed record StepDetail(
    Frame Frame,
    StepName Step,
    int? AcknowledgeDays,
    int? AgreedDays,
    Durations Waiting,
    Durations Working,
    Durations Acknowledgement,
    Durations Acceptance,
    Durations FirstContact,
    ShareOf AcknowledgedInTime,
    ShareOf CompletedInTime,
    IReadOnlyList<PercentileValue> WaitingPercentiles,
    IReadOnlyList<PercentileValue> WorkingPercentiles,
    IReadOnlyList<StepPartner> Partners,
    IReadOnlyList<Fate> Fates,
    ToldCurve WaitingCurve,
    ToldCurve DurationCurve,
    IReadOnlyList<MonthValue> WaitingByMonth,
    OpenCounts Open)
{
    /// <summary>Distribution of the time from the offer to the end without pauses: what <see cref="AgreedDays"/> is to be held against.</summary>
    public IReadOnlyList<PercentileValue> DurationPercentiles { get; init; } = [];
}

/// <summary>A step at one partner.</summary>
/// <param name="Partner">Code of the organisation.</param>
/// <param name="Waiting">Waiting there.</param>
/// <param name="Working">Working time there, over all visits: 0 where no work began.</param>
/// <param name="Late">Visits that missed an agreed time, of all.</param>
/// <param name="Open">What is open there now.</param>
public sealed record StepPartner(string Partner, Durations Waiting, Durations Working, ShareOf Late, OpenCounts Open)
{
    /// <summary>Distribution of the time from the offer to the end without pauses there.</summary>
    public IReadOnlyList<PercentileValue> DurationPercentiles { get; init; } = [];
}

/// <summary>How visits ended.</summary>
/// <param name="End">How.</param>
/// <param name="Reason">Code of the outcome or reason; empty where there is none.</param>
/// <param name="N">How many.</param>
public sealed record Fate(VisitEnd End, string Reason, int N);

/// <summary>Makes <see cref="StepDetail"/>s.</summary>
internal static class StepFigures
{
    private static readonly double[] Shares = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9];
    private static readonly double[] Spread = [0.1, 0.25, 0.5, 0.75, 0.9];

    public static StepDetail Of(Scope scope, int step)
    {
        var (table, about) = (scope.Table, scope.Steps[step]);
        var key = scope.Visits(1, scope.OnlyStep(step), scope.PartnerKeys());
        using var waited = Scan.Gather(table, key, default(Waited));
        using var worked = Scan.Gather(table, new EndKey(key, EndKey.Completed), default(Worked));
        using var took = Scan.Gather(table, key, default(Took));
        var tally = Scan.Tally(table, key)[0];
        return new(
            scope.Frame,
            about.Name,
            about.AcknowledgeDays,
            about.AgreedDays,
            scope.Law.Durations(waited.All),
            scope.Law.Durations(worked.All),
            Passed(scope, new EndKey(key, EndKey.Answered), Until.Acknowledged),
            Passed(scope, new EndKey(key, EndKey.Completed), Until.Accepted),
            Passed(scope, new EndKey(key, EndKey.Completed), Until.FirstContact),
            about.AcknowledgeDays is null ? new(0, 0) : new(tally.ToAcknowledge - tally.AcknowledgedLate, tally.ToAcknowledge),
            about.CompleteDays is null ? new(0, 0) : new(tally.Completed - tally.CompletedLate, tally.Completed),
            [.. Shares.Select(s => new PercentileValue(s, scope.Law.Percentile(waited.All, s)))],
            [.. Shares.Select(s => new PercentileValue(s, scope.Law.Percentile(worked.All, s)))],
            Partners(scope, step),
            Fates(scope, scope.OnlyStep(step), scope.PartnerKeys()),
            ToldCurves.Of(scope.Law, waited.All.With(ToldCurves.Open(scope, step, -1, true)), ToldCurves.Open(scope, step, -1, false)),
            ToldCurves.Of(scope.Law, took.All, ToldCurves.Open(scope, step, -1, null)),
            ByMonth(scope, scope.OnlyStep(step), scope.PartnerKeys()),
            OpenVisits.Count(scope, 1, Shown.Step, (s, _) => s == step ? 0 : -1)[0])
        {
            DurationPercentiles = [.. Shares.Select(s => new PercentileValue(s, scope.Law.Percentile(took.All, s)))],
        };
    }

    /// <summary>Median waiting by month.</summary>
    public static IReadOnlyList<MonthValue> ByMonth(Scope scope, int[] steps, int[] partners)
    {
        using var values = Scan.Gather(scope.Table, scope.Visits(scope.MonthCount, steps, partners, 1), default(Waited));
        return [.. values.Medians(scope.Law).Select((m, i) => new MonthValue(Months.First(scope.First + i), values.N(i), m))];
    }

    /// <summary>How visits ended and why, the most first.</summary>
    public static IReadOnlyList<Fate> Fates(Scope scope, int[] steps, int[] partners)
    {
        var reasons = scope.Table.Reasons;
        var ends = Enum.GetValues<VisitEnd>().Length;
        var counts = Scan.Count(scope.Table, new FateKey(ends * reasons.Count, steps, partners, reasons.Count, scope.First, scope.MonthCount));
        return [.. counts.Select((n, i) => new Fate((VisitEnd)(i / reasons.Count), reasons[i % reasons.Count], n)).Where(f => f.N > 0).OrderByDescending(f => f.N)];
    }

    private static Durations Passed(Scope scope, EndKey key, Until until)
    {
        using var values = Scan.Gather(scope.Table, key, Figures.Passed.Of(scope.Table, until));
        return scope.Law.Durations(values.All);
    }

    private static List<StepPartner> Partners(Scope scope, int step)
    {
        var partners = scope.Table.Partners;
        var key = scope.Visits(partners.Count, scope.OnlyStep(step), scope.PartnerKeys(1));
        using var waited = Scan.Gather(scope.Table, key, default(Waited));
        using var worked = Scan.Gather(scope.Table, key, default(Worked));
        using var took = Scan.Gather(scope.Table, key, default(Took));
        var (waiting, working) = (waited.Durations(scope.Law), worked.Durations(scope.Law));
        var tally = Scan.Tally(scope.Table, key);
        var open = OpenVisits.Count(scope, partners.Count, Shown.Partner, (s, p) => s == step ? p : -1);
        return [.. Enumerable.Range(0, partners.Count).Where(p => tally[p].N > 0 || open[p].Open > 0)
            .Select(p => new StepPartner(partners[p], waiting[p], working[p], new(tally[p].Late, tally[p].N), open[p])
            {
                DurationPercentiles = [.. Spread.Select(s => new PercentileValue(s, scope.Law.Percentile(took[p], s)))],
            })
            .OrderByDescending(p => p.Waiting.Total)];
    }
}
