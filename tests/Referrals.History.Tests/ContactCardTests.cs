using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>Ciphertexts of contact cards: written and deleted with the events, for sender and partner alone.</summary>
public sealed class ContactCardTests(LocalPostgres server) : IAsyncLifetime
{
    private static readonly DateTimeOffset Until = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Guid _assignment = Guid.NewGuid();
    private PostgresOptions _options = null!;
    private PostgresEventLog _log = null!;
    private TenantDatabase _tables = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = await server.MigratedAsync(Ct);
        _log = new PostgresEventLog(_options, Given.Codec);
        _tables = new TenantDatabase(_options);
    }

    public async ValueTask DisposeAsync()
    {
        await _tables.DisposeAsync();
        await _log.DisposeAsync();
    }

    private RowChange.PutCard Card(int issue, string text) => new("alpha", _assignment, "beta", issue, "k1", Until, text);

    [Fact]
    public async Task Sender_and_partner_see_a_card_and_nobody_else()
    {
        await WriteAsync("alpha", Card(1, "one"));
        Assert.Equal(["one"], await SeesAsync("alpha"));
        Assert.Equal(["one"], await SeesAsync("beta"));
        Assert.Empty(await SeesAsync("gamma"));
    }

    [Fact]
    public async Task A_new_card_takes_the_place_of_the_old_one_and_both_sides_delete_up_to_a_card()
    {
        await WriteAsync("alpha", Card(1, "one"));
        await WriteAsync("alpha", Card(2, "two"));
        await WriteAsync("beta", new RowChange.DropCard("beta", _assignment, 1));
        Assert.Equal(["two"], await SeesAsync("beta"));
        await WriteAsync("gamma", new RowChange.DropCard("gamma", _assignment, int.MaxValue));
        Assert.Equal(["two"], await SeesAsync("beta"));
        await WriteAsync("beta", new RowChange.DropCard("beta", _assignment, 2));
        Assert.Empty(await SeesAsync("alpha"));
        await WriteAsync("alpha", Card(3, "three"));
        await WriteAsync("alpha", new RowChange.DropCard("alpha", _assignment, int.MaxValue));
        Assert.Empty(await SeesAsync("alpha"));
    }

    [Fact]
    public async Task A_refused_append_neither_keeps_nor_deletes()
    {
        var stream = new StreamName("alpha", "thing", Guid.NewGuid());
        await WriteAsync("alpha", Card(1, "one"));
        Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(Given.Append(stream, 0, new Counted(1)), Ct));
        var late = Given.Append(stream, 0, new Counted(2)) with { Rows = [new RowChange.DropCard("alpha", _assignment, 1)] };
        Assert.IsType<AppendResult.Conflict>(await _log.AppendAsync(late, Ct));
        Assert.Equal(["one"], await SeesAsync("beta"));
    }

    [Theory]
    [InlineData("insert into @schema.contact_cards (assignment_id, sender_id, partner_id, issue, key_id, until, sealed) values (gen_random_uuid(), 'alpha', 'beta', 1, 'k1', now(), 'x')")]
    [InlineData("update @schema.contact_cards set sealed = 'other'")]
    public async Task A_partner_puts_none_in_the_senders_name_and_nobody_changes_one(string sql)
    {
        await WriteAsync("alpha", Card(1, "one"));
        await Assert.ThrowsAsync<PostgresException>(() => _tables.RunAsync(new OrganisationId("beta"), sql, r => r.FieldCount, Ct));
        Assert.Equal(["one"], await SeesAsync("alpha"));
    }

    private async Task WriteAsync(string tenant, RowChange change) =>
        Assert.IsType<AppendResult.Appended>(await _log.AppendAsync(new Append(new Actor("tests", new OrganisationId(tenant)).At(DateTimeOffset.UtcNow), [], [change]), Ct));

    private Task<IReadOnlyList<string>> SeesAsync(string tenant) =>
        _tables.RunAsync(new OrganisationId(tenant), "select sealed from @schema.contact_cards", r => r.GetString(0), Ct);
}
