using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review;

public sealed class ReviewTableBuilderTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    public void What_changes_little_by_little_ends_as_what_is_loaded_at_once(int seed, int threshold)
    {
        var cases = new ReviewSamples(seed).Cases(300);
        var builder = new ReviewTableBuilder(ReviewSamples.Facts, threshold);
        var (random, position, last) = (new Random(seed), 0L, cases.Max(c => Math.Max(c.EndedAt, c.Visits.Max(v => v.EndedAt))));
        var known = new Dictionary<Guid, ReviewCase>();
        while (position < last)
        {
            position += random.Next(1, 60);
            var changed = cases.Select(c => At(c, position)).Where(c => !known.TryGetValue(c.Id, out var old) || !old.IsSameAs(c)).ToList();
            changed.ForEach(c => known[c.Id] = c);
            builder.Change([.. changed.OrderBy(_ => random.Next())]);
            if (random.Next(4) == 0)
            {
                builder.Build(ReviewSamples.AsOf);
            }
        }

        Assert.Equal(Rows(ReviewSamples.Table(cases, threshold)), Rows(builder.Build(ReviewSamples.AsOf)));
    }

    [Fact]
    public void A_table_that_was_given_out_stays_as_it_was()
    {
        var cases = new ReviewSamples(4).Cases(200);
        var builder = new ReviewTableBuilder(ReviewSamples.Facts, 5);
        builder.Change([.. cases.Select(c => At(c, 300))]);
        var table = builder.Build(ReviewSamples.AsOf);
        var rows = Rows(table);
        builder.Change(cases);
        builder.Change([.. cases.Where(c => c.Ended > 0).Take(20).Select(Reopened)]);
        Assert.Equal(rows, Rows(table));
    }

    [Fact]
    public void A_case_that_was_opened_again_runs_and_counts_with_its_first_end()
    {
        var cases = new ReviewSamples(5).Cases(300);
        var builder = new ReviewTableBuilder(ReviewSamples.Facts, 3);
        builder.Change(cases);
        var before = builder.Build(ReviewSamples.AsOf);
        var settled = before.Settled.SelectMany(p => p.Cases.Started.Take(p.Cases.Count)).ToHashSet();
        var again = cases.Where(c => c.Ended > 0 && settled.Contains(c.Started)).Take(10).Select(Reopened).ToList();
        Assert.NotEmpty(again);
        builder.Change(again);
        var after = builder.Build(ReviewSamples.AsOf);
        Assert.Equal(Counted(before), Counted(after));
        Assert.All(again, c => Assert.True((Marks(after, c) & CaseMarks.Running) != 0));
        var (told, next) = (Told(before), Told(after));
        Assert.Equal(told.Count, next.Count);
        Assert.Equal(told, next);
        var ended = again.Select((c, i) => c with { Ended = ReviewSamples.AsOf - 1, Closing = Engine.Referrals.ClosingReason.ByCaseworker, EndedAt = 100_000 + i }).ToList();
        builder.Change(ended);
        var last = builder.Build(ReviewSamples.AsOf);
        Assert.Equal(told, Told(last));
        Assert.All(again, c => Assert.True((Marks(last, c) & CaseMarks.Running) == 0));

        static CaseMarks Marks(ReviewTable table, ReviewCase told) => table.Parts
            .SelectMany(p => Enumerable.Range(0, p.Cases.Count).Where(r => p.Cases.Started[r] == told.Started && p.Cases.Month[r] > 0).Select(r => p.Cases.Marks[r])).Single();

        // What finished cases say to figures.
        static List<string> Told(ReviewTable table) => [.. table.Parts.SelectMany(p => Enumerable.Range(0, p.Cases.Count).Where(r => p.Cases.Month[r] > 0).Select(r =>
            $"{p.Cases.Chain[r]} {p.Cases.Started[r]} {p.Cases.Ended[r]} {p.Cases.Closing[r]} {p.Cases.LastStep[r]} {p.Cases.Marks[r] & CaseMarks.BackAndForth} {p.Cases.Month[r]}")).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(6, 5)]
    [InlineData(7, 3)]
    [InlineData(8, 1)]
    public void Cases_that_are_opened_again_and_end_again_end_as_what_is_loaded_at_once(int seed, int threshold)
    {
        var cases = new ReviewSamples(seed).Cases(300);
        var (random, builder) = (new Random(seed), new ReviewTableBuilder(ReviewSamples.Facts, threshold));
        builder.Change([.. cases.Select(c => At(c, 200))]);
        builder.Change(cases);
        for (var round = 0; round < 6; round++)
        {
            var changed = new List<ReviewCase>();
            for (var i = random.Next(9); i < cases.Count; i += random.Next(1, 20))
            {
                cases[i] = cases[i].Ended > 0 ? Reopened(cases[i]) : cases[i].Reopened > 0 ? EndedAgain(cases[i], (1000 * (round + 1)) + (2 * i)) : cases[i];
                changed.Add(cases[i]);
            }

            builder.Change([.. changed.OrderBy(_ => random.Next())]);
            builder.Build(ReviewSamples.AsOf);
        }

        Assert.Contains(cases, c => c is { Ended: > 0, Reopened: > 0 });
        Assert.Contains(cases, c => c is { Ended: 0, Reopened: > 1 });
        Assert.Equal(Rows(ReviewSamples.Table(cases, threshold)), Rows(builder.Build(ReviewSamples.AsOf)));

        // With one more visit, which may make it go back and forth and end at another step.
        static ReviewCase EndedAgain(ReviewCase told, long at) => told with
        {
            Ended = ReviewSamples.AsOf - 1,
            Closing = Engine.Referrals.ClosingReason.ByCaseworker,
            EndedAt = at + 1,
            Visits = told.Visits.Add(new("care", "p0", 1, 9, ReviewSamples.AsOf - 90_000) { Ended = ReviewSamples.AsOf - 2, End = VisitEnd.Declined, EndedAt = at, Reason = "other" }),
        };
    }

    [Fact]
    public void Parts_follow_one_another_and_each_case_keeps_its_visits()
    {
        var facts = new ChainFacts(new LocalText("c"), WorkingClock.Always, new Dictionary<string, StepFacts>());
        var cases = Enumerable.Range(0, 30_000).Select(i => new ReviewCase(new Guid(i, 0, 0, new byte[8]), new OrganisationId("h"), new ChainId("c"), 1, (uint)(1_000_000 + i))
        {
            Ended = (uint)(1_000_100 + i),
            Closing = Engine.Referrals.ClosingReason.Completed,
            EndedAt = (i * 10) + 9,
            Visits = [.. Enumerable.Range(0, 5).Select(v => new Visit($"s{v}", "p", 1, 1, (uint)(1_000_000 + i + v))
            {
                Started = (uint)(1_000_000 + i + v), Ended = (uint)(1_000_001 + i + v), End = VisitEnd.Completed, Reason = "helped", EndedAt = (i * 10) + v + 1,
            })],
        }).ToList();
        var table = ReviewSamples.Table(cases, 5, (_, _) => facts);
        Assert.True(table.Settled.Count > 2);
        Assert.Equal((30_000, 150_000), (table.Parts.Sum(p => p.Cases.Count), table.Parts.Sum(p => p.Visits.Count)));
        foreach (var part in table.Parts)
        {
            for (var row = 0; row < part.Cases.Count; row++)
            {
                var first = part.Cases.FirstVisit[row];
                Assert.All(Enumerable.Range(first, 5), v => Assert.Equal(row, part.Visits.Case[v]));
                Assert.Equal(part.Cases.Started[row] + 4, part.Visits.Offered[first + 4]);
                Assert.Equal((ReviewTable.NoStep, "s3"), (part.Visits.Before[first], table.Steps[part.Visits.Before[first + 4]].Id));
                Assert.Equal("s4", table.Steps[part.Cases.LastStep[row]].Id);
            }
        }
    }

    [Fact]
    public void The_step_before_is_the_one_that_ended_last_when_it_was_offered_as_far_as_the_log_knew()
    {
        var told = new ReviewCase(Guid.NewGuid(), new OrganisationId("h"), new ChainId("learn"), 1, 1_000)
        {
            Visits =
            [
                new("course", "a", 1, 1, 1_000) { Ended = 2_000, End = VisitEnd.Completed, EndedAt = 1, Reason = "helped" },
                new("care", "b", 1, 1, 1_000) { Ended = 2_500, End = VisitEnd.Completed, EndedAt = 9, Reason = "helped" },
                new("course", "a", 2, 1, 3_000) { Ended = 4_000, End = VisitEnd.Completed, EndedAt = 5, Reason = "helped" },
                new("care", "a", 2, 1, 5_000),
            ],
        };
        var visits = ReviewSamples.Table([told], 1).Moving.Visits;
        Assert.Equal([ReviewTable.NoStep, ReviewTable.NoStep, visits.Step[0], visits.Step[2]], visits.Before.Take(4));
    }

    [Fact]
    public void Working_time_counts_working_days_alone_and_leaves_out_pauses()
    {
        var friday = Moments.Of(new DateTimeOffset(2024, 6, 7, 8, 0, 0, TimeSpan.Zero));
        var told = new ReviewCase(Guid.NewGuid(), new OrganisationId("h"), new ChainId("work"), 1, friday)
        {
            Visits =
            [
                new("advice", "a", 1, 1, friday) { Started = friday + (3 * 86_400), Ended = friday + (4 * 86_400), Paused = 43_200, End = VisitEnd.Completed, EndedAt = 1, Reason = "helped" },
                new("care", "b", 1, 1, friday) { Ended = friday + (3 * 86_400), End = VisitEnd.Declined, EndedAt = 2, Reason = "other" },
            ],
        };
        var visits = ReviewSamples.Table([told], 1).Moving.Visits;
        Assert.Equal([86_400u, 86_400u], visits.Waited.Take(2));
        Assert.Equal([43_200u, 0u], visits.Worked.Take(2));
    }

    private static ReviewCase Reopened(ReviewCase told) => told with { Ended = 0, Closing = null, EndedAt = 0, Reopened = told.Reopened + 1, FirstEnd = told.Counted };

    // As the log knew it at a position. What a visit is known by does not change.
    private static ReviewCase At(ReviewCase told, long position) => (told.EndedAt > position ? told with { Ended = 0, EndedAt = 0, Closing = null } : told) with
    {
        Visits = [.. told.Visits.Select(v => v.EndedAt > position ? v with { Ended = 0, EndedAt = 0, End = VisitEnd.Open, Reason = null } : v)],
    };

    private static (int Cases, int Visits) Counted(ReviewTable table) =>
        (table.Parts.Sum(p => p.Cases.Month.Take(p.Cases.Count).Count(m => m > 0)), table.Parts.Sum(p => p.Visits.Month.Take(p.Visits.Count).Count(m => m > 0)));

    // Every row in words, so that the order in which words were learnt does not matter; without those that were left behind.
    private static List<string> Rows(ReviewTable table) => [.. table.Parts.SelectMany(p => Enumerable.Range(0, p.Cases.Count).Where(r => p == table.Moving || p.Cases.Month[r] > 0).Select(row =>
    {
        var (c, v) = (p.Cases, p.Visits);
        string Step(ushort step) => step == ReviewTable.NoStep ? "-" : table.Steps[step].Id;
        var chain = table.Chains[c.Chain[row]];
        var visits = Enumerable.Range(c.FirstVisit[row], c.VisitCount[row]).Select(i =>
            $"{Step(v.Step[i])} {Step(v.Before[i])} {table.Partners[v.Partner[i]]} {v.Offered[i]} {v.Ended[i]} {v.End[i]} {table.Reasons[v.Reason[i]]} {v.Marks[i]} {v.Month[i]} {v.Shown[i]} {v.Waited[i]} {v.Worked[i]}");
        return $"{chain.Id} {chain.Version} {c.Started[row]} {c.Ended[row]} {c.Closing[row]} {Step(c.LastStep[row])} {c.Marks[row]} {c.Month[row]} {c.Shown[row]}: {string.Join("; ", visits)}";
    })).Order(StringComparer.Ordinal)];
}
