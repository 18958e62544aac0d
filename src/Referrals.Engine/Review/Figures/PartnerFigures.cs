using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>What a partner sees of itself, and the steering group of it.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Partner">Code of the organisation.</param>
/// <param name="Waiting">Waiting over all its steps.</param>
/// <param name="Duration">From the offer to the end, without pauses.</param>
/// <param name="AcknowledgedInTime">Offers acknowledged within the agreed time; what was taken back for other reasons than silence is left out.</param>
/// <param name="CompletedInTime">Of what was completed: within the agreed time.</param>
/// <param name="Load">What lies there, against what it finishes.</param>
/// <param name="Steps">Its steps in the order of their chains.</param>
/// <param name="Fates">How visits ended and why, the most first.</param>
/// <param name="WaitingByMonth">Median waiting by month.</param>
public sealed record PartnerView(
    Frame Frame,
    string Partner,
    Durations Waiting,
    Durations Duration,
    ShareOf AcknowledgedInTime,
    ShareOf CompletedInTime,
    Load Load,
    IReadOnlyList<PartnerStep> Steps,
    IReadOnlyList<Fate> Fates,
    IReadOnlyList<MonthValue> WaitingByMonth);

/// <summary>One of a partner's steps.</summary>
/// <param name="Step">Step.</param>
/// <param name="Waiting">Waiting.</param>
/// <param name="Duration">From the offer to the end, without pauses.</param>
/// <param name="AgreedDays">Days that the agreement allows from the offer to the end, or null.</param>
/// <param name="AcknowledgedInTime">Offers acknowledged within the agreed time.</param>
/// <param name="Load">What lies there, against what it finishes.</param>
public sealed record PartnerStep(StepName Step, Durations Waiting, Durations Duration, int? AgreedDays, ShareOf AcknowledgedInTime, Load Load);

/// <summary>Load by Little's law L = λ·W.</summary>
/// <param name="Open">What is open now.</param>
/// <param name="WeeklyClosures">Visits that ended in the period, by calendar week; null where nothing counts.</param>
/// <param name="WeeksOfBacklog">What is open over weekly closures: how many weeks of work lie there.</param>
/// <param name="Expected">λ·W: how many would be open on average with the period's arrivals and durations.</param>
public sealed record Load(OpenCounts Open, double? WeeklyClosures, double? WeeksOfBacklog, double? Expected)
{
    /// <summary>By which share <see cref="Open"/> must differ from <see cref="Expected"/> to be worth saying.</summary>
    public const double Noticeable = 0.2;
}

/// <summary>Makes <see cref="PartnerView"/>s.</summary>
internal static class PartnerFigures
{
    public static PartnerView Of(Scope scope, int partner)
    {
        var (table, only) = (scope.Table, scope.OnlyPartner(partner));
        var key = scope.Visits(scope.Steps.Count, scope.StepKeys(), only);
        using var waited = Scan.Gather(table, key, default(Waited), true);
        using var took = Scan.Gather(table, key, default(Took), true);
        var (waiting, duration) = (waited.Durations(scope.Law), took.Durations(scope.Law));
        var tally = Scan.Tally(table, key);
        var open = OpenVisits.Count(scope, scope.Steps.Count, Shown.Partner, (s, p) => p == partner ? s : -1);
        var whole = OpenVisits.Count(scope, 1, Shown.Partner, (_, p) => p == partner ? 0 : -1)[0];
        var all = scope.Law.Durations(took.All);
        return new(
            scope.Frame,
            table.Partners[partner],
            scope.Law.Durations(waited.All),
            all,
            Sum(scope, tally, (s, t) => s.AcknowledgeDays is null ? new(0, 0) : InTime(t)),
            Sum(scope, tally, (s, t) => s.CompleteDays is null ? new(0, 0) : new(t.Completed - t.CompletedLate, t.Completed)),
            LoadOf(scope, whole, all),
            [.. Enumerable.Range(0, scope.Steps.Count).Where(s => tally[s].N > 0 || open[s].Open > 0).Select(s => new PartnerStep(
                scope.Steps[s].Name, waiting[s], duration[s], scope.Steps[s].AgreedDays,
                scope.Steps[s].AcknowledgeDays is null ? new(0, 0) : InTime(tally[s]), LoadOf(scope, open[s], duration[s])))],
            StepFigures.Fates(scope, scope.StepKeys(0), only),
            StepFigures.ByMonth(scope, scope.StepKeys(0), only));
    }

    /// <summary>Load of what ended in the period and is open now.</summary>
    public static Load LoadOf(Scope scope, OpenCounts open, Durations ended)
    {
        if (ended.N == 0)
        {
            return new(open, null, null, null);
        }

        var (from, to) = scope.Period;
        var weekly = ended.N / Math.Max((to - from) / (7.0 * Moments.Day), 1.0 / 7);
        var days = scope.Clock.Between(from, to) / (double)Moments.Day;
        return new(open, Math.Round(weekly, 2), Math.Round(open.Open / weekly, 2), ended.Total is { } total && days > 0 ? Math.Round(total / days, 2) : null);
    }

    private static ShareOf InTime(in VisitTally tally) => new(tally.ToAcknowledge - tally.AcknowledgedLate, tally.ToAcknowledge);

    private static ShareOf Sum(Scope scope, VisitTally[] tally, Func<ScopedStep, VisitTally, ShareOf> of)
    {
        var (count, all) = (0, 0);
        for (var i = 0; i < tally.Length; i++)
        {
            var share = of(scope.Steps[i], tally[i]);
            (count, all) = (count + share.Count, all + share.Of);
        }

        return new(count, all);
    }
}
