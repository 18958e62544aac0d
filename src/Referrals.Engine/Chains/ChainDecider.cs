using System.Diagnostics;
using static Referrals.Engine.Chains.ChainDecision;
using Command = Referrals.Engine.Chains.ChainCommand;
using Event = Referrals.Engine.Chains.ChainEvent;

namespace Referrals.Engine.Chains;

/// <summary>
/// Decides what becomes of a command on a chain. A version comes into force with the agreement of the last partner named in it, or on a
/// day to come that was proposed with it; one objection stops it. Pure; deciding the same command a second time gives no event.
/// </summary>
public static partial class ChainDecider
{
    private static readonly Happens Nothing = new([]);

    /// <summary>Decides a command.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="id">The chain.</param>
    /// <param name="state">The chain so far; null when there is none.</param>
    /// <param name="now">The time (UTC).</param>
    public static ChainDecision Decide(Command command, ChainId id, ChainState? state, DateTimeOffset now) => command switch
    {
        Command.SaveDraft draft => SaveDraft(draft, id, state, now),
        Command.UndoDraft undo => UndoDraft(undo, id, state, now),
        Command.RedoDraft redo => RedoDraft(redo, id, state, now),
        Command.DiscardDraft discard => DiscardDraft(discard, id, state, now),
        Command.Propose propose => Propose(propose, id, state, now),
        Command.Agree agree => Find(state, agree.Version) is { } version ? Agree(agree, id, version, now) : NotFound,
        Command.RaiseObjection objection => Find(state, objection.Version) is { } version ? Object(objection, id, version, now) : NotFound,
        Command.Retire retire => Find(state, retire.Version) is { } version ? Retire(retire, state!, version, now) : NotFound,
        Command.Withdraw withdraw => Find(state, withdraw.Version) is { } version ? Withdraw(withdraw, id, version, now) : NotFound,
        Command.Leave leave => state is null ? NotFound : Leave(leave, state, now),
        Command.SetRetention set => state is null ? NotFound : SetRetention(set, state, now),
        Command.PassTime => state is null ? NotFound : PassTime(state, now),
        _ => throw new UnreachableException(),
    };

    private static Refused NotFound => new(ChainRefusal.NotFound);

    private static ProposedVersion? Find(ChainState? state, int version) => state?.Versions.GetValueOrDefault(version);

    private static ChainDecision Propose(Command.Propose propose, ChainId id, ChainState? state, DateTimeOffset now)
    {
        var hash = ChainJson.ContentHash(propose.Definition);
        if (Find(state, propose.Definition.Version) is { } taken)
        {
            return taken.ContentHash == hash && taken.From == propose.From ? Nothing : new Refused(ChainRefusal.VersionTaken);
        }

        if (MayNot(propose.By, propose.Definition, id, state) is { } refusal)
        {
            return new Refused(refusal);
        }

        var next = NextNumber(state);
        if (propose.Definition.Version != next)
        {
            return new Refused(ChainRefusal.VersionNotNext(next));
        }

        return propose.From < WorkingCalendar.LocalDay(now) ? new Refused(ChainRefusal.DayPast)
            : ChainValidation.Check(propose.Definition) is { Count: > 0 } faults ? new Refused(ChainRefusal.Invalid(faults))
            : new Happens([new Event.Proposed(propose.Definition, hash, propose.From) { Chain = id, At = now }]);
    }

    private static ChainDecision Retire(Command.Retire retire, ChainState state, ProposedVersion version, DateTimeOffset now)
    {
        if (state.Coordinator != retire.By)
        {
            return new Refused(ChainRefusal.NotCoordinator);
        }

        return version.Status is ChainStatus.Retired or ChainStatus.Replaced
            ? Nothing
            : new Happens([new Event.Retired(retire.Version) { Chain = state.Id, At = now }]);
    }

    private static ChainDecision SetRetention(Command.SetRetention set, ChainState state, DateTimeOffset now) =>
        state.Coordinator != set.By ? new Refused(ChainRefusal.NotCoordinator)
        : set.Months is < ChainLimits.LeastRetentionMonths or > ChainLimits.MostRetentionMonths ? new Refused(ChainRefusal.RetentionInvalid)
        : set.Months == state.RetentionMonths ? Nothing
        : new Happens([new Event.RetentionSet(set.Months) { Chain = state.Id, At = now }]);

    // The present coordinator alone draws the next version; in it, it can hand the chain over to another.
    private static ChainRefusal? MayNot(OrganisationId by, ChainVersion definition, ChainId id, ChainState? state)
    {
        if (definition.Id != id)
        {
            return ChainRefusal.OtherChain;
        }

        return by == (state?.Coordinator ?? definition.Coordinator) ? null : ChainRefusal.NotCoordinator;
    }
}
