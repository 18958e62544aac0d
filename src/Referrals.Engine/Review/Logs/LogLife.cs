using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Logs;

/// <summary>The parts of an activity's life as XES names them (<c>lifecycle:transition</c>), and <see cref="Acknowledge"/>, which is ours.</summary>
internal static class LogLife
{
    /// <summary>Offered to a partner.</summary>
    public const string Schedule = "schedule";

    /// <summary>Somebody at the partner acknowledged it.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>The partner accepted it.</summary>
    public const string Assign = "assign";

    /// <summary>Work began.</summary>
    public const string Start = "start";

    /// <summary>Work paused.</summary>
    public const string Suspend = "suspend";

    /// <summary>Work went on.</summary>
    public const string Resume = "resume";

    /// <summary>Completed.</summary>
    public const string Complete = "complete";

    /// <summary>Declined by the partner.</summary>
    public const string Abort = "ate_abort";

    /// <summary>Taken back.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>The process as a whole was given up.</summary>
    public const string AbortAll = "pi_abort";

    /// <summary>A visit after a part of its life; what is no known part completes it.</summary>
    public static Visit Apply(in Visit visit, string transition, uint at, long position) => transition switch
    {
        Schedule => visit,
        Acknowledge => visit with { Acknowledged = First(visit.Acknowledged, at) },
        Assign or "reassign" => visit with { Acknowledged = First(visit.Acknowledged, at), Accepted = First(visit.Accepted, at) },
        Start => visit with { Acknowledged = First(visit.Acknowledged, at), Accepted = First(visit.Accepted, at), Started = First(visit.Started, at) },
        Suspend => visit with { PausedSince = at },
        Resume when visit.PausedSince > 0 => visit with { Paused = visit.Paused + (at - visit.PausedSince), PausedSince = 0 },
        Resume => visit,
        Abort => Ended(visit, at, position, VisitEnd.Declined),
        Withdraw or AbortAll => Ended(visit, at, position, VisitEnd.Withdrawn),
        _ => Ended(Begun(visit, at), at, position, VisitEnd.Completed),
    };

    // What was completed without a recorded beginning began when it was accepted, else when it was done.
    private static Visit Begun(in Visit visit, uint at)
    {
        var accepted = First(visit.Accepted, at);
        return visit with { Acknowledged = First(visit.Acknowledged, accepted), Accepted = accepted, Started = First(visit.Started, accepted) };
    }

    private static Visit Ended(in Visit visit, uint at, long position, VisitEnd end) => visit with
    {
        Ended = at,
        End = end,
        EndedAt = position,
        Paused = visit.PausedSince > 0 ? visit.Paused + (at - visit.PausedSince) : visit.Paused,
        PausedSince = 0,
    };

    private static uint First(uint moment, uint otherwise) => moment > 0 ? moment : otherwise;
}
