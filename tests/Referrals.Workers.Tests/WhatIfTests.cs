using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests;

/// <summary>What the steering group asks is simulated in the running product.</summary>
public sealed class WhatIfTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_answered_one_that_no_longer_fits_fails_and_one_of_a_dead_worker_is_begun_again()
    {
        var past = new PastClock(TimeSpan.FromDays(90));
        await using var network = await TestNetwork.CreateAsync(postgres, Ct, past);
        await network.StartReferralsAsync(6, Ct);
        past.Back = TimeSpan.Zero;
        var (options, by) = (network.Options, new Actor("kim", network.Own(TestNetwork.Jobcenter)));
        await using var database = new TenantDatabase(options);
        await using var dead = new WhatIfQueue(options, new PastClock(TimeSpan.FromMinutes(10)));
        var jobs = new WhatIfJobStore(database, TimeProvider.System);
        var chain = new ChainId(network.Prefix + TestNetwork.ChainName.Value);
        var question = new WhatIfQuestion([new Change.Arrivals(2, chain)], []) { Replications = 3, Days = 20 };

        var (fits, fitsNot) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.True(await jobs.AskAsync(fits, by, question, Ct));
        Assert.Equal(fits, (await dead.TakeAsync(Guid.NewGuid(), Ct))!.Id);
        Assert.True(await jobs.AskAsync(fitsNot, by, question with { Changes = [new Change.Arrivals(2, new("gone"))] }, Ct));

        // So that the history is read before anything is asked of it.
        var host = await network.StartWorkersAsync(null, Ct, "--Review:ModelKept", "00:00:00");
        await Wait.UntilAsync("both have ended", async () => (await jobs.ListAsync(Ct)).All(j => !j.IsOpen), Ct);
        var answered = (await jobs.FindAsync(fits, Ct))!;
        Assert.True(answered.State == WhatIfState.Done, $"{answered.State} {answered.Reason}");
        Assert.Equal((2, 1d), (answered.Tries, answered.Progress));
        Assert.Contains(answered.Answer!.Rows, r => r.Scope == ResultScope.Network);
        var failed = (await jobs.FindAsync(fitsNot, Ct))!;
        Assert.Equal((WhatIfState.Failed, WhatIfFailures.NoLongerFits), (failed.State, failed.Reason));
        Assert.NotNull(host);
    }

    [Fact]
    public async Task Without_a_history_a_question_fails_visibly()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var database = new TenantDatabase(network.Options);
        var jobs = new WhatIfJobStore(database, TimeProvider.System);
        var id = Guid.NewGuid();
        Assert.True(await jobs.AskAsync(id, new Actor("kim", TestNetwork.Jobcenter), new([new Change.Arrivals(2)], []), Ct));
        await network.StartWorkersAsync(null, Ct);
        await Wait.UntilAsync("it has ended", async () => (await jobs.FindAsync(id, Ct))!.State == WhatIfState.Failed, Ct);
        Assert.Equal(WhatIfFailures.TooLittleHistory, (await jobs.FindAsync(id, Ct))!.Reason);
    }

    private sealed class PastClock(TimeSpan back) : TimeProvider
    {
        public TimeSpan Back { get; set; } = back;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Back;
    }
}
