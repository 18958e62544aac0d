namespace Referrals.Engine.History;

/// <summary>Whom a transaction acts for: what the row-level policies let it see.</summary>
public sealed record Acting
{
    private Acting()
    {
    }

    /// <summary>Codes of the organisations, with commas between them.</summary>
    public string Tenants { get; private init; } = "";

    /// <summary>The person, or nothing.</summary>
    public string Person { get; private init; } = "";

    /// <summary>What somebody signs in with: <c>login …</c>, <c>email …</c> or <c>subject ISSUER SUBJECT</c>.</summary>
    public string SignIn { get; private init; } = "";

    /// <summary>For organisations.</summary>
    public static Acting For(params IReadOnlyCollection<OrganisationId> organisations) =>
        new() { Tenants = string.Join(',', organisations.Select(o => o.Value)) };

    /// <summary>For nobody but a person itself.</summary>
    public static Acting As(Guid person) => new() { Person = person.ToString() };

    /// <summary>For whoever signs in with this login.</summary>
    public static Acting SigningIn(string login) => new() { SignIn = $"login {login}" };

    /// <summary>For whoever has this e-mail address.</summary>
    public static Acting SigningInByEmail(string email) => new() { SignIn = $"email {email.ToLowerInvariant()}" };

    /// <summary>For whoever an issuer of sign-ins knows by this subject.</summary>
    public static Acting SigningInBySubject(string issuer, string subject) => new() { SignIn = $"subject {issuer} {subject}" };

    /// <summary>As well as this person.</summary>
    public Acting And(Guid person) => this with { Person = person.ToString() };

    /// <summary>As well as for this organisation.</summary>
    public Acting And(OrganisationId organisation) => this with { Tenants = organisation.Value };
}
