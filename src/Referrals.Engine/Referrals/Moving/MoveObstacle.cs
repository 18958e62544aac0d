using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>Why a referral can't go on on another version of its chain, in the words of those who hold the case.</summary>
/// <param name="Code">Stable code, such as <c>step-elsewhere</c>; <c>docs/chains.md</c> explains it.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Node">The node of the chain that it is about, or null.</param>
public sealed record MoveObstacle(string Code, LocalText Message, NodeId? Node = null);

/// <summary>What would be otherwise for a referral on another version of its chain.</summary>
/// <param name="Code">Stable code, such as <c>offered-now</c>; <c>docs/chains.md</c> explains it.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Node">The node of the chain that it is about, or null.</param>
/// <param name="Partner">The partner that it is about, or null.</param>
public sealed record MoveChange(string Code, LocalText Message, NodeId? Node = null, OrganisationId? Partner = null);
