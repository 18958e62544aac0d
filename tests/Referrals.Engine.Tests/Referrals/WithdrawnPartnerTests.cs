using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Chains;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>A partner that withdrew from a chain gets no new offers, also in referrals that run already.</summary>
public sealed class WithdrawnPartnerTests
{
    private static readonly Place Childcare = new("childcare");

    private static ReferralStory Story(OfferMode mode, DeclinePath path = DeclinePath.NextPartner) =>
        ReferralStory.On(Step("childcare") with { Offer = mode, OnDecline = path }, Step("debts", "east"));

    [Fact]
    public void In_order_the_one_after_it_is_next() =>
        Story(OfferMode.InOrder).Withdrew("north").Started().ThenOpen("childcare south")
            .Withdrew("north,west").Declined(1).ThenOpen().ThenWaits("childcare", WaitingFor.Partner);

    [Fact]
    public void What_runs_with_it_goes_on() =>
        Story(OfferMode.InOrder).Started().ThenOpen("childcare north").Withdrew("north").Completed(1).ThenOpen("debts east");

    [Fact]
    public void A_missed_deadline_goes_to_nobody_when_all_others_have_withdrawn()
    {
        var story = Story(OfferMode.InOrder).Started().Withdrew("south,west");
        var by = story.Known.OpenOffers.Single().AcknowledgeBy;
        story.At(by).Given(new ReferralCommand.PassTime()).ThenOpen("childcare north");
    }

    [Fact]
    public void First_to_accept_leaves_it_out() =>
        Story(OfferMode.FirstToAccept).Withdrew("south").Started().ThenOpen("childcare north", "childcare west");

    [Theory]
    [InlineData(OfferMode.InOrder)]
    [InlineData(OfferMode.FirstToAccept)]
    public void Where_nobody_is_left_it_is_back_to_the_caseworker(OfferMode mode) =>
        Story(mode).Withdrew("north,south,west").Started().ThenOpen().ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.Skip(Childcare)).ThenOpen("debts east");

    [Fact]
    public void It_can_not_be_chosen() =>
        Story(OfferMode.Chosen, DeclinePath.BackToCaseworker).Withdrew("north").Started().ThenWaits("childcare", WaitingFor.Partner)
            .When(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("north"))).ThenRefused(ReferralRefusal.PartnerWithdrew)
            .Given(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("south"))).ThenOpen("childcare south")
            .When(new ReferralCommand.Reroute(Childcare, new OrganisationId("north"))).ThenRefused(ReferralRefusal.PartnerWithdrew)
            .Withdrew("").Given(new ReferralCommand.Reroute(Childcare, new OrganisationId("north"))).ThenOpen("childcare north");

    [Fact]
    public void It_can_not_be_chosen_at_the_start() =>
        Story(OfferMode.Chosen, DeclinePath.BackToCaseworker).Withdrew("north")
            .When(Start(s => s with { Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("north") } }))
            .ThenFaults("partner-withdrew partners.childcare");

    [Fact]
    public void Chosen_at_the_start_and_withdrawn_meanwhile_the_caseworker_chooses_again()
    {
        var story = ReferralStory.On(Step("debts", "east"), Step("childcare") with { Offer = OfferMode.Chosen, OnDecline = DeclinePath.BackToCaseworker })
            .Started(s => s with { Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("north") } });
        story.Withdrew("north").Completed(1).ThenOpen().ThenWaits("childcare", WaitingFor.Partner)
            .Given(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("west"))).ThenOpen("childcare west");
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void Whoever_withdrew_is_never_offered_anything_and_nothing_is_stuck(ChainVersion chain, int seed)
    {
        var random = new Random(seed);
        var story = ReferralStory.OnChain(chain);
        var gone = chain.Partners().Where(_ => random.Next(2) == 0).ToHashSet();
        story.Withdrew(string.Join(',', gone)).When(StartOf(chain));
        foreach (var _ in Enumerable.Range(0, 10))
        {
            if (story.State is not { Ended: null } state)
            {
                break;
            }

            var offered = state.OpenOffers.FirstOrDefault();
            if (offered is not null)
            {
                story.When(new ReferralCommand.Hear(offered.Assignment, offered.Heard + 1, story.Now, new PartnerSaid.Received()))
                    .When(new ReferralCommand.Hear(offered.Assignment, offered.Heard + 2, story.Now, new PartnerSaid.Declined("no-capacity", null)));
            }
            else if (story.Next.Waiting[0] is { For: WaitingFor.Partner } wait)
            {
                story.When(new ReferralCommand.Skip(wait.Place));
            }
            else
            {
                story.When(new ReferralCommand.DecidePart(story.Next.Waiting[0].Place, random.Next(2) == 0));
            }
        }

        Assert.DoesNotContain(story.History.OfType<ReferralEvent.StepOffered>(), o => gone.Contains(o.Partner));
    }

    private static ReferralCommand.Start StartOf(ChainVersion chain) => Start(s => s with
    {
        Release = Released(chain),
        Facts = chain.Facts.Where(f => f.Required).ToDictionary(f => f.Name, f => f.Type switch
        {
            FactType.WholeNumber n => (FactValue)new FactValue.Number(n.Min),
            FactType.YesNo => new FactValue.YesNo(false),
            FactType.CodeList list => new FactValue.Code(list.Codes[0].Code),
            _ => new FactValue.Month(new DateOnly(2026, 9, 1)),
        }),
    });
}
