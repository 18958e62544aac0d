using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.Engine.Review.Reading;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Projections;

/// <summary>
/// Follows the log into the review's read side; builds it where there is none yet. One process does, another takes over when it ends.
/// </summary>
public sealed class ReviewWorker(
    PostgresOptions database, ReviewProgress progress, IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime, ILogger<ReviewWorker> logger)
    : SupervisedWorker(lifetime, logger)
{
    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        try
        {
            await using var follower = await ReviewFollower.StartAsync(database, null, progress, ct);
            progress.Lead(true);
            while (true)
            {
                var step = await follower.NextAsync(ct);
                if (progress.Took(step) is { } lag)
                {
                    WorkersMetrics.ReviewLag.Record(lag.TotalSeconds);
                }

                WorkersMetrics.ReviewEvents.Add(step.Events);
                GoesWell();
            }
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            progress.Failed();
            throw;
        }
        finally
        {
            progress.Lead(false);
        }
    }
}
