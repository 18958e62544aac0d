using Microsoft.Extensions.Options;
using Referrals.Engine.Network.Retention;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Retention;

/// <summary>
/// Erases by the chains' rules what has been kept long enough: once in a while (<see cref="WorkersOptions.RetentionEvery"/>), in one process of the network, in bounded batches that
/// follow each other until nothing is due. What it did stands in the log and, for each organisation and chain, in what was administered.
/// </summary>
public sealed class RetentionWorker(RetentionTurn turn, IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime, ILogger<RetentionWorker> logger)
    : SupervisedWorker(lifetime, logger)
{
    private const int Batch = 100;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        while (true)
        {
            var runs = await turn.TryRunAsync(Batch, ct) ?? [];
            foreach (var run in runs)
            {
                Logger.LogInformation("Retention of chain {Chain} at {Organisation}: {Erased} erased, {Refused} left", run.Chain, run.Organisation, run.Erased, run.Refused);
            }

            GoesWell();
            if (!runs.Any(r => r.Erased == Batch))
            {
                await Task.Delay(options.Value.RetentionEvery, ct);
            }
        }
    }
}
