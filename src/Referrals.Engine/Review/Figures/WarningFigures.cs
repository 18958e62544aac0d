using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Where waiting rises beyond chance: its control chart has a signal above the centre in one of the latest months, and by no less than a fifth
/// and half a day.
/// </summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Warnings">What costs most first: the rise times how many were concerned in the latest months.</param>
public sealed record EarlyWarnings(Frame Frame, IReadOnlyList<EarlyWarning> Warnings);

/// <summary>How a rise went.</summary>
public enum RiseCourse
{
    /// <summary>Its first month reached most of it already.</summary>
    AtOnce,

    /// <summary>It went on for months.</summary>
    Gradual,
}

/// <summary>A warning.</summary>
/// <param name="Chain">Chain, where the throughput of a whole chain rises; else null.</param>
/// <param name="Chart">The chart that gives the signal.</param>
/// <param name="Usual">Mean of the months before the rise, without the beginning of the history, in days.</param>
/// <param name="Recent">Mean of the latest three months, in days.</param>
/// <param name="Signals">The signals of the latest months.</param>
/// <param name="Since">
/// First day of the first month of the rise: that of the chart's <see cref="ControlChart.Change"/>; where it shows none, of the months in a row, up to the
/// latest signal, that lie above the centre.
/// </param>
/// <param name="Course">Whether the rise came at once.</param>
public sealed record EarlyWarning(
    ChainId? Chain, ControlChart Chart, double Usual, double Recent, IReadOnlyList<XmrSignal> Signals, DateOnly Since, RiseCourse Course);

/// <summary>Makes <see cref="EarlyWarnings"/>.</summary>
internal static class WarningFigures
{
    private const int Latest = 3;

    // A rise that nobody feels is no warning, however sure it is.
    private const double LeastRise = 1.2;
    private const double LeastDays = 0.5;
    private const double MostOfIt = 0.75;

    public static EarlyWarnings Of(Scope scope, int settled)
    {
        var found = Steps(scope, settled).Concat(StepsAndPartners(scope, settled)).Concat(Chains(scope, settled)).OfType<EarlyWarning>();
        return new(scope.Frame, [.. found.OrderByDescending(w => (w.Recent - w.Usual) * w.Chart.Values.TakeLast(Latest).Sum(v => v.N))]);
    }

    private static IEnumerable<EarlyWarning?> Steps(Scope scope, int settled)
    {
        var months = scope.MonthCount;
        using var values = Scan.Gather(scope.Table, scope.Visits(scope.Steps.Count * months, scope.StepKeys(months), scope.PartnerKeys(), 1), default(Waited));
        return [.. Series(scope, values).Select((s, i) => Warn(null, ChartFigures.Chart(scope, settled, ChartMeasure.Waiting, new(scope.Steps[i].Name), s), settled))];
    }

    private static IEnumerable<EarlyWarning?> StepsAndPartners(Scope scope, int settled)
    {
        var (months, partners) = (scope.MonthCount, scope.Table.Partners.Count);
        var key = scope.Visits(scope.Steps.Count * partners * months, scope.StepKeys(partners * months), scope.PartnerKeys(months), 1);
        using var values = Scan.Gather(scope.Table, key, default(Waited));
        return [.. Series(scope, values).Select((s, i) =>
            Warn(null, ChartFigures.Chart(scope, settled, ChartMeasure.Waiting, new(scope.Steps[i / partners].Name, scope.Table.Partners[i % partners]), s), settled))];
    }

    private static IEnumerable<EarlyWarning?> Chains(Scope scope, int settled)
    {
        var (months, chains) = (scope.MonthCount, scope.Steps.Select(s => s.Name.Chain).Distinct().ToList());
        int[] chain = [.. scope.Table.Chains.Select((c, i) => scope.ChainKey[i] < 0 ? -1 : Math.Max(chains.IndexOf(c.Id), -1) is >= 0 and var at ? at * months : -1)];
        var key = OverviewFigures.Cases(scope, 1, Math.Max(1, chains.Count) * months) with { Chain = chain };
        using var values = Scan.Gather(scope.Table, key, default(Figures.Throughput));
        return [.. Series(scope, values).Take(chains.Count).Select((s, i) => Warn(chains[i], ChartFigures.Chart(scope, settled, ChartMeasure.Throughput, new(), s), settled))];
    }

    private static IEnumerable<IReadOnlyList<MonthValue>> Series(Scope scope, Gathered values)
    {
        var all = values.Medians(scope.Law).Select((m, i) => new MonthValue(Months.First(scope.First + (i % scope.MonthCount)), values.N(i), m));
        return scope.IsEmpty ? [] : all.Chunk(scope.MonthCount);
    }

    private static EarlyWarning? Warn(ChainId? chain, ControlChart chart, int settled)
    {
        var from = chart.Values.Count - Latest;
        var signals = chart.Signals.Where(s => s.Above && s.Index >= from).ToList();
        if (signals.Count == 0 || Mean(chart.Values.Skip(from)) is not { } recent || Mean(chart.Values.Take(from).Skip(settled)) is not { } earlier)
        {
            return null;
        }

        var since = chart.Change is { Above: true } change ? chart.Values.TakeWhile(v => v.Month < change.Since).Count() : AboveCentre(chart, signals[^1].Index);
        var usual = Mean(chart.Values.Take(since).Skip(settled)) ?? earlier;
        var course = chart.Values[since].Value >= usual + (MostOfIt * (recent - usual)) ? RiseCourse.AtOnce : RiseCourse.Gradual;
        return IsFelt(recent, earlier) && IsFelt(recent, usual) ? new(chain, chart, usual, recent, signals, chart.Values[since].Month, course) : null;
    }

    private static bool IsFelt(double recent, double before) => recent >= before * LeastRise && recent - before >= LeastDays;

    private static int AboveCentre(ControlChart chart, int signal)
    {
        var since = signal;
        for (var i = signal - 1; i >= 0 && chart.Values[i].Value is var value && (value is null || value > chart.Limits!.Center); i--)
        {
            since = value is null ? since : i;
        }

        return since;
    }

    private static double? Mean(IEnumerable<MonthValue> values) => values.Average(v => v.Value) is { } mean ? Math.Round(mean, 2) : null;
}
