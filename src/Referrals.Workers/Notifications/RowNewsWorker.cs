using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.Engine.Network.Notifications;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Notifications;

/// <summary>
/// Tells people of escalations and dead letters, which are rows without an event, and forgets what is old. Any number of processes may do so:
/// nobody is told twice.
/// </summary>
public sealed class RowNewsWorker(
    IEventLog log, MailQueue queue, NotificationWriter writer, TimeProvider time, IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime,
    ILogger<RowNewsWorker> logger) : SupervisedWorker(lifetime, logger)
{
    /// <summary>For so long notifications are kept, read or not.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    private const int Batch = 100;
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromDays(1);

    private DateTimeOffset _forgotAt;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        await foreach (var _ in log.WatchCommitsAsync(ct))
        {
            while (await queue.NewsAsync(Batch, ct) is { Count: > 0 } news)
            {
                await writer.TellAsync(news, ct);
                await queue.ToldAsync(news, ct);
            }

            await ForgetAsync(ct);
            GoesWell();
        }
    }

    private async Task ForgetAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now - _forgotAt >= ForgetEvery)
        {
            await queue.ForgetAsync(now - Kept, ct);
            _forgotAt = now;
        }
    }
}
