using System.Diagnostics;
using Npgsql;

namespace Referrals.Engine.History;

/// <summary>
/// Tells followers in all processes that events were committed: a notification of its own after the commit (one inside the
/// transaction would make commits wait for one another), and many commits in a short time share one.
/// </summary>
internal sealed class CommitSignal(PostgresOptions options, NpgsqlDataSource pool)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(5);

    private long _last;
    private int _wanted;

    public void Committed()
    {
        if (Interlocked.Exchange(ref _wanted, 1) == 0)
        {
            _ = Task.Run(SendAsync);
        }
    }

    private async Task SendAsync()
    {
        var since = Stopwatch.GetElapsedTime(Volatile.Read(ref _last));
        if (since < Apart)
        {
            await Task.Delay(Apart - since);
        }

        Volatile.Write(ref _last, Stopwatch.GetTimestamp());
        Volatile.Write(ref _wanted, 0);
        try
        {
            await using var command = pool.CreateCommand("select pg_notify($1, '')");
            command.Parameters.Add(new() { Value = options.Channel });
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException)
        {
            // The events are committed; followers find them at their safety poll. Counted, so that it is seen.
            HistoryMetrics.SignalsLost.Add(1);
        }
    }
}
