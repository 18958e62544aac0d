using System.Collections.Immutable;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Logs;

/// <summary>
/// Makes of an imported log what the review's pages look at: the log is a chain of one version, an activity a step, a group (or, where an event has none, a
/// resource) a partner. An activity waits from the event before it until it starts; one without a start of its own takes no working time.
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

    private static ReviewCase Case(EventLog log, int index, ChainId chain, int[] ranks, bool hasEnds)
    {
        var of = log.Cases[index];
        var visits = Visits(log, of, ranks);
        var first = Seconds(log.Events[of.First].At);
        var started = of.Start is { } start ? Math.Min(Seconds(start), first) : first;
        var last = Seconds(log.Events[of.First + of.Count - 1].At);
        var ends = !hasEnds || of.End is not null;
        return new ReviewCase(Codes.StableGuid("review-log", chain.Value, of.Id), new OrganisationId(chain.Value), chain, 1, started)
        {
            Ended = ends ? Math.Max(last, of.End is { } end ? Seconds(end) : 0) : 0,
            Closing = ends ? ClosingReason.Completed : null,
            EndedAt = ends ? Position(ranks[of.First + of.Count - 1]) + 1 : 0,
            Visits = [.. visits],
        };
    }

    private static List<Visit> Visits(EventLog log, LogCase of, int[] ranks)
    {
        var visits = new List<Visit>(of.Count);
        var open = new Dictionary<(int Activity, int Instance), int>();
        var attempts = new Dictionary<int, int>();
        var before = of.Start is { } start ? Math.Min(Seconds(start), Seconds(log.Events[of.First].At)) : Seconds(log.Events[of.First].At);
        for (var i = of.First; i < of.First + of.Count; i++)
        {
            var happened = log.Events[i];
            var (at, key) = (Seconds(happened.At), (happened.Activity, happened.Instance));
            var running = open.TryGetValue(key, out var place);
            switch (Transition(log, happened))
            {
                case "start" when !running:
                    open[key] = visits.Count;
                    visits.Add(New(log, happened, attempts, before) with { Acknowledged = at, Accepted = at, Started = at });
                    break;
                case "suspend" when running:
                    visits[place] = visits[place] with { PausedSince = at };
                    break;
                case "resume" when running && visits[place].PausedSince > 0:
                    visits[place] = visits[place] with { Paused = visits[place].Paused + (at - visits[place].PausedSince), PausedSince = 0 };
                    break;
                case "start" or "suspend" or "resume":
                    break;
                default:
                    var visit = running ? visits[place] : New(log, happened, attempts, before) with { Acknowledged = at, Accepted = at, Started = at };
                    visit = visit with { Ended = at, End = VisitEnd.Completed, EndedAt = Position(ranks[i]) };
                    Put(visits, running ? place : visits.Count, visit);
                    open.Remove(key);
                    before = at;
                    break;
            }
        }

        return visits;
    }

    private static void Put(List<Visit> visits, int place, Visit visit)
    {
        if (place == visits.Count)
        {
            visits.Add(visit);
        }
        else
        {
            visits[place] = visit;
        }
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
