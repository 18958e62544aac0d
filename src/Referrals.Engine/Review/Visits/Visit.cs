namespace Referrals.Engine.Review.Visits;

/// <summary>How a visit ended.</summary>
public enum VisitEnd : byte
{
    /// <summary>Still open.</summary>
    Open,

    /// <summary>Completed; the reason is its outcome.</summary>
    Completed,

    /// <summary>Declined by the partner; the reason is the coded reason.</summary>
    Declined,

    /// <summary>Taken back because the agreed time passed without an acknowledgement.</summary>
    Expired,

    /// <summary>Taken back for another reason, see <see cref="Referrals.WithdrawalReason"/>; the reason is its code.</summary>
    Withdrawn,
}

/// <summary>
/// One try of one step at one partner, from the offer to its end; of an imported log one activity. All times are
/// <see cref="Moments"/> (UTC seconds, 0: not happened), as they were when they happened: the partner's own times for what the partner did.
/// </summary>
/// <param name="Step">Step of the chain; of an imported log the activity.</param>
/// <param name="Partner">Who it was offered to; of an imported log the group, or the resource where there are no groups.</param>
/// <param name="Round">Round of a repeated part, from 1; 1 outside of one.</param>
/// <param name="Attempt">The how manieth offer of this step in this round, from 1.</param>
/// <param name="Offered">When it was offered.</param>
public readonly record struct Visit(string Step, string Partner, byte Round, byte Attempt, uint Offered)
{
    /// <summary>The random handle, so that later events find their visit; empty for an imported log.</summary>
    public Guid Assignment { get; init; }

    /// <summary>By when it was to be acknowledged.</summary>
    public uint AcknowledgeBy { get; init; }

    /// <summary>When the partner's system received it.</summary>
    public uint Received { get; init; }

    /// <summary>When a person acknowledged it; an acceptance without one counts as acknowledged at that time.</summary>
    public uint Acknowledged { get; init; }

    /// <summary>Whether nobody had acknowledged it before it was accepted; then taking the acceptance back takes the acknowledgement back too.</summary>
    public bool AcknowledgedByAccepting { get; init; }

    /// <summary>When it was accepted.</summary>
    public uint Accepted { get; init; }

    /// <summary>By when it was to be completed.</summary>
    public uint CompleteBy { get; init; }

    /// <summary>When work began: as recorded, else at the first contact, else at the acceptance once the step is completed.</summary>
    public uint Started { get; init; }

    /// <summary>When the first contact with the client was.</summary>
    public uint FirstContact { get; init; }

    /// <summary>When it was completed, declined or taken back.</summary>
    public uint Ended { get; init; }

    /// <summary>Seconds of pauses that have ended.</summary>
    public uint Paused { get; init; }

    /// <summary>Since when it is paused; 0 when it is not.</summary>
    public uint PausedSince { get; init; }

    /// <summary>Questions that wait for an answer.</summary>
    public byte OpenQuestions { get; init; }

    /// <summary>Questions asked.</summary>
    public byte Questions { get; init; }

    /// <summary>Reminders sent.</summary>
    public byte Reminders { get; init; }

    /// <summary>Whether the coordinator was told of a missed time.</summary>
    public bool Escalated { get; init; }

    /// <summary>How it ended.</summary>
    public VisitEnd End { get; init; }

    /// <summary>Code of the outcome or reason; null while it is open.</summary>
    public string? Reason { get; init; }

    /// <summary>Position in the log of the event that ended it; 0 while it is open. The order in which small numbers are released.</summary>
    public long EndedAt { get; init; }

    /// <summary>Whether it was acknowledged after the agreed time, or ended unacknowledged with or after it.</summary>
    public bool AcknowledgedLate => AcknowledgeBy > 0 && (Acknowledged > 0 ? Acknowledged > AcknowledgeBy : End == VisitEnd.Expired || Ended > AcknowledgeBy);

    /// <summary>Whether it was completed after the agreed time.</summary>
    public bool CompletedLate => CompleteBy > 0 && End == VisitEnd.Completed && Ended > CompleteBy;
}
