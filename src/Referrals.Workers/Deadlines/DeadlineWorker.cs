using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Referrals;
using Referrals.Workers.Consumers;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Deadlines;

/// <summary>
/// Lets time pass, and takes up redeliveries that were asked for: takes streams whose due date has come, also those that came due while no worker ran, and has decided what is due.
/// What fails comes again after a while and keeps nobody else waiting; when it fails again and again a row says so.
/// </summary>
public sealed class DeadlineWorker(
    IEventLog log, ReferralService referrals, ChainService chains, Redelivery redelivery, TimeProvider time, IOptions<WorkersOptions> options,
    IHostApplicationLifetime lifetime, ILogger<DeadlineWorker> logger) : SupervisedWorker(lifetime, logger)
{
    /// <summary>Status of the row among the dead letters of a stream for which time can't be passed.</summary>
    public const string Stuck = "deadline-failed";

    private const int Page = 100;
    private const int Concurrency = 4;
    private const int FailuresUntilRow = 3;
    private const int MostFailuresKept = 10_000;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StreamName, int> _failures = new();

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        while (true)
        {
            var taken = await log.TakeDueAsync(time.GetUtcNow(), Hold, Page, ct);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = ct };
            await Parallel.ForEachAsync(taken, parallel, async (due, token) => await TryPassTimeAsync(due.Stream, token));
            GoesWell();
            if (taken.Count < Page)
            {
                await Task.Delay(options.Value.Poll, ct);
            }
        }
    }

    private async Task TryPassTimeAsync(StreamName stream, CancellationToken ct)
    {
        try
        {
            var result = await PassTimeAsync(stream, ct);
            WorkersMetrics.Deadlines.Add(1, new KeyValuePair<string, object?>("result", result));
            if (_failures.TryRemove(stream, out var failures) && failures >= FailuresUntilRow)
            {
                await WriteAsync(stream, new RowChange.DropListRow(stream.Tenant, DeadLetters.List, stream.Id), ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            WorkersMetrics.Deadlines.Add(1, new KeyValuePair<string, object?>("result", "failed"));
            Logger.LogError(e, "Time could not be passed for {StreamType} {StreamId}; it comes again", stream.Type, stream.Id);
            await TellAsync(stream, ct);
        }
    }

    private async Task<string> PassTimeAsync(StreamName stream, CancellationToken ct)
    {
        if (stream.Type == OperationState.StreamType)
        {
            return await redelivery.RedeliverAsync(stream, ct);
        }

        return stream.Type switch
        {
            "referral" => await PassTimeOfReferralAsync(stream, ct),
            ChainBoard.StreamType => await PassTimeOfChainAsync(stream, ct),
            _ => throw new InvalidOperationException($"streams of type '{stream.Type}' have no due dates"),
        };
    }

    private async Task<string> PassTimeOfChainAsync(StreamName stream, CancellationToken ct)
    {
        using var activity = WorkersMetrics.Activities.StartActivity("pass time");
        return await chains.PassTimeAsync(stream, ct) switch
        {
            ChainOutcome.Done => "done",
            ChainOutcome.Stale => "stale",
            ChainOutcome.Refused refused => throw new InvalidOperationException($"passing time was refused: {refused.Refusal.Code}"),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<string> PassTimeOfReferralAsync(StreamName stream, CancellationToken ct)
    {
        var organisation = new OrganisationId(stream.Tenant);
        using var activity = WorkersMetrics.Activities.StartActivity("pass time");
        var actor = new Actor("clock", organisation, TraceParent: activity?.Id);
        switch (await referrals.PassTimeAsync(actor, new ReferralId(stream.Id), ct))
        {
            case ReferralOutcome.Done:
                return "done";
            case ReferralOutcome.Stale:
                // Somebody keeps changing it; it comes again after the hold.
                return "stale";
            case ReferralOutcome.Refused refused:
                throw new InvalidOperationException($"passing time was refused: {refused.Refusal.Code}");
            default:
                throw new UnreachableException();
        }
    }

    private async Task TellAsync(StreamName stream, CancellationToken ct)
    {
        if (_failures.Count >= MostFailuresKept || _failures.AddOrUpdate(stream, 1, (_, n) => n + 1) != FailuresUntilRow)
        {
            return;
        }

        try
        {
            var now = time.GetUtcNow();
            var letter = new DeadLetter(stream.Id, stream.Type, Stuck, now, null);
            var row = new ListRow(
                stream.Tenant, DeadLetters.List, stream.Id, Stuck, stream.Type, null, null, now, JsonSerializer.Serialize(letter, EventCodec.Json));
            await WriteAsync(stream, new RowChange.PutListRow(row), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Logger.LogError(e, "The row of {StreamType} {StreamId} could not be written", stream.Type, stream.Id);
        }
    }

    private Task<AppendResult> WriteAsync(StreamName stream, RowChange row, CancellationToken ct) =>
        log.AppendAsync(new Append(new Actor("clock", new OrganisationId(stream.Tenant)).At(time.GetUtcNow()), [], [row]), ct);
}
