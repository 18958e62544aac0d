using Microsoft.Extensions.Diagnostics.HealthChecks;
using Referrals.Engine.Network.Notifications;

namespace Referrals.Workers.Notifications;

/// <summary>Whether mails get away: degraded when one was given up within a day, or waits for long. The product works without mail.</summary>
internal sealed class MailCheck(MailQueue queue, MailSettings settings, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!settings.IsOn)
        {
            return HealthCheckResult.Healthy("no mail server is set");
        }

        var now = time.GetUtcNow();
        var state = await queue.StateAsync(now, cancellationToken);
        var data = new Dictionary<string, object> { ["waiting"] = state.Waiting, ["failedWithinADay"] = state.Failed };
        return state.Failed > 0 || now - state.OldestDue > Long
            ? HealthCheckResult.Degraded("mails wait or were given up", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
