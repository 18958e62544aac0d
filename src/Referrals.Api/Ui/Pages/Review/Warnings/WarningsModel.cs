using Referrals.Engine;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review.Warnings;

/// <summary>What to look at now: the steering group sees where waiting rises, a caseworker which of the own organisation's referrals will likely be late.</summary>
/// <param name="Sight">What is looked at.</param>
/// <param name="Rising">Where waiting rises; null for those who are not of the steering group.</param>
/// <param name="Own">The own organisation's referrals that will likely be late; null for those who are not its caseworkers.</param>
public sealed record WarningsModel(ReviewSight Sight, EarlyWarnings? Rising, IReadOnlyList<OwnRisk>? Own) : Security.Looks.ILists
{
    int? Security.Looks.ILists.Listed => Own?.Count ?? 0;
}

/// <summary>A referral of the own organisation of which a step will likely be late.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Risk">The step, by when it is due, and how likely it is late.</param>
public sealed record OwnRisk(CaseNumber Number, LikelyLate Risk);
