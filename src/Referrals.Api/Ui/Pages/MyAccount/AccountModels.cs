using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.MyAccount;

/// <summary>My account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Form">What I want of pages and mails.</param>
/// <param name="Organisations">Those that I work for, by name.</param>
public sealed record AccountModel(Account Account, FormInput Form, IReadOnlyList<Choice> Organisations);

/// <summary>My second factor.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="IsOn">Whether there is one.</param>
/// <param name="CodesLeft">How many recovery codes are left.</param>
/// <param name="Offer">The one that I can take, or null when there is one already.</param>
public sealed record FactorModel(FormInput Form, bool IsOn, int CodesLeft, FactorOffer? Offer);

/// <summary>A second factor that I can take.</summary>
/// <param name="Sealed">The secret for the form, sealed.</param>
/// <param name="Key">The secret to type, in groups.</param>
/// <param name="Picture">The secret to photograph, as SVG.</param>
public sealed record FactorOffer(string Sealed, string Key, string Picture);
