namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>A secret that is shown this once.</summary>
/// <param name="Scope">Whose administration it is.</param>
/// <param name="Title">Headline.</param>
/// <param name="Trail">The pages above.</param>
/// <param name="Text">To whom it is given, and how.</param>
/// <param name="Facts">What goes with it.</param>
/// <param name="Label">What it is.</param>
/// <param name="Secret">The secret.</param>
/// <param name="Next">Where to go afterwards.</param>
public sealed record SecretModel(
    AdminScope Scope, string Title, IReadOnlyList<(string Text, string Href)> Trail, string Text, IReadOnlyList<(string Key, string Value)> Facts, string Label, string Secret,
    (string Text, string Href) Next);
