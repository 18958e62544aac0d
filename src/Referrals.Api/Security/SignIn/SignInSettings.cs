using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Security.SignIn;

/// <summary>How people sign in, from configuration (<c>SignIn:…</c>). <c>docs/operations.md</c> has the table.</summary>
public sealed record SignInSettings
{
    /// <summary>Whether accounts with a password of ours sign in (<c>SignIn:Local</c>).</summary>
    public bool Local { get; init; } = true;

    /// <summary>The issuer that people may sign in with, or null (<c>SignIn:Oidc:…</c>).</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>A session ends when nothing was done for so long (<c>SignIn:IdleMinutes</c>, at most <see cref="Longest"/>).</summary>
    public TimeSpan Idle { get; init; } = Sessions.Idle;

    /// <summary>A session ends after so long, whatever was done (<c>SignIn:LongestMinutes</c>, at most a day).</summary>
    public TimeSpan Longest { get; init; } = Sessions.Longest;

    /// <summary>How many steps of 30 seconds before and after its own a code of the second factor counts in, at most one (<c>SignIn:CodeSteps</c>).</summary>
    public int CodeSteps { get; init; }

    /// <summary>Roles whose people sign in with a second factor only (<c>SignIn:SecondFactor</c>, with commas between; <c>all</c>: everybody's).</summary>
    public IReadOnlyList<string> SecondFactor { get; init; } = [];

    /// <summary>Organisations whose people sign in with a second factor only (<c>SignIn:SecondFactorOrganisations</c>, with commas between).</summary>
    public IReadOnlyList<string> SecondFactorOrganisations { get; init; } = [];

    /// <summary>Whether a second factor is demanded of somebody, for whatever organisation the person works this time.</summary>
    public bool Demands(Account account) =>
        account.Memberships.Any(m => SecondFactorOrganisations.Contains(m.Organisation.Value) || m.Roles.Any(SecondFactor.Contains));

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidOperationException">Nobody could sign in, or the issuer is named by half.</exception>
    public static SignInSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("SignIn");
        var longest = Minutes(section, "LongestMinutes", Sessions.Longest, TimeSpan.FromDays(1));
        var settings = new SignInSettings
        {
            Longest = longest,
            Idle = Minutes(section, "IdleMinutes", Sessions.Idle < longest ? Sessions.Idle : longest, longest),
            Local = section.GetValue("Local", true),
            Oidc = OidcSettings.From(section.GetSection("Oidc")),
            SecondFactor = Roles(section["SecondFactor"]),
            SecondFactorOrganisations = Words(section["SecondFactorOrganisations"]),
            CodeSteps = Math.Clamp(section.GetValue("CodeSteps", 0), 0, 1),
        };
        return settings.Local || settings.Oidc is not null ? settings : throw new InvalidOperationException("SignIn:Local is off and SignIn:Oidc:Authority is missing");
    }

    private static IReadOnlyList<string> Roles(string? text) => Words(text) switch
    {
        ["all"] => NetworkRoles.All,
        var roles when roles.Except(NetworkRoles.All).FirstOrDefault() is { } unknown => throw new InvalidOperationException($"SignIn:SecondFactor: there is no role '{unknown}'"),
        var roles => roles,
    };

    private static TimeSpan Minutes(IConfigurationSection section, string name, TimeSpan usual, TimeSpan most) =>
        TimeSpan.FromMinutes(section.GetValue(name, usual.TotalMinutes)) is var set && set >= TimeSpan.FromMinutes(1) && set <= most
            ? set
            : throw new InvalidOperationException($"SignIn:{name} is not between 1 and {most.TotalMinutes}");

    private static string[] Words(string? text) => (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>An issuer of sign-ins (OpenID Connect, code flow with PKCE).</summary>
/// <param name="Authority">Its address (<c>Authority</c>).</param>
/// <param name="ClientId">What it knows us as (<c>ClientId</c>).</param>
/// <param name="ClientSecret">Our secret there, or null for a public client (<c>ClientSecret</c>).</param>
/// <param name="Name">Its name on the button (<c>Name</c>).</param>
/// <param name="LinkByEmail">Whether an account with the same address, which the issuer says it checked, is taken at the first time (<c>LinkByEmail</c>).</param>
public sealed record OidcSettings(string Authority, string ClientId, string? ClientSecret, string Name, bool LinkByEmail)
{
    internal static OidcSettings? From(IConfigurationSection section) => section["Authority"] is not { Length: > 0 } authority
        ? null
        : new OidcSettings(
            authority, section["ClientId"] ?? throw new InvalidOperationException("SignIn:Oidc:Authority needs SignIn:Oidc:ClientId"),
            section["ClientSecret"] is { Length: > 0 } secret ? secret : null, section["Name"] ?? new Uri(authority).Host, section.GetValue("LinkByEmail", false));
}
