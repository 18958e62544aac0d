using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Review.Logs;

/// <summary>One activity directly after another in the same case.</summary>
/// <param name="From">The first activity.</param>
/// <param name="To">The one directly after it.</param>
/// <param name="Count">How often.</param>
/// <param name="TotalDays">The time between them, all together, in days.</param>
/// <param name="MedianHours">The median time between them, in hours.</param>
/// <param name="MeanHours">The mean time between them, in hours.</param>
public sealed record LogEdge(string From, string To, int Count, double TotalDays, double MedianHours, double MeanHours);

/// <summary>Median and ninth decile of some durations.</summary>
/// <param name="Count">Of how many cases.</param>
/// <param name="Median">The median, in days; null if there are none.</param>
/// <param name="P90">The ninth decile, in days; null if there are none.</param>
public sealed record LogDays(int Count, double? Median, double? P90);

/// <summary>What can be counted and measured exactly in an event log. Percentiles as <see cref="Percentiles"/> defines them.</summary>
/// <param name="Cases">How many cases.</param>
/// <param name="Events">How many events.</param>
/// <param name="Activities">How many different activities.</param>
/// <param name="Resources">How many different resources.</param>
/// <param name="Groups">How many different groups.</param>
/// <param name="Variants">How many different sequences of activities.</param>
/// <param name="TopVariantCases">How many cases the most frequent of them has.</param>
/// <param name="Pairs">How many pairs of consecutive events of a case.</param>
/// <param name="DirectlyFollows">Which activity directly follows which, the greatest total time first.</param>
/// <param name="ResourceChanges">How many pairs of consecutive events of a case name two different resources.</param>
/// <param name="GroupChanges">How many pairs of consecutive events of a case name two different groups.</param>
/// <param name="PingPongCases">How many cases have three consecutive events of which the first and the third are in one group, the second in another.</param>
/// <param name="ThroughputDays">From a case's first to its last event.</param>
/// <param name="StartToEndDays">From the start to the end that a case's own attributes give.</param>
/// <param name="CasesWithoutEnd">How many cases have no attribute that gives their end.</param>
/// <param name="CasesEndedLate">How many cases ended after their deadline, by their attributes.</param>
public sealed record LogFigures(
    int Cases,
    int Events,
    int Activities,
    int Resources,
    int Groups,
    int Variants,
    int TopVariantCases,
    int Pairs,
    IReadOnlyList<LogEdge> DirectlyFollows,
    int ResourceChanges,
    int GroupChanges,
    int PingPongCases,
    LogDays ThroughputDays,
    LogDays StartToEndDays,
    int CasesWithoutEnd,
    int CasesEndedLate)
{
    /// <summary>The figures of a log.</summary>
    public static LogFigures Of(EventLog log)
    {
        var (variants, top) = LogVariants.Count(log);
        var (throughput, startToEnd) = (new List<double>(log.Cases.Length), new List<double>());
        var (pairs, resources, groups, pingPong, open, late) = (0, 0, 0, 0, 0, 0);
        foreach (ref readonly var one in log.Cases)
        {
            var events = log.EventsOf(one);
            pairs += events.Length - 1;
            resources += Changes(events, e => e.Resource);
            groups += Changes(events, e => e.Group);
            pingPong += HasPingPong(events) ? 1 : 0;
            throughput.Add(TimeSpan.FromTicks(events[^1].Ticks - events[0].Ticks).TotalDays);
            open += one.End is null ? 1 : 0;
            late += one.End > one.Deadline ? 1 : 0;
            if (one is { Start: { } start, End: { } end })
            {
                startToEnd.Add((end - start).TotalDays);
            }
        }

        return new LogFigures(
            log.Cases.Length, log.Events.Length, log.Activities.Count, log.Resources.Count, log.Groups.Count, variants, top, pairs, LogEdges.Of(log),
            resources, groups, pingPong, Days(throughput), Days(startToEnd), open, late);
    }

    private static LogDays Days(List<double> days)
    {
        var values = days.ToArray();
        return new LogDays(values.Length, Percentiles.Of<double>(values, 0.5), Percentiles.Of<double>(values, 0.9));
    }

    // What one of the two doesn't name can't be said to have changed.
    private static int Changes(ReadOnlySpan<LogEvent> events, Func<LogEvent, int> of)
    {
        var changes = 0;
        for (var i = 1; i < events.Length; i++)
        {
            changes += Differ(of(events[i - 1]), of(events[i])) ? 1 : 0;
        }

        return changes;
    }

    private static bool HasPingPong(ReadOnlySpan<LogEvent> events)
    {
        for (var i = 2; i < events.Length; i++)
        {
            if (events[i].Group == events[i - 2].Group && Differ(events[i].Group, events[i - 1].Group))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Differ(int one, int other) => one != other && one != EventLog.None && other != EventLog.None;
}
