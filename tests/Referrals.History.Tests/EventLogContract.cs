using Referrals.Engine.History;

namespace Referrals.History.Tests;

/// <summary>What every history promises. Each implementation inherits all of it.</summary>
public abstract partial class EventLogContract
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IEventLog Log { get; }

    [Fact]
    public async Task Events_come_back_as_they_were_written()
    {
        var stream = Given.Stream();

        var appended = await AppendedAsync(Given.Append(stream, 0, new Opened("ä \"x\" \\u0000 💡"), new Moved(new Shape.Circle(1.50m))));
        var events = await Log.ReadStreamAsync(stream, 0, Ct);

        Assert.Equal([1, 2], events.Select(e => e.Version));
        Assert.Equal(["opened", "moved"], events.Select(e => e.Type));
        Assert.Equal([new Opened("ä \"x\" \\u0000 💡"), new Moved(new Shape.Circle(1.50m))], events.Select(e => e.Data));
        Assert.Equal(appended.Events.Select(e => (e.Sequence, e.Id, e.Version)), events.Select(e => (e.Sequence, e.Id, e.Version)));
        Assert.All(events, e => Assert.Equal((stream, Given.Context()), (e.Stream, e.Context)));
        Assert.All(events, e => Assert.Equal(TimeSpan.Zero, e.Context.At.Offset));
    }

    [Fact]
    public async Task Time_stamps_are_kept_to_the_microsecond_and_missing_context_stays_missing()
    {
        var stream = Given.Stream();
        var at = Given.Noon.AddTicks(1_234_567);

        await AppendedAsync(Append.To(stream, 0, [new Counted(1)], new EventContext(at, "worker")));
        var only = Assert.Single(await Log.ReadStreamAsync(stream, 0, Ct));

        Assert.Equal(new EventContext(Given.Noon.AddTicks(1_234_560).ToUniversalTime(), "worker"), only.Context);
    }

    [Fact]
    public async Task A_stream_is_read_from_a_version_on()
    {
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Counted(1), new Counted(2)));
        await AppendedAsync(Given.Append(stream, 2, new Counted(3)));

        Assert.Equal([2, 3], (await Log.ReadStreamAsync(stream, 1, Ct)).Select(e => e.Version));
        Assert.Empty(await Log.ReadStreamAsync(stream, 3, Ct));
        Assert.Empty(await Log.ReadStreamAsync(Given.Stream(), 0, Ct));
    }

    [Fact]
    public async Task A_stream_is_read_by_the_names_of_events()
    {
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Opened("x"), new Counted(1), new Moved(new Shape.Circle(1)), new Counted(2)));

        Assert.Equal([2, 4], (await Log.ReadStreamAsync(stream, ["counted_v2"], Ct)).Select(e => e.Version));
        Assert.Equal([1, 3], (await Log.ReadStreamAsync(stream, ["moved", "opened"], Ct)).Select(e => e.Version));
        Assert.Empty(await Log.ReadStreamAsync(stream, ["unheard"], Ct));
        Assert.Empty(await Log.ReadStreamAsync(stream, [], Ct));
        Assert.Empty(await Log.ReadStreamAsync(Given.Stream(), ["opened"], Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_conflict_names_the_real_version_and_leaves_nothing(long expected)
    {
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Counted(1), new Counted(2)));
        var row = Given.Row(stream.Tenant, "things", stream.Id);

        var result = await Log.AppendAsync(
            Append.To(stream, expected, [new Counted(9)], Given.Context(), new RowChange.PutListRow(row)), Ct);

        Assert.Equal(new AppendResult.Conflict(stream, expected, 2), result);
        Assert.Equal(2, (await Log.ReadStreamAsync(stream, 0, Ct)).Count);
        Assert.Null(await Log.FindRowAsync(stream.Tenant, "things", stream.Id, Ct));
    }

    [Fact]
    public async Task A_stream_that_is_not_there_is_at_version_0()
    {
        var stream = Given.Stream();

        Assert.Equal(new AppendResult.Conflict(stream, 4, 0), await Log.AppendAsync(Given.Append(stream, 4, new Counted(1)), Ct));
    }

    [Fact]
    public async Task Several_streams_are_written_together_or_not_at_all()
    {
        var (first, second, third) = (Given.Stream("alpha"), Given.Stream("beta"), Given.Stream(StreamName.Network));
        await AppendedAsync(Given.Append(second, 0, new Counted(1)));

        var refused = await Log.AppendAsync(
            new(Given.Context(), [new(first, 0, [new Opened("a")]), new(second, 0, [new Opened("b")]), new(third, 0, [new Opened("c")])], []), Ct);
        Assert.Equal(new AppendResult.Conflict(second, 0, 1), refused);
        Assert.Empty(await Log.ReadStreamAsync(first, 0, Ct));
        Assert.Empty(await Log.ReadStreamAsync(third, 0, Ct));

        var written = await AppendedAsync(
            new(Given.Context(), [new(first, 0, [new Opened("a"), new Counted(1)]), new(second, 1, [new Opened("b")]), new(third, 0, [new Opened("c")])], []));
        Assert.Equal([1, 2, 2, 1], written.Events.Select(e => e.Version));
        Assert.Equal(written.Events.Select(e => e.Sequence).Order(), written.Events.Select(e => e.Sequence));
        Assert.Equal([new Opened("c")], (await Log.ReadStreamAsync(third, 0, Ct)).Select(e => e.Data));
    }

    [Fact]
    public async Task A_stream_can_be_checked_without_writing_to_it()
    {
        var (read, written) = (Given.Stream(), Given.Stream());
        await AppendedAsync(Given.Append(read, 0, new Counted(1)));

        Assert.Equal(
            new AppendResult.Conflict(read, 0, 1),
            await Log.AppendAsync(new(Given.Context(), [new(read, 0, []), new(written, 0, [new Counted(1)])], []), Ct));
        await AppendedAsync(new(Given.Context(), [new(read, 1, []), new(written, 0, [new Counted(1)])], []));

        Assert.Single(await Log.ReadStreamAsync(read, 0, Ct));
    }

    [Fact]
    public async Task A_refused_append_leaves_no_gap()
    {
        var stream = Given.Stream();
        var before = (await AppendedAsync(Given.Append(stream, 0, new Counted(1)))).Events[0].Sequence;

        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<AppendResult.Conflict>(await Log.AppendAsync(Given.Append(stream, 0, new Counted(2)), Ct));
        }

        Assert.Equal(before + 1, (await AppendedAsync(Given.Append(stream, 1, new Counted(2)))).Events[0].Sequence);
    }

    [Fact]
    public async Task A_message_is_handled_once_per_tenant()
    {
        var message = Guid.NewGuid();
        var (first, second, other) = (Given.Stream("alpha"), Given.Stream("alpha"), Given.Stream("beta"));
        Append Handling(StreamName stream) =>
            Append.To(stream, 0, [new Opened("x")], Given.Context(), new RowChange.PutInbox(stream.Tenant, message));

        await AppendedAsync(Handling(first));
        Assert.Equal(new AppendResult.AlreadyHandled(message), await Log.AppendAsync(Handling(second), Ct));
        Assert.Equal(new AppendResult.AlreadyHandled(message), await Log.AppendAsync(Handling(first), Ct));
        await AppendedAsync(Handling(other));

        Assert.Empty(await Log.ReadStreamAsync(second, 0, Ct));
    }

    [Fact]
    public async Task A_refused_append_does_not_count_its_message_as_handled()
    {
        var stream = Given.Stream();
        var handled = new RowChange.PutInbox(stream.Tenant, Guid.NewGuid());

        Assert.IsType<AppendResult.Conflict>(await Log.AppendAsync(Append.To(stream, 7, [new Counted(1)], Given.Context(), handled), Ct));
        await AppendedAsync(Append.To(stream, 0, [new Counted(1)], Given.Context(), handled));
    }

    [Fact]
    public async Task Of_many_that_race_for_a_version_one_wins()
    {
        var stream = Given.Stream();
        for (var round = 0; round < 10; round++)
        {
            var version = round;
            var results = await Task.WhenAll(
                Enumerable.Range(0, 20).Select(i => Task.Run(() => Log.AppendAsync(Given.Append(stream, version, new Counted(i)), Ct))));

            Assert.Single(results, r => r is AppendResult.Appended);
            Assert.Equal(19, results.Count(r => r is AppendResult.Conflict c && c.Actual == version + 1));
        }
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused_at_the_door()
    {
        var stream = Given.Stream();

        await RefusedAsync(Given.Append(stream, 0, new Opened("a\0b")));
        await RefusedAsync(Append.To(stream, 0, [new Opened("a")], Given.Context("a\0b")));
        await RefusedAsync(Given.Append(stream with { Tenant = "alpha,beta" }, 0, new Opened("a")));
        await RefusedAsync(Given.Append(stream with { Tenant = "" }, 0, new Opened("a")));
        await RefusedAsync(new(Given.Context(), [new(stream, 0, [new Opened("a")]), new(stream, 1, [new Opened("b")])], []));
        await RefusedAsync(Given.Rows(new RowChange.PutListRow(Given.Row("alpha", "things", Guid.NewGuid()) with { Data = "[1]" })));
        await RefusedAsync(Given.Rows(new RowChange.PutListRow(Given.Row("alpha", "things", Guid.NewGuid()) with { Data = "{\"a\":\"\\u0000\"}" })));
        await Assert.ThrowsAsync<UnknownEventException>(() => Log.AppendAsync(Given.Append(stream, 0, "no event"), Ct));

        Assert.Empty(await Log.ReadStreamAsync(stream, 0, Ct));
    }

    [Fact]
    public async Task An_event_is_found_by_its_position()
    {
        var stream = Given.Stream("beta", "other_thing");
        var position = (await AppendedAsync(Given.Append(stream, 0, new Opened("x")))).Events[0].Sequence;

        var found = await Log.ReadEventAsync(position, Ct);

        Assert.Equal((stream, new Opened("x")), (found!.Stream, found.Data));
        Assert.Null(await Log.ReadEventAsync(position + 1_000_000, Ct));
    }

    protected async Task<AppendResult.Appended> AppendedAsync(Append append) =>
        Assert.IsType<AppendResult.Appended>(await Log.AppendAsync(append, Ct));

    private async Task RefusedAsync(Append append) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.AppendAsync(append, Ct));
}
