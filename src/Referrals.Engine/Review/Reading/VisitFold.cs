using System.Diagnostics;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>The part of the fold that changes one visit.</summary>
internal static class VisitFold
{
    private static readonly string Expired = CaseEvent.CodeOf(WithdrawalReason.DeadlinePassed);

    /// <summary>The visit after an event of its assignment.</summary>
    public static Visit Apply(in Visit visit, in CaseEvent e, long sequence) => e.Change switch
    {
        CaseChange.Received => visit with { Received = e.At },
        CaseChange.Acknowledged => visit with { Acknowledged = e.At, AcknowledgedByAccepting = false },
        CaseChange.AcknowledgementUndone => visit with { Acknowledged = 0, AcknowledgedByAccepting = false },
        CaseChange.Accepted => Accepted(visit, e),
        CaseChange.AcceptanceUndone => AcceptanceUndone(visit),
        CaseChange.Asked => visit with { Questions = More(visit.Questions), OpenQuestions = More(visit.OpenQuestions) },
        CaseChange.Answered => visit with { OpenQuestions = (byte)Math.Max(visit.OpenQuestions - 1, 0) },
        CaseChange.WorkStarted => visit with { Started = e.At },
        CaseChange.FirstContact => visit with { FirstContact = e.At, Started = Else(visit.Started, e.At) },
        CaseChange.Paused => visit with { PausedSince = e.At },
        CaseChange.Resumed => visit with { Paused = PausedUntil(visit, e.At), PausedSince = 0 },
        CaseChange.Reminded => visit with { Reminders = More(visit.Reminders) },
        CaseChange.Escalated => visit with { Escalated = true },
        CaseChange.Completed => Ended(visit with { Started = Else(visit.Started, visit.Accepted) }, e, sequence, VisitEnd.Completed),
        CaseChange.Declined => Ended(visit, e, sequence, VisitEnd.Declined),
        CaseChange.TakenBack => Ended(visit, e, sequence, e.Reason == Expired ? VisitEnd.Expired : VisitEnd.Withdrawn),
        _ => throw new UnreachableException(),
    };

    private static Visit Accepted(in Visit visit, in CaseEvent e) => visit with
    {
        Accepted = e.At,
        CompleteBy = e.By,
        Acknowledged = Else(visit.Acknowledged, e.At),
        AcknowledgedByAccepting = visit.Acknowledged == 0,
    };

    private static Visit AcceptanceUndone(in Visit visit) => visit with
    {
        Accepted = 0,
        CompleteBy = 0,
        Acknowledged = visit.AcknowledgedByAccepting ? 0 : visit.Acknowledged,
        AcknowledgedByAccepting = false,
    };

    private static Visit Ended(in Visit visit, in CaseEvent e, long sequence, VisitEnd end) => visit with
    {
        Ended = e.At,
        End = end,
        Reason = e.Reason,
        EndedAt = sequence,
        Paused = PausedUntil(visit, e.At),
        PausedSince = 0,
        OpenQuestions = 0,
    };

    // The end of a pause may be told by another clock than its beginning.
    private static uint PausedUntil(in Visit visit, uint at) =>
        visit.PausedSince == 0 || at <= visit.PausedSince ? visit.Paused : visit.Paused + (at - visit.PausedSince);

    private static uint Else(uint moment, uint otherwise) => moment > 0 ? moment : otherwise;

    private static byte More(byte count) => count < byte.MaxValue ? (byte)(count + 1) : count;
}
