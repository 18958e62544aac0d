using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Review.Logs;

/// <summary>How long it takes from a case's start to the first event of an activity, cases that never got there among them.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Curve">The survival curve, in days.</param>
/// <param name="CompletedMedian">The median of the cases alone that got there, in days, which makes waiting look shorter than it is.</param>
public sealed record LogSurvival(string Activity, SurvivalCurve Curve, double? CompletedMedian)
{
    /// <summary>
    /// The curve for the first event of an activity: from the case's own start, or its first event if it has none; a case without such an
    /// event counts as open until its end, or if it has none until the last event of the log.
    /// </summary>
    /// <returns>Null if no event of the log has this activity.</returns>
    public static LogSurvival? Of(EventLog log, string activity)
    {
        var place = log.Activities.ToList().IndexOf(activity);
        if (place < 0 || log.LastAt() is not { } last)
        {
            return null;
        }

        var (times, ended) = (new double[log.Cases.Length], new bool[log.Cases.Length]);
        for (var i = 0; i < times.Length; i++)
        {
            var one = log.Cases[i];
            var events = log.EventsOf(one);
            var reached = First(events, place);
            var until = reached ?? one.End ?? last;
            (times[i], ended[i]) = ((until - (one.Start ?? events[0].At)).TotalDays, reached is not null);
        }

        double[] completed = [.. times.Where((_, i) => ended[i])];
        return new LogSurvival(activity, KaplanMeier.Of(times, ended), Percentiles.Of<double>(completed, 0.5));
    }

    private static DateTime? First(ReadOnlySpan<LogEvent> events, int activity)
    {
        foreach (ref readonly var e in events)
        {
            if (e.Activity == activity)
            {
                return e.At;
            }
        }

        return null;
    }
}
