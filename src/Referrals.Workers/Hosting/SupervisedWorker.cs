namespace Referrals.Workers.Hosting;

/// <summary>
/// Work that goes on for as long as the process runs. It begins when everything has started; when it fails it is logged and begun again
/// after a growing, jittered pause, so that a server that is away for a while ends nothing.
/// </summary>
public abstract class SupervisedWorker(IHostApplicationLifetime lifetime, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private TimeSpan _pause = FirstPause;

    /// <summary>The log of this worker.</summary>
    protected ILogger Logger { get; } = logger;

    /// <summary>The work; returns only when there is none for this process.</summary>
    protected abstract Task WorkAsync(CancellationToken ct);

    /// <summary>Tells that it goes well: the next pause is short again.</summary>
    protected void GoesWell() => _pause = FirstPause;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            while (!await TryAsync(stoppingToken))
            {
                await Task.Delay(_pause * (0.5 + Random.Shared.NextDouble()), stoppingToken);
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            await WorkAsync(ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            WorkersMetrics.Restarts.Add(1, new KeyValuePair<string, object?>("worker", GetType().Name));
            Logger.LogWarning(e, "{Worker} failed and begins again", GetType().Name);
            return false;
        }
    }

    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }
}
