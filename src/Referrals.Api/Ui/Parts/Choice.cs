namespace Referrals.Api.Ui.Parts;

/// <summary>One of several things to choose from.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Text">What people see.</param>
/// <param name="Hint">More about it.</param>
public sealed record Choice(string Value, string Text, string? Hint = null);
