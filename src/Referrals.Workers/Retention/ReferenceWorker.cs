using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Retention;

/// <summary>Seals once, after the start, the case references of lists that were written before references were sealed.</summary>
public sealed class ReferenceWorker(
    IEventLog log, IServiceProvider services, IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime, ILogger<ReferenceWorker> logger)
    : SupervisedWorker(lifetime, logger)
{
    private const int Batch = 200;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        // Nothing lies in a history in memory.
        if (!options.Value.Relay || log is not PostgresEventLog)
        {
            return;
        }

        await using var sealing = new ReferenceSealing(services.GetRequiredService<PostgresOptions>());
        if (await sealing.RunAsync(Batch, ct) is var count and > 0)
        {
            Logger.LogInformation("Sealed {Count} case references that were written before references were sealed", count);
        }
    }
}
