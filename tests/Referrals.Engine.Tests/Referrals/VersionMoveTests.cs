using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Referrals.Moving;
using Referrals.Engine.Tests.Chains;
using static Referrals.Engine.Tests.Referrals.TestChains;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>A running referral goes on on a newer version of its chain.</summary>
public sealed class VersionMoveTests
{
    private static readonly ChainNode.Step Childcare = Step("childcare", "north,south");
    private static readonly ChainNode.Step Debts = Step("debts", "east");
    private static readonly ChainNode.Step Course = Step("course", "west");

    [Fact]
    public void What_is_with_a_partner_stays_as_it_was_offered_and_the_new_steps_follow()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Accepted(1);
        var offer = story.Known.Offers[ReferralStory.Nth(1)];
        var target = To(Childcare with { AcknowledgeWithin = 5, CompleteWithin = 40 }, Course);
        story.When(target).Then(new Event.MovedToVersion(3, 4, target.Target.ContentHash, [], new Dictionary<Place, int?>(), new Dictionary<AssignmentId, int?> { [ReferralStory.Nth(1)] = 10 }, Narrowed("childcare")) { At = story.Now });

        Assert.Equal(offer with { Agreed = new AgreedTime(10) }, story.Known.Offers[ReferralStory.Nth(1)]);
        Assert.Equal(new ChainPin(4, target.Target.ContentHash), story.Known.Pin);
        Assert.Equal([new ChainPin(3, Start().ContentHash)], story.Known.EarlierPins);
        story.Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenWaits("course", WaitingFor.Consent);
        story.Given(new ReferralCommand.RecordConsent(Agreed with { Given = new DateOnly(2026, 9, 2) })).ThenOpen("course west");
    }

    [Fact]
    public void A_consent_counts_only_for_what_it_was_given_for()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Completed(1);
        story.Given(To(Childcare, Debts with { Partners = [new OrganisationId("east"), new OrganisationId("stranger")] }));
        Assert.Equal(["childcare"], story.Known.Consent!.Steps!.Select(s => s.Value));

        story = ReferralStory.On(Childcare, Debts).Started().Completed(1);
        story.Given(To(Childcare with { CompleteWithin = 3 }, Debts with { OnDecline = DeclinePath.Skip }));
        Assert.Null(story.Known.Consent!.Steps);
    }

    [Fact]
    public void A_consent_for_some_steps_counts_no_longer_where_a_step_asks_more_of_the_client()
    {
        var theirs = Debts with { PassFacts = ["children"] };
        foreach (var more in (ChainNode.Step[])
            [
                theirs with { Partners = [new OrganisationId("stranger")] },
                theirs with { PassFacts = ["children", "works"] },
                theirs with { ReturnFacts = ["works"] },
                theirs with { Service = "sport" },
                theirs with { Feedback = Feedback.OutcomeAndFacts },
            ])
        {
            var story = ReferralStory.On(Childcare, theirs with { Feedback = Feedback.TookPlace })
                .Started(s => s with { Consent = s.Consent with { Steps = [Childcare.Id, theirs.Id] } }).Accepted(1);
            story.Given(To(Childcare, more)).Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenWaits("debts", WaitingFor.Consent);
        }

        ReferralStory.On(Childcare, theirs).Started(s => s with { Consent = s.Consent with { Steps = [Childcare.Id, theirs.Id] } }).Accepted(1)
            .Given(To(Childcare, theirs with { PassFacts = [], CompleteWithin = 7 })).Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenOpen("debts east");
    }

    [Fact]
    public void A_consent_that_was_narrowed_by_a_move_is_looked_at_again_by_the_next()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Accepted(1).Given(To(Childcare, Debts, Course));
        Assert.Equal(["childcare", "debts"], story.Known.Consent!.Steps!.Select(s => s.Value));
        story.Given(To(5, Childcare, Debts with { Partners = [new OrganisationId("stranger")] }, Course)).Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenWaits("debts", WaitingFor.Consent);
    }

    [Fact]
    public void Moving_twice_records_it_once_and_an_ended_referral_stays_where_it_is()
    {
        var target = To(Childcare, Debts with { CompleteWithin = 3 });
        ReferralStory.On(Childcare, Debts).Started().Given(target).When(target).ThenNothing();
        ReferralStory.On(Childcare).Started().Completed(1).When(target).ThenRefused(ReferralRefusal.Closed);
    }

    [Fact]
    public void A_step_that_is_with_a_partner_has_to_be_there_with_it_on_the_same_terms()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Accepted(1);
        story.When(To(Course, Debts)).ThenFaults("step-gone childcare");
        story.When(To(Childcare with { Partners = [new OrganisationId("south")] }, Debts)).ThenFaults("partner-gone childcare");
        story.When(To(Childcare with { Service = "playgroup" }, Debts)).ThenFaults("terms-differ childcare");
        story.When(To(Childcare with { Feedback = Feedback.TookPlace }, Debts)).ThenFaults("terms-differ childcare");
        story.When(To(Childcare with { PassFacts = ["children"] }, Debts)).ThenFaults("terms-differ childcare");
        story.When(To(Repeat("rounds", 2, Ended("childcare", "helped"), Childcare), Debts)).ThenFaults("step-elsewhere childcare");
        story.When(To(Course, Childcare)).ThenFaults("step-not-reached childcare");
        story.ThenOpen("childcare north");
    }

    [Fact]
    public void A_step_that_has_ended_may_be_gone_and_its_outcome_stays_known()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Completed(1).Given(To(Debts, Course));
        Assert.Equal("helped", story.Known.Outcomes[new NodeId("childcare")]);
        Assert.DoesNotContain(new Place("childcare"), story.Known.Runs.Keys);
        story.Completed(2).ThenWaits("course", WaitingFor.Consent);
    }

    [Fact]
    public void A_branch_taken_is_found_again_by_what_it_asked_whatever_its_number()
    {
        Branch few = new(Never, Course), many = new(new Condition.Fact("children", Comparison.AtLeast, new FactValue.Number(2)), Childcare);
        var story = ReferralStory.On(Choice("which", Debts, few, many)).Started(s => s with { Facts = Facts(("children", new FactValue.Number(3))) });
        Assert.Equal(1, story.Known.Branches[new Place("which")]);

        story.When(To(Choice("which", Debts, few))).ThenFaults("step-gone childcare", "branch-gone which");
        story.Given(To(Choice("which", Debts, many, few)));
        Assert.Equal(0, story.Known.Branches[new Place("which")]);
        story.Completed(1).ThenClosed(ClosingReason.Completed);
    }

    [Fact]
    public void A_part_that_became_optional_is_included_when_something_happened_in_it()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Accepted(1);
        story.When(To(Optional("if-wished", Childcare), Debts)).ThenKinds(typeof(Event.MovedToVersion), typeof(Event.PartDecided));
        story.Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenOpen("debts east");
    }

    [Fact]
    public void Within_a_repeat_the_round_is_kept_and_more_rounds_than_allowed_are_refused()
    {
        var story = ReferralStory.On(Repeat("rounds", 3, Ended("childcare", "helped"), Childcare)).Started().Completed(1, "advice-given");
        story.ThenOpen("rounds.2/childcare north").When(To(Repeat("rounds", 1, Ended("childcare", "helped"), Childcare))).ThenFaults("rounds-exceeded rounds");
        story.Given(To(Repeat("rounds", 2, Ended("childcare", "helped"), Optional("maybe", Childcare))));
        Assert.True(story.Known.Parts[new Place("rounds.2/maybe")]);
        story.ThenOpen("rounds.2/childcare north");
    }

    [Fact]
    public void A_fact_whose_value_the_new_version_does_not_know_is_named()
    {
        var story = ReferralStory.On(Childcare).Started(s => s with { Facts = Facts(("children", new FactValue.Number(9))) });
        var target = Of(Childcare) with { Version = 4, Facts = [new FactDeclaration("children", new LocalText("Kinder"), new FactType.WholeNumber(0, 3))] };
        story.When(new ReferralCommand.MoveTo(new AgreedChain(target, ChainJson.ContentHash(target), ChainStatus.InForce))).ThenFaults("fact-value ");
    }

    [Fact]
    public void A_partner_chosen_beforehand_counts_only_where_the_new_version_names_it()
    {
        var chosen = Debts with { Partners = [new OrganisationId("east"), new OrganisationId("far")], Offer = OfferMode.Chosen, OnDecline = DeclinePath.Skip };
        var story = ReferralStory.On(Childcare, chosen).Started(s => s with { Partners = new Dictionary<NodeId, OrganisationId> { [chosen.Id] = new("far") } });
        story.Given(To(Childcare, chosen with { Partners = [new OrganisationId("east"), new OrganisationId("near")] }));
        story.Given(new ReferralCommand.RecordConsent(Agreed with { Given = new DateOnly(2026, 9, 2) })).Completed(1).ThenWaits("debts", WaitingFor.Partner);
    }

    [Fact]
    public void Nothing_left_to_do_ends_the_referral() =>
        ReferralStory.On(Childcare, Debts).Started().Completed(1).Accepted(2).Heard(2, new PartnerSaid.Declined("no-capacity", null))
            .When(To(Childcare)).ThenKinds(typeof(Event.MovedToVersion), typeof(Event.Closed)).ThenClosed(ClosingReason.Completed);

    [Fact]
    public void A_preview_says_what_would_change_and_moves_nothing()
    {
        var story = ReferralStory.On(Childcare, Debts, Course).Started().Completed(1);
        var target = To(Childcare, Parallel(Debts, Step("advice", "east")), Step("sport", "club"));
        var seen = VersionMove.Preview(story.Known, story.Chain, target.Target, story.Now);
        Assert.True(seen.Fits);
        Assert.Equal(
            ["waits-for-consent advice", "step-added advice", "step-added sport", "step-removed course", "terms-change both", "needs-consent sport"],
            seen.Changes.Select(c => $"{c.Code} {c.Node}"));
        Assert.Equal(3, story.Known.Pin.Version);

        seen = VersionMove.Preview(story.Known, story.Chain, To(Course).Target, story.Now);
        Assert.False(seen.Fits);
        Assert.Equal("„debts“ liegt bei einem Partner und kommt in der neuen Fassung nicht vor.", Assert.Single(seen.Obstacles).Message.De);
    }

    [Fact]
    public void The_new_version_says_when_partners_are_reminded_of_the_time_that_was_agreed_before()
    {
        var story = ReferralStory.On(Childcare, Debts).Started().Accepted(1).Given(To(Childcare with { RemindBefore = 1, CompleteWithin = 3 }, Debts));
        story.At(story.Known.Offers[ReferralStory.Nth(1)].CompleteBy!.Value.AddHours(-1));
        story.When(new ReferralCommand.PassTime()).ThenKinds(typeof(Event.StepReminded));
    }

    // TwoSides checks at each event that the state is legal under the version that it runs on, and lets both sides come to their end.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void Wherever_it_stands_a_referral_moves_whole_or_not_at_all_and_ends(ChainVersion chain, ChainVersion another, int seed)
    {
        var next = Changed(chain, another, new Random(seed));
        if (ChainValidation.Check(next).Count > 0)
        {
            return;
        }

        var played = new TwoSides(chain, seed, next).Play();
        Assert.Equal(played.History.OfType<Event.MovedToVersion>().Count(), played.State.EarlierPins.Count);
        foreach (var (id, offer) in played.State.Offers)
        {
            var assignment = played.Assignment(id)!;
            Assert.Equal(offer.Status.ToString(), assignment.Status.ToString());
            if (offer.AcceptedAt is not null && offer.Status != OfferStatus.Withdrawn)
            {
                Assert.Equal(offer.CompleteBy, assignment.CompleteBy);
            }
        }
    }

    [Fact]
    public void Random_moves_happen_and_are_refused()
    {
        var chains = Enumerable.Range(0, 200).Select(ChainGen.FromSeed).ToList();
        var seen = chains.Zip(chains.Skip(1)).Select((pair, seed) => (pair.First, Next: Changed(pair.First, pair.Second, new Random(seed)), Seed: seed))
            .Where(p => ChainValidation.Check(p.Next).Count == 0)
            .Select(p => new TwoSides(p.First, p.Seed, p.Next).Play().State.EarlierPins.Count).ToList();
        Assert.InRange(seen.Count(moved => moved > 0), 20, seen.Count - 5);
    }

    // The same with something changed, or another one altogether.
    private static ChainVersion Changed(ChainVersion chain, ChainVersion another, Random random) =>
        (random.Next(4) == 0 ? another with { Facts = chain.Facts, Outcomes = chain.Outcomes } : chain with { Root = Changed(chain.Root, random) })
        with
        { Id = chain.Id, Version = chain.Version + 1, FederalState = chain.FederalState };

    private static ChainNode Changed(ChainNode node, Random random) => node switch
    {
        ChainNode.Step step when random.Next(6) == 0 => Optional($"{step.Id}-maybe", step),
        ChainNode.Step step => step with
        {
            CompleteWithin = random.Next(3) == 0 ? random.Next(5, 20) : step.CompleteWithin,
            RemindBefore = null,
            Partners = random.Next(6) == 0 ? [.. step.Partners, new OrganisationId("new-partner")] : step.Partners,
        },
        ChainNode.Sequence sequence => sequence with { Children = Changed(sequence.Children, random) },
        ChainNode.Parallel parallel => parallel with { Children = [.. parallel.Children.Select(c => Changed(c, random))] },
        ChainNode.Choice choice => choice with { Branches = [.. choice.Branches.Select(b => b with { Then = Changed(b.Then, random) }).OrderBy(_ => random.Next(3))] },
        ChainNode.Optional optional => random.Next(3) == 0 ? Changed(optional.Child, random) : optional with { Child = Changed(optional.Child, random) },
        ChainNode.Repeat repeat => repeat with { Child = Changed(repeat.Child, random), MaxRounds = Math.Max(1, repeat.MaxRounds - random.Next(2)) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static List<ChainNode> Changed(IReadOnlyList<ChainNode> children, Random random)
    {
        var changed = children.Select(c => Changed(c, random)).ToList();
        switch (random.Next(5))
        {
            case 0 when changed.Count > 1:
                changed.RemoveAt(random.Next(changed.Count));
                break;
            case 1:
                changed.Reverse();
                break;
            case 2:
                changed.Insert(random.Next(changed.Count + 1), Step($"added-{random.Next(1_000_000)}"));
                break;
        }

        return changed;
    }

    private static ReferralCommand.MoveTo To(params ChainNode[] sequence) => To(4, sequence);

    private static ReferralCommand.MoveTo To(int version, params ChainNode[] sequence)
    {
        var target = Of(sequence) with { Version = version };
        return new ReferralCommand.MoveTo(new AgreedChain(target, ChainJson.ContentHash(target), ChainStatus.InForce));
    }

    private static Consent Narrowed(params string[] steps) => Agreed with { Steps = [.. steps.Select(s => new NodeId(s))] };

    private static Dictionary<string, FactValue> Facts(params (string Name, FactValue Value)[] facts) => facts.ToDictionary(f => f.Name, f => f.Value);
}
