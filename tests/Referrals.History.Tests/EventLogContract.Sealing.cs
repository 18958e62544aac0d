using Referrals.Engine.History;

namespace Referrals.History.Tests;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task Sealed_texts_come_back_to_every_reader_as_they_were_written()
    {
        var (stream, other) = (Given.Stream(), Given.Stream("beta"));
        object[] written = [new Told(1, "ä \"x\" 💡", "more"), new Counted(2), new Told(3), new Told(4, "", "later")];
        await using var follower = await Log.FollowAsync($"sealed-{stream.Id}", Ct);

        var first = (await AppendedAsync(Given.Append(stream, 0, written[0], written[1]))).Events[0];
        await AppendedAsync(Given.Append(stream, 2, written[2]));
        await AppendedAsync(Given.Append(stream, 3, written[3]));
        await AppendedAsync(Given.Append(other, 0, new Told(5, "of another")));

        Assert.Equal(written, (await Log.ReadStreamAsync(stream, 0, Ct)).Select(e => e.Data));
        Assert.Equal([written[3]], (await Log.ReadStreamAsync(stream, 3, Ct)).Select(e => e.Data));
        Assert.Equal(written[0], (await Log.ReadEventAsync(first.Sequence, Ct))!.Data);
        Assert.Equal(written[0], (await Log.FindEventAsync(stream.Tenant, first.Id, Ct))!.Data);
        var followed = new List<RecordedEvent>();
        while (followed.Count < 5)
        {
            followed.AddRange((await follower.NextAsync(100, Ct)).Where(e => e.Stream == stream || e.Stream == other));
        }

        Assert.Equal([.. written, new Told(5, "of another")], followed.Select(e => e.Data));
    }

    [Fact]
    public async Task A_stream_that_began_without_texts_gets_its_key_with_the_first()
    {
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Counted(1)));
        await AppendedAsync(Given.Append(stream, 1, new Told(2)));
        await AppendedAsync(Given.Append(stream, 2, new Told(3, "words")));

        Assert.Equal([new Counted(1), new Told(2), new Told(3, "words")], (await Log.ReadStreamAsync(stream, 0, Ct)).Select(e => e.Data));
    }

    [Fact]
    public async Task Of_appends_that_race_for_a_streams_first_text_each_stays_readable()
    {
        var stream = Given.Stream();
        await AppendedAsync(Given.Append(stream, 0, new Counted(1)));

        // Each is sent before the one before it was answered, as a caller may who knows that it alone writes.
        var sent = Enumerable.Range(1, 8).Select(n => Log.AppendAsync(Given.Append(stream, n, new Told(n, $"words {n}")), Ct)).ToList();
        var written = (await Task.WhenAll(sent)).Count(r => r is AppendResult.Appended);

        var told = (await Log.ReadStreamAsync(stream, 1, Ct)).Select(e => (Told)e.Data).ToList();
        Assert.Equal(written, told.Count);
        Assert.All(told, t => Assert.Equal($"words {t.Number}", t.Words));
    }

    [Fact]
    public async Task A_text_that_is_to_be_sealed_has_no_nul_character()
    {
        var stream = Given.Stream();

        await RefusedAsync(Given.Append(stream, 0, new Told(1, "a\0b")));

        Assert.Empty(await Log.ReadStreamAsync(stream, 0, Ct));
    }
}
