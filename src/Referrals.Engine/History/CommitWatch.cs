using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Listens for the signal of commits on a connection of its own, and begins again when that is lost.</summary>
internal sealed class CommitWatch(PostgresOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private NpgsqlConnection? _connection;

    /// <summary>Waits for what there is to tell next.</summary>
    public async Task<CommitWake> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                if (_connection is { } connection)
                {
                    return await connection.WaitAsync(options.SafetyPoll, ct) ? CommitWake.Committed : CommitWake.Quiet;
                }

                await ListenAsync(ct);
                return CommitWake.Watching;
            }
            catch (NpgsqlException) when (!ct.IsCancellationRequested)
            {
                await DisposeAsync();
                await Task.Delay(Again, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var connection = options.OwnConnection(options.App);
        try
        {
            await connection.OpenAsync(ct);
            await using var listen = new NpgsqlCommand($"listen \"{options.Channel}\"", connection);
            await listen.ExecuteNonQueryAsync(ct);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        _connection = connection;
    }
}
