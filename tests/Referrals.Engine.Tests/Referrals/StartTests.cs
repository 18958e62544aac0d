using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class StartTests
{
    [Fact]
    public void Pins_the_chain_and_offers_the_first_step()
    {
        var story = ReferralStory.On(Step("childcare") with { PassFacts = ["children"] }, Step("debts"));
        var start = Start(s => s with { Facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2), ["works"] = new FactValue.YesNo(true) }, Note = Note("Bitte bald") });
        story.When(start).Then(
            new ReferralEvent.Started(
                Referral, Holder, new ChainId("arbeit-mit-kind"), 3, "hash", "K-17", Agreed, start.Facts, start.Partners, start.Parts, Note("Bitte bald"))
            { At = story.Now },
            new ReferralEvent.StepOffered(
                new Place("childcare"), new NodeId("childcare"), ReferralStory.Nth(1), new OrganisationId("north"), Holder, new ChainId("arbeit-mit-kind"), 3,
                new DateTimeOffset(2026, 9, 9, 22, 0, 0, TimeSpan.Zero), new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) }, Note("Bitte bald"))
            { At = story.Now });
    }

    [Fact]
    public void The_same_start_again_records_nothing()
    {
        var partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("south") };
        var consent = Agreed with { Steps = [new NodeId("childcare")] };
        ReferralStory.On(Step("childcare") with { Offer = OfferMode.Chosen, OnDecline = DeclinePath.BackToCaseworker })
            .Started(s => s with { Partners = partners, Consent = consent })
            .When(Start(s => s with { Partners = new Dictionary<NodeId, OrganisationId>(partners), Consent = consent with { Steps = [new NodeId("childcare")] } })).ThenNothing();
    }

    public static TheoryData<string, Func<ReferralCommand.Start, ReferralCommand.Start>> Others => new()
    {
        { "reference", s => s with { CaseReference = "K-18" } },
        { "note", s => s with { Note = Note("anders") } },
        { "content", s => s with { ContentHash = "other" } },
        { "consent", s => s with { Consent = Agreed with { Until = new DateOnly(2027, 1, 1) } } },
        { "covered steps", s => s with { Consent = Agreed with { Steps = [new NodeId("childcare")] } } },
        { "facts", s => s with { Facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) } } },
        { "partners", s => s with { Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("south") } } },
        { "parts", s => s with { Parts = new Dictionary<NodeId, bool> { [new("part")] = true } } },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Another_start_under_the_same_id_is_refused(string what, Func<ReferralCommand.Start, ReferralCommand.Start> with)
    {
        Assert.NotEmpty(what);
        ReferralStory.On(Step("childcare")).Started().When(Start(with)).ThenRefused(ReferralRefusal.AlreadyStarted);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        ReferralStory.OnChain(Of(Step("childcare")) with { Facts = [new("children", new("Kinder"), new FactType.WholeNumber(0, 12)), new("works", new("Arbeitet"), new FactType.YesNo(), Required: true)] })
            .When(new ReferralCommand.Start(
                Referral, Holder, "hash", " ", new Consent(ConsentForm.Written, new DateOnly(2026, 9, 8), "Not A Code", new DateOnly(2026, 9, 1), [new NodeId("nowhere")]),
                new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(13), ["shoes"] = new FactValue.Number(1) },
                new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("north") },
                new Dictionary<NodeId, bool> { [new("part")] = true }))
            .ThenFaults(
                "case-reference-unusable caseReference", "fact-value-not-allowed facts.children", "fact-unknown facts.shoes", "fact-missing facts.works",
                "partner-not-to-be-chosen partners.childcare", "part-unknown parts.part", "consent-in-future consent.given",
                "consent-ends-before-start consent.until", "consent-purpose-not-a-code consent.purpose", "step-unknown consent.steps");
    }

    [Fact]
    public void An_expired_consent_and_a_partner_not_agreed_are_faults() =>
        ReferralStory.On(Step("childcare") with { Offer = OfferMode.Chosen })
            .When(Start(s => s with
            {
                Consent = Agreed with { Until = new DateOnly(2026, 9, 6) },
                Partners = new Dictionary<NodeId, OrganisationId> { [new("childcare")] = new("east") },
            }))
            .ThenFaults("partner-not-agreed partners.childcare", "consent-expired consent.until");

    [Fact]
    public void The_holder_can_itself_be_the_first_partner() =>
        ReferralStory.On(Step("intake", Holder.Value), Step("childcare")).Started().ThenOpen($"intake {Holder}").Completed(1).ThenOpen("childcare north");

    public static TheoryData<ReferralCommand> BeforeTheStart =>
    [
        new ReferralCommand.Answer(new QuestionId(Guid.Empty), Note("x")), new ReferralCommand.ChoosePartner(new Place("childcare"), new OrganisationId("north")),
        new ReferralCommand.Reroute(new Place("childcare"), new OrganisationId("north")), new ReferralCommand.Skip(new Place("childcare")),
        new ReferralCommand.DecidePart(new Place("part"), true), new ReferralCommand.Remind(ReferralStory.Nth(1)), new ReferralCommand.RecordConsent(Agreed),
        new ReferralCommand.WithdrawConsent(), new ReferralCommand.Withdraw("client-moved"), new ReferralCommand.Close(), new ReferralCommand.Reopen([]),
        new ReferralCommand.PassTime(), new ReferralCommand.Hear(ReferralStory.Nth(1), 1, ReferralStory.Monday, new PartnerSaid.Received()),
    ];

    [Theory]
    [MemberData(nameof(BeforeTheStart), DisableDiscoveryEnumeration = true)]
    public void Nothing_can_be_done_before_the_start(ReferralCommand command) =>
        ReferralStory.On(Step("childcare")).When(command).ThenRefused(ReferralRefusal.NotFound);
}
