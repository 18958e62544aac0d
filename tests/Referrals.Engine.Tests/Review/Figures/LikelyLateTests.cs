using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class LikelyLateTests
{
    private static readonly uint Now = ReviewSamples.AsOf;

    // Of 40 that were acknowledged after 6, 12, ... 240 hours, 20 were still open after 5 days and 10 after 7.5.
    [Fact]
    public void The_probability_is_the_share_of_those_as_old_that_were_still_open_at_the_agreed_time()
    {
        var figures = Figures(1, [.. Enumerable.Range(1, 40).Select(i => Known(i, i * 0.25, 20))]);
        var told = Assert.Single(figures.LikelyLate([Waiting(5, 2.5)]));
        Assert.Equal((0.5, 40, false, "course", "p0"), (told.Probability, told.N, told.Completion, told.Step.Step, told.Partner));
        Assert.Equal(Moments.At(Now + (uint)(2.5 * Moments.Day)), told.Due);
        Assert.Equal(0.25, Assert.Single(figures.LikelyLate([Waiting(0.01, 7.5)])).Probability);
    }

    [Fact]
    public void What_is_accepted_is_held_against_the_time_to_the_end()
    {
        var figures = Figures(1, [.. Enumerable.Range(1, 40).Select(i => Known(i, 1, i * 0.5))]);
        var told = Assert.Single(figures.LikelyLate([Accepted(10, 5)]));
        Assert.Equal((0.5, true), (told.Probability, told.Completion));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Nothing_is_said_to_be_certain(int threshold)
    {
        // Half of them at once, half of them after a month, and never one that was open longer.
        var figures = Figures(threshold, [.. Enumerable.Range(1, 40).Select(i => Known(i, i <= 20 ? 1 : 30, 40))]);
        Assert.All(figures.LikelyLate([Waiting(5, 10), Waiting(80, 5)]), l => Assert.Equal((LikelyLate.Surest, true), (l.Probability, l.IsSurest)));
        Assert.Equal(2, figures.LikelyLate([Waiting(5, 10), Waiting(80, 5)]).Count);
    }

    [Fact]
    public void Where_few_are_known_of_a_partner_all_of_the_step_count()
    {
        var cases = Enumerable.Range(1, 60).Select(i => Known(i, i <= 40 ? i * 0.25 : 30, 40, i <= 40 ? "p0" : i < 56 ? "p1" : "p2")).ToList();
        var figures = Figures(1, cases);
        Assert.Equal(40, Assert.Single(figures.LikelyLate([Waiting(5, 2.5)])).N);
        Assert.Equal(60, Assert.Single(figures.LikelyLate([Waiting(5, 2.5, "p2")])).N);
        Assert.Equal(60, Assert.Single(figures.LikelyLate([Waiting(5, 2.5, "unknown")])).N);
    }

    [Fact]
    public void What_is_late_ended_or_without_an_agreed_time_is_left_out_and_the_likeliest_comes_first()
    {
        var figures = Figures(1, [.. Enumerable.Range(1, 40).Select(i => Known(i, i * 0.25, 20))]);
        var late = Waiting(5, -1);
        var unagreed = Waiting(5, 2) with { Visits = [Waiting(5, 2).Visits[0] with { AcknowledgeBy = 0 }] };
        var ended = Waiting(5, 2) with { Ended = Now, EndedAt = 1 };
        Assert.Empty(figures.LikelyLate([late, unagreed, ended, Waiting(5, 2) with { Chain = new ChainId("other") }]));
        var told = figures.LikelyLate([Waiting(1, 7), Waiting(5, 1), Waiting(5, 2.5)]);
        Assert.Equal(told.OrderByDescending(t => t.Probability).ThenBy(t => t.Due), told);
        Assert.Empty(Figures(5, [.. Enumerable.Range(1, 4).Select(i => Known(i, 1, 20))]).LikelyLate([Waiting(5, 2.5)]));
    }

    // Held against the exact estimator over objects, on a network as it comes.
    [Fact]
    public void On_a_random_network_it_is_what_the_estimator_says()
    {
        var cases = new ReviewSamples(17).Cases(500);
        var figures = new ReviewFigures(ReviewSamples.Table(cases, 1));
        var visits = cases.Where(c => c.Chain.Value == "learn").SelectMany(c => c.Visits).Where(v => v is { Step: "care", Partner: "p1" }).ToList();
        var answered = visits.Where(v => v.End is VisitEnd.Completed or VisitEnd.Declined).Select(v => (v.Acknowledged - v.Offered) / 86_400.0).ToList();
        var back = visits.Where(v => v.End is VisitEnd.Expired or VisitEnd.Withdrawn).Select(v => ((v.Acknowledged > 0 ? v.Acknowledged : v.Ended) - v.Offered) / 86_400.0);
        var open = visits.Where(v => v is { End: VisitEnd.Open, Started: 0 }).Select(v => (Now - v.Offered) / 86_400.0);
        double[] censored = [.. back, .. open];
        Assert.True(answered.Count >= 20);
        var curve = KaplanMeier.Of([.. answered, .. censored], [.. answered.Select(_ => true), .. censored.Select(_ => false)]);
        var told = Assert.Single(figures.LikelyLate([Waiting(1.5, 1.3, "p1", "care")]));
        Assert.Equal(curve.SurvivalAt(2.8) / curve.SurvivalAt(1.5), told.Probability, 0.01);
    }

    private static ReviewFigures Figures(int threshold, List<ReviewCase> known) => new(ReviewSamples.Table(known, threshold));

    private static ReviewCase Known(int number, double acknowledged, double taken, string partner = "p0")
    {
        var offered = Now - (uint)((acknowledged + taken + 1) * Moments.Day);
        var accepted = offered + (uint)(acknowledged * Moments.Day);
        var ended = accepted + (uint)(taken * Moments.Day);
        return new(new Guid(number, 0, 0, new byte[8]), new OrganisationId("h"), new ChainId("learn"), 1, offered)
        {
            Ended = ended,
            Closing = Engine.Referrals.ClosingReason.Completed,
            EndedAt = (2 * number) + 2,
            Visits = [new("course", partner, 1, 1, offered) { Acknowledged = accepted, Accepted = accepted, Started = accepted, Ended = ended, EndedAt = (2 * number) + 1, End = VisitEnd.Completed, Reason = "helped" }],
        };
    }

    private static ReviewCase Waiting(double since, double dueIn, string partner = "p0", string step = "course")
    {
        var offered = Now - (uint)(since * Moments.Day);
        return new(Guid.NewGuid(), new OrganisationId("own"), new ChainId("learn"), 1, offered)
        {
            Visits = [new(step, partner, 1, 1, offered) { AcknowledgeBy = (uint)(Now + (dueIn * Moments.Day)) }],
        };
    }

    private static ReviewCase Accepted(double since, double dueIn)
    {
        var told = Waiting(since + 1, dueIn);
        var accepted = Now - (uint)(since * Moments.Day);
        return told with { Visits = [told.Visits[0] with { Acknowledged = accepted, Accepted = accepted, CompleteBy = (uint)(Now + (dueIn * Moments.Day)) }] };
    }
}
