using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Tests.Events;
using Referrals.Engine.Tests.Referrals;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Tests.Review.Reading;

/// <summary>Given these events, then that case. An hour passes between two events; the n-th lies at position 10 × n.</summary>
public sealed class CaseFoldTests
{
    private static readonly AssignmentId First = ReferralStory.Nth(1);
    private static readonly AssignmentId Second = ReferralStory.Nth(2);
    private static readonly QuestionId Question = new(Guid.Parse("22222222-2222-4222-8222-222222222222"));

    [Fact]
    public void A_started_referral_is_a_case_without_visits()
    {
        var known = Given();
        Assert.True(new ReviewCase(TestChains.Referral.Value, TestChains.Holder, new ChainId("arbeit-mit-kind"), 3, Hour(0)).IsSameAs(known));
    }

    [Fact]
    public void Every_time_of_a_visit_is_kept()
    {
        var visit = Visit(
            Offer(First),
            new Event.StepReceived(First, 1) { At = default },
            new Event.StepAcknowledged(First, 2) { At = default },
            new Event.StepAccepted(First, 3, At(100)) { At = default },
            new Event.StepStarted(First, 4) { At = default },
            new Event.FirstContactMade(First, 5) { At = default },
            new Event.StepCompleted(First, 6, "helped", TestChains.NoFacts) { At = default });

        Assert.Equal(
            new Visit("childcare", "north", 1, 1, Hour(1))
            {
                Assignment = First.Value,
                AcknowledgeBy = Hour(48),
                Received = Hour(2),
                Acknowledged = Hour(3),
                Accepted = Hour(4),
                CompleteBy = Hour(100),
                Started = Hour(5),
                FirstContact = Hour(6),
                Ended = Hour(7),
                End = VisitEnd.Completed,
                Reason = "helped",
                EndedAt = 80,
            },
            visit);
    }

    [Fact]
    public void Accepting_without_an_acknowledgement_is_one_and_work_that_was_not_recorded_began_with_the_acceptance()
    {
        var visit = Visit(Offer(First), Accept(), new Event.StepCompleted(First, 2, "helped", TestChains.NoFacts) { At = default });
        Assert.Equal((Hour(2), Hour(2), Hour(2)), (visit.Acknowledged, visit.Accepted, visit.Started));
    }

    [Fact]
    public void Work_that_was_not_recorded_began_with_the_first_contact()
    {
        var visit = Visit(
            Offer(First), Accept(), new Event.FirstContactMade(First, 2) { At = default }, new Event.StepCompleted(First, 3, "helped", TestChains.NoFacts) { At = default });
        Assert.Equal(Hour(3), visit.Started);
    }

    [Fact]
    public void Work_that_was_recorded_after_the_first_contact_began_as_recorded()
    {
        var visit = Visit(Offer(First), Accept(), new Event.FirstContactMade(First, 2) { At = default }, new Event.StepStarted(First, 3) { At = default });
        Assert.Equal((Hour(3), Hour(4)), (visit.FirstContact, visit.Started));
    }

    [Fact]
    public void What_is_accepted_and_not_completed_has_not_begun() => Assert.Equal(0u, Visit(Offer(First), Accept()).Started);

    [Fact]
    public void Taking_back_an_acknowledgement_leaves_none()
    {
        var visit = Visit(Offer(First), new Event.StepAcknowledged(First, 1) { At = default }, new Event.StepAcknowledgementUndone(First, 2) { At = default });
        Assert.Equal(0u, visit.Acknowledged);
    }

    [Fact]
    public void Taking_back_an_acceptance_leaves_the_acknowledgement_that_was_before_it()
    {
        var visit = Visit(
            Offer(First), new Event.StepAcknowledged(First, 1) { At = default }, Accept(), new Event.StepAcceptanceUndone(First, 3) { At = default });
        Assert.Equal((Hour(2), 0u, 0u), (visit.Acknowledged, visit.Accepted, visit.CompleteBy));
    }

    [Fact]
    public void Taking_back_an_acceptance_takes_back_the_acknowledgement_that_it_was()
    {
        var visit = Visit(Offer(First), Accept(), new Event.StepAcceptanceUndone(First, 2) { At = default });
        Assert.Equal((0u, 0u), (visit.Acknowledged, visit.Accepted));
    }

    [Fact]
    public void Pauses_are_summed_and_the_end_ends_the_last()
    {
        Event[] events =
        [
            Offer(First), Accept(), Pause(), new Event.StepResumed(First, 3) { At = default }, Pause(), Pad(), Pad(),
        ];
        var open = Visit(events);
        Assert.Equal((3600u, Hour(5)), (open.Paused, open.PausedSince));
        var completed = Visit([.. events, new Event.StepCompleted(First, 9, "helped", TestChains.NoFacts) { At = default }]);
        Assert.Equal((4 * 3600u, 0u), (completed.Paused, completed.PausedSince));
        var withdrawn = Visit([.. events, Withdraw(WithdrawalReason.ReferralClosed)]);
        Assert.Equal((4 * 3600u, 0u), (withdrawn.Paused, withdrawn.PausedSince));
    }

    [Theory]
    [InlineData(WithdrawalReason.DeadlinePassed, VisitEnd.Expired, "deadline-passed")]
    [InlineData(WithdrawalReason.OtherAccepted, VisitEnd.Withdrawn, "other-accepted")]
    [InlineData(WithdrawalReason.ConsentWithdrawn, VisitEnd.Withdrawn, "consent-withdrawn")]
    public void What_was_taken_back_says_why(WithdrawalReason reason, VisitEnd end, string code)
    {
        var visit = Visit(Offer(First), Withdraw(reason));
        Assert.Equal((end, code, Hour(2), 30L), (visit.End, visit.Reason, visit.Ended, visit.EndedAt));
    }

    [Fact]
    public void What_was_declined_has_the_partners_reason()
    {
        var visit = Visit(Offer(First), new Event.StepDeclined(First, 1, "no-capacity") { At = default });
        Assert.Equal((VisitEnd.Declined, "no-capacity", 0u), (visit.End, visit.Reason, visit.Acknowledged));
    }

    [Fact]
    public void Questions_reminders_and_escalations_are_counted()
    {
        Event[] events =
        [
            Offer(First), new Event.StepAsked(First, 1, Question, TestChains.Note("Ab wann?")) { At = default },
            new Event.StepReminded(First, new OrganisationId("north"), Reminder.Acknowledge) { At = default },
            new Event.StepEscalated(
                First, new OrganisationId("c"), new OrganisationId("north"), new ChainId("x"), 1, new NodeId("childcare"), Deadline.Acknowledge, At(1)) { At = default },
        ];
        var open = Visit(events);
        Assert.Equal((1, 1, 1, true), (open.Questions, open.OpenQuestions, open.Reminders, open.Escalated));
        var answered = Visit([.. events, new Event.StepAnswered(First, new OrganisationId("north"), Question, TestChains.Note("Morgen.")) { At = default }]);
        Assert.Equal((1, 0), (answered.Questions, answered.OpenQuestions));
        Assert.Equal(0, Visit([.. events, Withdraw(WithdrawalReason.Skipped)]).OpenQuestions);
    }

    [Fact]
    public void A_second_offer_at_the_same_place_is_the_second_attempt_and_another_round_begins_anew()
    {
        var known = Given(Offer(First), Withdraw(WithdrawalReason.DeadlinePassed), Offer(Second), Offer(ReferralStory.Nth(3), "again.2/childcare"));
        Assert.Equal([(1, 1), (1, 2), (2, 1)], known.Visits.Select(v => ((int)v.Round, (int)v.Attempt)));
    }

    [Theory]
    [InlineData("childcare", 1)]
    [InlineData("follow-up.2/childcare", 2)]
    [InlineData("a.2/b.3/childcare", 6)]
    [InlineData("a.20/b.20/childcare", 255)]
    public void The_round_is_that_of_the_place(string place, byte round) => Assert.Equal(round, Given(Offer(First, place)).Visits[0].Round);

    [Fact]
    public void A_closed_case_has_an_end_until_it_is_opened_again()
    {
        Event[] events = [Offer(First), Withdraw(WithdrawalReason.ReferralClosed), new Event.Closed(ClosingReason.ByCaseworker) { At = default }];
        var closed = Given(events);
        Assert.Equal((Hour(3), ClosingReason.ByCaseworker, 40L, 0), (closed.Ended, closed.Closing, closed.EndedAt, closed.Reopened));
        var reopened = Given([.. events, new Event.Reopened([new Place("childcare")]) { At = default }]);
        Assert.Equal((0u, null, 0L, 1), (reopened.Ended, reopened.Closing, reopened.EndedAt, reopened.Reopened));
        Assert.Equal(closed.Visits.AsEnumerable(), reopened.Visits);
        Assert.Equal(new CaseEnd(Hour(3), ClosingReason.ByCaseworker, 40, closed.Visits.Length), reopened.FirstEnd);
        var again = Given([
            .. events, new Event.Reopened([new Place("childcare")]) { At = default }, Offer(Second), new Event.Closed(ClosingReason.Completed) { At = default },
            new Event.Reopened([new Place("childcare")]) { At = default },
        ]);
        Assert.Equal((2, reopened.FirstEnd, reopened.FirstEnd), (again.Reopened, again.FirstEnd, again.Counted));
    }

    [Fact]
    public void Events_that_are_not_one_referral_from_its_start_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => CaseFold.Evolve(null, Offer(First), 1));
        Assert.Throws<InvalidOperationException>(() => Given(Accept()));
        Assert.Throws<InvalidOperationException>(() => Given(Started));
    }

    // What the fold has no arm for ends in an UnreachableException, which fails the test.
    [Fact]
    public void Every_event_has_an_arm()
    {
        var kinds = typeof(Event).GetNestedTypes().Where(n => n.IsSubclassOf(typeof(Event))).ToList();
        Assert.Equal(kinds.Count, CaseEvent.Changes.Count);
        foreach (var kind in kinds)
        {
            var happened = (Event)new EventSamples(7).Make(kind, full: true);
            var known = happened is Event.Started ? null : Given(Offer(CaseEvent.Of(happened).Assignment is var id && id != default ? new AssignmentId(id) : First));
            if (happened is not Event.StepOffered)
            {
                Assert.NotNull(CaseFold.Evolve(known, happened, 99));
            }
        }
    }

    private static Event Started { get; } = new Event.Started(
        TestChains.Referral, TestChains.Holder, new ChainId("arbeit-mit-kind"), 3, "hash", "K-17", TestChains.Agreed, TestChains.NoFacts,
        new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>())
    { At = default };

    private static Event.StepOffered Offer(AssignmentId assignment, string place = "childcare") => new Event.StepOffered(
        new Place(place), new Place(place).Node, assignment, new OrganisationId("north"), TestChains.Holder, new ChainId("arbeit-mit-kind"), 3, At(48), TestChains.NoFacts)
    { At = default };

    private static Event.StepAccepted Accept() => new Event.StepAccepted(First, 1) { At = default };

    private static Event.StepPaused Pause() => new Event.StepPaused(First, 2) { At = default };

    private static Event.CaseworkerChanged Pad() => new Event.CaseworkerChanged() { At = default };

    private static Event.OfferWithdrawn Withdraw(WithdrawalReason reason) => new Event.OfferWithdrawn(First, new OrganisationId("north"), reason) { At = default };

    private static DateTimeOffset At(int hour) => ReferralStory.Monday.AddHours(hour);

    private static uint Hour(int hour) => Moments.Of(At(hour));

    private static ReviewCase Given(params Event[] events) =>
        events.Prepend(Started).Select((e, n) => (Event: e with { At = At(n) }, Sequence: 10L * (n + 1))).Aggregate((ReviewCase?)null, (c, e) => CaseFold.Evolve(c, e.Event, e.Sequence))!;

    private static Visit Visit(params Event[] events) => Assert.Single(Given(events).Visits);
}
