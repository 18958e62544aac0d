using System.Globalization;
using System.Threading.RateLimiting;
using Referrals.Api.Answers;

namespace Referrals.Api.Security;

/// <summary>How often one may ask: each client by itself, and by address who is nobody yet, wants a token or signs in.</summary>
public static class Limits
{
    /// <summary>Policy of the token endpoint.</summary>
    public const string Token = "token";

    /// <summary>Policy of the forms that a person signs in with.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Policy of typing codes that clients bring: each try of an organisation's people counts, so that nobody can go through codes.</summary>
    public const string Handover = "handover";

    /// <summary>How many codes the people of an organisation can type within a minute.</summary>
    public const int HandoversPerMinute = 30;

    /// <summary>Registers them.</summary>
    public static void AddReferralsLimits(this IServiceCollection services, ApiSettings settings)
    {
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.User.IsMember()
                ? RateLimitPartition.GetTokenBucketLimiter(context.User.Subject(), _ => Bucket(settings.RequestsPerSecond))
                : RateLimitPartition.GetTokenBucketLimiter("from " + context.Connection.RemoteIpAddress, _ => Bucket(settings.RequestsPerSecond)));
            options.AddPolicy(Token, context => RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => Bucket(settings.TokensPerSecond)));
            options.AddPolicy(SignIn, context => RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => Bucket(settings.SignInsPerSecond)));
            options.AddPolicy(Handover, context => RateLimitPartition.GetFixedWindowLimiter(
                context.User.IsMember() ? context.User.Organisation().Value : "from " + context.Connection.RemoteIpAddress,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = HandoversPerMinute, Window = TimeSpan.FromMinutes(1) }));
            options.OnRejected = RejectAsync;
        });
        services.AddRequestTimeouts(options => options.DefaultPolicy = new()
        {
            Timeout = settings.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        });
    }

    // Several seconds' worth at once, because people and machines both work in bursts.
    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = 5 * perSecond,
        TokensPerPeriod = Math.Max(1, perSecond / 5),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(200),
        QueueLimit = 0,
    };

    private static async ValueTask RejectAsync(Microsoft.AspNetCore.RateLimiting.OnRejectedContext context, CancellationToken ct)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await Failures.TellAsync(context.HttpContext, HttpErrors.TooMany);
    }
}
