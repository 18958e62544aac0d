using Referrals.Engine;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Casework.Handover;

/// <summary>The slip that a client carries to a partner. Nothing on it tells who the client is, or which referral it is about.</summary>
/// <param name="Code">The code, shown this once.</param>
/// <param name="Picture">The code as a picture that machines read, as SVG.</param>
/// <param name="Partner">Name of the partner.</param>
/// <param name="Municipality">Where the partner is; null: not known.</param>
/// <param name="Until">Last day on which it counts.</param>
/// <param name="Number">Number of the referral, for the way back; not printed.</param>
public sealed record SlipModel(HandoverCode Code, string Picture, string Partner, string? Municipality, DateOnly Until, CaseNumber Number);
