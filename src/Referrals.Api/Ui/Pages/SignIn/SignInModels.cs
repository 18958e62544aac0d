using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;

namespace Referrals.Api.Ui.Pages.SignIn;

/// <summary>The sign-in.</summary>
/// <param name="Form">What was typed.</param>
/// <param name="Local">Whether one can sign in with a password of ours.</param>
/// <param name="Issuer">Name of the issuer that one can sign in with, or null.</param>
/// <param name="IssuerFailed">Whether that was just tried and came to nothing.</param>
public sealed record SignInModel(FormInput Form, bool Local, string? Issuer, bool IssuerFailed);

/// <summary>On the way to an issuer.</summary>
/// <param name="Issuer">Its name.</param>
/// <param name="Address">Where to sign in there.</param>
public sealed record OnwardModel(string Issuer, string Address);

/// <summary>The choice of the organisation to work for.</summary>
/// <param name="Form">What was chosen.</param>
/// <param name="Organisations">What there is to choose from.</param>
public sealed record OrganisationChoiceModel(FormInput Form, IReadOnlyList<Choice> Organisations);
