using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.Reading;

/// <summary>How far a rebuild is.</summary>
/// <param name="Generation">The generation that is being built.</param>
/// <param name="Position">Up to where the log was read.</param>
/// <param name="Aim">The end of the log.</param>
/// <param name="Events">Events read by this run.</param>
public sealed record RebuildProgress(int Generation, long Position, long Aim, long Events);

/// <summary>
/// Builds the next generation of the read side from the log's start while the live one stays readable and goes on following. When it has
/// caught up it takes the live one's place in one transaction. One process does at a time; what was begun is taken up again.
/// </summary>
public sealed class ReviewRebuild(PostgresOptions options, ReviewLimits? limits = null)
{
    private const string Lease = "review-rebuild";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly ReviewLimits _limits = limits ?? new();

    /// <summary>Rebuilds. Null, and nothing done, while another process does.</summary>
    /// <param name="progress">Is told after each window of the log.</param>
    /// <param name="ct">Interrupts it; the next one goes on at the last checkpoint.</param>
    /// <returns>The generation that is live now.</returns>
    public async Task<Generation?> RunAsync(IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        await using var connection = await FollowerLease.TryAcquireAsync(options, Lease, ct);
        return connection is null ? null : await RunAsync(connection, progress, ct);
    }

    /// <summary>Builds the first generation if there is none, waiting for another process that does.</summary>
    internal async Task<Generation> EnsureAsync(IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        await using var connection = await FollowerLease.AcquireAsync(options, Lease, ct);
        var generations = new Generations(options, connection);
        await generations.RemoveOldAsync(ct);
        return await generations.FindAsync(GenerationState.Live, ct) ?? await RunAsync(connection, progress, ct);
    }

    private async Task<Generation> RunAsync(NpgsqlConnection connection, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        var generations = new Generations(options, connection);
        await generations.RemoveOldAsync(ct);
        var building = await generations.FindAsync(GenerationState.Building, ct) ?? await generations.BeginAsync(ct);
        var projection = new CaseProjection(options, connection, building.Number, building.Position, _limits);
        var horizon = new SafeHorizon(options);
        long events = 0;
        do
        {
            do
            {
                await horizon.MoveAsync(connection, ct);
                while (projection.Position < horizon.Value)
                {
                    events += await projection.FoldAsync(horizon.Value, ct);
                    progress?.Report(new(building.Number, projection.Position, horizon.Value, events));
                    if (projection.IsFull)
                    {
                        await SaveAsync(projection, horizon.Value, ct);
                    }
                }

                await Task.Delay(horizon.Pending ? Pause : TimeSpan.Zero, ct);
            }
            while (horizon.Pending);

            await SaveAsync(projection, horizon.Value, ct);
        }
        while (!await generations.PromoteAsync(building.Number, ct));

        await generations.RemoveOldAsync(ct);
        return (await generations.FindAsync(GenerationState.Live, ct))!;
    }

    private static async Task SaveAsync(CaseProjection projection, long aim, CancellationToken ct)
    {
        if (!await projection.SaveAsync(GenerationState.Building, aim, ct))
        {
            throw new FollowerLeaseLostException(Lease);
        }
    }
}
