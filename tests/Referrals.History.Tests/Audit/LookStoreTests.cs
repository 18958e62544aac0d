using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.History.Tests.Audit;

public sealed class LookStoreTests(AuditSchema schema) : IClassFixture<AuditSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LookStore Looks => schema.Looks[0];

    [Fact]
    public async Task Looks_are_listed_latest_first_by_page_and_filter()
    {
        var (organisation, subject) = (AuditSchema.Organisation(), Guid.NewGuid());
        for (var i = 1; i <= 5; i++)
        {
            await Looks.WriteAsync(AuditSchema.Look(organisation, i == 3 ? subject : null, $"p{i}"), Ct);
        }

        await schema.Deeds.WriteAsync(new AuditEntry(organisation, "robin", AuditCodes.UserReset, "p1"), Ct);
        await Looks.WriteAsync(
            new Look(organisation, "p1", LookCodes.Referrals, "caseworker", LookPurposes.Casework, LookOutcomes.Forbidden) { Count = 12, Filters = ["status", "kette"] }, Ct);

        async Task<string> Who(LookFilter filter) => string.Join(' ', (await Looks.ListAsync(organisation, filter, null, 100, Ct)).Select(l => l.Entry.Who));
        var first = await Looks.ListAsync(organisation, new LookFilter(), null, 3, Ct);
        Assert.Equal(["p1", "p5", "p4"], first.Select(l => l.Entry.Who));
        Assert.Equal((12, "status,kette", (Guid?)null), (first[0].Count, first[0]["filter"], first[0].Subject));
        Assert.Equal(["p3", "p2", "p1"], (await Looks.ListAsync(organisation, new LookFilter(), first[^1].Entry.ChainNo, 3, Ct)).Select(l => l.Entry.Who));
        Assert.Equal("p3", await Who(new LookFilter(Subjects: [subject])));
        Assert.Equal("p1 p1", await Who(new LookFilter(Who: "p1")));
        Assert.Equal("p1", await Who(new LookFilter(What: LookCodes.Referrals)));
        Assert.Equal("p1", await Who(new LookFilter(Outcome: LookOutcomes.Forbidden)));
        Assert.Equal("", await Who(new LookFilter(From: DateTimeOffset.UtcNow.AddHours(1))));
        Assert.Equal("", await Who(new LookFilter(Until: DateTimeOffset.UtcNow.AddHours(-1))));
        Assert.Equal((6, 4), (await Looks.CountAsync(organisation, new LookFilter(), 100, Ct), await Looks.CountAsync(organisation, new LookFilter(), 4, Ct)));
        Assert.Equal(["robin"], (await schema.Deeds.ListAsync([organisation], new AuditFilter(), null, 100, Ct)).Select(e => e.Who));
        Assert.Empty(await Looks.ListAsync(AuditSchema.Organisation(), new LookFilter(), null, 100, Ct));
    }

    [Fact]
    public async Task Looks_of_another_organisation_are_not_read_with_any_statement()
    {
        var (one, two) = (await schema.WithEntriesAsync(2), await schema.WithEntriesAsync(3));
        await using var app = await schema.AppAsync(one);
        Assert.Equal([$"{one}|2"], await app.LinesAsync($"select tenant_id, count(*) from {schema.Options.Schema}.audit_entries group by 1", Ct));
        Assert.Equal([one.Value], await app.LinesAsync($"select tenant_id from {schema.Options.Schema}.audit_heads", Ct));
        Assert.Equal(3, await Looks.CountAsync(two, new LookFilter(), 10, Ct) + 1);
    }

    [Fact]
    public async Task A_look_by_number_gets_the_id_of_what_has_it_and_one_at_nothing_keeps_the_number()
    {
        var organisation = AuditSchema.Organisation();
        var stream = new StreamName(organisation.Value, "thing", Guid.NewGuid());
        await using var log = new PostgresEventLog(schema.Options, Given.Codec);
        await log.AppendAsync(
            Append.To(stream, 0, [new Opened(stream.Tenant)], Given.Context(), new RowChange.PutListRow(Given.Row(stream.Tenant, "referrals", stream.Id) with { Series = "2026" })), Ct);
        Look At(int number) => AuditSchema.Look(organisation) with { Subject = null, Number = new CaseNumber("2026", number) };

        await Looks.WriteAsync(At(1), Ct);
        await Looks.WriteAsync(At(2), Ct);

        var lines = await Looks.ListAsync(organisation, new LookFilter(), null, 10, Ct);
        Assert.Equal([(null, (CaseNumber?)null, "2026-0002"), (stream.Id, new CaseNumber("2026", 1), "2026-0001")], lines.Select(l => (l.Subject, l.Number, l["number"]!)));
        Assert.Null((await schema.VerifyAsync(organisation)).Fault);
    }

    [Theory]
    [InlineData("mara.birkenfeld", "mara.birkenfeld")]
    [InlineData("auth0|7*f@clients", "auth0*7c7*2af*40clients")]
    [InlineData("Jürgen", "J*c3*bcrgen")]
    public void Who_looked_is_written_without_free_text_and_without_confusing_two(string who, string written) => Assert.Equal(written, Look.Written(who));

    [Fact]
    public Task A_look_at_what_is_no_code_is_not_written() =>
        Assert.ThrowsAsync<ArgumentException>(() => Looks.WriteAsync(AuditSchema.Look(AuditSchema.Organisation()) with { What = "Frau Muster" }, Ct));
}
