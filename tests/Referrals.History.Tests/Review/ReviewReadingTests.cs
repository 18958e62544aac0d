using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.LocalServers;

namespace Referrals.History.Tests.Review;

/// <summary>The review's read side: followed and rebuilt it is the same, whatever happens to who writes it.</summary>
public sealed class ReviewReadingTests(LocalPostgres server) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private PostgresOptions _options = null!;
    private ReviewStore _store = null!;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    private CancellationToken Ct => _limit.Token;

    // What is to be seen at once would otherwise come by the safety poll, after an hour.
    public async ValueTask InitializeAsync()
    {
        _limit.CancelAfter(TimeSpan.FromMinutes(2));
        _options = (await server.MigratedAsync(Ct)) with { SafetyPoll = TimeSpan.FromHours(1) };
        _store = new ReviewStore(_options);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _limit.Dispose();
    }

    // Batches of any size, memory for hardly any case, followers and rebuilds that end anywhere.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_followed_and_what_is_rebuilt_are_the_same(int seed)
    {
        var random = new Random(seed);
        var options = (await server.MigratedAsync(Ct)) with { SafetyPoll = TimeSpan.FromHours(1) };
        await using var store = new ReviewStore(options);
        await using var referrals = new RecordedReferrals(options, seed, 5);
        while (referrals.Left > 0)
        {
            await referrals.WriteAsync(random.Next(1, 120), Ct);
            await using var follower = await ReviewFollower.StartAsync(options, Limits(random), null, Ct);
            for (var steps = random.Next(1, 6); steps > 0 && await PositionAsync(store) < referrals.Last; steps--)
            {
                await follower.NextAsync(Ct);
            }
        }

        await FollowAsync(options, store, referrals.Last, Limits(random));
        referrals.AssertSeen(await AllAsync(store));
        var followed = await RowsAsync(options);
        Assert.Equal(referrals.Relevant, (await store.LiveAsync(Ct))!.Events);

        while (await RebuildUnlessKilledAsync(options, random) is null)
        {
            Assert.Equal(1, (await store.LiveAsync(Ct))!.Number);
        }

        referrals.AssertSeen(await AllAsync(store));
        Assert.Equal(2, (await store.LiveAsync(Ct))!.Number);
        Assert.Equal(followed, await RowsAsync(options));
    }

    [Fact]
    public async Task The_old_one_stays_readable_and_follows_while_the_next_is_built_and_only_one_builds()
    {
        await using var referrals = new RecordedReferrals(_options, 11, 4);
        await referrals.WriteAsync(150, Ct);
        await using var follower = await ReviewFollower.StartAsync(_options, null, null, Ct);
        await follower.NextAsync(Ct);
        using var gate = new Gate();
        var rebuild = Task.Run(() => new ReviewRebuild(_options, new ReviewLimits { Window = 20, Checkpoint = 40 }).RunAsync(gate, Ct), Ct);
        await gate.ReachedAsync(Ct);

        var old = (await _store.LiveAsync(Ct))!;
        referrals.AssertSeen(await AllAsync(_store));
        await referrals.WriteAsync(30, Ct);
        await FollowAsync(follower, referrals.Last);
        referrals.AssertSeen(await AllAsync(_store));
        Assert.Equal(GenerationState.Building, (await _store.BuildingAsync(Ct))!.State);
        Assert.Null(await new ReviewRebuild(_options).RunAsync(null, Ct));

        gate.Open();
        Assert.Equal(2, (await rebuild.WaitAsync(Patience, Ct))!.Number);
        referrals.AssertSeen(await AllAsync(_store));
        Assert.Null(await _store.BuildingAsync(Ct));
        await Assert.ThrowsAsync<GenerationGoneException>(async () => await _store.ReadAsync(old, Ct).ToListAsync(Ct));
        await referrals.WriteAsync(30, Ct);
        await FollowAsync(follower, referrals.Last);
        referrals.AssertSeen(await AllAsync(_store));
        Assert.Equal(["2"], await ScalarsAsync("select distinct generation from S.review_cases"));
    }

    [Fact]
    public async Task A_rebuild_that_was_killed_goes_on_at_its_last_checkpoint()
    {
        await using var referrals = new RecordedReferrals(_options, 5, 4);
        await referrals.WriteAsync(200, Ct);
        var limits = new ReviewLimits { Window = 10, Checkpoint = 30, Cases = 2 };
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var seen = new Seen(p => (p.Position >= 100 ? kill : null)?.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ReviewRebuild(_options, limits).RunAsync(seen, kill.Token));
        var left = (await _store.BuildingAsync(Ct))!;
        Assert.InRange(left.Position, 30, 110);
        Assert.Null(await _store.LiveAsync(Ct));

        var again = new Seen(_ => { });
        var live = await new ReviewRebuild(_options, limits).RunAsync(again, Ct);
        Assert.Equal(left.Number, live!.Number);
        Assert.Equal(left.Position + 10, again.All[0].Position);
        referrals.AssertSeen(await AllAsync(_store));
    }

    [Fact]
    public async Task A_reader_that_has_begun_reads_to_the_end_while_its_generation_is_removed()
    {
        await using var referrals = new RecordedReferrals(_options, 3, 4);
        await referrals.WriteAsync(100, Ct);
        await using var follower = await ReviewFollower.StartAsync(_options, null, null, Ct);
        await follower.NextAsync(Ct);
        await using var reading = _store.ReadAsync((await _store.LiveAsync(Ct))!, Ct).GetAsyncEnumerator(Ct);
        Assert.True(await reading.MoveNextAsync());
        List<ReviewCase> read = [reading.Current];

        await new ReviewRebuild(_options).RunAsync(null, Ct);
        while (await reading.MoveNextAsync())
        {
            read.Add(reading.Current);
        }

        referrals.AssertSeen(read);
    }

    [Fact]
    public async Task What_changed_since_is_read_alone_and_soon()
    {
        await using var referrals = new RecordedReferrals(_options, 9, 20);
        await referrals.WriteAsync(120, Ct);
        await using var follower = await ReviewFollower.StartAsync(_options, null, null, Ct);
        await FollowAsync(follower, referrals.Last);
        var before = (await _store.LiveAsync(Ct))!;
        var cases = (await AllAsync(_store)).ToDictionary(c => c.Id);
        Assert.Empty(await _store.ReadSinceAsync(before, before.Position, Ct).ToListAsync(Ct));

        var next = follower.NextAsync(Ct);
        await referrals.WriteAsync(3, Ct);
        await next.WaitAsync(Patience, Ct);
        await FollowAsync(follower, referrals.Last);
        var changed = await _store.ReadSinceAsync(before, before.Position, Ct).ToListAsync(Ct);
        Assert.InRange(changed.Count, 0, 3);
        changed.ForEach(c => cases[c.Id] = c);
        referrals.AssertSeen(cases.Values);
    }

    [Fact]
    public async Task A_second_follower_waits_and_takes_over()
    {
        await using var referrals = new RecordedReferrals(_options, 2, 2);
        await referrals.WriteAsync(20, Ct);
        var first = await ReviewFollower.StartAsync(_options, null, null, Ct);
        await first.NextAsync(Ct);
        var second = ReviewFollower.StartAsync(_options, null, null, Ct);
        await first.DisposeAsync();
        await referrals.WriteAsync(20, Ct);
        await using var follower = await second.WaitAsync(Patience, Ct);
        await FollowAsync(follower, referrals.Last);
        referrals.AssertSeen(await AllAsync(_store));
    }

    [Fact]
    public async Task A_lost_connection_ends_the_follower_and_nothing_is_applied_twice()
    {
        await using var referrals = new RecordedReferrals(_options, 6, 2);
        await referrals.WriteAsync(20, Ct);
        await using var follower = await ReviewFollower.StartAsync(_options, null, null, Ct);
        await follower.NextAsync(Ct);
        await using var owner = await Sql.OpenAsync(_options.Owner!, Ct);
        await owner.LinesAsync(
            $"select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_locks l on l.pid = a.pid where l.locktype = 'advisory' and a.usename = '{_options.WorkerRole}'", Ct);
        await referrals.WriteAsync(20, Ct);
        await Assert.ThrowsAsync<FollowerLeaseLostException>(() => follower.NextAsync(Ct));
        await FollowAsync(_options, _store, referrals.Last, new ReviewLimits());
        referrals.AssertSeen(await AllAsync(_store));
    }

    // In the product an organisation's transaction acts for that organisation and has no right of the review.
    [Fact]
    public async Task Without_the_reviews_right_nothing_is_seen_and_with_it_nothing_can_be_changed()
    {
        await using var referrals = new RecordedReferrals(_options, 8, 3);
        await referrals.WriteAsync(60, Ct);
        await using var follower = await ReviewFollower.StartAsync(_options, null, null, Ct);
        await follower.NextAsync(Ct);
        await using var app = await Sql.OpenAsync(_options.App, Ct);
        await app.LinesAsync("select set_config('referrals.tenants', 'holder-0,holder-1', false)", Ct);
        foreach (var table in new[] { "review_cases", "review_generations" })
        {
            Assert.Equal(0, await app.ScalarAsync<long>($"select count(*) from {_options.Schema}.{table}", Ct));
        }

        await app.LinesAsync("select set_config('referrals.review', 'on', false)", Ct);
        Assert.Equal(3, await app.ScalarAsync<long>($"select count(*) from {_options.Schema}.review_cases", Ct));
        foreach (var sql in new[]
        {
            "update S.review_cases set ended = 0", "delete from S.review_cases", "insert into S.review_generations (generation) values (9)",
            "insert into S.review_cases values (1, gen_random_uuid(), 'a', 'b', 1, 0, 0, null, 1, '')", "truncate S.review_cases",
            "update S.review_generations set state = 'old'",
        })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => app.RunAsync(sql.Replace("S.", _options.Schema + ".", StringComparison.Ordinal), Ct));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
    }

    private static ReviewLimits Limits(Random random) => new() { Window = random.Next(1, 60), Checkpoint = random.Next(1, 60), Cases = random.Next(1, 8) };

    private async Task<Generation?> RebuildUnlessKilledAsync(PostgresOptions options, Random random)
    {
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var left = random.Next(2, 60);
        try
        {
            return await new ReviewRebuild(options, Limits(random)).RunAsync(new Seen(_ => (--left == 0 ? kill : null)?.Cancel()), kill.Token);
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task FollowAsync(PostgresOptions options, ReviewStore store, long to, ReviewLimits limits)
    {
        await using var follower = await ReviewFollower.StartAsync(options, limits, null, Ct);
        while (await PositionAsync(store) < to)
        {
            await follower.NextAsync(Ct);
        }
    }

    private async Task FollowAsync(ReviewFollower follower, long to)
    {
        while (await PositionAsync(_store) < to)
        {
            await follower.NextAsync(Ct);
        }
    }

    private async Task<long> PositionAsync(ReviewStore store) => (await store.LiveAsync(Ct))?.Position ?? -1;

    private async Task<List<ReviewCase>> AllAsync(ReviewStore store) => await store.ReadAsync((await store.LiveAsync(Ct))!, Ct).ToListAsync(Ct);

    private async Task<List<string>> RowsAsync(PostgresOptions options)
    {
        await using var owner = await Sql.OpenAsync(options.Owner!, Ct);
        return await owner.LinesAsync(
            $"select id, holder, chain, version, started, ended, closing, revision, encode(body, 'hex') from {options.Schema}.review_cases order by id", Ct);
    }

    private async Task<List<string>> ScalarsAsync(string sql)
    {
        await using var owner = await Sql.OpenAsync(_options.Owner!, Ct);
        return await owner.LinesAsync(sql.Replace("S.", _options.Schema + ".", StringComparison.Ordinal), Ct);
    }

    private sealed class Seen(Action<RebuildProgress> tell) : IProgress<RebuildProgress>
    {
        public List<RebuildProgress> All { get; } = [];

        public void Report(RebuildProgress value)
        {
            All.Add(value);
            tell(value);
        }
    }

    // Holds the rebuild up after its first window.
    private sealed class Gate : IProgress<RebuildProgress>, IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task ReachedAsync(CancellationToken ct) => _reached.Task.WaitAsync(ct);

        public void Open() => _open.Set();

        public void Report(RebuildProgress value)
        {
            _reached.TrySetResult();
            _open.Wait();
        }

        public void Dispose() => _open.Set();
    }
}
