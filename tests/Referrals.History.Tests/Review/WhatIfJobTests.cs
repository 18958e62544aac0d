using Npgsql;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.History.Tests.Users;
using Referrals.LocalServers;

namespace Referrals.History.Tests.Review;

/// <summary>Each test has a schema of its own, as one question runs at a time in a network.</summary>
public sealed class WhatIfJobTests(LocalPostgres server) : IAsyncLifetime
{
    private static readonly Actor Kim = new("kim", new OrganisationId("office"));
    private static readonly Actor Robin = new("robin", new OrganisationId("office"));

    private static readonly WhatIfQuestion Question = new(
        [
            new Change.AgreedTimes(new("work"), new("first"), 3), new Change.Capacity(new("west"), "childcare", By: 2), new Change.Partners(new("work"), new("first"), [new("south"), new("north")]),
            new Change.Offered(new("work"), new("first"), OfferMode.FirstToAccept), new Change.KnownVersion(new("work"), 3), new Change.Arrivals(1.2),
        ],
        [new("work")])
    {
        Seed = 7,
    };

    private static readonly WhatIfAnswer Answer = new(
        DateTimeOffset.UnixEpoch, new DateOnly(2026, 7, 1), new DateOnly(2026, 12, 31),
        [new(new("work", "first", null, null), [new(Measure.WaitingMedian, new(4.5, 4.1, 4.9), new(2, 1.8, 2.2), new(-2.5, -3, -2)), new(Measure.InWork, null, new(1, 1, 1), null)])],
        [new(Measure.WaitingMedian, 28, 0.38, 0.4)], 1234);

    private PostgresOptions _options = null!;
    private TenantDatabase _database = null!;
    private WhatIfQueue _queue = null!;

    private MovedClock Clock { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private WhatIfJobStore Jobs => new(_database, Clock);

    public async ValueTask InitializeAsync()
    {
        _options = await server.MigratedAsync(Ct);
        (_database, _queue) = (new TenantDatabase(_options), new WhatIfQueue(_options, Clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_question_is_kept_taken_answered_and_found_with_its_answer()
    {
        var (id, holder) = (await AskAsync(Kim), Guid.NewGuid());
        var taken = await _queue.TakeAsync(holder, Ct);
        Assert.Equal((id, WhatIfState.Running, 1), (taken!.Id, taken.State, taken.Tries));
        Assert.Equal(WhatIfRowsOf(Question), WhatIfRowsOf(taken.Question));
        Assert.Null(await _queue.TakeAsync(Guid.NewGuid(), Ct));

        Assert.True(await _queue.HoldAsync(id, holder, 0.4, Ct));
        Assert.Equal(0.4, Assert.Single(await Jobs.ListAsync(Ct)).Progress);
        Assert.True(await _queue.AnswerAsync(id, holder, Answer, Ct));
        Assert.False(await _queue.AnswerAsync(id, holder, Answer, Ct));

        var found = (await Jobs.FindAsync(id, Ct))!;
        Assert.Equal((WhatIfState.Done, 1d, "kim", "office"), (found.State, found.Progress, found.Person, found.Organisation.Value));
        Assert.Equal(WhatIfRowsOf(Answer), WhatIfRowsOf(found.Answer!));
        Assert.Null(Assert.Single(await Jobs.ListAsync(Ct)).Answer);
        Assert.Null(await Jobs.FindAsync(Guid.NewGuid(), Ct));
    }

    [Fact]
    public async Task One_runs_at_a_time_and_the_oldest_is_next()
    {
        var first = await AskAsync(Kim);
        Clock.Move(TimeSpan.FromSeconds(1));
        var second = await AskAsync(Robin);
        var holders = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();
        var taken = await Task.WhenAll(holders.Select(h => _queue.TakeAsync(h, Ct)));
        Assert.Equal(first, Assert.Single(taken.OfType<WhatIfJob>()).Id);
        await _queue.AnswerAsync(first, holders[Array.FindIndex(taken, t => t is not null)], Answer, Ct);
        Assert.Equal(second, (await _queue.TakeAsync(Guid.NewGuid(), Ct))!.Id);
    }

    [Fact]
    public async Task A_question_whose_worker_died_is_begun_again_and_fails_after_some_tries()
    {
        var (id, dead) = (await AskAsync(Kim), Guid.NewGuid());
        await _queue.TakeAsync(dead, Ct);
        for (var tries = 2; tries <= WhatIfLimits.MostTries; tries++)
        {
            Assert.Null(await _queue.TakeAsync(Guid.NewGuid(), Ct));
            Clock.Move(WhatIfLimits.Lease + TimeSpan.FromSeconds(1));
            var again = Guid.NewGuid();
            Assert.Equal((id, tries), (await _queue.TakeAsync(again, Ct)) is { } job ? (job.Id, job.Tries) : default);
            Assert.False(await _queue.HoldAsync(id, dead, 0.9, Ct));
            Assert.False(await _queue.AnswerAsync(id, dead, Answer, Ct));
            dead = again;
        }

        Clock.Move(WhatIfLimits.Lease + TimeSpan.FromSeconds(1));
        Assert.Null(await _queue.TakeAsync(Guid.NewGuid(), Ct));
        var failed = (await Jobs.FindAsync(id, Ct))!;
        Assert.Equal((WhatIfState.Failed, WhatIfFailures.WorkerDied), (failed.State, failed.Reason));
        Assert.NotNull(failed.EndedAt);
    }

    [Fact]
    public async Task A_process_that_ends_puts_its_question_back_and_that_is_no_try()
    {
        var (id, holder) = (await AskAsync(Kim), Guid.NewGuid());
        await _queue.TakeAsync(holder, Ct);
        await _queue.PutBackAsync(id, holder, Ct);
        Assert.Equal(1, (await _queue.TakeAsync(Guid.NewGuid(), Ct))!.Tries);
    }

    [Fact]
    public async Task Who_asked_takes_it_back_and_nobody_else()
    {
        var (id, holder) = (await AskAsync(Kim), Guid.NewGuid());
        await _queue.TakeAsync(holder, Ct);
        Assert.False(await Jobs.CancelAsync(id, Robin, Ct));
        Assert.False(await Jobs.CancelAsync(id, new Actor("kim", new OrganisationId("other")), Ct));
        Assert.True(await Jobs.CancelAsync(id, Kim, Ct));
        Assert.False(await Jobs.CancelAsync(id, Kim, Ct));
        Assert.False(await _queue.HoldAsync(id, holder, 0.5, Ct));
        await _queue.FailAsync(id, holder, WhatIfFailures.TookTooLong, Ct);
        Assert.Equal(WhatIfState.Cancelled, (await Jobs.FindAsync(id, Ct))!.State);
    }

    [Fact]
    public async Task An_organisation_has_so_many_open_and_the_same_question_twice_is_one()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, WhatIfLimits.MostOpen + 3).Select(_ => Jobs.AskAsync(Guid.NewGuid(), Kim, Question, Ct)));
        Assert.Equal(WhatIfLimits.MostOpen, asked.Count(a => a));
        var one = (await Jobs.ListAsync(Ct))[0].Id;
        Assert.True(await Jobs.AskAsync(one, Kim, Question, Ct));
        Assert.Equal(WhatIfLimits.MostOpen, (await Jobs.ListAsync(Ct)).Count);
        Assert.True(await Jobs.AskAsync(Guid.NewGuid(), new Actor("kim", new OrganisationId("other")), Question, Ct));
        Assert.True(await Jobs.CancelAsync(one, Kim, Ct));
        Assert.True(await Jobs.AskAsync(Guid.NewGuid(), Kim, Question, Ct));
    }

    [Fact]
    public async Task What_is_old_and_over_is_removed()
    {
        var (over, open) = (await AskAsync(Kim), await AskAsync(Kim));
        await Jobs.CancelAsync(over, Kim, Ct);
        Clock.Move(WhatIfLimits.Kept - TimeSpan.FromDays(1));
        await _queue.ForgetAsync(Ct);
        Assert.NotNull(await Jobs.FindAsync(over, Ct));
        Clock.Move(TimeSpan.FromDays(2));
        await _queue.ForgetAsync(Ct);
        Assert.Equal(open, Assert.Single(await Jobs.ListAsync(Ct)).Id);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_a_question_who_does_not_act_for_the_network()
    {
        var id = await AskAsync(Kim);
        await using var app = await Sql.OpenAsync(_options.App, Ct);
        await app.LinesAsync("select set_config('referrals.tenants', 'office', false)", Ct);
        Assert.Equal(0, await app.ScalarAsync<long>($"select count(*) from {_options.Schema}.what_if_jobs", Ct));
        await app.RunAsync($"update {_options.Schema}.what_if_jobs set state = 'cancelled'", Ct);
        Assert.Equal(WhatIfState.Queued, (await Jobs.FindAsync(id, Ct))!.State);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => app.RunAsync(
            $"insert into {_options.Schema}.what_if_jobs (id, organisation, person, asked_at, question) values (gen_random_uuid(), 'office', 'x', now(), '{{}}')", Ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private async Task<Guid> AskAsync(Actor by)
    {
        var id = Guid.NewGuid();
        Assert.True(await Jobs.AskAsync(id, by, Question, Ct));
        return id;
    }

    private static string WhatIfRowsOf<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, EventCodec.Json);
}
