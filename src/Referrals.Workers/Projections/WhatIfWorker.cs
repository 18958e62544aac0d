using Microsoft.Extensions.Options;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Projections;

/// <summary>
/// Simulates what the steering group asks, one question after the other and one at a time in the whole network. A question whose worker died
/// is begun again by another one; after some tries it fails.
/// </summary>
public sealed class WhatIfWorker(
    IWhatIfQueue queue, WhatIfModels models, IOptions<WorkersOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<WhatIfWorker> logger)
    : SupervisedWorker(lifetime, logger)
{
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Tidy = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private DateTimeOffset _tidied;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (options.Value.Relay)
        {
            if (time.GetUtcNow() - _tidied > Tidy)
            {
                await queue.ForgetAsync(ct);
                _tidied = time.GetUtcNow();
            }

            var holder = Guid.NewGuid();
            if (await queue.TakeAsync(holder, ct) is { } job)
            {
                await AnswerAsync(job, holder, ct);
            }
            else
            {
                await Task.Delay(options.Value.Poll, ct);
            }

            GoesWell();
        }
    }

    private async Task AnswerAsync(WhatIfJob job, Guid holder, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(WhatIfLimits.Longest);
        var progress = new Progress();
        var simulating = SimulateAsync(job, progress, stop.Token);
        try
        {
            await HoldAsync(job, holder, simulating, progress, stop);
            var (answer, failure) = await simulating;
            await (answer is not null ? queue.AnswerAsync(job.Id, holder, answer, ct)
                : failure is not null ? queue.FailAsync(job.Id, holder, failure, ct)
                : PutBackAsync(job, holder, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The process ends: another one, or the next, begins it again.
            await queue.PutBackAsync(job.Id, holder, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException)
        {
            // Either it took too long, or it is not wanted any more, and then this changes nothing.
            await queue.FailAsync(job.Id, holder, WhatIfFailures.TookTooLong, ct);
        }
        catch (Exception fault) when (fault is not Npgsql.NpgsqlException)
        {
            // Not where the database is away: then the question is begun again once its lease is over.
            Logger.LogError(fault, "Question {Id} could not be simulated", job.Id);
            WorkersMetrics.Questions.Add(1, new KeyValuePair<string, object?>("result", WhatIfFailures.Fault));
            await queue.FailAsync(job.Id, holder, WhatIfFailures.Fault, ct);
        }
        finally
        {
            // Whatever happened, its thread must have ended before the next one begins.
            await stop.CancelAsync();
            await simulating.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    // The history is being read for the first time.
    private async Task PutBackAsync(WhatIfJob job, Guid holder, CancellationToken ct)
    {
        await queue.PutBackAsync(job.Id, holder, ct);
        await Task.Delay(Word, ct);
    }

    private async Task HoldAsync(WhatIfJob job, Guid holder, Task simulating, Progress progress, CancellationTokenSource stop)
    {
        while (await Task.WhenAny(simulating, Task.Delay(Word, stop.Token)) != simulating && !stop.IsCancellationRequested)
        {
            if (!await queue.HoldAsync(job.Id, holder, progress.Done, stop.Token))
            {
                await stop.CancelAsync();
            }
        }
    }

    private async Task<(WhatIfAnswer? Answer, string? Failure)> SimulateAsync(WhatIfJob job, Progress progress, CancellationToken ct)
    {
        var standing = await models.LatestAsync(Patience, ct);
        if (standing.Basis is not { } basis)
        {
            return (null, standing.IsPreparing ? null : WhatIfFailures.TooLittleHistory);
        }

        if (basis.Check(job.Question).Count > 0)
        {
            return (null, WhatIfFailures.NoLongerFits);
        }

        var errors = await models.ErrorsAsync(ct);
        var answer = await WhatIfModels.Apart(() => WhatIfRun.Run(basis, job.Question, errors, progress, ct), ct);
        WorkersMetrics.Questions.Add(1, new KeyValuePair<string, object?>("result", "done"));
        return (answer, null);
    }

    private sealed class Progress : IProgress<double>
    {
        private double _done;

        public double Done => Volatile.Read(ref _done);

        public void Report(double value) => Volatile.Write(ref _done, value);
    }
}
