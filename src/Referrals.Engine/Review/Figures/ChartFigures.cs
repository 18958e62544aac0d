using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>What a control chart shows, by month.</summary>
public enum ChartMeasure
{
    /// <summary>Median waiting, in days.</summary>
    Waiting,

    /// <summary>Median working time of what was completed, in days.</summary>
    Working,

    /// <summary>Median time from the offer to the end without pauses, in days.</summary>
    Duration,

    /// <summary>Median throughput of cases, in days; not by step or partner.</summary>
    Throughput,

    /// <summary>Share acknowledged within the agreed time, from 0 to 1.</summary>
    AcknowledgedInTime,

    /// <summary>Number of visits that ended, however.</summary>
    Ended,

    /// <summary>Number of visits that were completed.</summary>
    Completed,
}

/// <summary>What a chart is about; null: all.</summary>
/// <param name="Step">Step, or null.</param>
/// <param name="Partner">Code of an organisation, or null.</param>
public sealed record ChartSubject(StepName? Step = null, string? Partner = null);

/// <summary>A change of a control chart that lasts, see <see cref="Xmr.Change"/>.</summary>
/// <param name="Since">First day of its first month.</param>
/// <param name="Until">First day of its last month.</param>
/// <param name="Above">Whether the months lie above what was before.</param>
public sealed record ChartChange(DateOnly Since, DateOnly Until, bool Above);

/// <summary>
/// A measure by month with the limits of its usual coming and going (<see cref="Xmr"/>). These rest on the whole history up to the last month shown, without its
/// beginning (<see cref="ReviewFigures.Settled"/>), so that the same month is judged alike whatever period is looked at.
/// </summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Measure">Measure.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Values">By month; null where too few stand for it.</param>
/// <param name="Limits">Limits, or null with too few months; those of the months before a change where there is one.</param>
/// <param name="Signals">Months that are more than chance; the index is that of <paramref name="Values"/>.</param>
/// <param name="Change">The change that the latest months show, or null.</param>
public sealed record ControlChart(
    Frame Frame,
    ChartMeasure Measure,
    ChartSubject Subject,
    IReadOnlyList<MonthValue> Values,
    XmrLimits? Limits,
    IReadOnlyList<XmrSignal> Signals,
    ChartChange? Change = null);

/// <summary>Makes <see cref="ControlChart"/>s.</summary>
internal static class ChartFigures
{
    // The chart of a whole history, whose beginning lasts so many months.
    public static ControlChart Of(Scope scope, int settled, ChartMeasure measure, ChartSubject subject)
    {
        var step = subject.Step is { } s ? scope.IndexOf(s.Chain, s.Step) : -1;
        var partner = subject.Partner is { } p ? scope.PartnerOf(p) : -1;
        var steps = subject.Step is null ? scope.StepKeys(0) : step < 0 ? scope.OnlyStep(int.MaxValue) : scope.OnlyStep(step);
        var key = scope.Visits(scope.MonthCount, steps, subject.Partner is null ? scope.PartnerKeys() : scope.OnlyPartner(partner), 1);
        return Chart(scope, settled, measure, subject, Values(scope, measure, subject, key));
    }

    public static ControlChart Chart(Scope scope, int settled, ChartMeasure measure, ChartSubject subject, IReadOnlyList<MonthValue> values)
    {
        // The month that still runs has not had its number yet.
        var counted = measure is ChartMeasure.Ended or ChartMeasure.Completed && scope.Last == Months.Of(scope.Table.AsOf) ? values.Count - 1 : values.Count;
        var points = values.Select((v, i) => i < settled || i >= counted ? null : v.Value).ToList();
        var change = Xmr.Change(points);
        var limits = Xmr.Limits([.. points.Take(change?.Index ?? points.Count)]);
        return new(
            scope.Frame, measure, subject, values, limits, limits is null ? [] : Xmr.Signals(points, limits),
            change is null ? null : new(values[change.Index].Month, values[change.Last].Month, change.Above));
    }

    /// <summary>What of a chart lies in the months looked at.</summary>
    public static ControlChart In(Scope shown, ControlChart whole)
    {
        var before = shown.IsEmpty ? whole.Values.Count : whole.Values.TakeWhile(v => v.Month < Months.First(shown.First)).Count();
        return whole with
        {
            Frame = shown.Frame,
            Values = [.. whole.Values.Skip(before)],
            Signals = [.. whole.Signals.Where(s => s.Index >= before).Select(s => s with { Index = s.Index - before })],
        };
    }

    private static IReadOnlyList<MonthValue> Values(Scope scope, ChartMeasure measure, ChartSubject subject, VisitKey key) => measure switch
    {
        ChartMeasure.Waiting => Medians(scope, Scan.Gather(scope.Table, key, default(Waited))),
        ChartMeasure.Working => Medians(scope, Scan.Gather(scope.Table, new EndKey(key, EndKey.Completed), default(Worked))),
        ChartMeasure.Duration => Medians(scope, Scan.Gather(scope.Table, key, default(Took))),
        ChartMeasure.Throughput when subject is { Step: null, Partner: null } =>
            Medians(scope, Scan.Gather(scope.Table, OverviewFigures.Cases(scope, 1, scope.MonthCount), default(Figures.Throughput))),
        ChartMeasure.Throughput => [],
        ChartMeasure.AcknowledgedInTime => Shares(scope, key),
        ChartMeasure.Completed => Numbers(scope, Scan.Gather(scope.Table, new EndKey(key, EndKey.Completed), default(Took))),
        _ => [.. Scan.Count(scope.Table, key).Select((n, i) => new MonthValue(Months.First(scope.First + i), n, n))],
    };

    private static IReadOnlyList<MonthValue> Medians(Scope scope, Gathered gathered)
    {
        using var values = gathered;
        return [.. values.Medians(scope.Law).Select((m, i) => new MonthValue(Months.First(scope.First + i), values.N(i), m))];
    }

    private static IReadOnlyList<MonthValue> Numbers(Scope scope, Gathered gathered)
    {
        using var values = gathered;
        return [.. Enumerable.Range(0, values.Groups).Select(i => new MonthValue(Months.First(scope.First + i), values.N(i), values.N(i)))];
    }

    private static IReadOnlyList<MonthValue> Shares(Scope scope, VisitKey key)
    {
        int[] agreed = [.. key.Step.Select((k, i) => k >= 0 && scope.Table.Steps[i].AcknowledgeDays is not null ? k : -1)];
        var tally = Scan.Tally(scope.Table, key with { Step = agreed });
        return [.. tally.Select((t, i) => new MonthValue(
            Months.First(scope.First + i), t.ToAcknowledge, new ShareOf(t.ToAcknowledge - t.AcknowledgedLate, t.ToAcknowledge).Share))];
    }
}
