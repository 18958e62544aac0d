using System.Security.Cryptography;
using System.Text;

namespace Referrals.Api.Security;

/// <summary>
/// What matters to whoever watches over the hosts: tries that failed, access that was refused, sessions that ended. Each line has a name and codes, never words of a
/// request: accounts by their ids, routes as patterns, logins and addresses as tokens that tell those of one process apart and lead nobody back.
/// <c>docs/operations.md</c> has the table.
/// </summary>
public sealed class SecurityLog(ILoggerFactory loggers, IHttpContextAccessor accessor, TimeProvider time)
{
    /// <summary>The category of all its lines.</summary>
    public const string Category = "Referrals.Security";

    private const int TokenLength = 16;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    private readonly ILogger _log = loggers.CreateLogger(Category);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _limits = new();
    private DateTimeOffset _limitTold;
    private int _limited;

    /// <summary>Somebody was let in.</summary>
    /// <param name="person">The account.</param>
    /// <param name="how">By what.</param>
    public void SignedIn(Guid person, string how) =>
        _log.Log(LogLevel.Information, new EventId(1, "signed-in"), "signed-in: account {Account} by {How} from {Source}", person, how, Source());

    /// <summary>A try to sign in, or to prove the password once more, failed.</summary>
    /// <param name="person">The account, or null: there is none of that login.</param>
    /// <param name="login">What was typed.</param>
    /// <param name="why"><c>unknown</c>, <c>locked</c>, <c>closed</c>, <c>wrong-password</c> or <c>issuer</c>.</param>
    public void SignInFailed(Guid? person, string login, string why) => _log.Log(
        LogLevel.Warning, new EventId(2, "sign-in-failed"), "sign-in-failed: {Why}, account {Account}, login {Login}, from {Source}",
        why, Id(person), person is null && login.Length > 0 ? Token(login) : "-", Source());

    /// <summary>The code of the second factor was wrong, or the account is locked.</summary>
    public void SecondFactorFailed(Guid person) => _log.Log(
        LogLevel.Warning, new EventId(3, "second-factor-failed"), "second-factor-failed: account {Account} from {Source}", person, Source());

    /// <summary>Wrong tries locked an account.</summary>
    public void Locked(Guid person) =>
        _log.Log(LogLevel.Warning, new EventId(4, "account-locked"), "account-locked: account {Account} from {Source}", person, Source());

    /// <summary>A client didn't get a token.</summary>
    /// <param name="client">What was given as its id.</param>
    public void ClientRefused(string client) =>
        _log.Log(LogLevel.Warning, new EventId(5, "client-refused"), "client-refused: client {Client} from {Source}", Token(client), Source());

    /// <summary>Sessions of an account ended before their time.</summary>
    /// <param name="person">The account.</param>
    /// <param name="count">How many.</param>
    /// <param name="how"><c>sign-out</c>, <c>one</c> or <c>others</c>.</param>
    public void SessionsEnded(Guid person, int count, string how) => _log.Log(
        LogLevel.Information, new EventId(6, "session-ended"), "session-ended: {Count} of account {Account}, {How}", count, person, how);

    /// <summary>A form came without its token, or with somebody else's.</summary>
    public void FormTokenMissing() => _log.Log(
        LogLevel.Warning, new EventId(7, "form-token-missing"), "form-token-missing: {Route} by {Who} from {Source}", Route(), Who(), Source());

    /// <summary>A file was refused for what is in it.</summary>
    /// <param name="why">Code of the fault.</param>
    public void UploadRefused(string why) => _log.Log(
        LogLevel.Warning, new EventId(8, "upload-refused"), "upload-refused: {Why}, {Route} by {Who}", why, Route(), Who());

    /// <summary>Tells what the status of an answer says.</summary>
    internal void Answered(HttpContext context)
    {
        switch (context.Response.StatusCode)
        {
            case StatusCodes.Status403Forbidden:
                _log.Log(LogLevel.Warning, new EventId(9, "access-refused"), "access-refused: {Route} by {Who} from {Source}", Route(), Who(), Source());
                break;
            case StatusCodes.Status401Unauthorized when context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase):
                _log.Log(LogLevel.Warning, new EventId(10, "token-refused"), "token-refused: {Route} from {Source}", Route(), Source());
                break;
            case StatusCodes.Status413PayloadTooLarge:
                UploadRefused("too-large");
                break;
            case StatusCodes.Status429TooManyRequests:
                Limited();
                break;
        }
    }

    // One line a second at most, so that who asks too often doesn't fill the disk either.
    private void Limited()
    {
        int since;
        lock (_limits)
        {
            _limited++;
            var now = time.GetUtcNow();
            if (now - _limitTold < TimeSpan.FromSeconds(1))
            {
                return;
            }

            (since, _limited, _limitTold) = (_limited, 0, now);
        }

        _log.Log(LogLevel.Warning, new EventId(11, "rate-limited"), "rate-limited: {Count} since the last such line, now {Route} by {Who} from {Source}", since, Route(), Who(), Source());
    }

    // What somebody typed could be anything, a password in the wrong field too.
    private string Token(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)))[..TokenLength];

    private string Source() => accessor.HttpContext?.Connection.RemoteIpAddress is { } address ? Token(address.ToString()) : "-";

    private string Who() => accessor.HttpContext?.User switch
    {
        { } user when user.IsMember() => $"{(user.Person() is { } person ? $"account {person}" : $"client {Client(user.Subject())}")} of {user.Organisation().Value}",
        _ => "nobody",
    };

    // Ours are codes with dots; those of a foreign authority may be anything.
    private string Client(string id) => id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-') ? id : Token(id);

    // The pattern, since an address may hold anything.
    private string Route()
    {
        var context = accessor.HttpContext;
        var method = Methods.FirstOrDefault(m => m == context?.Request.Method) ?? "-";
        return $"{method} {((context?.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? "/" + pattern.Trim('/') : "-")}";
    }

    private static string Id(Guid? person) => person?.ToString() ?? "-";
}

/// <summary>Tells the security log of every answer.</summary>
internal static class SecurityLogging
{
    // Asked for once: a long answer may end with the process, when nothing can be asked for any more.
    public static void Use(IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<SecurityLog>();
        app.Use(async (context, next) =>
        {
            await next(context);
            log.Answered(context);
        });
    }
}
