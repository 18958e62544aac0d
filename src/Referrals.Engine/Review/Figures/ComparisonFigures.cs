namespace Referrals.Engine.Review.Figures;

/// <summary>Two periods or two versions side by side. Differences are the second less the first.</summary>
/// <param name="First">What the first side speaks of.</param>
/// <param name="Second">What the second side speaks of.</param>
/// <param name="Throughput">Throughput of cases.</param>
/// <param name="Waiting">Waiting of all visits.</param>
/// <param name="AcknowledgedInTime">Acknowledged within the agreed time.</param>
/// <param name="DropOut">Cases that ended before the chain's end, of all finished ones.</param>
/// <param name="BackAndForth">Cases that went back and forth, of all finished ones.</param>
/// <param name="Steps">By step that either side has, in the order of the chain.</param>
public sealed record Comparison(
    Frame First,
    Frame Second,
    ComparedDurations Throughput,
    ComparedDurations Waiting,
    ComparedShare AcknowledgedInTime,
    ComparedShare DropOut,
    ComparedShare BackAndForth,
    IReadOnlyList<ComparedStep> Steps);

/// <summary>Durations of both sides.</summary>
/// <param name="First">First side.</param>
/// <param name="Second">Second side.</param>
/// <param name="Median">Difference of the medians, in days.</param>
public sealed record ComparedDurations(Durations First, Durations Second, Difference Median);

/// <summary>Shares of both sides.</summary>
/// <param name="First">First side.</param>
/// <param name="Second">Second side.</param>
/// <param name="Share">Difference of the shares, from -1 to 1.</param>
public sealed record ComparedShare(ShareOf First, ShareOf Second, Difference Share);

/// <summary>A step on both sides.</summary>
/// <param name="Step">Step.</param>
/// <param name="Waiting">Waiting.</param>
/// <param name="Duration">From the offer to the end, without pauses.</param>
/// <param name="Late">Visits that missed an agreed time, of all.</param>
public sealed record ComparedStep(StepName Step, ComparedDurations Waiting, ComparedDurations Duration, ComparedShare Late);

/// <summary>Makes <see cref="Comparison"/>s.</summary>
internal static class ComparisonFigures
{
    public static Comparison Of(Scope first, Scope second)
    {
        var (a, b) = (Cases(first), Cases(second));
        return new(
            first.Frame,
            second.Frame,
            Durations(Throughput(first), Throughput(second)),
            Durations(Waiting(first), Waiting(second)),
            Share(OverviewFigures.AcknowledgedInTime(first), OverviewFigures.AcknowledgedInTime(second)),
            Share(a.DropOut, b.DropOut),
            Share(a.BackAndForth, b.BackAndForth),
            Steps(first, second));
    }

    /// <summary>Throughput of both sides alone.</summary>
    public static ComparedDurations Throughputs(Scope first, Scope second) => Durations(Throughput(first), Throughput(second));

    private static List<ComparedStep> Steps(Scope first, Scope second)
    {
        var (a, b) = (ByStep(first), ByStep(second));
        var none = (Waited: (Figures.Durations.None, (Estimate?)null), Took: (Figures.Durations.None, (Estimate?)null), Late: new ShareOf(0, 0));
        return [.. second.Steps.Concat(first.Steps).Select(s => s.Name).DistinctBy(s => (s.Chain, s.Step)).Select(name =>
        {
            var (i, j) = (first.IndexOf(name.Chain, name.Step), second.IndexOf(name.Chain, name.Step));
            var (one, other) = (i < 0 ? none : a[i], j < 0 ? none : b[j]);
            return new ComparedStep(name, Durations(one.Waited, other.Waited), Durations(one.Took, other.Took), Share(one.Late, other.Late));
        })];
    }

    private static ((Durations, Estimate?) Waited, (Durations, Estimate?) Took, ShareOf Late)[] ByStep(Scope scope)
    {
        var key = scope.Visits(scope.Steps.Count, scope.StepKeys(), scope.PartnerKeys());
        using var waited = Scan.Gather(scope.Table, key, default(Waited));
        using var took = Scan.Gather(scope.Table, key, default(Took));
        var tally = scope.ByStep;
        var (waiting, taking) = (Told(scope, waited), Told(scope, took));
        return [.. tally.Select((t, i) => (waiting[i], taking[i], new ShareOf(t.Late, t.N)))];
    }

    private static (Durations, Estimate?)[] Told(Scope scope, Gathered values)
    {
        var told = new (Durations, Estimate?)[values.Groups];
        Scan.Each(values.Groups, i => told[i] = (scope.Law.Durations(values[i]), Estimate.Median(scope.Law, values[i])));
        return told;
    }

    private static (Durations, Estimate?) Throughput(Scope scope)
    {
        using var values = Scan.Gather(scope.Table, OverviewFigures.Cases(scope, 0, 1), default(Figures.Throughput));
        return (scope.Law.Durations(values.All), Estimate.Median(scope.Law, values.All));
    }

    private static (Durations, Estimate?) Waiting(Scope scope)
    {
        using var values = Scan.Gather(scope.Table, scope.Visits(1, scope.StepKeys(0), scope.PartnerKeys()), default(Waited));
        return (scope.Law.Durations(values.All), Estimate.Median(scope.Law, values.All));
    }

    // Group: (not completed) + 2 · (back and forth).
    private static (ShareOf DropOut, ShareOf BackAndForth) Cases(Scope scope)
    {
        const int Closings = 8;
        var counts = Scan.Count(scope.Table, new CaseKey(2 * Closings, scope.ChainKey, null, 1, Closings, scope.First, scope.MonthCount, 0));
        var all = counts.Sum();
        var completed = counts[(int)Referrals.ClosingReason.Completed] + counts[Closings + (int)Referrals.ClosingReason.Completed];
        return (new(all - completed, all), new(counts[Closings..].Sum(), all));
    }

    private static ComparedDurations Durations((Durations Told, Estimate? Median) first, (Durations Told, Estimate? Median) second) =>
        new(first.Told, second.Told, Difference.Of(first.Told.Median, second.Told.Median, Estimate.Difference(first.Median, second.Median)));

    private static ComparedShare Share(ShareOf first, ShareOf second) =>
        new(first, second, Difference.Of(first.Share, second.Share, Estimate.Difference(Estimate.Share(first), Estimate.Share(second))));
}
