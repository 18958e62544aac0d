using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>How references of rows lie in the database, and what becomes of those that were written before they were sealed.</summary>
public sealed class ReferenceSealingTests(LocalPostgres server) : IAsyncLifetime
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
    public async Task No_reference_lies_in_the_clear_and_none_is_left_of_a_destroyed_one()
    {
        var row = await PutAsync("Canary-12");

        Assert.Empty(await PlainText.FindAsync(_options.Owner!, _options.Schema, ["canary"], Ct));
        Assert.Equal(9L, await AskAsync("select count(*) from @schema.list_references"));

        await _log.AppendAsync(Given.Rows(new RowChange.DestroyKey(new StreamName("alpha", "thing", row.Id))), Ct);
        Assert.Equal(0L, await AskAsync("select count(*) from @schema.list_references"));
        Assert.Equal(1L, await AskAsync("select count(*) from @schema.list_rows where sealed_reference is null and reference is null"));
    }

    [Fact]
    public async Task Organisations_have_marks_of_their_own()
    {
        await PutAsync("AZ-1");
        await PutAsync("AZ-1", "beta");

        Assert.Equal(8L, await AskAsync("select count(distinct token) from @schema.list_references"));
        Assert.Single(await FindAsync("az-1"));
    }

    [Theory]
    [InlineData("update @schema.list_rows r set sealed_reference = o.sealed_reference from @schema.list_rows o where r.id <> o.id")]
    [InlineData("update @schema.list_rows set sealed_reference = 'no base64'")]
    [InlineData("delete from @schema.stream_keys")]
    public async Task A_reference_that_was_changed_exchanged_or_lost_its_key_is_noticed(string change)
    {
        await PutAsync("AZ-1");
        await PutAsync("AZ-2");
        await AskAsync(change);

        await Assert.ThrowsAsync<SealBrokenException>(() => _log.QueryRowsAsync(new ListQuery("alpha", "cases"), Ct));
    }

    [Fact]
    public async Task References_from_before_are_sealed_and_found_again()
    {
        var (known, keyless, erased, sealedBefore) = (await PutAsync("AZ-1/A"), await PutAsync("AZ-2/B"), await PutAsync("AZ-3/C"), await PutAsync("AZ-4/D"));
        var other = await PutAsync("AZ-5/E", "beta");
        foreach (var (row, reference) in new[] { (known, "AZ-1/A"), (keyless, "AZ-2/B"), (erased, "AZ-3/C"), (other, "AZ-5/E") })
        {
            await AskAsync($$"""update @schema.list_rows set sealed_reference = null, reference = lower('{{reference}}'), data = '{"a": 1, "caseReference": "{{reference}}"}' where id = '{{row.Id}}'""");
            await AskAsync($"delete from @schema.list_references where id = '{row.Id}'");
            await AskAsync($"insert into @schema.mt_streams (tenant_id, id, type, version, timestamp, created) values ('{row.Tenant}', '{row.Id}', 'thing', 1, now(), now())");
        }

        await AskAsync($"delete from @schema.stream_keys where stream_id = '{keyless.Id}'");
        await AskAsync($"update @schema.stream_keys set master_key = null, wrapped = null, destroyed_at = now() where stream_id = '{erased.Id}'");
        Assert.Equal("az-1/a", (await _log.FindRowAsync("alpha", "cases", known.Id, Ct))!.Reference);

        await using (var sealing = new ReferenceSealing(_options))
        {
            Assert.Equal(4, await sealing.RunAsync(2, Ct));
            Assert.Equal(0, await sealing.RunAsync(2, Ct));
        }

        Assert.Equal(["AZ-1/A", "AZ-2/B", "AZ-4/D"], (await FindAsync("az-")).Order(StringComparer.Ordinal));
        Assert.Null((await _log.FindRowAsync("alpha", "cases", erased.Id, Ct))!.Reference);
        Assert.Equal("AZ-5/E", (await _log.FindRowAsync("beta", "cases", other.Id, Ct))!.Reference);
        Assert.Empty(await PlainText.FindAsync(_options.Owner!, _options.Schema, ["az-1", "az-2", "az-3", "az-5", "caseReference"], Ct));
        Assert.Equal("""{"a": 1}""", (await _log.FindRowAsync("alpha", "cases", known.Id, Ct))!.Data);
        Assert.Equal("AZ-4/D", (await _log.FindRowAsync("alpha", "cases", sealedBefore.Id, Ct))!.Reference);
    }

    [Fact]
    public async Task Marks_are_found_after_the_master_key_was_changed()
    {
        await PutAsync("AZ-1");
        Assert.Single(await FindAsync("az"));
        var young = MasterKeys.NewLine("young");
        await using (var rotation = new KeyRotation(_options with { MasterKeys = MasterKeys.FromText($"{young}\n{TestMasterKeys.Text}") }))
        {
            Assert.Equal(2, await rotation.WrapNextAsync(10, Ct));
        }

        await using var later = new PostgresEventLog(_options with { MasterKeys = MasterKeys.FromText(young) }, Given.Codec);
        Assert.Equal("AZ-1", Assert.Single(await later.QueryRowsAsync(new ListQuery("alpha", "cases") { ReferenceStartsWith = "az-1" }, Ct)).Reference);
    }

    [Fact]
    public async Task A_follower_puts_no_references()
    {
        await using var follower = await _log.FollowAsync("no-references", Ct);

        await Assert.ThrowsAsync<ArgumentException>(() => follower.AdvanceAsync(0, [new RowChange.PutListRow(Given.Row("alpha", "cases", Guid.NewGuid()) with { Reference = "AZ-1" })], Ct));
    }

    private async Task<ListRow> PutAsync(string reference, string tenant = "alpha")
    {
        var row = Given.Row(tenant, "cases", Guid.NewGuid()) with { Reference = reference };
        Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(Given.Rows(new RowChange.PutListRow(row)), Ct));
        return row;
    }

    private async Task<IEnumerable<string?>> FindAsync(string start) =>
        (await _log.QueryRowsAsync(new ListQuery("alpha", "cases") { ReferenceStartsWith = start }, Ct)).Select(r => r.Reference);

    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_options.Owner);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(_options.Sql(sql), connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}
