using System.Security.Cryptography;
using Npgsql;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>Appends that share a transaction do not share their fates.</summary>
public sealed class GroupCommitTests(LocalPostgres server) : IAsyncLifetime
{
    private PostgresOptions _options = null!;
    private PostgresEventLog _log = null!;
    private NpgsqlConnection _owner = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = await server.MigratedAsync(Ct) with { Writers = 1 };
        _log = new(_options, Given.Codec);
        _owner = await Sql.OpenAsync(_options.Owner!, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _owner.DisposeAsync();
    }

    [Fact]
    public async Task Appends_that_wait_share_a_transaction_and_one_refused_or_broken_touches_no_other()
    {
        var (old, handled) = (Given.Stream(), Guid.NewGuid());
        await _log.AppendAsync(Append.To(old, 0, [new Counted(1)], Given.Context(), new RowChange.PutInbox("alpha", handled)), Ct);
        var good = Enumerable.Range(0, 10).Select(i => Given.Stream($"tenant-{i}")).ToList();

        // Longer than an index can hold: only the server finds out.
        var unfit = Given.Row("alpha", "things", Guid.NewGuid(), status: Convert.ToHexString(RandomNumberGenerator.GetBytes(9000)));

        var (results, broken) = await WhileTheWriterWaitsAsync(async () =>
        {
            var conflict = _log.AppendAsync(Given.Append(old, 0, new Counted(2)), Ct);
            var again = _log.AppendAsync(Append.To(Given.Stream(), 0, [new Counted(2)], Given.Context(), new RowChange.PutInbox("alpha", handled)), Ct);
            var bad = _log.AppendAsync(Append.To(Given.Stream(), 0, [new Counted(2)], Given.Context(), new RowChange.PutListRow(unfit)), Ct);
            var appended = good.Select(s => _log.AppendAsync(Given.Append(s, 0, new Counted(3)), Ct)).ToList();
            await Task.Yield();
            return (Results: Task.WhenAll([conflict, again, .. appended]), Broken: bad);
        });

        await Assert.ThrowsAsync<PostgresException>(() => broken);
        var all = await results;
        Assert.Equal(new AppendResult.Conflict(old, 0, 1), all[0]);
        Assert.Equal(new AppendResult.AlreadyHandled(handled), all[1]);
        Assert.All(all[2..], r => Assert.IsType<AppendResult.Appended>(r));

        // The old one, the ten good ones, and the two that made the others wait.
        Assert.Equal(13, await _owner.ScalarAsync<long>($"select count(*) from {_options.Schema}.mt_events", Ct));
    }

    [Fact]
    public async Task Good_appends_that_wait_together_are_one_transaction()
    {
        var streams = Enumerable.Range(0, 12).Select(_ => Given.Stream()).ToList();

        var written = await WhileTheWriterWaitsAsync(
            () => Task.FromResult(Task.WhenAll(streams.Select(s => _log.AppendAsync(Given.Append(s, 0, new Counted(1)), Ct)))));
        await written;

        var ids = string.Join(',', streams.Select(s => $"'{s.Id}'"));
        Assert.Equal(1, await _owner.ScalarAsync<long>($"select count(distinct xmin::text) from {_options.Schema}.mt_events where stream_id in ({ids})", Ct));
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_nobody_along()
    {
        var (left, stayed) = (Given.Stream(), Given.Stream());
        using var stop = new CancellationTokenSource();

        var waiting = await WhileTheWriterWaitsAsync(async () =>
        {
            var leaving = _log.AppendAsync(Given.Append(left, 0, new Counted(1)), stop.Token);
            var staying = _log.AppendAsync(Given.Append(stayed, 0, new Counted(1)), Ct);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
            return staying;
        });

        Assert.IsType<AppendResult.Appended>(await waiting);
        Assert.Empty(await _log.ReadStreamAsync(left, 0, Ct));
    }

    [Fact]
    public async Task A_lost_connection_neither_loses_nor_doubles_an_append_nor_makes_it_a_conflict()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var appending = Enumerable.Range(0, 8).Select(_ => Task.Run(() => AppendUntilAsync(stop.Token))).ToList();

        var cut = await CutConnectionsAsync(times: 8);
        await stop.CancelAsync();

        Assert.True(cut > 3, $"only {cut} connections were cut");
        foreach (var (stream, ids) in await Task.WhenAll(appending))
        {
            Assert.Equal(ids, (await _log.ReadStreamAsync(stream, 0, Ct)).Select(e => e.Id));
        }
    }

    private async Task<(StreamName Stream, List<Guid> Ids)> AppendUntilAsync(CancellationToken stop)
    {
        var (stream, ids) = (Given.Stream(), new List<Guid>());
        while (!stop.IsCancellationRequested)
        {
            var result = await _log.AppendAsync(Given.Append(stream, ids.Count, new Counted(ids.Count)), Ct);
            ids.Add(Assert.IsType<AppendResult.Appended>(result).Events[0].Id);
        }

        return (stream, ids);
    }

    private async Task<long> CutConnectionsAsync(int times)
    {
        var cut = 0L;
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(150, Ct);
            cut += await _owner.ScalarAsync<long>(
                $"select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '{_options.AppRole}'", Ct);
        }

        return cut;
    }

    // Something else holds a row that the writer's transaction under way needs; what comes meanwhile gathers behind it.
    private async Task<T> WhileTheWriterWaitsAsync<T>(Func<Task<T>> append)
    {
        var blocked = Given.Stream();
        await _log.AppendAsync(Given.Append(blocked, 0, new Counted(1)), Ct);
        await using var holder = await Sql.OpenAsync(_options.Owner!, Ct);
        await using var transaction = await holder.BeginTransactionAsync(Ct);
        await holder.LinesAsync($"select 1 from {_options.Schema}.mt_streams where id = '{blocked.Id}' for update", Ct);
        var first = _log.AppendAsync(Given.Append(blocked, 1, new Counted(2)), Ct);
        var waiting = await append();
        await transaction.RollbackAsync(Ct);
        Assert.IsType<AppendResult.Appended>(await first);
        return waiting;
    }
}
