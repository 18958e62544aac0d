using System.Diagnostics;
using Referrals.Engine.Chains;
using Command = Referrals.Engine.Chains.ChainCommand;
using Event = Referrals.Engine.Chains.ChainEvent;

namespace Referrals.Engine.Tests.Chains;

public sealed class ChainDraftTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly ChainVersion First = ChainJson.Read(ChainSample.Valid).Chain! with { Version = 1 };
    private static readonly ChainVersion Other = First with { FederalState = "BE" };
    private static readonly ChainVersion Third = First with { FederalState = "SN" };
    private static readonly ChainId Id = First.Id;
    private static readonly OrganisationId Coordinator = First.Coordinator;
    private static readonly OrganisationId Stranger = new("stranger");

    private static readonly GivenWhenThen<ChainState, ChainEvent, ChainCommand> Chain = new(
        ChainState.Evolve,
        (command, state) => ChainDecider.Decide(command, Id, state, Now) switch
        {
            ChainDecision.Happens happens => new(happens.Events),
            ChainDecision.Refused refused => new([], refused.Refusal.Code),
            _ => throw new UnreachableException(),
        });

    [Fact]
    public void A_draft_gets_the_next_number_whatever_the_definition_says()
    {
        Chain.Given().When(Save(First with { Version = 7 })).Then(Drafted(First));
        Chain.Given(Proposed(First)).When(Save(Other with { Version = 1 })).Then(Drafted(Other with { Version = 2 }));
    }

    [Fact]
    public void Nobody_saves_over_a_draft_that_they_have_not_seen()
    {
        Chain.Given(Drafted(First)).When(Save(Other, First)).Then(Drafted(Other));
        Chain.Given(Drafted(First), Drafted(Other)).When(Save(Third, First)).ThenRefused("chain-draft-changed");
        Chain.Given(Drafted(First), Drafted(Other)).When(Save(Other, First)).ThenNothing();
        Chain.Given(Drafted(First)).When(Save(Other, null)).ThenRefused("chain-draft-changed");
        Chain.Given(Drafted(First), Proposed(First)).When(Save(Other, First)).ThenRefused("chain-draft-changed");
        Chain.Given(Drafted(First), Drafted(Other)).When(new Command.SaveDraft(Coordinator, Third)).Then(Drafted(Third));
    }

    [Fact]
    public void A_refused_editor_learns_when_the_draft_was_changed()
    {
        var state = ChainState.Evolve(ChainState.Evolve(null, Drafted(First)), Drafted(Other));
        var refused = Assert.IsType<ChainDecision.Refused>(ChainDecider.Decide(Save(Third, First), Id, state, Now));
        Assert.Contains("2026-09-01 08:00:00 UTC", refused.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Now, state.DraftedAt);
    }

    [Fact]
    public void Undo_and_redo_go_back_and_forward_along_the_drafts()
    {
        Chain.Given(Drafted(First), Drafted(Other)).When(Undo(Other)).Then(Undone(First));
        Chain.Given(Drafted(First), Drafted(Other), Undone(First)).When(Redo(First)).Then(Redone(Other));
        Chain.Given(Drafted(First)).When(Undo(First)).ThenRefused("chain-nothing-to-undo");
        Chain.Given(Drafted(First), Drafted(Other)).When(Redo(Other)).ThenRefused("chain-nothing-to-redo");
        Chain.Given(Drafted(First), Drafted(Other), Undone(First), Drafted(Third)).When(Redo(Third)).ThenRefused("chain-nothing-to-redo");
    }

    [Fact]
    public void A_step_back_asked_for_twice_is_one()
    {
        Chain.Given(Drafted(First), Drafted(Other), Drafted(Third), Undone(Other)).When(Undo(Third)).ThenNothing();
        Chain.Given(Drafted(First), Drafted(Other), Undone(First), Redone(Other)).When(Redo(First)).ThenNothing();
        Chain.Given(Drafted(First), Drafted(Other), Drafted(Third)).When(Undo(Other)).ThenRefused("chain-draft-changed");
        Chain.Given(Drafted(First), Drafted(Other), Undone(First)).When(Redo(Third)).ThenRefused("chain-draft-changed");
    }

    [Fact]
    public void What_was_drawn_is_kept_in_a_bounded_trail_until_it_is_proposed()
    {
        ChainEvent[] drafts = [.. Enumerable.Range(1, ChainLimits.DraftSteps + 5).Select(i => Drafted(First with { Title = new LocalText($"Kette {i}") }))];
        var state = drafts.Aggregate((ChainState?)null, ChainState.Evolve)!;
        Assert.Equal(ChainLimits.DraftSteps, state.Trail.Before.Count);
        Assert.Equal($"Kette {ChainLimits.DraftSteps + 4}", state.Trail.Before[^1].Title.De);
        var proposed = ChainState.Evolve(state, Proposed(First));
        Assert.Equal((null, null, 0), (proposed.Draft, proposed.DraftedAt, proposed.Trail.Before.Count));
        Chain.Given(Drafted(First), Drafted(Other), Proposed(Other)).When(Undo(null)).ThenRefused("chain-no-draft");
    }

    [Fact]
    public void A_draft_is_thrown_away_and_what_was_proposed_stays()
    {
        Chain.Given(Drafted(First)).When(Discard(First)).Then(Discarded);
        Chain.Given(Drafted(First), Drafted(Other)).When(Discard(First)).ThenRefused("chain-draft-changed");
        Chain.Given(Drafted(First), Discarded).When(Discard(First)).ThenNothing();
        var state = Chain.Given(Proposed(First), Drafted(Other with { Version = 2 })).When(Discard(null, any: true)).Then(Discarded)!;
        Assert.Null(state.Draft);
        Assert.Single(state.Versions);
        Chain.Given(Drafted(First), Drafted(Other), Discarded, Drafted(Third)).When(Undo(Third)).ThenRefused("chain-nothing-to-undo");
    }

    [Fact]
    public void Who_began_a_draft_keeps_it_until_it_is_proposed()
    {
        var handed = First with { Coordinator = Stranger };
        Chain.Given(Drafted(First), Drafted(handed)).When(Save(Other, handed)).Then(Drafted(Other));
        Chain.Given(Drafted(First), Drafted(handed)).When(new Command.SaveDraft(Stranger, handed)).ThenRefused("chain-not-coordinator");
        Chain.Given(Drafted(First), Discarded).When(new Command.SaveDraft(Stranger, handed)).Then(Drafted(handed));
    }

    [Fact]
    public void What_is_taken_back_before_it_is_in_force_is_the_draft_again()
    {
        var (second, retired) = (Other with { Version = 2 }, new Event.Retired(2) { Chain = Id, At = Now });
        ChainEvent[] inForce = [Proposed(First), new Event.PutInForce(1) { Chain = Id, At = Now }];
        var state = Chain.Given([.. inForce, Proposed(second)]).When(new Command.Retire(Coordinator, 2)).Then(retired)!;
        Assert.Equal((ChainStatus.Retired, Other with { Version = 3 }, 1), (state.Versions[2].Status, state.Draft, state.InForce?.Definition.Version));
        var drawn = Third with { Version = 3 };
        Assert.Equal(drawn, Chain.Given([.. inForce, Proposed(second), Drafted(drawn)]).When(new Command.Retire(Coordinator, 2)).Then(retired)!.Draft);
        Assert.Null(Chain.Given(inForce).When(new Command.Retire(Coordinator, 1)).Then(new Event.Retired(1) { Chain = Id, At = Now })!.Draft);
    }

    [Fact]
    public void Only_the_coordinator_steps_through_drafts()
    {
        Chain.Given(Drafted(First), Drafted(Other)).When(new Command.UndoDraft(Stranger)).ThenRefused("chain-not-coordinator");
        Chain.Given(Drafted(First), Drafted(Other), Undone(First)).When(new Command.RedoDraft(Stranger)).ThenRefused("chain-not-coordinator");
        Chain.Given(Drafted(First)).When(new Command.DiscardDraft(Stranger)).ThenRefused("chain-not-coordinator");
        Chain.Given().When(new Command.UndoDraft(Coordinator)).ThenRefused("chain-not-found");
        Chain.Given().When(new Command.RedoDraft(Coordinator)).ThenRefused("chain-not-found");
        Chain.Given().When(new Command.DiscardDraft(Coordinator)).ThenRefused("chain-not-found");
    }

    private static Command.SaveDraft Save(ChainVersion definition) => new(Coordinator, definition);

    private static Command.SaveDraft Save(ChainVersion definition, ChainVersion? over) => new(Coordinator, definition, DraftTrail.HashOf(over));

    private static Command.UndoDraft Undo(ChainVersion? over) => new(Coordinator, over is null ? null : DraftTrail.HashOf(over));

    private static Command.RedoDraft Redo(ChainVersion over) => new(Coordinator, DraftTrail.HashOf(over));

    private static Command.DiscardDraft Discard(ChainVersion? over, bool any = false) => new(Coordinator, any ? null : DraftTrail.HashOf(over));

    private static Event.Drafted Drafted(ChainVersion definition) => new(definition) { Chain = Id, At = Now };

    private static Event.DraftUndone Undone(ChainVersion definition) => new(definition) { Chain = Id, At = Now };

    private static Event.DraftRedone Redone(ChainVersion definition) => new(definition) { Chain = Id, At = Now };

    private static Event.DraftDiscarded Discarded => new() { Chain = Id, At = Now };

    private static Event.Proposed Proposed(ChainVersion definition) => new(definition, ChainJson.ContentHash(definition)) { Chain = Id, At = Now };
}
