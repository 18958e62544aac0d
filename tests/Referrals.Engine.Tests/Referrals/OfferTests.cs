using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Every way to offer a step with every way to go on after a refusal.</summary>
public sealed class OfferTests
{
    private static readonly Place Childcare = new("childcare");

    private static ReferralStory Story(OfferMode mode, DeclinePath path) =>
        ReferralStory.On(Step("childcare") with { Offer = mode, OnDecline = path }, Step("debts", "east"));

    [Fact]
    public void In_order_the_next_partner_and_at_last_the_caseworker() =>
        Story(OfferMode.InOrder, DeclinePath.NextPartner).Started().ThenOpen("childcare north")
            .Declined(1).ThenKinds(typeof(ReferralEvent.StepDeclined), typeof(ReferralEvent.StepOffered)).ThenOpen("childcare south")
            .Declined(2).ThenOpen("childcare west").Declined(3).ThenOpen().ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("north"))).ThenOpen("childcare north")
            .Declined(4).ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.Skip(Childcare)).ThenOpen("debts east");

    [Fact]
    public void In_order_back_to_the_caseworker() =>
        Story(OfferMode.InOrder, DeclinePath.BackToCaseworker).Started().Declined(1).ThenOpen().ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("west"))).ThenOpen("childcare west")
            .Declined(2).ThenWaits("childcare", WaitingFor.Partner);

    [Fact]
    public void In_order_skip()
    {
        var story = Story(OfferMode.InOrder, DeclinePath.Skip).Started();
        story.Declined(1).ThenKinds(typeof(ReferralEvent.StepDeclined), typeof(ReferralEvent.StepSkipped), typeof(ReferralEvent.StepOffered)).ThenOpen("debts east");
        Assert.Equal(OutcomeCodes.Skipped, story.Known.Outcomes[new NodeId("childcare")]);
    }

    [Fact]
    public void After_a_rerouting_the_partners_not_yet_asked_come_next() =>
        Story(OfferMode.InOrder, DeclinePath.NextPartner).Started()
            .Given(new ReferralCommand.Reroute(Childcare, new OrganisationId("west"))).ThenOpen("childcare west")
            .Declined(2).ThenOpen("childcare south").Declined(3).ThenWaits("childcare", WaitingFor.Partner);

    [Fact]
    public void First_to_accept_wins()
    {
        var story = Story(OfferMode.FirstToAccept, DeclinePath.NextPartner).Started().ThenOpen("childcare north", "childcare south", "childcare west");
        story.Declined(1).ThenOpen("childcare south", "childcare west")
            .Accepted(3)
            .Then(
                new ReferralEvent.StepAccepted(ReferralStory.Nth(3), 3, new DateTimeOffset(2026, 9, 21, 22, 0, 0, TimeSpan.Zero)) { At = story.Now },
                new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(2), new OrganisationId("south"), WithdrawalReason.OtherAccepted) { At = story.Now });
        // The other acceptance was on its way.
        story.When(new ReferralCommand.Hear(ReferralStory.Nth(2), 1, story.Now, new PartnerSaid.Received())).ThenNothing()
            .When(new ReferralCommand.Hear(ReferralStory.Nth(2), 3, story.Now, new PartnerSaid.Accepted())).ThenNothing()
            .Heard(3, new PartnerSaid.Completed("helped", NoFacts)).ThenOpen("debts east");
    }

    [Theory]
    [InlineData(DeclinePath.NextPartner)]
    [InlineData(DeclinePath.BackToCaseworker)]
    public void First_to_accept_when_all_decline_goes_back_to_the_caseworker(DeclinePath path) =>
        Story(OfferMode.FirstToAccept, path).Started().Declined(2).Declined(3).ThenOpen("childcare north").Declined(1)
            .ThenOpen().ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("south"))).ThenOpen("childcare south").Completed(4).ThenOpen("debts east");

    [Fact]
    public void First_to_accept_when_all_decline_skips_where_agreed() =>
        Story(OfferMode.FirstToAccept, DeclinePath.Skip).Started().Declined(1).ThenOpen("childcare south", "childcare west")
            .Declined(3).Declined(2).ThenOpen("debts east");

    [Theory]
    [InlineData(DeclinePath.NextPartner, false)]
    [InlineData(DeclinePath.BackToCaseworker, false)]
    [InlineData(DeclinePath.Skip, true)]
    public void First_to_accept_who_declines_after_all(DeclinePath path, bool skips)
    {
        var story = Story(OfferMode.FirstToAccept, path).Started().Accepted(1).Heard(1, new PartnerSaid.Declined("no-capacity", null));
        _ = skips ? story.ThenOpen("debts east") : story.ThenOpen().ThenWaits("childcare", WaitingFor.Partner);
    }

    [Fact]
    public void Chosen_waits_for_the_caseworker() =>
        Story(OfferMode.Chosen, DeclinePath.BackToCaseworker).Started().ThenOpen().ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("south"))).ThenOpen("childcare south")
            .Declined(1).ThenWaits("childcare", WaitingFor.Partner);

    [Fact]
    public void Chosen_at_the_start_is_offered_at_once_and_only_once() =>
        Story(OfferMode.Chosen, DeclinePath.BackToCaseworker)
            .Started(s => s with { Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("west") } }).ThenOpen("childcare west")
            .Declined(1).ThenOpen().ThenWaits("childcare", WaitingFor.Partner);

    [Fact]
    public void Chosen_skips_where_agreed() =>
        Story(OfferMode.Chosen, DeclinePath.Skip)
            .Started(s => s with { Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("west") } })
            .Declined(1).ThenOpen("debts east");
}
