using Npgsql;

namespace Referrals.Engine.History;

/// <summary>The lease of a follower: a lock that belongs to the session of one connection and ends with it.</summary>
internal static class FollowerLease
{
    /// <summary>Waits until no other process has the lease and returns the connection that holds it now.</summary>
    public static async Task<NpgsqlConnection> AcquireAsync(PostgresOptions options, string name, CancellationToken ct) =>
        (await AcquireAsync(options, name, wait: true, ct))!;

    /// <summary>The connection that holds the lease now; null when another process has it.</summary>
    public static Task<NpgsqlConnection?> TryAcquireAsync(PostgresOptions options, string name, CancellationToken ct) =>
        AcquireAsync(options, name, wait: false, ct);

    private static async Task<NpgsqlConnection?> AcquireAsync(PostgresOptions options, string name, bool wait, CancellationToken ct)
    {
        var worker = options.Worker ?? throw new InvalidOperationException("this process has no connection for work over all tenants");
        var connection = options.OwnConnection(worker);
        try
        {
            await connection.OpenAsync(ct);

            // Asking again and again: a statement that waits for the lock would hold back the server's cleaning for as long.
            while (!await TryAsync(options, connection, name, ct))
            {
                if (!wait)
                {
                    await connection.DisposeAsync();
                    return null;
                }

                await Task.Delay(options.LeaseRetry, ct);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Listens, makes the server notice within seconds when this machine is gone, and reads the checkpoint.</summary>
    public static async Task<long> PrepareAsync(PostgresOptions options, NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var prepare = new NpgsqlCommand(
            $"""
            set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set tcp_user_timeout = 10000;
            listen "{options.Channel}"
            """,
            connection);
        await prepare.ExecuteNonQueryAsync(ct);
        await using var start = new NpgsqlCommand(
            options.Sql("insert into @schema.mt_event_progression (name, last_seq_id) values ($1, 0) on conflict do nothing"), connection);
        start.Parameters.Add(new() { Value = name });
        await start.ExecuteNonQueryAsync(ct);
        await using var read = new NpgsqlCommand(
            options.Sql("select coalesce(last_seq_id, 0) from @schema.mt_event_progression where name = $1"), connection);
        read.Parameters.Add(new() { Value = name });
        return (long)(await read.ExecuteScalarAsync(ct))!;
    }

    private static async Task<bool> TryAsync(PostgresOptions options, NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", connection);
        command.Parameters.Add(new() { Value = $"follow/{options.Schema}/{name}" });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
