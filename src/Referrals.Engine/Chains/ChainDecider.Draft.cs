using System.Collections.Immutable;
using static Referrals.Engine.Chains.ChainDecision;
using Command = Referrals.Engine.Chains.ChainCommand;
using Event = Referrals.Engine.Chains.ChainEvent;

namespace Referrals.Engine.Chains;

/// <summary>What the coordinator does with its draft. Nobody writes over a draft that they have not seen.</summary>
public static partial class ChainDecider
{
    private static int NextNumber(ChainState? state) => (state?.Latest?.Definition.Version ?? 0) + 1;

    private static ChainDecision SaveDraft(Command.SaveDraft draft, ChainId id, ChainState? state, DateTimeOffset now)
    {
        if (MayNot(draft.By, draft.Definition, id, state) is { } refusal)
        {
            return new Refused(refusal);
        }

        var definition = draft.Definition with { Version = NextNumber(state) };
        if (state?.Draft is { } before && ChainJson.ContentHash(before) == ChainJson.ContentHash(definition))
        {
            return Nothing;
        }

        return IsOther(state, draft.Over)
            ? new Refused(ChainRefusal.DraftChanged(state?.DraftedAt))
            : new Happens([new Event.Drafted(definition) { Chain = id, At = now }]);
    }

    private static ChainDecision UndoDraft(Command.UndoDraft undo, ChainId id, ChainState? state, DateTimeOffset now)
    {
        if (MayNotStep(undo.By, state) is { } refusal)
        {
            return new Refused(refusal);
        }

        if (IsOther(state, undo.Over))
        {
            return IsLast(state!.Trail.Undone, undo.Over) ? Nothing : new Refused(ChainRefusal.DraftChanged(state.DraftedAt));
        }

        return state!.Trail.Before is [.., var last]
            ? new Happens([new Event.DraftUndone(last) { Chain = id, At = now }])
            : new Refused(ChainRefusal.NothingToUndo);
    }

    private static ChainDecision RedoDraft(Command.RedoDraft redo, ChainId id, ChainState? state, DateTimeOffset now)
    {
        if (MayNotStep(redo.By, state) is { } refusal)
        {
            return new Refused(refusal);
        }

        if (IsOther(state, redo.Over))
        {
            return IsLast(state!.Trail.Before, redo.Over) ? Nothing : new Refused(ChainRefusal.DraftChanged(state.DraftedAt));
        }

        return state!.Trail.Undone is [.., var last]
            ? new Happens([new Event.DraftRedone(last) { Chain = id, At = now }])
            : new Refused(ChainRefusal.NothingToRedo);
    }

    private static ChainDecision DiscardDraft(Command.DiscardDraft discard, ChainId id, ChainState? state, DateTimeOffset now)
    {
        if (state is null)
        {
            return NotFound;
        }

        if (state.Draft is null)
        {
            return Nothing;
        }

        if (state.Coordinator != discard.By)
        {
            return new Refused(ChainRefusal.NotCoordinator);
        }

        return IsOther(state, discard.Over)
            ? new Refused(ChainRefusal.DraftChanged(state.DraftedAt))
            : new Happens([new Event.DraftDiscarded { Chain = id, At = now }]);
    }

    private static ChainRefusal? MayNotStep(OrganisationId by, ChainState? state) => state switch
    {
        null => ChainRefusal.NotFound,
        _ when state.Coordinator is { } coordinator && coordinator != by => ChainRefusal.NotCoordinator,
        { Draft: null } => ChainRefusal.NoDraft,
        _ => null,
    };

    private static bool IsOther(ChainState? state, string? over) => over is not null && over != DraftTrail.HashOf(state?.Draft);

    // The same step asked for twice, such as by two clicks on a button: the first has done it.
    private static bool IsLast(ImmutableList<ChainVersion> trail, string? over) => trail is [.., var last] && ChainJson.ContentHash(last) == over;
}
