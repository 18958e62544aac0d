using Referrals.Engine.Privacy;

namespace Referrals.Engine.Referrals;

/// <summary>What happened to the client's consent after it was given.</summary>
public abstract partial record ReferralEvent
{
    /// <summary>The consent ends in a week: who looks after the referral is told, once.</summary>
    /// <param name="Until">Its last day.</param>
    public sealed record ConsentEnding(DateOnly Until) : ReferralEvent;

    /// <summary>The last day of the consent has passed; open steps stop and wait for a new one.</summary>
    /// <param name="Until">Its last day.</param>
    public sealed record ConsentExpired(DateOnly Until) : ReferralEvent;

    /// <summary>The client withdrew the consent for some steps; they stop, the others go on.</summary>
    /// <param name="Steps">The steps for which it was withdrawn.</param>
    /// <param name="Consent">What is left of it.</param>
    public sealed record ConsentNarrowed(IReadOnlyList<NodeId> Steps, Consent Consent) : ReferralEvent;

    /// <summary>A caseworker let steps go on without a consent, because the law allows or commands it.</summary>
    /// <param name="Steps">These steps and no others.</param>
    /// <param name="Ground">What the law says.</param>
    /// <param name="Reason">Why it applies, in the caseworker's words.</param>
    public sealed record ConsentOverridden(IReadOnlyList<NodeId> Steps, LegalGround Ground, [property: Sealed] Note Reason) : ReferralEvent;

    /// <summary>A caseworker recorded that the client released from professional secrecy.</summary>
    /// <param name="Release">What it says; it takes the place of the one before.</param>
    public sealed record ReleaseRecorded(Release Release) : ReferralEvent;

    /// <summary>The client withdrew the release for these steps; they stop.</summary>
    /// <param name="Steps">The steps for which it was withdrawn.</param>
    public sealed record ReleaseWithdrawn(IReadOnlyList<NodeId> Steps) : ReferralEvent;

    /// <summary>The last day of the release has passed; the open steps that need one stop.</summary>
    /// <param name="Until">Its last day.</param>
    public sealed record ReleaseExpired(DateOnly Until) : ReferralEvent;
}

/// <summary>The client's release of professionals from their secrecy (§ 203 StGB), apart from the consent.</summary>
/// <param name="Form">How it was given.</param>
/// <param name="Given">Day it was given.</param>
/// <param name="Until">Last day on which it counts; null: until withdrawn.</param>
/// <param name="Steps">Steps that it covers, each by name.</param>
public sealed record Release(ConsentForm Form, DateOnly Given, DateOnly? Until, IReadOnlyList<NodeId> Steps)
{
    /// <summary>Whether a step may be offered on that day.</summary>
    public bool Covers(NodeId step, DateOnly on) => (Until is not { } until || on <= until) && Steps.Contains(step);

    /// <summary>Whether the other one says the same; lists are compared by what they hold.</summary>
    public bool IsSameAs(Release? other) => other is not null && (Form, Given, Until) == (other.Form, other.Given, other.Until) && Steps.SequenceEqual(other.Steps);
}

/// <summary>On what ground something about a client is passed on without the client's consent.</summary>
public enum LegalGround
{
    /// <summary>A child's welfare is in danger (§ 8a SGB VIII, § 4 KKG).</summary>
    ChildWelfare,

    /// <summary>Somebody's life or health is in danger, and the client can't be asked (Art. 6(1)(d) GDPR, § 34 StGB).</summary>
    VitalInterests,

    /// <summary>Another law commands it (Art. 6(1)(c) GDPR).</summary>
    LegalDuty,
}
