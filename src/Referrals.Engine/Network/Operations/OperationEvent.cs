namespace Referrals.Engine.Network.Operations;

/// <summary>
/// What people did with an escalation or a dead letter, in the tenant that it lies in. Who did it stands in the log's metadata. Such items
/// are rows without a history of their own; these events are what remains of them.
/// </summary>
public abstract record OperationEvent
{
    private OperationEvent() { }

    /// <summary>The item: the escalation or the message.</summary>
    public required Guid Item { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A coordinator took care of an escalation.</summary>
    public sealed record EscalationHandled(ChainId Chain, NodeId Step, OrganisationId Partner) : OperationEvent;

    /// <summary>An administrator had a dead letter delivered again.</summary>
    public sealed record LetterRedelivered(string Type, string Reason) : OperationEvent;

    /// <summary>An administrator threw a dead letter away.</summary>
    public sealed record LetterDiscarded(string Type, string Reason) : OperationEvent;
}
