using System.Diagnostics;
using System.Reflection;
using System.Security.Claims;
using Referrals.Api.Answers;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.History;

namespace Referrals.Api.Requests;

/// <summary>Who calls and how: the actor, the version that the caller saw, and what a repeated request has to keep the same.</summary>
public sealed class Call : IInput, IBindableFromHttpContext<Call>
{
    private readonly Remembered? _remembered;

    private Call(ClaimsPrincipal user, Actor actor, Remembered? remembered, long? expectedVersion, IReadOnlyList<Fault> faults) =>
        (User, Actor, _remembered, ExpectedVersion, Faults) = (user, actor, remembered, expectedVersion, faults);

    /// <summary>Who calls, with the roles that decide what they may see.</summary>
    public ClaimsPrincipal User { get; }

    /// <summary>Who acts, for which organisation.</summary>
    public Actor Actor { get; }

    /// <summary>The version of <c>If-Match</c>; null when the caller doesn't care.</summary>
    public long? ExpectedVersion { get; }

    /// <summary>
    /// The request was begun before and its answer was lost, for example in a crash: it may have been done already. What it recorded
    /// carries its correlation.
    /// </summary>
    public bool MayBeDone => _remembered is { IsRetry: true };

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.HeaderInvalid;

    /// <summary>An id for what the request makes: the same each time for a request with an idempotency key, else random.</summary>
    public Guid NewId(string of) =>
        _remembered is { } key ? Codes.StableGuid(key.Id.ToString(), of) : Guid.NewGuid();

    /// <summary>Whether these events hold something that this very request recorded.</summary>
    public bool Recorded(IEnumerable<RecordedEvent> events) => MayBeDone && events.Any(e => e.Context.Correlation == Actor.Correlation);

    /// <inheritdoc/>
    public static ValueTask<Call?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var remembered = context.Features.Get<Remembered>();
        var correlation = remembered?.Id.ToString() ?? Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        var actor = new Actor(context.User.Subject(), context.User.Organisation(), correlation, TraceParent: Activity.Current?.Id);
        var given = context.Request.Headers.IfMatch.ToString();
        long? expected = null;
        IReadOnlyList<Fault> faults = given.Length == 0 || ETags.TryRead(given, out expected)
            ? []
            : [new Fault("If-Match", "if-match-invalid", "Here stands one entity tag in quotes as the answer gave it, such as \"3\", or *.")];
        return ValueTask.FromResult<Call?>(new Call(context.User, actor, remembered, expected, faults));
    }
}

/// <summary>The idempotency key of the running request.</summary>
/// <param name="Id">Stands for organisation, client and key.</param>
/// <param name="IsRetry">Whether the request was begun before without coming to an answer.</param>
public sealed record Remembered(Guid Id, bool IsRetry);
