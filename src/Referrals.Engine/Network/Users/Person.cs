using System.Text.RegularExpressions;

namespace Referrals.Engine.Network.Users;

/// <summary>A person with an account.</summary>
public sealed record Person
{
    /// <summary>Identity of the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the person signs in with, and who it is in the history; unique in the network.</summary>
    public required string Login { get; init; }

    /// <summary>Name for colleagues, at most 120 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Address for notifications, or null.</summary>
    public string? Email { get; init; }

    /// <summary>The organisation whose administrators look after the account.</summary>
    public required OrganisationId Home { get; init; }

    /// <summary>What the person has set for itself.</summary>
    public Preferences Preferences { get; init; } = new();

    /// <summary>The organisation it worked for last, or null.</summary>
    public OrganisationId? LastOrganisation { get; init; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is not let in, or null.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
}

/// <summary>How a person wants the pages and the notifications.</summary>
/// <param name="Locale">Language, see <see cref="Locales"/>.</param>
/// <param name="Theme">Colours, see <see cref="Themes"/>.</param>
/// <param name="MailMode">When mails come, see <see cref="MailModes"/>.</param>
/// <param name="Shortcuts">Whether single keys do something.</param>
public sealed record Preferences(string Locale = "de", string Theme = "auto", string MailMode = Preferences.AtOnce, bool Shortcuts = true)
{
    /// <summary>Each notification as a mail of its own.</summary>
    public const string AtOnce = "at-once";

    /// <summary>A summary at 7 and at 13 o'clock on working days.</summary>
    public const string Digest = "digest";

    /// <summary>No mail.</summary>
    public const string None = "none";

    /// <summary>Every language.</summary>
    public static IReadOnlyList<string> Locales { get; } = ["de", "en"];

    /// <summary>Every choice of colours.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["auto", "light", "dark"];

    /// <summary>Every choice of mails.</summary>
    public static IReadOnlyList<string> MailModes { get; } = [AtOnce, Digest, None];

    /// <summary>Whether every choice is one of those there are.</summary>
    public bool IsValid => Locales.Contains(Locale) && Themes.Contains(Theme) && MailModes.Contains(MailMode);
}

/// <summary>For which organisation a person works.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Roles">As what, see <see cref="NetworkRoles"/>; none: not any more.</param>
public sealed record Membership(OrganisationId Organisation, IReadOnlyList<string> Roles);

/// <summary>A person as one of its organisations sees it.</summary>
/// <param name="Person">The person.</param>
/// <param name="Roles">Its roles there; none: works there no more.</param>
public sealed record Member(Person Person, IReadOnlyList<string> Roles);

/// <summary>What is needed to make an account.</summary>
/// <param name="Login">See <see cref="Logins"/>.</param>
/// <param name="Name">Name for colleagues.</param>
/// <param name="Email">Address for notifications, or null.</param>
/// <param name="PasswordHash">From <see cref="Passwords"/>, or null for a person that signs in elsewhere.</param>
/// <param name="MustChange">Whether the password is to be changed at the first sign-in.</param>
public sealed record NewPerson(string Login, string Name, string? Email, string? PasswordHash, bool MustChange = true)
{
    /// <summary>What is set for the person at first.</summary>
    public Preferences Preferences { get; init; } = new();
}

/// <summary>The rules for what people call themselves here.</summary>
public static partial class Logins
{
    /// <summary>The longest name.</summary>
    public const int MaxName = 120;

    /// <summary>The longest e-mail address.</summary>
    public const int MaxEmail = 254;

    /// <summary>As it is kept: what people type with capitals or a blank at the end is the same.</summary>
    public static string Normal(string typed) => typed.Trim().ToLowerInvariant();

    /// <summary>True for 3 to 60 lower-case letters a–z, digits, dots and hyphens, starting with a letter or digit.</summary>
    public static bool IsLogin(string? value) => value is not null && LoginPattern().IsMatch(value);

    /// <summary>Whether it can be a display name.</summary>
    public static bool IsName(string? value) => value is not null && value == value.Trim() && value.Length is > 0 and <= MaxName && !value.Any(char.IsControl);

    /// <summary>Whether mail may be sent there: one address, without display name.</summary>
    public static bool IsEmail(string? value) => value is { Length: <= MaxEmail } && EmailPattern().IsMatch(value);

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{2,59}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LoginPattern();

    [GeneratedRegex("^[^@\\s,;<>\"()\\[\\]\\\\:]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();
}
