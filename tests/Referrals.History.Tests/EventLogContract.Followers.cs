using Referrals.Engine.History;

namespace Referrals.History.Tests;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task A_follower_sees_every_event_of_all_tenants_in_order()
    {
        await using var follower = await Log.FollowAsync("relay", Ct);
        var (a, b) = (Given.Stream("alpha"), Given.Stream("beta", "other_thing"));
        await AppendedAsync(Given.Append(a, 0, new Opened("a"), new Counted(1)));
        await AppendedAsync(Given.Append(b, 0, new Opened("b")));

        var events = await NextAsync(follower, 3);

        Assert.Equal([new Opened("a"), new Counted(1), new Opened("b")], events.Select(e => e.Data));
        Assert.Equal([a, a, b], events.Select(e => e.Stream));
        Assert.Equal(0, follower.Position);
    }

    [Fact]
    public async Task A_follower_waits_for_the_next_event()
    {
        await using var follower = await Log.FollowAsync("relay", Ct);
        var next = follower.NextAsync(10, Ct);

        var written = await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(1)));
        Assert.Equal(written.Events[0].Sequence, Assert.Single(await next).Sequence);

        using var stop = new CancellationTokenSource();
        var never = follower.NextAsync(10, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);

        await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(2)));
        Assert.Equal([new Counted(2)], (await follower.NextAsync(10, Ct)).Select(e => e.Data));
    }

    [Fact]
    public async Task A_checkpoint_is_where_the_next_follower_starts()
    {
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Counted(1), new Counted(2), new Counted(3)));
        await using (var first = await Log.FollowAsync("relay", Ct))
        {
            var events = await NextAsync(first, 3);
            await first.AdvanceAsync(events[1].Sequence, [], Ct);
            Assert.Equal(events[1].Sequence, first.Position);
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => first.AdvanceAsync(events[0].Sequence, [], Ct));
        }

        await using var second = await Log.FollowAsync("relay", Ct);
        await using var other = await Log.FollowAsync("review", Ct);

        Assert.Equal([new Counted(3)], (await NextAsync(second, 1)).Select(e => e.Data));
        Assert.Equal(3, (await NextAsync(other, 3)).Count);
    }

    [Fact]
    public async Task A_checkpoint_moves_together_with_rows_of_several_tenants()
    {
        await using var follower = await Log.FollowAsync("relay", Ct);
        var position = (await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(1)))).Events[0].Sequence;
        var (row, message) = (Given.Row("beta", "dead-letters", Guid.NewGuid()), Guid.NewGuid());

        await follower.AdvanceAsync(position, [new RowChange.PutListRow(row), new RowChange.PutDelivery("alpha", message, position, Given.Noon)], Ct);

        Assert.Equal(row, await Log.FindRowAsync("beta", "dead-letters", row.Id, Ct));
        Assert.Equal([new Delivery("alpha", message, position, 0)], await Log.TakeUnconfirmedAsync(Given.Noon, TimeSpan.FromMinutes(1), 5, Ct));
    }

    [Fact]
    public async Task A_checkpoint_moves_while_the_follower_waits()
    {
        await using var follower = await Log.FollowAsync("relay", Ct);
        var position = (await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(1)))).Events[0].Sequence;
        await NextAsync(follower, 1);
        var waiting = follower.NextAsync(10, Ct);

        await follower.AdvanceAsync(position, [], Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
        await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(2)));

        Assert.Equal([new Counted(2)], (await waiting).Select(e => e.Data));
    }

    [Fact]
    public async Task Only_one_follows_at_a_time()
    {
        var first = await Log.FollowAsync("relay", Ct);
        var second = Log.FollowAsync("relay", Ct);

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(100), Ct)));
        await first.DisposeAsync();
        await using var taken = await second;

        await AppendedAsync(Given.Append(Given.Stream(), 0, new Counted(1)));
        Assert.Single(await NextAsync(taken, 1));
    }

    protected static async Task<List<RecordedEvent>> NextAsync(IFollower follower, int count)
    {
        var events = new List<RecordedEvent>();
        while (events.Count < count)
        {
            events.AddRange(await follower.NextAsync(count - events.Count, Ct));
        }

        return events;
    }
}
