using System.Text.Json;
using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>What lies in the database of sealed texts, and what becomes of it when somebody changes it there.</summary>
public sealed class SealingTests(LocalPostgres server) : IAsyncLifetime
{
    private PostgresOptions _options = null!;
    private PostgresEventLog _log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = await server.MigratedAsync(Ct);
        _log = new PostgresEventLog(_options, Given.Codec);
    }

    public async ValueTask DisposeAsync() => await _log.DisposeAsync();

    [Fact]
    public async Task No_text_lies_in_the_clear_in_any_table()
    {
        var stream = Given.Stream();
        await AppendAsync(stream, 0, new Told(1, "canary-words", "canary-more"));
        await AppendAsync(stream, 1, new Counted(2));

        Assert.Empty(await PlainText.FindAsync(_options.Owner!, _options.Schema, ["canary"], Ct));
        var data = JsonDocument.Parse((string)(await AskAsync("select data::text from @schema.mt_events where type = 'told'"))!).RootElement;
        Assert.Equal((1, 1), (data.GetProperty("number").GetInt32(), data.GetProperty("words").GetProperty("v").GetInt32()));
        Assert.NotEqual(data.GetProperty("words").GetProperty("sealed").GetString(), data.GetProperty("more").GetProperty("sealed").GetString());
    }

    [Fact]
    public async Task An_event_without_texts_needs_no_key()
    {
        await AppendAsync(Given.Stream(), 0, new Counted(1), new Told(2));

        Assert.Equal(0L, await AskAsync("select count(*) from @schema.stream_keys"));
    }

    [Fact]
    public async Task What_was_written_before_there_were_keys_is_read_as_it_is()
    {
        var stream = Given.Stream();
        await AppendAsync(stream, 0, new Told(1));
        await AskAsync("""update @schema.mt_events set data = '{"number":1,"words":"plain"}'""");
        await AppendAsync(stream, 1, new Told(2, "sealed"));

        Assert.Equal([new Told(1, "plain"), new Told(2, "sealed")], await ReadAsync(stream));
    }

    [Theory]
    [InlineData("update @schema.mt_events set data = jsonb_build_object('number', 1, 'words', data -> 'more', 'more', data -> 'words') where version = 1")]
    [InlineData("update @schema.mt_events e set data = o.data from @schema.mt_events o where e.version = 1 and o.version = 2")]
    [InlineData("update @schema.mt_events set id = gen_random_uuid() where version = 1")]
    [InlineData("update @schema.mt_events set data = jsonb_set(data, '{words,sealed}', to_jsonb(translate(data #>> '{words,sealed}', 'ABab', 'BAba'))) where version = 1")]
    [InlineData("update @schema.mt_events set data = jsonb_set(data, '{words,sealed}', '\"AAAA\"') where version = 1")]
    [InlineData("update @schema.mt_events set data = jsonb_set(data, '{words,sealed}', '\"no base64\"') where version = 1")]
    [InlineData("delete from @schema.stream_keys")]
    public async Task A_text_that_was_changed_exchanged_or_lost_its_key_is_noticed(string change)
    {
        var stream = Given.Stream();
        await AppendAsync(stream, 0, new Told(1, "AaBbAaBbAaBbAaBb some words", "more words"));
        await AppendAsync(stream, 1, new Told(1, "other words", "still more"));
        await AskAsync(change);

        await Assert.ThrowsAsync<SealBrokenException>(() => ReadAsync(stream));
    }

    [Fact]
    public async Task Keys_of_two_streams_can_not_be_exchanged()
    {
        var (one, other) = (Given.Stream(), Given.Stream());
        await AppendAsync(one, 0, new Told(1, "words"));
        await AppendAsync(other, 0, new Told(1, "words"));
        await AskAsync("update @schema.stream_keys k set wrapped = o.wrapped from @schema.stream_keys o where o.stream_id <> k.stream_id");

        await Assert.ThrowsAsync<MasterKeyException>(() => ReadAsync(one));
    }

    [Fact]
    public async Task Without_the_right_master_key_texts_are_neither_read_nor_written()
    {
        var stream = Given.Stream();
        await AppendAsync(stream, 0, new Told(1, "words"));

        await using var without = new PostgresEventLog(_options with { MasterKeys = null }, Given.Codec);
        await using var wrong = new PostgresEventLog(_options with { MasterKeys = MasterKeys.FromText(MasterKeys.NewLine("tests")) }, Given.Codec);
        await Assert.ThrowsAsync<MasterKeyException>(() => without.ReadStreamAsync(stream, 0, Ct));
        await Assert.ThrowsAsync<MasterKeyException>(() => without.AppendAsync(Given.Append(Given.Stream(), 0, new Told(1, "x")), Ct));
        await Assert.ThrowsAsync<MasterKeyException>(() => wrong.ReadStreamAsync(stream, 0, Ct));
        await Assert.ThrowsAsync<MasterKeyException>(() => wrong.AppendAsync(Given.Append(stream, 1, new Told(1, "x")), Ct));
        Assert.IsType<AppendResult.Appended>(await without.AppendAsync(Given.Append(Given.Stream(), 0, new Told(1), new Counted(1)), Ct));
    }

    [Fact]
    public async Task A_key_lies_in_the_tenant_of_its_stream_only()
    {
        var id = Guid.NewGuid();
        var (one, other) = (new StreamName("alpha", "thing", id), new StreamName("beta", "thing", id));
        await AppendAsync(one, 0, new Told(1, "words"));
        await AppendAsync(other, 0, new Told(1, "words"));

        Assert.Equal(2L, await AskAsync("select count(distinct wrapped) from @schema.stream_keys"));
        await using var tables = new TenantDatabase(_options);
        Assert.Equal(
            ["alpha"], await tables.RunAsync(new Engine.OrganisationId("alpha"), "select tenant_id from @schema.stream_keys", r => r.GetString(0), Ct));
    }

    private async Task AppendAsync(StreamName stream, long expected, params IReadOnlyList<object> events) =>
        Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(Given.Append(stream, expected, events), Ct));

    private async Task<IReadOnlyList<object>> ReadAsync(StreamName stream) =>
        [.. (await _log.ReadStreamAsync(stream, 0, Ct)).Select(e => e.Data)];

    // The tests' owner is a superuser: nothing keeps it from changing what it likes.
    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_options.Owner);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(_options.Sql(sql), connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}
