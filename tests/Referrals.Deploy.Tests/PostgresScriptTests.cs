using System.Net;
using Npgsql;
using Referrals.LocalServers;

namespace Referrals.Deploy.Tests;

public sealed class PostgresScriptTests(PostgresScriptTests.Server server) : IClassFixture<PostgresScriptTests.Server>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starting_a_running_server_tells_the_same()
    {
        var (connection, pid) = (server.Postgres.ConnectionString, server.Postgres.Pid);

        await server.Postgres.StartAsync(Ct);

        Assert.Equal((connection, pid), (server.Postgres.ConnectionString, server.Postgres.Pid));
        Assert.Equal(1L, await ScalarAsync("select 1::bigint"));
    }

    [Fact]
    public async Task It_is_made_for_keeping_data()
    {
        Assert.Equal("on", await ScalarAsync("select current_setting('fsync')"));
        Assert.Equal("on", await ScalarAsync("select current_setting('synchronous_commit')"));
        Assert.Equal("UTF8", await ScalarAsync("select current_setting('server_encoding')"));
    }

    [Fact]
    public async Task What_was_committed_survives_a_kill_and_a_restart()
    {
        await ScalarAsync("create table if not exists kept (id int primary key)");
        await ScalarAsync("insert into kept values (1)");
        var before = server.Postgres.ConnectionString;

        await server.Postgres.KillAsync(Ct);
        Assert.False(await server.Postgres.IsRunningAsync(Ct));
        await server.Postgres.StartAsync(Ct);
        Assert.Equal(1L, await ScalarAsync("select count(*) from kept"));
        await server.Postgres.RestartAsync(Ct);

        Assert.Equal(1L, await ScalarAsync("select count(*) from kept"));
        Assert.Equal(before, server.Postgres.ConnectionString);
    }

    [Fact]
    public async Task A_pid_file_with_the_number_of_another_program_does_not_hinder()
    {
        await server.Postgres.KillAsync(Ct);
        var file = Path.Combine(server.Postgres.Folder, "data", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, Ct);
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(file, lines, Ct);
        Assert.False(await server.Postgres.IsRunningAsync(Ct));

        await server.Postgres.StartAsync(Ct);

        Assert.Equal(1L, await ScalarAsync("select 1::bigint"));
    }

    [Fact]
    public void It_listens_on_loopback_only()
    {
        var listening = Sockets.Of(server.Postgres.Pid);

        Assert.NotEmpty(listening);
        Assert.All(listening, at => Assert.True(IPAddress.IsLoopback(at.Address), $"{at}"));
    }

    [Fact]
    public async Task It_asks_for_the_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(server.Postgres.ConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(Ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        var password = new FileInfo(Path.Combine(server.Postgres.Folder, "password"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, password.UnixFileMode);
    }

    [Fact]
    public async Task Two_run_at_once()
    {
        await using var other = new LocalPostgres();
        await other.StartAsync(Ct);

        Assert.NotEqual(server.Postgres.ConnectionString, other.ConnectionString);
        Assert.True(await server.Postgres.IsRunningAsync(Ct));
        await other.StopAsync(Ct);
        Assert.False(await other.IsRunningAsync(Ct));
        Assert.True(await server.Postgres.IsRunningAsync(Ct));
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Postgres.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }

    public sealed class Server : IAsyncLifetime
    {
        public LocalPostgres Postgres { get; } = new();

        public ValueTask InitializeAsync() => Postgres.InitializeAsync();

        public ValueTask DisposeAsync() => Postgres.DisposeAsync();
    }
}
