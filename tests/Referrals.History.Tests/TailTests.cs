using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>What the tail and the watch do on PostgreSQL only: open transactions, lost connections, other processes.</summary>
public sealed class TailTests(LocalPostgres server) : IAsyncLifetime
{
    private PostgresOptions _options = null!;
    private PostgresEventLog _log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = (await server.MigratedAsync(Ct)) with { SafetyPoll = TimeSpan.FromMilliseconds(300), Worker = null };
        _log = new(_options, Given.Codec);
    }

    public async ValueTask DisposeAsync() => await _log.DisposeAsync();

    [Fact]
    public async Task An_event_behind_an_open_transaction_waits_for_it_and_neither_is_skipped()
    {
        var start = (await _log.ReadTenantTailAsync("alpha", null, 10, Ct)).ReadTo;
        await using var raw = await Sql.OpenAsync(_options.App, Ct);
        await using var transaction = await raw.BeginTransactionAsync(Ct);
        var early = await raw.InsertEventAsync(_options, Ct);
        var late = Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(Given.Append(Given.Stream(), 0, new Counted(1)), Ct)).Events[0].Sequence;

        var during = await _log.ReadTenantTailAsync("alpha", start, 10, Ct);
        Assert.True(during.ReadTo < early);
        Assert.Empty(during.Events);

        await transaction.CommitAsync(Ct);
        var after = await _log.ReadTenantTailAsync("alpha", during.ReadTo, 10, Ct);
        Assert.Equal([early, late], after.Events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_watch_hears_other_processes_and_begins_again_after_its_connection_is_lost()
    {
        await using var other = new PostgresEventLog(_options, Given.Codec);
        await using var watch = _log.WatchCommitsAsync(Ct).GetAsyncEnumerator(Ct);
        await UntilAsync(watch, CommitWake.Watching);
        await other.AppendAsync(Given.Append(Given.Stream(), 0, new Counted(1)), Ct);
        await UntilAsync(watch, CommitWake.Committed);
        await UntilAsync(watch, CommitWake.Quiet);

        await using (var owner = await Sql.OpenAsync(_options.Owner!, Ct))
        {
            await owner.LinesAsync($"select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen \"{_options.Channel}\"' and usename = '{_options.AppRole}'", Ct);
        }

        await UntilAsync(watch, CommitWake.Watching);
        await other.AppendAsync(Given.Append(Given.Stream(), 0, new Counted(1)), Ct);
        await UntilAsync(watch, CommitWake.Committed);
    }

    private static async Task UntilAsync(IAsyncEnumerator<CommitWake> watch, CommitWake wake)
    {
        do
        {
            Assert.True(await watch.MoveNextAsync());
        }
        while (watch.Current != wake);
    }
}
