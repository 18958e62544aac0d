namespace Referrals.Api.Answers;

/// <summary>A kind of error.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">What it means.</param>
public sealed record ErrorCode(string Code, int Status, string Title);

/// <summary>The errors that don't come from the engine.</summary>
public static class HttpErrors
{
    /// <summary>The body is not JSON.</summary>
    public static readonly ErrorCode MalformedJson = new("malformed-json", 400, "The body is not valid JSON.");

    /// <summary>A header can't be read.</summary>
    public static readonly ErrorCode HeaderInvalid = new("header-invalid", 400, "A header can't be read.");

    /// <summary>The request can't be read at all.</summary>
    public static readonly ErrorCode BadRequest = new("request-unreadable", 400, "The request can't be read.");

    /// <summary>No or no valid token.</summary>
    public static readonly ErrorCode Unauthenticated = new("unauthenticated", 401, "A valid access token is needed.");

    /// <summary>The token lacks a role.</summary>
    public static readonly ErrorCode RoleMissing = new("role-missing", 403, "The access token lacks the role that this needs.");

    /// <summary>It came over http.</summary>
    public static readonly ErrorCode HttpsNeeded = new("https-needed", 403, "This is answered over https only; whatever was sent over http should count as read by others.");

    /// <summary>No such route.</summary>
    public static readonly ErrorCode NotFound = new("not-found", 404, "There is nothing at this address.");

    /// <summary>Another method is needed.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("method-not-allowed", 405, "This address doesn't know the method.");

    /// <summary>The same key is being worked on.</summary>
    public static readonly ErrorCode InProgress =
        new("idempotency-in-progress", 409, "A request with this idempotency key is still being worked on; try again shortly.");

    /// <summary>The resource has changed.</summary>
    public static readonly ErrorCode Stale = new("stale", 412, "The resource has changed since it was read; read it again.");

    /// <summary>The body is too large.</summary>
    public static readonly ErrorCode TooLarge = new("body-too-large", 413, "The body is larger than allowed.");

    /// <summary>The body is declared as something that this address doesn't take.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported-media-type", 415, "The body must be of the content type that this address takes, mostly application/json.");

    /// <summary>The body or a parameter is wrong; every fault is named.</summary>
    public static readonly ErrorCode Invalid = new("request-invalid", 422, "The request is not valid; every fault is named.");

    /// <summary>A text could tell who a person is.</summary>
    public static readonly ErrorCode NoteBlocked = new("note-blocked", 422, "A text could tell who a person is; take those places out.");

    /// <summary>The key was used for something else.</summary>
    public static readonly ErrorCode KeyReused = new("idempotency-key-reused", 422, "This idempotency key was used for another request.");

    /// <summary>Too many requests.</summary>
    public static readonly ErrorCode TooMany = new("too-many-requests", 429, "Too many requests; try again later.");

    /// <summary>A fault in the program.</summary>
    public static readonly ErrorCode Failed = new("internal-error", 500, "Something went wrong here.");

    /// <summary>Not now.</summary>
    public static readonly ErrorCode Unavailable = new("unavailable", 503, "The service can't answer now; try again later.");

    /// <summary>It took too long.</summary>
    public static readonly ErrorCode TimedOut = new("timed-out", 504, "The request took too long.");

    /// <summary>Every one.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        MalformedJson, HeaderInvalid, BadRequest, Unauthenticated, RoleMissing, HttpsNeeded, NotFound, MethodNotAllowed, InProgress, Stale, TooLarge,
        UnsupportedMediaType, Invalid, NoteBlocked, KeyReused, TooMany, Failed, Unavailable, TimedOut,
    ];

    /// <summary>The error that an empty answer with this status stands for.</summary>
    public static ErrorCode For(int status) =>
        All.FirstOrDefault(e => e.Status == status) ?? new ErrorCode($"http-{status}", status, "The request was refused.");
}
