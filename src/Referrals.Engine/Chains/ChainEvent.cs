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
    /// <param name="Definition">The version.</param>
    /// <param name="ContentHash">Hash of its content.</param>
    /// <param name="From">The day in Europe/Berlin from which it is to be in force, at the earliest; null: once all have agreed.</param>
    public sealed record Proposed(ChainVersion Definition, string ContentHash, DateOnly? From = null) : ChainEvent;

    /// <summary>A partner agreed to a version.</summary>
    public sealed record Agreed(int Version, OrganisationId Partner) : ChainEvent;

    /// <summary>A partner objected to a version, which stops it.</summary>
    /// <param name="Version">Number of the version.</param>
    /// <param name="Partner">Who objected.</param>
    /// <param name="Reason">In its own words; null where a code says it.</param>
    /// <param name="Code"><see cref="LeftNetwork"/>, or null where the partner's own words say it.</param>
    public sealed record Objected(int Version, OrganisationId Partner, Note? Reason, string? Code = null) : ChainEvent
    {
        /// <summary>The partner left the network.</summary>
        public const string LeftNetwork = "left-network";
    }

    /// <summary>A partner ended its agreement to a version that was in force: it gets no new offers on the chain, which needs a new version.</summary>
    /// <param name="Version">Number of the version; those before it are meant too.</param>
    /// <param name="Partner">Who withdrew.</param>
    /// <param name="Reason">In its own words; null when it left the network.</param>
    /// <param name="Left">Whether it left the network.</param>
    public sealed record PartnerWithdrew(int Version, OrganisationId Partner, Note? Reason, bool Left) : ChainEvent;

    /// <summary>All partners had agreed, and its day had come: referrals start on this version from here on. What runs on another goes on there.</summary>
    public sealed record PutInForce(int Version) : ChainEvent;

    /// <summary>No further referral starts on this version.</summary>
    public sealed record Retired(int Version) : ChainEvent;

    /// <summary>The coordinator set for how long words of the chain's referrals are kept. Beside what is agreed: it holds for all versions.</summary>
    /// <param name="Months">After how many months from a referral's end they are erased; null: not by themselves.</param>
    public sealed record RetentionSet(int? Months = null) : ChainEvent;
}
