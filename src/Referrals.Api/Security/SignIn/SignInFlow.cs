using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Security.SignIn;

/// <summary>What comes next on the way to a session.</summary>
public enum SignInStep
{
    /// <summary>The code of the second factor.</summary>
    Code,

    /// <summary>A password of the person's own in place of the first one.</summary>
    Password,

    /// <summary>A second factor, which is demanded and not there yet.</summary>
    Factor,

    /// <summary>The choice of the organisation to work for.</summary>
    Organisation,

    /// <summary>Nothing: the session.</summary>
    Session,
}

/// <summary>A person on the way to a session.</summary>
/// <param name="Account">The account, as it is now.</param>
/// <param name="By">How it began: <c>password</c> or <c>oidc</c>.</param>
/// <param name="HasCode">Whether the second factor was right.</param>
/// <param name="Back">Where to go afterwards.</param>
/// <param name="NeedsFactor">Whether a second factor is demanded of the account.</param>
public sealed record OnTheWay(Account Account, string By, bool HasCode, string Back, bool NeedsFactor)
{
    /// <summary>What comes next.</summary>
    public SignInStep Next =>
        Account.Credentials.TotpSecret is not null && !HasCode ? SignInStep.Code
        : Account.Credentials.MustChange && By == SignInFlow.ByPassword ? SignInStep.Password
        : Account.Credentials.TotpSecret is null && NeedsFactor && By == SignInFlow.ByPassword ? SignInStep.Factor
        : Account.Memberships.Count > 1 ? SignInStep.Organisation
        : SignInStep.Session;
}

/// <summary>The steps from a login to a session.</summary>
public sealed class SignInFlow(AccountStore accounts, SecondFactor factor, SignInSettings settings, SecurityLog log)
{
    /// <summary>Began with a password.</summary>
    public const string ByPassword = "password";

    /// <summary>Began at an issuer of sign-ins.</summary>
    public const string ByIssuer = "oidc";

    private const string Stamp = "stamp";
    private const string By = "by";
    private const string Code = "code";
    private const string Back = "back";

    /// <summary>
    /// The account, if the password is right, it is not locked, and it may be let in; else null. The answer comes after the same work in all cases.
    /// </summary>
    public async Task<Account?> WithPasswordAsync(string typed, string password, CancellationToken ct)
    {
        var login = Logins.Normal(typed);
        var account = await accounts.FindByLoginAsync(Logins.IsLogin(login) ? login : "-", ct);
        var id = account?.Person.Id ?? Guid.NewGuid();
        var number = await accounts.BeginTryAsync(id, ct);
        var right = await Task.Run(() => Passwords.Matches(account?.Credentials.PasswordHash, password), ct) && number is not null;
        if (right && account is { IsOpen: true })
        {
            await accounts.PassedAsync(id, ct);
            return account;
        }

        log.SignInFailed(account?.Person.Id, login, account is null ? "unknown" : number is null ? "locked" : right ? "closed" : "wrong-password");
        await NoteLockAsync(account, number, ct);
        return null;
    }

    /// <summary>Whether the password is the account's, for acts that ask for it again. Counts like a try to sign in.</summary>
    public async Task<bool> KnowsPasswordAsync(Account account, string password, CancellationToken ct) =>
        await WithPasswordAsync(account.Person.Login, password, ct) is not null;

    /// <summary>Whether a code is right that counts now, or a recovery code that is left; it counts no more then.</summary>
    public async Task<bool> WithCodeAsync(Account account, string code, CancellationToken ct)
    {
        var number = await accounts.BeginTryAsync(account.Person.Id, ct);
        if (number is not null && await UseAsync(account, code, ct))
        {
            await accounts.PassedAsync(account.Person.Id, ct);
            return true;
        }

        log.SecondFactorFailed(account.Person.Id);
        await NoteLockAsync(account, number, ct);
        return false;
    }

    /// <summary>The first step of somebody who proved to be this person, and wants to get to an address.</summary>
    public OnTheWay Begin(Account account, string by, string back) => new(account, by, false, back, settings.Demands(account));

    /// <summary>Remembers how far the person is.</summary>
    public static Task WriteAsync(HttpContext context, OnTheWay way)
    {
        Claim[] claims =
        [
            new(Claims.PersonClaim, way.Account.Person.Id.ToString()), new(Stamp, way.Account.Credentials.Stamp.ToString()), new(By, way.By),
            new(Code, way.HasCode ? "yes" : "no"), new(Back, way.Back),
        ];
        return context.SignInAsync(Schemes.Pending, new ClaimsPrincipal(new ClaimsIdentity(claims, Schemes.Pending)));
    }

    /// <summary>How far the person is; null when nothing was begun, or it was too long ago, or the account has changed since.</summary>
    public async Task<OnTheWay?> ReadAsync(HttpContext context, CancellationToken ct)
    {
        var ticket = (await context.AuthenticateAsync(Schemes.Pending)).Principal;
        return ticket?.Person() is { } person && await accounts.FindAsync(person, ct) is { IsOpen: true } account
            && ticket.FindFirstValue(Stamp) == account.Credentials.Stamp.ToString()
            ? new OnTheWay(account, ticket.FindFirstValue(By) ?? "", ticket.FindFirstValue(Code) == "yes", ticket.FindFirstValue(Back) ?? "/", settings.Demands(account))
            : null;
    }

    private async Task<bool> UseAsync(Account account, string code, CancellationToken ct)
    {
        if (account.Credentials.TotpSecret is not { } sealedSecret)
        {
            return false;
        }

        const int longest = 40;
        if (code.Length > longest)
        {
            return false;
        }

        return factor.StepOfSealed(sealedSecret, code) is { } step
            ? await accounts.UseTotpStepAsync(account.Person.Id, step, ct)
            : await accounts.UseRecoveryCodeAsync(account, SecondFactor.RecoveryHash(account.Person.Id, code), ct);
    }

    private async Task NoteLockAsync(Account? account, int? number, CancellationToken ct)
    {
        if (account is not null && number == AccountStore.MaxTries)
        {
            log.Locked(account.Person.Id);
            await accounts.LockedAsync(account, ct);
        }
    }
}
