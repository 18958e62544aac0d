using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>A small network on the latest days, each a few events after the one before, followed as the product does. Some cases are opened again.</summary>
internal static class AttackedDays
{
    public static List<ReviewTable> Of(int seed, int cases, int days, int threshold)
    {
        var all = new ReviewSamples(seed).Cases(cases);
        var ends = all.SelectMany(c => c.Visits.Select(v => (v.EndedAt, v.Ended)).Append((c.EndedAt, c.Ended))).Where(e => e.EndedAt > 0).OrderBy(e => e.EndedAt).ToList();
        var (random, builder) = (new Random(seed), new ReviewTableBuilder(ReviewSamples.Facts, threshold));
        var tables = new List<ReviewTable>();
        var reopened = new HashSet<Guid>();
        for (var (day, last) = (0, ends.Count - (4 * days)); day < days; day++, last += random.Next(1, 5))
        {
            var now = ends[..(last + 1)].Max(e => e.Ended) + 1;
            var known = all.Where(c => c.Started < now).Select(c => At(c, ends[last].EndedAt, now)).ToList();
            if (day > 0 && known.Find(c => c.Ended > 0 && !reopened.Contains(c.Id) && random.Next(9) == 0) is { } again)
            {
                reopened.Add(again.Id);
            }

            builder.Change([.. known.Select(c => reopened.Contains(c.Id) ? c with { Ended = 0, Closing = null, EndedAt = 0, Reopened = 1, FirstEnd = c.Counted } : c)]);
            tables.Add(builder.Build(now));
        }

        Assert.NotEmpty(reopened);
        return tables;
    }

    // As the log knew it at a position, which was written at a moment.
    private static ReviewCase At(ReviewCase told, long position, uint now) =>
        (told.EndedAt > position ? told with { Ended = 0, EndedAt = 0, Closing = null } : told) with
        {
            Visits = [.. told.Visits.Where(v => v.Offered < now || (v.EndedAt > 0 && v.EndedAt <= position)).Select(v => v.EndedAt > 0 && v.EndedAt <= position ? v : Open(v, now))],
        };

    private static Visit Open(Visit visit, uint now)
    {
        uint Known(uint moment) => moment < now ? moment : 0;
        return visit with
        {
            Acknowledged = Known(visit.Acknowledged),
            Accepted = Known(visit.Accepted),
            CompleteBy = visit.Accepted < now ? visit.CompleteBy : 0,
            Started = Known(visit.Started),
            FirstContact = Known(visit.FirstContact),
            Paused = 0,
            Ended = 0,
            EndedAt = 0,
            End = VisitEnd.Open,
            Reason = null,
        };
    }
}
