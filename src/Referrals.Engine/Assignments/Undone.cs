using System.Diagnostics;
using static Referrals.Engine.Assignments.AssignmentDecision;

namespace Referrals.Engine.Assignments;

/// <summary>What a partner can take back within a short time.</summary>
public enum Undoing
{
    /// <summary>The acknowledgement.</summary>
    Acknowledgement,

    /// <summary>The acceptance.</summary>
    Acceptance,
}

/// <summary>Something that can be taken back as long as nothing further happens.</summary>
/// <param name="What">What.</param>
/// <param name="At">When it was done (UTC).</param>
public sealed record Undoable(Undoing What, DateTimeOffset At);

/// <summary>Settings of assignments.</summary>
public sealed record AssignmentOptions
{
    /// <summary>How long an acknowledgement or acceptance can be taken back unless set otherwise.</summary>
    public static readonly TimeSpan DefaultUndoWithin = TimeSpan.FromMinutes(10);

    /// <summary>How long an acknowledgement or acceptance can be taken back.</summary>
    public TimeSpan UndoWithin { get; init; } = DefaultUndoWithin;
}

/// <summary>The decisions on taking back.</summary>
internal static class Undone
{
    public static AssignmentDecision Decide(Undoing what, AssignmentState state, DateTimeOffset now, TimeSpan? within)
    {
        if (state.Undone == what)
        {
            return new Happens([]);
        }

        if (!state.IsOpen)
        {
            return AssignmentDecider.Ended(state);
        }

        if (state.Undoable is not { } can || can.What != what)
        {
            return new Refused(AssignmentRefusal.NothingToUndo);
        }

        return now - can.At > (within ?? AssignmentOptions.DefaultUndoWithin)
            ? new Refused(AssignmentRefusal.TooLateToUndo)
            : new Happens([Event(what, state.Offer, now) with { Number = state.Told + 1 }]);
    }

    private static AssignmentEvent Event(Undoing what, AssignmentEvent.Received offer, DateTimeOffset now) => what switch
    {
        Undoing.Acknowledgement => new AssignmentEvent.AcknowledgementUndone { Assignment = offer.Assignment, Sender = offer.Sender, At = now },
        Undoing.Acceptance => new AssignmentEvent.AcceptanceUndone { Assignment = offer.Assignment, Sender = offer.Sender, At = now },
        _ => throw new UnreachableException(),
    };
}
