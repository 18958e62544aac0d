using System.Collections.Concurrent;
using System.Diagnostics;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>Followers against what a database does to them: open transactions, rollbacks, lost connections, other processes.</summary>
public sealed partial class FollowerTests(LocalPostgres server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private PostgresOptions _options = null!;
    private PostgresEventLog _log = null!;

    // What must be told at once would otherwise come by the safety poll, after an hour; a skipped event must fail a test, not keep it waiting.
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private CancellationToken Ct => _limit.Token;

    public async ValueTask InitializeAsync()
    {
        _limit.CancelAfter(TimeSpan.FromMinutes(3));
        _options = (await server.MigratedAsync(Ct)) with { SafetyPoll = TimeSpan.FromHours(1) };
        _log = new(_options, Given.Codec);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _limit.Dispose();
    }

    /// <summary>
    /// The oldest open transaction with none ended after it looks, to a snapshot, like one that has not begun: a horizon built on
    /// snapshots skips this event.
    /// </summary>
    [Fact]
    public async Task An_event_of_the_only_open_transaction_is_waited_for()
    {
        await using var follower = await _log.FollowAsync("relay", Ct);
        await using var raw = await Sql.OpenAsync(_options.App, Ct);
        await using var open = await raw.BeginTransactionAsync(Ct);
        var first = await raw.InsertEventAsync(_options, Ct);
        var next = follower.NextAsync(10, Ct);
        await UntilItLooksAsync();
        Assert.False(next.IsCompleted);

        await open.CommitAsync(Ct);

        Assert.Equal(first, Assert.Single(await next.WaitAsync(Patience, Ct)).Sequence);
    }

    [Fact]
    public async Task Events_after_one_that_is_still_open_wait_for_it()
    {
        await using var follower = await _log.FollowAsync("relay", Ct);
        await using var raw = await Sql.OpenAsync(_options.App, Ct);
        await using var open = await raw.BeginTransactionAsync(Ct);
        var first = await raw.InsertEventAsync(_options, Ct);
        var second = await AppendAsync(Given.Stream(), 0, 1);
        var next = follower.NextAsync(10, Ct);
        await UntilItLooksAsync();
        Assert.False(next.IsCompleted);

        await open.CommitAsync(Ct);
        var events = await next.WaitAsync(Patience, Ct);

        Assert.Equal([first, second], events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_gap_is_passed_at_once_and_a_transaction_that_writes_no_event_holds_nobody_up()
    {
        await using var follower = await _log.FollowAsync("relay", Ct);
        await using var elsewhere = await Sql.OpenAsync(_options.Owner!, Ct);
        await using var open = await elsewhere.BeginTransactionAsync(Ct);
        await elsewhere.LinesAsync("select pg_current_xact_id()", Ct);
        await using var raw = await Sql.OpenAsync(_options.App, Ct);
        await using (var undone = await raw.BeginTransactionAsync(Ct))
        {
            await raw.InsertEventAsync(_options, Ct);
            await undone.RollbackAsync(Ct);
        }

        var written = await AppendAsync(Given.Stream(), 0, 1);

        Assert.Equal(written, Assert.Single(await follower.NextAsync(10, Ct).WaitAsync(Patience, Ct)).Sequence);
    }

    [Fact]
    public async Task Under_many_writers_rollbacks_and_an_open_transaction_every_committed_event_comes_once_and_in_order()
    {
        const int writers = 16, perWriter = 320, perAppend = 4;
        var written = new ConcurrentBag<long>();
        await using var follower = await _log.FollowAsync("relay", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var seen = new ConcurrentQueue<RecordedEvent>();
        var reading = ReadAsync(follower, seen, stop.Token);

        var open = HeldOpenAsync(written);
        var logged = Enumerable.Range(0, writers).Select(w => Task.Run(() => WriteAsync(w, perWriter, perAppend, written), Ct));
        var raw = Enumerable.Range(0, 4).Select(w => Task.Run(() => WriteRawAsync(w, perWriter, written), Ct));
        await Task.WhenAll([.. logged, .. raw, open]);
        await UntilAsync(() => Task.FromResult(seen.Count >= written.Count));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.True(written.Count >= 20_000, $"only {written.Count} events");
        Assert.Equal(written.Order(), seen.Select(e => e.Sequence));
        Assert.All(seen.GroupBy(e => e.Stream), s => Assert.Equal(Enumerable.Range(1, s.Count()).Select(v => (long)v), s.Select(e => e.Version)));
        Assert.Equal(seen.Last().Sequence, follower.Position);
    }

    [Fact]
    public async Task Another_takes_over_when_the_connection_of_the_first_is_gone_and_the_first_can_do_nothing_more()
    {
        await using var first = await _log.FollowAsync("relay", Ct);
        await using var otherProcess = new PostgresEventLog(_options, Given.Codec);
        var waiting = otherProcess.FollowAsync("relay", Ct);
        var position = await AppendAsync(Given.Stream(), 0, 1);
        Assert.Single(await first.NextAsync(10, Ct));
        var next = first.NextAsync(10, Ct);

        await using var owner = await Sql.OpenAsync(_options.Owner!, Ct);
        await owner.RunAsync(
            """
            select pg_terminate_backend(a.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and a.usename = '
            """ + _options.WorkerRole + "'", Ct);

        await using var second = await waiting.WaitAsync(Patience, Ct);
        await Assert.ThrowsAsync<FollowerLeaseLostException>(() => next);
        await Assert.ThrowsAsync<FollowerLeaseLostException>(() => first.AdvanceAsync(position, [], Ct));
        await Assert.ThrowsAsync<FollowerLeaseLostException>(() => first.NextAsync(1, Ct));
        Assert.Equal(position, Assert.Single(await second.NextAsync(10, Ct)).Sequence);
    }

    [Fact]
    public async Task An_idle_follower_asks_nothing_of_the_server()
    {
        await using var follower = await _log.FollowAsync("relay", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var next = follower.NextAsync(10, stop.Token);
        await using var owner = await Sql.OpenAsync(_options.Owner!, Ct);
        var lastAsked = $"select max(query_start)::text from pg_stat_activity where usename = '{_options.WorkerRole}' and state = 'idle'";
        await UntilItLooksAsync();
        var before = await owner.ScalarAsync<string>(lastAsked, Ct);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);

        Assert.Equal(before, await owner.ScalarAsync<string>(lastAsked, Ct));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Each_event_wakes_a_waiting_follower()
    {
        await using var follower = await _log.FollowAsync("relay", Ct);
        for (var i = 0; i < 20; i++)
        {
            var next = follower.NextAsync(10, Ct);
            var written = await AppendAsync(Given.Stream(), 0, 1);
            Assert.Equal(written, Assert.Single(await next.WaitAsync(Patience, Ct)).Sequence);
            await follower.AdvanceAsync(written, [], Ct);
        }
    }

    private async Task ReadAsync(IFollower follower, ConcurrentQueue<RecordedEvent> seen, CancellationToken ct)
    {
        while (true)
        {
            var events = await follower.NextAsync(200, ct);
            await follower.AdvanceAsync(events[^1].Sequence, [], Ct);
            foreach (var e in events)
            {
                seen.Enqueue(e);
            }
        }
    }

    private async Task<long> AppendAsync(StreamName stream, long expected, int number)
    {
        var result = await _log.AppendAsync(Given.Append(stream, expected, new Counted(number)), Ct);
        return Assert.IsType<AppendResult.Appended>(result).Events[0].Sequence;
    }

    private async Task UntilItLooksAsync()
    {
        await using var owner = await Sql.OpenAsync(_options.Owner!, Ct);
        await UntilAsync(
            async () => await owner.ScalarAsync<long>(
                $"select count(*) from pg_stat_activity where usename = '{_options.WorkerRole}' and state = 'idle' and query like '%pg_locks%'", Ct) > 0);
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(started.Elapsed < Patience, $"not within {Patience}");
            await Task.Delay(10, Ct);
        }
    }
}
