using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>What a picture of a chain is made from.</summary>
/// <param name="Chain">The version of the chain.</param>
/// <param name="Words">The reader's language.</param>
/// <param name="Organisation">The name of an organisation.</param>
public sealed record PictureSource(ChainVersion Chain, Words Words, Func<OrganisationId, string> Organisation)
{
    /// <summary>The referral that runs on it; null: a preview of the chain alone.</summary>
    public LiveReferral? Live { get; init; }

    /// <summary>Where a click on a step leads; null: to <see cref="StepAnchor.Of"/> on the same page in a live picture, nowhere in a preview.</summary>
    public Func<Place, string?>? Href { get; init; }
}

/// <summary>A running or ended referral as the picture needs it.</summary>
/// <param name="State">The referral.</param>
/// <param name="Next">What is next in it, of the same time.</param>
/// <param name="Now">The time (UTC) that due dates are compared with.</param>
public sealed record LiveReferral(ReferralState State, FlowResult Next, DateTimeOffset Now)
{
    /// <summary>The person who has a step or is to decide about it, where one is known.</summary>
    public Func<Place, string?> Who { get; init; } = static _ => null;
}

/// <summary>The anchor of a step in a page.</summary>
public static class StepAnchor
{
    /// <summary>The <c>id</c> of the element that tells of the step at a place.</summary>
    public static string Of(Place place) => "schritt-" + place.Value;
}
