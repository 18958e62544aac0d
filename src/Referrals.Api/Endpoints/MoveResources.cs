using Referrals.Engine;
using Referrals.Engine.Referrals.Moving;

namespace Referrals.Api.Endpoints;

/// <summary>What moving a referral to the version of its chain that is in force comes to.</summary>
/// <param name="Referral">Which one.</param>
/// <param name="FromVersion">Number of the version that it runs on.</param>
/// <param name="ToVersion">Number of the version in force.</param>
/// <param name="Fits">Whether it can be moved.</param>
/// <param name="Obstacles">Why it can't.</param>
/// <param name="Changes">What would be otherwise, the next first.</param>
/// <param name="Number">The number by which your organisation speaks of it.</param>
public sealed record MoveResource(
    ReferralId Referral, int FromVersion, int ToVersion, bool Fits, IReadOnlyList<MoveObstacle> Obstacles, IReadOnlyList<MoveChange> Changes, string? Number = null)
{
    /// <summary>As the API shows it.</summary>
    public static MoveResource From(MovePreview preview) => new(
        preview.Referral.State.Start.Referral, preview.Referral.Chain.Version, preview.Target.Version, preview.Move.Fits, preview.Move.Obstacles, preview.Move.Changes,
        preview.Referral.Number?.ToString());
}

/// <summary>What moving comes to for each running referral of your organisation that isn't on the version in force.</summary>
/// <param name="Items">Those started last first.</param>
/// <param name="More">Whether there are others that were not looked at; left out: there are none.</param>
public sealed record MovesResource(IReadOnlyList<MoveResource> Items, bool? More = null) : Security.Looks.ILists
{
    int? Security.Looks.ILists.Listed => Items.Count;

    /// <summary>As the API shows it.</summary>
    public static MovesResource From(MovePreviews found) => new([.. found.Items.Select(MoveResource.From)], found.More ? true : null);
}

/// <summary>Moves a referral to the version in force.</summary>
/// <param name="To">Number of the version that you looked at: where another one is in force by now, nothing is moved; left out: whichever is in force.</param>
public sealed record MoveReferral(int? To = null);

/// <summary>Moves referrals to the version in force.</summary>
/// <param name="Referrals">Which ones; left out: all that fit.</param>
/// <param name="To">Number of the version that you looked at: where another one is in force by now, nothing is moved; left out: whichever is in force.</param>
public sealed record MoveReferrals(IReadOnlyList<ReferralId>? Referrals = null, int? To = null);

/// <summary>What became of a move.</summary>
/// <param name="Moved">Those that run on the version in force now.</param>
/// <param name="Refused">Those that stayed where they were, with the code of the reason.</param>
public sealed record MovedResource(IReadOnlyList<ReferralId> Moved, IReadOnlyList<NotMovedResource> Refused);

/// <summary>A referral that was not moved.</summary>
/// <param name="Referral">Which one.</param>
/// <param name="Code">Why.</param>
public sealed record NotMovedResource(ReferralId Referral, string Code);
