using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Review.Logs;

/// <summary>Which activity directly follows which, and how much time passes between them.</summary>
internal static class LogEdges
{
    /// <summary>The edges, the greatest total time first.</summary>
    public static IReadOnlyList<LogEdge> Of(EventLog log)
    {
        var places = new Dictionary<(int From, int To), int>();
        var counts = new List<int>();
        Each(log, (edge, _) =>
        {
            if (!places.TryGetValue(edge, out var place))
            {
                places.Add(edge, place = counts.Count);
                counts.Add(0);
            }

            counts[place]++;
        });

        // The times of each edge lie together, so that a median needs no list of its own.
        var first = new int[counts.Count + 1];
        for (var i = 0; i < counts.Count; i++)
        {
            first[i + 1] = first[i] + counts[i];
        }

        var (ticks, next) = (new long[first[^1]], first.ToArray());
        Each(log, (edge, time) => ticks[next[places[edge]]++] = time);
        return
        [
            .. places.Select(p => Edge(log, p.Key, ticks.AsSpan(first[p.Value], counts[p.Value])))
                .OrderByDescending(e => e.TotalDays).ThenByDescending(e => e.Count)
                .ThenBy(e => e.From, StringComparer.Ordinal).ThenBy(e => e.To, StringComparer.Ordinal),
        ];
    }

    private static LogEdge Edge(EventLog log, (int From, int To) edge, Span<long> ticks)
    {
        // Sums of ticks can pass 64 bits only after 29,000 years of waiting, all together; the sum is in floating point for that.
        var total = 0.0;
        foreach (var time in ticks)
        {
            total += time;
        }

        return new LogEdge(
            log.Activities[edge.From], log.Activities[edge.To], ticks.Length, total / TimeSpan.TicksPerDay,
            Percentiles.Of(ticks, 0.5)!.Value / TimeSpan.TicksPerHour, total / ticks.Length / TimeSpan.TicksPerHour);
    }

    private static void Each(EventLog log, Action<(int From, int To), long> take)
    {
        foreach (ref readonly var one in log.Cases)
        {
            var events = log.EventsOf(one);
            for (var i = 1; i < events.Length; i++)
            {
                take((events[i - 1].Activity, events[i].Activity), events[i].Ticks - events[i - 1].Ticks);
            }
        }
    }
}
