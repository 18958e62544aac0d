using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review;

/// <summary>A random small network: two chains, one of them in two versions, some partners, each case walked with late reports, reroutes and rounds.</summary>
/// <param name="seed">The same gives the same.</param>
/// <param name="plain">Whether there are few kinds of visits, so that a small network has batches enough: one version, two partners, one outcome and one reason.</param>
internal sealed class ReviewSamples(int seed, bool plain = false)
{
    public static readonly uint Begin = Moments.Of(new DateTimeOffset(2024, 1, 3, 8, 0, 0, TimeSpan.Zero));
    public static readonly uint AsOf = Begin + (uint)(Months * 30.4 * Moments.Day);
    private const int Months = 8;

    private static readonly string[][] Steps = [["advice", "care", "debt"], ["course", "care"]];
    private static readonly string[] Outcomes = ["helped", "not-eligible"];
    private readonly Random _random = new(seed);

    /// <summary>What is known of the chains: all steps agree on times but the first of the second.</summary>
    public static ChainFacts Facts(ChainId chain, int version) => new(
        new LocalText(chain.Value),
        chain.Value == "work" ? Clock : WorkingClock.Always,
        Steps[chain.Value == "work" ? 0 : 1].ToDictionary(s => s, s => new StepFacts(new LocalText(s), s == "course" ? null : 2 + version, s == "course" ? null : 10)));

    public static WorkingClock Clock { get; } = WorkingClock.For("BB");

    /// <summary>Cases with the positions of everything that ended, in the order of the log.</summary>
    public List<ReviewCase> Cases(int count)
    {
        var cases = Enumerable.Range(0, count).Select(_ => Case()).ToList();
        var ends = cases.SelectMany((c, i) => c.Visits.Select((v, j) => (Case: i, Visit: j, At: v.Ended)).Append((Case: i, Visit: -1, At: c.Ended)))
            .Where(e => e.At is > 0).Select(e => (e.Case, e.Visit, At: e.At + (e.Visit >= 0 ? (uint)_random.Next(0, 40_000) : 50_000))).OrderBy(e => e.At).ToList();
        for (var i = 0; i < ends.Count; i++)
        {
            var (at, visit) = (ends[i].Case, ends[i].Visit);
            cases[at] = visit < 0
                ? cases[at] with { EndedAt = 10 + i }
                : cases[at] with { Visits = cases[at].Visits.SetItem(visit, cases[at].Visits[visit] with { EndedAt = 10 + i }) };
        }

        return cases;
    }

    /// <summary>A table of all cases at once.</summary>
    public static ReviewTable Table(IReadOnlyCollection<ReviewCase> cases, int threshold, Func<ChainId, int, ChainFacts>? facts = null)
    {
        var builder = new ReviewTableBuilder(facts ?? Facts, threshold);
        foreach (var told in cases)
        {
            builder.Announce(told);
        }

        builder.Settle();
        foreach (var told in cases)
        {
            builder.Add(told);
        }

        return builder.Build(AsOf);
    }

    private ReviewCase Case()
    {
        var (work, version) = (_random.Next(3) > 0, 1);
        version = work && !plain ? _random.Next(1, 3) : 1;
        var started = Begin + (uint)_random.Next(0, (int)(AsOf - Begin));
        var visits = new List<Visit>();
        var at = started + (uint)_random.Next(0, 90_000);
        var (running, left) = (false, false);
        foreach (var step in Steps[work ? 0 : 1])
        {
            running = !Walk(step, visits, ref at);
            left = !running && _random.Next(12) == 0;
            if (running || left)
            {
                break;
            }
        }

        var ended = running || at >= AsOf ? 0 : at;
        return new(Id(), new OrganisationId($"h{_random.Next(2)}"), new ChainId(work ? "work" : "learn"), version, started)
        {
            Ended = ended,
            Closing = ended == 0 ? null : visits[^1].End == VisitEnd.Completed && !(plain && left) ? ClosingReason.Completed : (ClosingReason)_random.Next(1, plain ? 2 : 4),
            Visits = [.. visits],
        };
    }

    // Tries a step at one partner after the other, sometimes in a second round.
    private bool Walk(string step, List<Visit> visits, ref uint at)
    {
        var rounds = _random.Next(10) == 0 ? 2 : 1;
        for (byte round = 1; round <= rounds; round++)
        {
            for (byte attempt = 1; ; attempt++)
            {
                var visit = Visit(step, round, attempt, at);
                visits.Add(visit);
                if (visit.End == VisitEnd.Open)
                {
                    return false;
                }

                at = visit.Ended + (uint)_random.Next(0, 3_000);
                if (visit.End == VisitEnd.Completed || attempt == 3)
                {
                    break;
                }
            }
        }

        return true;
    }

    private Visit Visit(string step, byte round, byte attempt, uint offered)
    {
        var acknowledged = offered + (uint)_random.Next(3_600, 6 * 86_400);
        var accepted = acknowledged + (uint)_random.Next(0, 86_400);
        var started = accepted + (uint)_random.Next(0, 12 * 86_400);
        var ended = started + (uint)_random.Next(3_600, 9 * 86_400);
        var all = new Visit(step, $"p{_random.Next(plain ? 2 : 4)}", round, attempt, offered)
        {
            Assignment = Id(),
            AcknowledgeBy = step == "course" ? 0 : offered + (4 * 86_400),
        };
        return _random.Next(10) switch
        {
            0 => Until(all with { Acknowledged = acknowledged, Ended = accepted, End = VisitEnd.Declined, Reason = plain || _random.Next(2) == 0 ? "no-capacity" : "other" }),
            1 => Until(all with { Ended = offered + (5 * 86_400), End = VisitEnd.Expired, Reason = "deadline-passed" }),
            2 when _random.Next(3) == 0 => Until(all with { Acknowledged = acknowledged, Accepted = accepted, Started = started, Ended = ended, End = VisitEnd.Withdrawn, Reason = "rerouted" }),
            2 => Until(all with { Ended = accepted, End = VisitEnd.Withdrawn, Reason = plain || _random.Next(2) == 0 ? "rerouted" : "skipped" }),
            _ => Until(all with
            {
                Acknowledged = acknowledged,
                Accepted = accepted,
                CompleteBy = accepted + (14 * 86_400),
                FirstContact = _random.Next(2) == 0 ? started : 0,
                Started = started,
                Ended = ended,
                Paused = _random.Next(4) == 0 ? (ended - started) / 3 : 0,
                End = VisitEnd.Completed,
                Reason = Outcomes[plain ? 0 : _random.Next(2)],
            }),
        };
    }

    // As it stood when the table was made.
    private static Visit Until(Visit visit) => visit.Ended < AsOf ? visit : visit with
    {
        Acknowledged = visit.Acknowledged < AsOf ? visit.Acknowledged : 0,
        Accepted = visit.Accepted < AsOf ? visit.Accepted : 0,
        CompleteBy = visit.Accepted < AsOf ? visit.CompleteBy : 0,
        Started = visit.Started < AsOf ? visit.Started : 0,
        FirstContact = visit.FirstContact < AsOf ? visit.FirstContact : 0,
        Paused = 0,
        Ended = 0,
        End = VisitEnd.Open,
        Reason = null,
    };

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }
}
