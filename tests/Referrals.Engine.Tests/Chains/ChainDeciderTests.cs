using System.Diagnostics;
using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Command = Referrals.Engine.Chains.ChainCommand;
using Event = Referrals.Engine.Chains.ChainEvent;

namespace Referrals.Engine.Tests.Chains;

public sealed class ChainDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly ChainId Id = new("work-with-child");
    private static readonly OrganisationId Coordinator = new("jobcenter");
    private static readonly OrganisationId Kita = new("kita");
    private static readonly OrganisationId Debt = new("debt");
    private static readonly ChainVersion First = Definition(1);
    private static readonly ChainVersion Second = Definition(2);
    private static readonly Note Reason = JsonSerializer.Deserialize<Note>("\"Die Frist ist zu kurz.\"", EventCodec.Json)!;

    private static readonly GivenWhenThen<ChainState, ChainEvent, ChainCommand> Chain = new(
        ChainState.Evolve,
        (command, state) => ChainDecider.Decide(command, Id, state, Now) switch
        {
            ChainDecision.Happens happens => new(happens.Events),
            ChainDecision.Refused refused => new([], refused.Refusal.Code),
            _ => throw new UnreachableException(),
        });

    [Fact]
    public void A_draft_is_kept_even_with_faults()
    {
        var faulty = First with { FederalState = "?" };
        Chain.Given().When(new Command.SaveDraft(Coordinator, faulty)).Then(Drafted(faulty));
        Chain.Given(Drafted(faulty)).When(new Command.SaveDraft(Coordinator, faulty)).ThenNothing();
        Chain.Given(Drafted(faulty)).When(new Command.SaveDraft(Coordinator, First)).Then(Drafted(First));
    }

    [Fact]
    public void Only_the_coordinator_drafts_and_proposes()
    {
        Chain.Given().When(new Command.SaveDraft(Kita, First)).ThenRefused("chain-not-coordinator");
        Chain.Given().When(new Command.Propose(Kita, First)).ThenRefused("chain-not-coordinator");
        Chain.Given(Proposed(First)).When(new Command.Propose(Kita, Second with { Coordinator = Kita })).ThenRefused("chain-not-coordinator");
    }

    [Fact]
    public void The_coordinator_hands_a_chain_over_in_its_next_version()
    {
        var handed = Second with { Coordinator = Kita };
        Chain.Given(InForce).When(new Command.Propose(Coordinator, handed)).Then(Proposed(handed));
        Chain.Given([.. InForce, Proposed(handed), Agreed(2, Kita), Agreed(2, Debt), PutInForce(2)])
            .When(new Command.Retire(Kita, 2)).Then(new Event.Retired(2) { Chain = Id, At = Now });
    }

    [Fact]
    public void The_coordinator_sets_for_how_long_words_are_kept_and_no_content_changes()
    {
        var set = new Event.RetentionSet(36) { Chain = Id, At = Now };
        var hash = Chain.Given(InForce).When(new Command.SetRetention(Coordinator, 36)).Then(set)!.InForce!.ContentHash;
        Assert.Equal(ChainJson.ContentHash(First), hash);
        Chain.Given([.. InForce, set]).When(new Command.SetRetention(Coordinator, 36)).ThenNothing();
        Assert.Null(Chain.Given([.. InForce, set]).When(new Command.SetRetention(Coordinator, null)).Then(new Event.RetentionSet { Chain = Id, At = Now })!.RetentionMonths);
        Chain.Given(InForce).When(new Command.SetRetention(Kita, 36)).ThenRefused("chain-not-coordinator");
        Chain.Given(InForce).When(new Command.SetRetention(Coordinator, 5)).ThenRefused("chain-retention-invalid");
        Chain.Given(InForce).When(new Command.SetRetention(Coordinator, 121)).ThenRefused("chain-retention-invalid");
        Chain.Given().When(new Command.SetRetention(Coordinator, 36)).ThenRefused("chain-not-found");
    }

    [Fact]
    public void A_proposal_carries_the_whole_definition_and_its_hash()
    {
        var state = Chain.Given(Drafted(First)).When(new Command.Propose(Coordinator, First)).Then(Proposed(First))!;
        Assert.Null(state.Draft);
        Assert.Equal(ChainStatus.Proposed, state.Versions[1].Status);
        Assert.Equal([Kita, Debt], state.Versions[1].Silent());
    }

    [Fact]
    public void A_proposal_with_faults_is_refused_with_all_of_them()
    {
        var faulty = First with { FederalState = "?", Title = new LocalText("") };
        Chain.Given().When(new Command.Propose(Coordinator, faulty)).ThenRefused("chain-invalid");
        var refused = Assert.IsType<ChainDecision.Refused>(ChainDecider.Decide(new Command.Propose(Coordinator, faulty), Id, null, Now));
        Assert.Equal(["title.de", "federalState"], refused.Refusal.Faults.Select(f => f.Path));
    }

    [Fact]
    public void Versions_are_numbered_without_gaps_and_never_changed()
    {
        Chain.Given().When(new Command.Propose(Coordinator, Second)).ThenRefused("chain-version-not-next");
        Chain.Given(Proposed(First)).When(new Command.Propose(Coordinator, First with { FederalState = "BE" })).ThenRefused("chain-version-taken");
        Chain.Given(Proposed(First)).When(new Command.Propose(Coordinator, First)).ThenNothing();
        Chain.Given().When(new Command.Propose(Coordinator, First with { Id = new ChainId("other") })).ThenRefused("chain-other-chain");
    }

    [Fact]
    public void The_last_agreement_puts_a_version_in_force()
    {
        Chain.Given(Proposed(First)).When(new Command.Agree(Kita, 1)).Then(Agreed(1, Kita));
        var state = Chain.Given(Proposed(First), Agreed(1, Kita)).When(new Command.Agree(Debt, 1)).Then(Agreed(1, Debt), PutInForce(1))!;
        Assert.Equal(1, state.InForce!.Definition.Version);
        Chain.Given(InForce).When(new Command.Agree(Kita, 1)).ThenNothing();
    }

    [Fact]
    public void Only_partners_named_in_a_step_have_a_say()
    {
        Chain.Given(Proposed(First)).When(new Command.Agree(Coordinator, 1)).ThenRefused("chain-not-partner");
        Chain.Given(Proposed(First)).When(new Command.RaiseObjection(Coordinator, 1, Reason)).ThenRefused("chain-not-partner");
        Chain.Given().When(new Command.Agree(Kita, 1)).ThenRefused("chain-not-found");
        Chain.Given(Proposed(First)).When(new Command.Agree(Kita, 2)).ThenRefused("chain-not-found");
    }

    [Fact]
    public void An_objection_stops_the_proposal()
    {
        var state = Chain.Given(Proposed(First), Agreed(1, Kita)).When(new Command.RaiseObjection(Debt, 1, Reason)).Then(Objected(1, Debt))!;
        Assert.Equal(ChainStatus.Objected, state.Versions[1].Status);
        Assert.Equal(2, state.Draft!.Version);
        Assert.Equal(ChainJson.ContentHash(Second), ChainJson.ContentHash(state.Draft));
        Chain.Given(Proposed(First), Objected(1, Debt)).When(new Command.Agree(Kita, 1)).ThenRefused("chain-version-objected");
        Chain.Given(Proposed(First), Objected(1, Debt)).When(new Command.Agree(Debt, 1)).ThenRefused("chain-version-objected");
        Chain.Given(Proposed(First), Objected(1, Debt)).When(new Command.RaiseObjection(Kita, 1, Reason)).Then(Objected(1, Kita));
        Chain.Given(Proposed(First), Objected(1, Debt)).When(new Command.Propose(Coordinator, Second)).Then(Proposed(Second));
    }

    [Fact]
    public void A_partner_may_think_better_of_its_agreement_until_the_version_is_in_force()
    {
        Chain.Given(Proposed(First), Agreed(1, Kita)).When(new Command.RaiseObjection(Kita, 1, Reason)).Then(Objected(1, Kita));
        Chain.Given(InForce).When(new Command.RaiseObjection(Kita, 1, Reason)).ThenRefused("chain-version-in-force");
    }

    [Fact]
    public void A_newer_version_takes_the_place_of_the_older()
    {
        var proposed = Chain.Given(InForce).When(new Command.Propose(Coordinator, Second)).Then(Proposed(Second))!;
        Assert.Equal(1, proposed.InForce!.Definition.Version);
        var state = Chain.Given([.. InForce, Proposed(Second), Agreed(2, Debt)]).When(new Command.Agree(Kita, 2)).Then(Agreed(2, Kita), PutInForce(2))!;
        Assert.Equal(ChainStatus.Replaced, state.Versions[1].Status);
        Assert.Equal(2, state.InForce!.Definition.Version);
        Chain.Given([.. InForce, Proposed(Second), PutInForce(2)]).When(new Command.RaiseObjection(Kita, 1, Reason)).ThenRefused("chain-version-closed");
    }

    [Fact]
    public void A_proposal_that_is_still_open_is_replaced_by_the_next()
    {
        var state = Chain.Given(Proposed(First)).When(new Command.Propose(Coordinator, Second)).Then(Proposed(Second))!;
        Assert.Equal(ChainStatus.Replaced, state.Versions[1].Status);
        Chain.Given(Proposed(First), Proposed(Second)).When(new Command.Agree(Kita, 1)).ThenRefused("chain-version-closed");
    }

    [Fact]
    public void The_coordinator_retires_a_version()
    {
        var retired = new Event.Retired(1) { Chain = Id, At = Now };
        var state = Chain.Given(InForce).When(new Command.Retire(Coordinator, 1)).Then(retired)!;
        Assert.Null(state.InForce);
        Chain.Given(InForce).When(new Command.Retire(Kita, 1)).ThenRefused("chain-not-coordinator");
        Chain.Given(Proposed(First)).When(new Command.Retire(Coordinator, 1)).Then(retired);
        Chain.Given([.. InForce, retired]).When(new Command.Retire(Coordinator, 1)).ThenNothing();
        Chain.Given([.. InForce, retired]).When(new Command.Propose(Coordinator, Second)).Then(Proposed(Second));
        Chain.Given().When(new Command.Retire(Coordinator, 1)).ThenRefused("chain-not-found");
    }

    [Fact]
    public void Every_event_has_a_name_and_comes_back_as_it_was()
    {
        var codec = new EventCodec(ChainEventTypes.All);
        ChainEvent[] events =
        [
            Drafted(First), new Event.DraftUndone(First) { Chain = Id, At = Now }, new Event.DraftRedone(First) { Chain = Id, At = Now },
            new Event.DraftDiscarded { Chain = Id, At = Now },
            Proposed(First), Agreed(1, Kita), Objected(1, Debt), PutInForce(1), Withdrew(1, Kita), new Event.RetentionSet(36) { Chain = Id, At = Now }, new Event.Retired(1) { Chain = Id, At = Now },
        ];
        Assert.Equal(typeof(ChainEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(ChainEvent))).ToHashSet(), events.Select(e => e.GetType()).ToHashSet());
        Assert.All(events, e => Assert.Equal(codec.Write(e), codec.Write(codec.Read(codec.NameOf(e), codec.Write(e)))));
    }

    private static ChainEvent[] InForce => [Proposed(First), Agreed(1, Kita), Agreed(1, Debt), PutInForce(1)];

    private static Event.Drafted Drafted(ChainVersion definition) => new(definition) { Chain = Id, At = Now };

    private static Event.Proposed Proposed(ChainVersion definition) => new(definition, ChainJson.ContentHash(definition)) { Chain = Id, At = Now };

    private static Event.PartnerWithdrew Withdrew(int version, OrganisationId partner) => new(version, partner, Reason, Left: false) { Chain = Id, At = Now };

    private static Event.Agreed Agreed(int version, OrganisationId partner) => new(version, partner) { Chain = Id, At = Now };

    private static Event.Objected Objected(int version, OrganisationId partner) => new(version, partner, Reason) { Chain = Id, At = Now };

    private static Event.PutInForce PutInForce(int version) => new(version) { Chain = Id, At = Now };

    private static ChainVersion Definition(int version) => new()
    {
        Id = Id,
        Version = version,
        Title = new LocalText("Arbeit mit Kind"),
        FederalState = "BB",
        Coordinator = Coordinator,
        Root = new ChainNode.Sequence { Id = new NodeId("main"), Children = [Step("childcare", Kita), Step("debt-counselling", Debt)] },
    };

    private static ChainNode.Step Step(string id, OrganisationId partner) => new()
    {
        Id = new NodeId(id),
        Title = new LocalText(id),
        Service = id,
        Partners = [partner],
        AcknowledgeWithin = 2,
        Outcomes = ["helped"],
    };
}
