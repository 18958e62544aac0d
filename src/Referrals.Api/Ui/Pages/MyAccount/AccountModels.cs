using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.MyAccount;

/// <summary>My account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Form">What I want of pages and mails.</param>
/// <param name="Organisations">Those that I work for, by name.</param>
/// <param name="Sessions">Where I am signed in.</param>
public sealed record AccountModel(Account Account, FormInput Form, IReadOnlyList<Choice> Organisations, SessionList Sessions);

/// <summary>Where I am signed in.</summary>
/// <param name="All">My open sessions, those used last first.</param>
/// <param name="Own">Id of the one that I look with.</param>
public sealed record SessionList(IReadOnlyList<PersonSession> All, string Own)
{
    /// <summary>Those that I don't look with.</summary>
    public IEnumerable<PersonSession> Others => All.Where(s => s.Id != Own);
}

/// <summary>Ending my other sessions.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Sessions">Where I am signed in.</param>
/// <param name="HasPassword">Whether I have a password here, which is asked for.</param>
public sealed record SessionsModel(FormInput Form, SessionList Sessions, bool HasPassword);

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

/// <summary>Recovery codes, shown once.</summary>
/// <param name="Codes">The codes.</param>
/// <param name="Next">Where to go when they are kept.</param>
public sealed record RecoveryCodesModel(IReadOnlyList<string> Codes, string Next);
