using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Localization;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Security.SignIn;

/// <summary>
/// Sessions of people. The cookie says only who it is, for which organisation, since when, and by which key the session is found that has to be open
/// still; what the person may do is looked up again at least every half minute, so that roles taken away, and accounts closed, count at once.
/// </summary>
public sealed class Sessions(AccountStore accounts, OpenSessions open, SignInSettings settings, SecurityLog log, TimeProvider time)
{
    /// <summary>A session ends when nothing was done for so long, unless set otherwise.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>A session ends after so long, whatever was done, unless set otherwise.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>For so long an account is not looked up again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private const string Began = "began";
    private const string Stamp = "stamp";
    private const string Key = "session";
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<Guid, (Account? Account, DateTimeOffset At)> _known = new();

    /// <summary>Begins a session with a key of its own, and ends the way to it and the session that the browser had. Language and colours become those of the person.</summary>
    public async Task StartAsync(HttpContext context, Account account, OrganisationId organisation, string how, CancellationToken ct)
    {
        await accounts.SignedInAsync(account, organisation, how, ct);
        await EndAsync(context, ct);
        Forget(account.Person.Id);
        await context.SignOutAsync(Schemes.Pending);
        await WriteAsync(context, account.Person.Id, organisation, account.Credentials.Stamp, time.GetUtcNow(), ct);
        Show(context, account.Person.Preferences);
        log.SignedIn(account.Person.Id, how);
    }

    /// <summary>Goes on as the same person for another organisation; the session gets no longer by it.</summary>
    public async Task SwitchAsync(HttpContext context, Account account, OrganisationId organisation, CancellationToken ct)
    {
        await accounts.SignedInAsync(account, organisation, "switch", ct);
        await RenewAsync(context, account.Person.Id, organisation, account.Credentials.Stamp, ct);
    }

    /// <summary>Goes on with a new key, as after the account got a new stamp, which ended all other sessions.</summary>
    public async Task RenewAsync(HttpContext context, Guid person, OrganisationId organisation, Guid stamp, CancellationToken ct)
    {
        var ticket = await context.AuthenticateAsync(Schemes.Session);
        await EndAsync(context, ct);
        Forget(person);
        await WriteAsync(context, person, organisation, stamp, BeganAt(ticket.Properties) ?? time.GetUtcNow(), ct);
    }

    /// <summary>Ends the browser's session, if it has one. What the cookie holds counts nowhere any more.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken ct)
    {
        if ((await context.AuthenticateAsync(Schemes.Session)).Principal is { } ticket && ticket.Person() is { } person && IdOf(ticket) is { } id)
        {
            await open.EndAsync(person, id, ct);
        }
    }

    /// <summary>The id of the session that somebody comes with; null without one.</summary>
    public static string? IdOf(ClaimsPrincipal ticket) => ticket.FindFirstValue(Key) is { } key ? PersonSession.IdOf(key) : null;

    /// <summary>Looks the account up anew at the next request.</summary>
    public void Forget(Guid person)
    {
        _known.TryRemove(person, out _);
        open.Forget(person);
    }

    /// <summary>Keeps language and colours in the cookies that pages read them from.</summary>
    public static void Show(HttpContext context, Preferences preferences)
    {
        var culture = PageRequests.Cultures.First(c => c.TwoLetterISOLanguageName == preferences.Locale);
        Visitor.Keep(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
        Visitor.Keep(context, Visitor.ThemeCookie, preferences.Theme);
    }

    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var ct = context.HttpContext.RequestAborted;
        if (context.Principal is { } ticket && BeganAt(context.Properties) > time.GetUtcNow() - settings.Longest && ticket.Person() is { } person
            && await FindAsync(person, ct) is { IsOpen: true } account
            && ticket.FindFirstValue(Stamp) == account.Credentials.Stamp.ToString() && ticket.IsMember() && account.In(ticket.Organisation()) is { } membership
            && ticket.FindFirstValue(Key) is { } key && await open.IsOpenAsync(person, key, IsUse(context.HttpContext), ct))
        {
            context.ReplacePrincipal(Principal(account, membership, key));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Schemes.Session);
    }

    private async Task<Account?> FindAsync(Guid person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(person, out var known) && now - known.At < Remembered)
        {
            return known.Account;
        }

        if (_known.Count > MostRemembered)
        {
            _known.Clear();
        }

        var found = await accounts.FindAsync(person, ct);
        _known[person] = (found, now);
        return found;
    }

    // A page that is only open is no sign of somebody at work.
    private static bool IsUse(HttpContext context) => !context.Request.Path.Equals(Links.LivePath, StringComparison.Ordinal);

    private static ClaimsPrincipal Principal(Account account, Membership membership, string key)
    {
        List<Claim> claims =
        [
            new("sub", account.Person.Login), new(Claims.PersonClaim, account.Person.Id.ToString()), new(Claims.OrganisationClaim, membership.Organisation.Value),
            new(Stamp, account.Credentials.Stamp.ToString()), new(Key, key), new(Claims.NameClaim, account.Person.Name),
            .. membership.Roles.Select(r => new Claim(Claims.RolesClaim, r)),
        ];
        if (!account.Person.Preferences.Shortcuts)
        {
            claims.Add(new Claim(Claims.ShortcutsClaim, "off"));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, Schemes.Session, "sub", Claims.RolesClaim));
    }

    private async Task WriteAsync(HttpContext context, Guid person, OrganisationId organisation, Guid stamp, DateTimeOffset began, CancellationToken ct)
    {
        var key = await open.BeginAsync(person, began, BrowserKind.Of(context.Request.Headers.UserAgent), ct);
        Claim[] claims = [new(Claims.PersonClaim, person.ToString()), new(Claims.OrganisationClaim, organisation.Value), new(Stamp, stamp.ToString()), new(Key, key)];
        var properties = new AuthenticationProperties { Items = { [Began] = began.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) } };
        await context.SignInAsync(Schemes.Session, new ClaimsPrincipal(new ClaimsIdentity(claims, Schemes.Session)), properties);
    }

    private static DateTimeOffset? BeganAt(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(Began, out var began) == true && long.TryParse(began, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
