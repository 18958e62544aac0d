using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Demo;

/// <summary>One thing that is done: a command, who gives it and when.</summary>
internal abstract record Deed
{
    private Deed() { }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A referral is started.</summary>
    public sealed record Start(Actor By, Func<AgreedChain, ReferralCommand.Start> Command) : Deed;

    /// <summary>Time has passed.</summary>
    public sealed record PassTime : Deed;

    /// <summary>A caseworker acts.</summary>
    public sealed record ByCaseworker(Actor By, ReferralCommand Command) : Deed;

    /// <summary>A partner's person acts.</summary>
    public sealed record ByPartner(Actor By, AssignmentId Assignment, AssignmentCommand Command) : Deed;
}

/// <summary>Something that happened, to which the simulation reacts.</summary>
/// <param name="Life">In which referral.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What">The event of the referral or of the assignment.</param>
/// <param name="Event">The event's id, also that of the message made from it.</param>
internal readonly record struct Happening(CaseLife Life, DateTimeOffset At, object What, Guid Event);

/// <summary>The history can't be played: the engine refused what the story wanted, or the data isn't fit for it.</summary>
internal sealed class HistoryException(string message) : Exception(message);
