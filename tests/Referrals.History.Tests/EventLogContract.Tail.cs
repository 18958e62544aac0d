using Referrals.Engine.History;

namespace Referrals.History.Tests;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task A_tail_gives_one_tenants_new_events_and_where_to_go_on()
    {
        var (mine, other) = (Given.Stream("alpha"), Given.Stream("beta"));
        await AppendedAsync(Given.Append(mine, 0, new Opened("before")));
        var start = await Log.ReadTenantTailAsync("alpha", null, 10, Ct);
        Assert.Empty(start.Events);
        Assert.False(start.More);

        var written = (await AppendedAsync(Given.Append(mine, 1, new Counted(1), new Counted(2)))).Events;
        await AppendedAsync(Given.Append(other, 0, new Opened("x")));
        var tail = await Log.ReadTenantTailAsync("alpha", start.ReadTo, 10, Ct);

        Assert.Equal(written.Select(w => new TailEvent(w.Sequence, mine, "counted_v2", "frau-muster")), tail.Events);
        Assert.False(tail.More);
        Assert.True(tail.ReadTo >= written[^1].Sequence);
        Assert.Empty((await Log.ReadTenantTailAsync("alpha", tail.ReadTo, 10, Ct)).Events);
        Assert.Single((await Log.ReadTenantTailAsync("beta", start.ReadTo, 10, Ct)).Events);

        var half = await Log.ReadTenantTailAsync("alpha", start.ReadTo, 1, Ct);
        Assert.Equal((written[0].Sequence, true), (half.ReadTo, half.More));
        Assert.Equal([written[1].Sequence], (await Log.ReadTenantTailAsync("alpha", half.ReadTo, 10, Ct)).Events.Select(e => e.Sequence));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Log.ReadTenantTailAsync("alpha", 0, 0, Ct));
    }

    [Fact]
    public async Task A_tail_skips_nothing_however_writers_overlap()
    {
        var at = (await Log.ReadTenantTailAsync("alpha", null, 10, Ct)).ReadTo;
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(async w =>
        {
            var written = new List<long>();
            var stream = Given.Stream(w % 2 == 0 ? "alpha" : "beta");
            for (var i = 0; i < 40; i++)
            {
                written.AddRange((await AppendedAsync(Given.Append(stream, i, new Counted(i)))).Events.Select(e => e.Sequence));
            }

            return w % 2 == 0 ? written : [];
        }));

        var seen = new List<long>();
        for (var ended = false; !ended;)
        {
            ended = writers.IsCompleted;
            for (var more = true; more;)
            {
                var tail = await Log.ReadTenantTailAsync("alpha", at, 7, Ct);
                seen.AddRange(tail.Events.Select(e => e.Sequence));
                (at, more) = (tail.ReadTo, tail.More);
            }
        }

        Assert.Equal((await writers).SelectMany(w => w).Order(), seen);
    }

    [Fact]
    public async Task Who_watches_is_woken_by_commits_and_stops_when_told_to()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var watch = Log.WatchCommitsAsync(stop.Token).GetAsyncEnumerator(Ct);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(CommitWake.Watching, watch.Current);

        await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(1)));
        do
        {
            Assert.True(await watch.MoveNextAsync());
        }
        while (watch.Current != CommitWake.Committed);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await watch.MoveNextAsync())
            {
                Assert.NotEqual(CommitWake.Watching, watch.Current);
            }
        });
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_in_its_tenant()
    {
        var stream = Given.Stream("alpha");
        var written = (await AppendedAsync(Given.Append(stream, 0, new Counted(1), new Counted(2)))).Events[1];

        Assert.Equal(written.Sequence, (await Log.FindEventAsync("alpha", written.Id, Ct))!.Sequence);
        Assert.Null(await Log.FindEventAsync("beta", written.Id, Ct));
        Assert.Null(await Log.FindEventAsync("alpha", Guid.NewGuid(), Ct));
    }
}
