using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>The whole at a glance.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Running">Cases that run now, as far as they show.</param>
/// <param name="Stuck">Of them: an agreed time has passed, or nobody has it.</param>
/// <param name="Open">Visits that are open now, as far as they show.</param>
/// <param name="Throughput">From the start to the end of the cases that ended in the period.</param>
/// <param name="AcknowledgedInTime">Offers acknowledged within the agreed time; what was taken back for other reasons than silence is left out.</param>
/// <param name="Trend">Median throughput by month.</param>
/// <param name="Before">
/// The same for as many months just before, or null where there are none that compare: those in which the history begins, as long as nine of ten cases
/// take, hold only what was quick.
/// </param>
public sealed record Overview(
    Frame Frame, int Running, int Stuck, OpenCounts Open, Durations Throughput, ShareOf AcknowledgedInTime, IReadOnlyList<MonthValue> Trend, OverviewBefore? Before)
{
    /// <summary>Change of the median throughput in days against the period before; null where one of the two is not told.</summary>
    public double? MedianChange => Throughput.Median - Before?.Throughput.Median;

    /// <summary>Change of the share acknowledged in time, from -1 to 1.</summary>
    public double? AcknowledgedChange => AcknowledgedInTime.Share - Before?.AcknowledgedInTime.Share;
}

/// <summary>The period before the one looked at.</summary>
/// <param name="Frame">Its months.</param>
/// <param name="Throughput">Throughput then.</param>
/// <param name="AcknowledgedInTime">Acknowledged within the agreed time then.</param>
public sealed record OverviewBefore(Frame Frame, Durations Throughput, ShareOf AcknowledgedInTime);

/// <summary>Makes the <see cref="Overview"/>.</summary>
internal static class OverviewFigures
{
    public static Overview Of(Scope scope, Scope? before)
    {
        var (running, stuck) = Running(scope);
        var before1 = before is null or { IsEmpty: true } ? null : new OverviewBefore(before.Frame, Throughput(before), AcknowledgedInTime(before));
        var (throughput, trend) = ThroughputByMonth(scope);
        return new(scope.Frame, running, stuck, OpenVisits.Whole(scope), throughput, AcknowledgedInTime(scope), trend, before1 is { Throughput.N: 0, AcknowledgedInTime.Of: 0 } ? null : before1);
    }

    /// <summary>Throughput of the finished cases.</summary>
    public static Durations Throughput(Scope scope)
    {
        using var values = Scan.Gather(scope.Table, Cases(scope, 0, 1), default(Figures.Throughput));
        return scope.Law.Durations(values.All);
    }

    /// <summary>Acknowledged within the agreed time, of the steps that have one.</summary>
    public static ShareOf AcknowledgedInTime(Scope scope)
    {
        var sum = new VisitTally();
        for (var step = 0; step < scope.Steps.Count; step++)
        {
            if (scope.Steps[step].AcknowledgeDays is not null)
            {
                sum.Add(scope.ByStep[step]);
            }
        }

        return new(sum.ToAcknowledge - sum.AcknowledgedLate, sum.ToAcknowledge);
    }

    public static CaseKey Cases(Scope scope, int perMonth, int groups) => new(groups, scope.ChainKey, null, 0, 0, scope.First, scope.MonthCount, perMonth);

    private static (Durations, IReadOnlyList<MonthValue>) ThroughputByMonth(Scope scope)
    {
        using var values = Scan.Gather(scope.Table, Cases(scope, 1, scope.MonthCount), default(Figures.Throughput), true);
        var medians = values.Medians(scope.Law);
        var trend = medians.Select((m, i) => new MonthValue(Months.First(scope.First + i), values.N(i), m)).ToList();
        return (scope.Law.Durations(values.All), trend);
    }

    private static (int Running, int Stuck) Running(Scope scope)
    {
        var cases = scope.Table.Moving.Cases;
        var (running, stuck) = (0, 0);
        var level = scope.Filter.Chain is null ? Shown.Network : Shown.Partner;
        for (var row = 0; row < cases.Count; row++)
        {
            if ((cases.Marks[row] & CaseMarks.Running) != 0 && cases.Shown[row] <= level && scope.Has(cases.Chain[row]))
            {
                running++;
                stuck += (cases.Marks[row] & CaseMarks.Stuck) != 0 ? 1 : 0;
            }
        }

        return (running, stuck);
    }
}
