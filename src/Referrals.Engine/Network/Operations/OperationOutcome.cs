using Referrals.Engine.History;

namespace Referrals.Engine.Network.Operations;

/// <summary>What became of a wish on an escalation or a dead letter.</summary>
public abstract record OperationOutcome
{
    private OperationOutcome() { }

    /// <summary>Done, or it had been already; the row as it is now, null when it has gone.</summary>
    public sealed record Done(ListRow? Row) : OperationOutcome;

    /// <summary>Can't be done; nothing changed.</summary>
    public sealed record Refused(OperationRefusal Refusal) : OperationOutcome;
}

/// <summary>Why something can't be done with an escalation or a dead letter.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record OperationRefusal(string Code, string Message)
{
    /// <summary>There is no such escalation in this organisation.</summary>
    public static readonly OperationRefusal EscalationNotFound = new("escalation-not-found", "There is no such escalation.");

    /// <summary>There is no such dead letter in this organisation, or not any more.</summary>
    public static readonly OperationRefusal LetterNotFound = new("dead-letter-not-found", "There is no such dead letter.");

    /// <summary>What it said is not known, it was for somebody else, or it comes again by itself.</summary>
    public static readonly OperationRefusal NotRedeliverable = new(
        "dead-letter-not-redeliverable", "This can't be delivered again: it could not be read, is for another organisation, or comes again by itself.");

    /// <summary>Others changed it at the same time, again and again.</summary>
    public static readonly OperationRefusal TooBusy = new("operation-too-busy", "Others are working on this at the moment; try again.");
}
