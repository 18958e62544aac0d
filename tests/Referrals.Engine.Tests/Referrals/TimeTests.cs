using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Deadlines, reminders, escalations, and when to wake up for them.</summary>
public sealed class TimeTests
{
    private static readonly OrganisationId North = new("north");
    private static readonly ReferralCommand PassTime = new ReferralCommand.PassTime();
    private static readonly DateTimeOffset AcknowledgeBy = Utc(9, 22);

    // 22:00 UTC is midnight in Berlin in summer, 06:00 UTC the hour at which offices open.
    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_anything_due_nothing_happens() =>
        ReferralStory.On(Step("childcare")).Started().ThenWakes(AcknowledgeBy)
            .At(AcknowledgeBy.AddTicks(-1)).When(PassTime).ThenNothing().ThenWakes(AcknowledgeBy);

    [Fact]
    public void A_partner_that_does_not_acknowledge_is_followed_by_the_next()
    {
        var story = ReferralStory.On(Step("childcare")).Started().At(AcknowledgeBy);
        story.When(PassTime).ThenKinds(typeof(ReferralEvent.OfferWithdrawn), typeof(ReferralEvent.StepOffered)).ThenOpen("childcare south");
        Assert.Equal(WithdrawalReason.DeadlinePassed, story.Known.Offers[ReferralStory.Nth(1)].Withdrawal);
        story.ThenWakes(Utc(14, 22)).At(Utc(14, 22)).Given(PassTime).ThenOpen("childcare west").ThenWakes(null)
            .At(Utc(30, 8)).When(PassTime).ThenNothing().ThenOpen("childcare west");
    }

    [Theory]
    [InlineData(OfferMode.InOrder, DeclinePath.BackToCaseworker)]
    [InlineData(OfferMode.InOrder, DeclinePath.Skip)]
    [InlineData(OfferMode.Chosen, DeclinePath.BackToCaseworker)]
    [InlineData(OfferMode.FirstToAccept, DeclinePath.NextPartner)]
    public void Only_in_order_with_a_next_partner_moves_on_by_time(OfferMode mode, DeclinePath path) =>
        ReferralStory.On(Step("childcare") with { Offer = mode, OnDecline = path, EscalateAfter = 1 })
            .Started(s => mode == OfferMode.Chosen ? s with { Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = North } } : s)
            .At(AcknowledgeBy).When(PassTime).ThenNothing().ThenWakes(Utc(10, 6));

    [Fact]
    public void A_message_that_comes_after_the_deadline_does_what_time_made_due_as_well() =>
        ReferralStory.On(Step("childcare")).Started().At(AcknowledgeBy)
            .Heard(1, new PartnerSaid.Received()).ThenKinds(typeof(ReferralEvent.StepReceived), typeof(ReferralEvent.OfferWithdrawn), typeof(ReferralEvent.StepOffered));

    [Fact]
    public void Reminder_and_escalation_of_the_acknowledgement_come_once()
    {
        var story = ReferralStory.On(Step("childcare", "north") with { RemindBefore = 1, EscalateAfter = 1 }).Started().ThenWakes(Utc(8, 6));
        story.At(Utc(8, 6)).When(PassTime).Then(new ReferralEvent.StepReminded(ReferralStory.Nth(1), North, Reminder.Acknowledge) { At = Utc(8, 6) }).ThenWakes(Utc(10, 6));
        story.At(Utc(10, 6)).When(PassTime)
            .Then(new ReferralEvent.StepEscalated(
                ReferralStory.Nth(1), new OrganisationId("coordinator"), North, new ChainId("arbeit-mit-kind"), 3, new NodeId("childcare"), Deadline.Acknowledge, AcknowledgeBy)
            { At = Utc(10, 6) })
            .ThenWakes(null).At(Utc(20, 6)).When(PassTime).ThenNothing();
    }

    [Fact]
    public void What_came_due_while_nobody_looked_happens_later_and_a_late_reminder_not_at_all() =>
        ReferralStory.On(Step("childcare", "north") with { RemindBefore = 1, EscalateAfter = 0 }).Started()
            .At(Utc(25, 6)).When(PassTime).ThenKinds(typeof(ReferralEvent.StepEscalated)).ThenWakes(null);

    [Fact]
    public void Escalation_at_the_deadline_itself() =>
        ReferralStory.On(Step("childcare", "north") with { EscalateAfter = 0 }).Started().ThenWakes(AcknowledgeBy)
            .At(AcknowledgeBy).When(PassTime).ThenKinds(typeof(ReferralEvent.StepEscalated));

    [Fact]
    public void Completion_is_watched_from_acceptance_on()
    {
        var story = ReferralStory.On(Step("childcare") with { RemindBefore = 1, EscalateAfter = 2 }).Started().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Acknowledged()).ThenWakes(null);
        story.Heard(1, new PartnerSaid.Accepted()).ThenWakes(Utc(18, 6));
        Assert.Equal(Utc(21, 22), story.Known.Offers[ReferralStory.Nth(1)].CompleteBy);
        story.At(Utc(18, 6)).When(PassTime).Then(new ReferralEvent.StepReminded(ReferralStory.Nth(1), North, Reminder.Complete) { At = Utc(18, 6) }).ThenWakes(Utc(23, 6))
            .At(Utc(23, 6)).When(PassTime).ThenKinds(typeof(ReferralEvent.StepEscalated)).ThenWakes(null);
    }

    [Fact]
    public void Without_an_agreed_time_nothing_is_watched() =>
        ReferralStory.On(Step("childcare") with { CompleteWithin = null, RemindBefore = 1, EscalateAfter = 1 }).Started().Accepted(1).ThenWakes(null);

    [Fact]
    public void The_earliest_of_several_wakes() =>
        ReferralStory.On(Parallel(Step("childcare", "north") with { EscalateAfter = 3 }, Step("debts", "east") with { AcknowledgeWithin = 1, EscalateAfter = 0 })).Started()
            .ThenWakes(Utc(8, 22));

    [Fact]
    public void People_see_the_date_by_which_the_partner_must_act()
    {
        var story = ReferralStory.On(Step("childcare", "north")).Started();
        Assert.Equal(AcknowledgeBy, Due());
        story.Heard(1, new PartnerSaid.Received());
        Assert.Equal(AcknowledgeBy, Due());
        story.Heard(1, new PartnerSaid.Acknowledged());
        Assert.Null(Due());
        foreach (var said in new PartnerSaid[] { new PartnerSaid.Accepted(), new PartnerSaid.Started(), new PartnerSaid.Paused(), new PartnerSaid.Resumed() })
        {
            story.Heard(1, said);
            Assert.Equal(Utc(21, 22), Due());
        }

        story.Heard(1, new PartnerSaid.Completed("helped", NoFacts));
        Assert.Null(Due());

        DateTimeOffset? Due() => story.Known.Offers[ReferralStory.Nth(1)].DueAt;
    }
}
