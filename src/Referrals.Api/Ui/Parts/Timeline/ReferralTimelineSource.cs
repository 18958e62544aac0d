using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Parts.Timeline;

/// <summary>What the timeline of a referral is made from.</summary>
/// <param name="Chain">The version of the chain that it runs on.</param>
/// <param name="History">Every event of the referral, as recorded.</param>
/// <param name="Now">The time (UTC).</param>
/// <param name="Words">The reader's language.</param>
/// <param name="Organisation">The name of an organisation.</param>
/// <param name="User">The name of a person by login name; null: no person, so it happened by itself.</param>
public sealed record ReferralTimelineSource(
    ChainVersion Chain,
    IReadOnlyList<RecordedEvent> History,
    DateTimeOffset Now,
    Words Words,
    Func<OrganisationId, string> Organisation,
    Func<string, string?> User)
{
    /// <summary>The versions of the chain that it ran on before, oldest first.</summary>
    public IReadOnlyList<ChainVersion> Earlier { get; init; } = [];

    /// <summary>Every version that it ran on, the present one first.</summary>
    public IEnumerable<ChainVersion> Chains => Earlier.Reverse().Prepend(Chain);
}

/// <summary>What the timeline of an assignment is made from: nothing of the referral behind it.</summary>
/// <param name="Chain">The version of the chain that both sides agreed to.</param>
/// <param name="History">Every event of the assignment, as recorded.</param>
/// <param name="Now">The time (UTC).</param>
/// <param name="Words">The reader's language.</param>
/// <param name="Organisation">The name of an organisation.</param>
/// <param name="User">The name of a person by login name; null: no person, so it happened by itself.</param>
public sealed record AssignmentTimelineSource(
    ChainVersion Chain,
    IReadOnlyList<RecordedEvent> History,
    DateTimeOffset Now,
    Words Words,
    Func<OrganisationId, string> Organisation,
    Func<string, string?> User);
