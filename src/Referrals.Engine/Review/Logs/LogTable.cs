using System.Collections.Immutable;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Logs;

/// <summary>
/// Makes of an imported log what the review's pages look at: the log is a chain of one version, an activity a step, a group (or, where an event has none, a
/// resource) a partner. An activity waits since it was scheduled, else since the activity before it ended, until it starts; one without a start of its own takes no
/// working time, and the first one of a case has not waited unless it was scheduled.
/// </summary>
public static class LogTable
{
    /// <summary>Stands for a group where a log names neither group nor resource.</summary>
    public const string Nobody = "–";

    /// <summary>The table.</summary>
    /// <param name="log">Log.</param>
    /// <param name="name">Name of the log, which its chain bears.</param>
    /// <param name="title">Title for people.</param>
    /// <param name="threshold">The fewest cases that a number may stand for.</param>
    public static ReviewTable Of(EventLog log, string name, string title, int threshold)
    {
        var facts = ChainFacts.Unknown(title);
        var builder = new ReviewTableBuilder((_, _) => facts, threshold);
        var cases = Cases(log, new ChainId(name)).ToList();
        cases.ForEach(builder.Announce);
        builder.Settle();
        foreach (var told in cases)
        {
            if (!builder.Add(told))
            {
                throw new InvalidOperationException("a case of the log was not announced");
            }
        }

        return builder.Build(Seconds(log.LastAt() ?? DateTime.UnixEpoch));
    }

    /// <summary>The cases of a log. Where some have a date of their end, those without one still run.</summary>
    private static IEnumerable<ReviewCase> Cases(EventLog log, ChainId chain)
    {
        var ranks = Ranks(log);
        var hasEnds = false;
        foreach (var of in log.Cases)
        {
            hasEnds |= of.End is not null;
        }

        for (var i = 0; i < log.Cases.Length; i++)
        {
            yield return Case(log, i, chain, ranks, hasEnds);
        }
    }

    // From the first to the last event, as the figures of a log have it: what its attributes say of start and end lies outside of what was done.
    private static ReviewCase Case(EventLog log, int index, ChainId chain, int[] ranks, bool hasEnds)
    {
        var of = log.Cases[index];
        var last = of.First + of.Count - 1;
        var ends = !hasEnds || of.End is not null;
        return new ReviewCase(Codes.StableGuid("review-log", chain.Value, of.Id), new OrganisationId(chain.Value), chain, 1, Seconds(log.Events[of.First].At))
        {
            Ended = ends ? Seconds(log.Events[last].At) : 0,
            Closing = ends ? ClosingReason.Completed : null,
            EndedAt = ends ? Position(ranks[last]) + 1 : 0,
            Visits = [.. Visits(log, of, ranks)],
        };
    }

    // Nobody is known to have waited for the first activity; each further one waits since the last one ended, unless the log says when it was offered.
    private static List<Visit> Visits(EventLog log, LogCase of, int[] ranks)
    {
        var visits = new List<Visit>(of.Count);
        var open = new Dictionary<(int Activity, int Instance), int>();
        var attempts = new Dictionary<int, int>();
        var before = Seconds(log.Events[of.First].At);
        for (var i = of.First; i < of.First + of.Count; i++)
        {
            var happened = log.Events[i];
            var (at, key, life) = (Seconds(happened.At), (happened.Activity, happened.Instance), Transition(log, happened));
            if (!open.TryGetValue(key, out var place))
            {
                // A pause of what never began tells nothing.
                if (life is LogLife.Suspend or LogLife.Resume)
                {
                    continue;
                }

                open[key] = place = visits.Count;
                visits.Add(New(log, happened, attempts, life == LogLife.Schedule ? at : before));
            }

            visits[place] = LogLife.Apply(visits[place], life, at, Position(ranks[i]));
            if (visits[place].End != VisitEnd.Open)
            {
                before = at;
                open.Remove(key);
            }
        }

        return visits;
    }

    private static Visit New(EventLog log, LogEvent happened, Dictionary<int, int> attempts, uint before)
    {
        var attempt = attempts[happened.Activity] = attempts.GetValueOrDefault(happened.Activity) + 1;
        var partner = happened.Group != EventLog.None ? log.Groups[happened.Group] : happened.Resource != EventLog.None ? log.Resources[happened.Resource] : Nobody;
        return new Visit(log.Activities[happened.Activity], partner, 1, (byte)Math.Min(attempt, byte.MaxValue), before);
    }

    private static string Transition(EventLog log, LogEvent happened) =>
        happened.Transition == EventLog.None ? "" : log.Transitions[happened.Transition].ToLowerInvariant();

    // For each event how many of all come before it; those of one time in the order of the log.
    private static int[] Ranks(EventLog log)
    {
        var (ticks, places) = (new long[log.Events.Length], new int[log.Events.Length]);
        for (var i = 0; i < ticks.Length; i++)
        {
            (ticks[i], places[i]) = (log.Events[i].Ticks, i);
        }

        Array.Sort(places, (a, b) => ticks[a] != ticks[b] ? ticks[a].CompareTo(ticks[b]) : a.CompareTo(b));
        var ranks = new int[places.Length];
        for (var rank = 0; rank < places.Length; rank++)
        {
            ranks[places[rank]] = rank;
        }

        return ranks;
    }

    // Leaves room for the end of a case just behind its last event.
    private static long Position(int rank) => 1 + (2L * rank);

    private static uint Seconds(DateTime at) => Moments.Of(new DateTimeOffset(at, TimeSpan.Zero));
}
