using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Notifications;

/// <summary>
/// Follows the log and tells people what concerns them. One process does, another takes over when it ends. What is written again after a crash
/// is there already: each person is told of an event once.
/// </summary>
public sealed class NotificationWorker(
    IEventLog log, NotificationWriter writer, IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime, ILogger<NotificationWorker> logger)
    : SupervisedWorker(lifetime, logger)
{
    /// <summary>The follower's name.</summary>
    public const string Follower = "notifications";

    private const int Batch = 256;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        await using var follower = await log.FollowAsync(Follower, ct);
        while (true)
        {
            var events = await follower.NextAsync(Batch, ct);
            await writer.TellAsync(events, ct);
            await follower.AdvanceAsync(events[^1].Sequence, [], ct);
            GoesWell();
        }
    }
}
