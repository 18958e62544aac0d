using System.Data;
using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.Reading;

/// <summary>What a step of the follower did.</summary>
/// <param name="Generation">The live generation.</param>
/// <param name="Position">Up to where it has the log.</param>
/// <param name="Events">Events that were read.</param>
/// <param name="LastAt">When the last of them was written; null when there was none, and after a first build.</param>
public sealed record ReviewStep(int Generation, long Position, long Events, DateTimeOffset? LastAt);

/// <summary>
/// Follows the log into the live generation of the review's read side. A follower like any other (<see cref="IFollower"/>): one process at a
/// time by a lease, in the log's order, no further than is safe. But it reads only what it needs of the events of referrals, and writes
/// cases and position in one transaction over the connection that holds the lease, so each event is applied exactly once. Where there is
/// no generation yet it builds the first one.
/// </summary>
public sealed class ReviewFollower : IAsyncDisposable
{
    /// <summary>The follower's name.</summary>
    public const string Name = "review";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly PostgresOptions _options;
    private readonly ReviewLimits _limits;
    private readonly NpgsqlConnection _connection;
    private readonly SafeHorizon _horizon;
    private readonly IProgress<RebuildProgress>? _progress;
    private CaseProjection? _projection;
    private bool _notified;

    private ReviewFollower(PostgresOptions options, ReviewLimits limits, NpgsqlConnection connection, IProgress<RebuildProgress>? progress)
    {
        (_options, _limits, _connection, _progress, _horizon) = (options, limits, connection, progress, new(options));
        connection.Notification += (_, _) => _notified = true;
    }

    /// <summary>Waits for the lease.</summary>
    /// <param name="options">The database; must name the workers' connection.</param>
    /// <param name="limits">How much is done at once; null: the usual.</param>
    /// <param name="progress">Is told of the first build, if there is one.</param>
    /// <param name="ct">Cancels the waiting.</param>
    public static async Task<ReviewFollower> StartAsync(
        PostgresOptions options, ReviewLimits? limits, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        var connection = await FollowerLease.AcquireAsync(options, Name, ct);
        try
        {
            await FollowerLease.PrepareAsync(options, connection, Name, ct);
            return new(options, limits ?? new(), connection, progress);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the log has grown and brings the live generation up to there, one window at most; or builds the first one.</summary>
    /// <exception cref="FollowerLeaseLostException">Another process took over.</exception>
    public async Task<ReviewStep> NextAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if (_projection is null && await StartOrBuildAsync(ct) is { } built)
                {
                    return built;
                }

                await HorizonAfterAsync(_projection!.Position, ct);
                var events = await _projection.FoldAsync(_horizon.Value, ct);
                if (await _projection.SaveAsync(GenerationState.Live, _horizon.Value, ct))
                {
                    await NoteAsync(_projection.Position, ct);
                    return new(_projection.Generation, _projection.Position, events, events > 0 ? _projection.LastAt : null);
                }

                // Another generation has become the live one.
                _projection = null;
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException && _connection.State != ConnectionState.Open)
        {
            throw new FollowerLeaseLostException(Name);
        }
        catch
        {
            // What was folded and not saved is read again.
            _projection = null;
            throw;
        }
    }

    /// <summary>Gives up the lease.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Begins where the live generation ends. If there was none, tells what was built.
    private async Task<ReviewStep?> StartOrBuildAsync(CancellationToken ct)
    {
        var known = await new Generations(_options, _connection).FindAsync(GenerationState.Live, ct);
        var live = known ?? await new ReviewRebuild(_options, _limits).EnsureAsync(_progress, ct);
        _projection = new CaseProjection(_options, _connection, live.Number, live.Position, _limits);
        return known is null ? new(live.Number, live.Position, live.Events, null) : null;
    }

    private async Task HorizonAfterAsync(long position, CancellationToken ct)
    {
        for (var pause = ShortestPause; _horizon.Value <= position;)
        {
            _notified = false;
            await _horizon.MoveAsync(_connection, ct);
            if (_horizon.Value > position)
            {
                return;
            }

            if (_horizon.Pending)
            {
                await Task.Delay(pause, ct);
                pause = pause < LongestPause ? pause * 2 : LongestPause;
            }
            else if (!_notified)
            {
                await _connection.WaitAsync(_options.SafetyPoll, ct);
            }
        }
    }

    // For those who look at all followers' checkpoints in one place; what counts is the generation's own position.
    private async Task NoteAsync(long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            _options.Sql("update @schema.mt_event_progression set last_seq_id = $2, last_updated = now() where name = $1"), _connection);
        command.Parameters.Add(new() { Value = Name });
        command.Parameters.Add(new() { Value = position });
        await command.ExecuteNonQueryAsync(ct);
    }
}
