using Referrals.Engine.Privacy;

namespace Referrals.Engine.Chains;

/// <summary>What happened with a service chain. Belongs to the network as a whole.</summary>
public abstract record ChainEvent
{
    private ChainEvent() { }

    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The coordinator saved what it is working on. It may still have faults.</summary>
    public sealed record Drafted(ChainVersion Definition) : ChainEvent;

    /// <summary>The coordinator went back to the draft before, which is this one.</summary>
    public sealed record DraftUndone(ChainVersion Definition) : ChainEvent;

    /// <summary>The coordinator took back an undoing: this is the draft again.</summary>
    public sealed record DraftRedone(ChainVersion Definition) : ChainEvent;

    /// <summary>The coordinator threw its draft away. What was proposed before stays.</summary>
    public sealed record DraftDiscarded : ChainEvent;

    /// <summary>A version was laid before its partners: from here on its content never changes.</summary>
    public sealed record Proposed(ChainVersion Definition, string ContentHash) : ChainEvent;

    /// <summary>A partner agreed to a version.</summary>
    public sealed record Agreed(int Version, OrganisationId Partner) : ChainEvent;

    /// <summary>A partner objected to a version, which stops it.</summary>
    public sealed record Objected(int Version, OrganisationId Partner, Note Reason) : ChainEvent;

    /// <summary>All partners had agreed: referrals start on this version from here on. What runs on another goes on there.</summary>
    public sealed record PutInForce(int Version) : ChainEvent;

    /// <summary>No further referral starts on this version.</summary>
    public sealed record Retired(int Version) : ChainEvent;
}
