using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network.Measures;

/// <summary>What is asked of a measure.</summary>
public abstract record MeasureCommand
{
    private MeasureCommand() { }

    /// <summary>Note it.</summary>
    public sealed record Take(MeasurePlan Plan) : MeasureCommand;

    /// <summary>Change what was agreed.</summary>
    public sealed record Change(MeasurePlan Plan) : MeasureCommand;

    /// <summary>Write down how it stands.</summary>
    public sealed record FollowUp(MeasureStatus Status, Note? Note) : MeasureCommand;
}

/// <summary>What a decision on a measure comes to.</summary>
public abstract record MeasureDecision
{
    private MeasureDecision() { }

    /// <summary>These events happen; none: it was already so.</summary>
    public sealed record Happens(IReadOnlyList<MeasureEvent> Events) : MeasureDecision;

    /// <summary>It can't be done; nothing changes.</summary>
    public sealed record Refused(MeasureRefusal Refusal) : MeasureDecision;
}

/// <summary>Why something can't be done with a measure.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">Path of the input at fault, if one is.</param>
public sealed record MeasureRefusal(string Code, string Message, string? Field = null)
{
    /// <summary>There is no such measure.</summary>
    public static readonly MeasureRefusal NotFound = new("measure-not-found", "There is no such measure.");

    /// <summary>Another one was noted with the same id.</summary>
    public static readonly MeasureRefusal Exists = new("measure-exists", "Another measure was noted with this id.");

    /// <summary>It is done or given up.</summary>
    public static readonly MeasureRefusal Ended = new("measure-ended", "The measure is done or given up; follow it up as running first.");

    /// <summary>It would end before it begins.</summary>
    public static readonly MeasureRefusal EndsBeforeItBegins = new("measure-until-before-from", "It is to be done before it is to be felt.", "until");

    /// <summary>A step belongs to a chain.</summary>
    public static readonly MeasureRefusal StepWithoutChain = new("measure-step-without-chain", "A step needs its chain.", "step");
}

/// <summary>Decides on measures. Pure.</summary>
public static class MeasureDecider
{
    /// <summary>What happens when this is asked.</summary>
    public static MeasureDecision Decide(MeasureCommand command, MeasureId id, MeasureState? state, DateTimeOffset now) => (command, state) switch
    {
        (MeasureCommand.Take c, null) => (MeasureDecision?)Fault(c.Plan) ?? Happens(new MeasureEvent.Noted(c.Plan) { Measure = id, At = now }),
        (MeasureCommand.Take c, { } known) => known.Plan == c.Plan ? Happens() : Refused(MeasureRefusal.Exists),
        (_, null) => Refused(MeasureRefusal.NotFound),
        (MeasureCommand.Change c, { } known) =>
            known.Plan == c.Plan ? Happens()
            : known.Status != MeasureStatus.Running ? Refused(MeasureRefusal.Ended)
            : (MeasureDecision?)Fault(c.Plan) ?? Happens(new MeasureEvent.PlanChanged(c.Plan) { Measure = id, At = now }),
        (MeasureCommand.FollowUp c, { } known) =>
            known.Status == c.Status && (c.Note is null || known.Looks is [.., var last] && last.Note == c.Note) ? Happens()
            : Happens(new MeasureEvent.FollowedUp(c.Status, c.Note) { Measure = id, At = now }),
        _ => throw new UnreachableException(),
    };

    private static MeasureDecision.Happens Happens(params IReadOnlyList<MeasureEvent> events) => new(events);

    private static MeasureDecision.Refused Refused(MeasureRefusal refusal) => new(refusal);

    private static MeasureDecision.Refused? Fault(MeasurePlan plan) =>
        plan.Until < plan.From ? Refused(MeasureRefusal.EndsBeforeItBegins)
        : plan is { Step: not null, Chain: null } ? Refused(MeasureRefusal.StepWithoutChain)
        : null;
}
