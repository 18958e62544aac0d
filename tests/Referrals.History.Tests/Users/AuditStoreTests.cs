using Referrals.Engine.Network.Audit;

namespace Referrals.History.Tests.Users;

public sealed class AuditStoreTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_are_listed_newest_first_by_page_and_filter()
    {
        var (one, two) = (PeopleSchema.Organisation(), PeopleSchema.Organisation());
        for (var i = 1; i <= 5; i++)
        {
            await schema.Audit.WriteAsync(new AuditEntry(one, "kim", AuditCodes.ClientCreated, $"client-{i}", new Dictionary<string, string> { ["roles"] = "partner" }), Ct);
            await schema.Audit.WriteAsync(new AuditEntry(two, "robin", AuditCodes.ClientDisabled, $"client-{i}"), Ct);
        }

        var first = await schema.Audit.ListAsync([one], new AuditFilter(), null, 3, Ct);
        Assert.Equal(["client-5", "client-4", "client-3"], first.Select(e => e.Subject));
        Assert.Equal(["client-2", "client-1"], (await schema.Audit.ListAsync([one], new AuditFilter(), first[^1].Id, 3, Ct)).Select(e => e.Subject));
        Assert.Equal("partner", first[0].Details!["roles"]);
        Assert.Equal(10, (await schema.Audit.ListAsync([one, two], new AuditFilter(), null, 100, Ct)).Count);
        Assert.All(await schema.Audit.ListAsync([one, two], new AuditFilter([AuditCodes.ClientDisabled]), null, 100, Ct), e => Assert.Equal(two, e.Organisation));
        Assert.Equal(2, (await schema.Audit.ListAsync([one, two], new AuditFilter(Subject: "client-3"), null, 100, Ct)).Count);
        Assert.Equal(5, (await schema.Audit.ListAsync([one, two], new AuditFilter(Who: "robin"), null, 100, Ct)).Count);
        Assert.Empty(await schema.Audit.ListAsync([one], new AuditFilter(From: DateTimeOffset.UtcNow.AddHours(1)), null, 100, Ct));
        Assert.Empty(await schema.Audit.ListAsync([one], new AuditFilter(Until: DateTimeOffset.UtcNow.AddHours(-1)), null, 100, Ct));
    }

    [Theory]
    [InlineData("went-home", "kim", "partner")]
    [InlineData(AuditCodes.UserReset, "Kim Muster", "partner")]
    [InlineData(AuditCodes.UserReset, "kim", "free text")]
    [InlineData(AuditCodes.UserReset, "kim", "a@b")]
    public Task Free_text_is_not_written(string what, string subject, string detail) => Assert.ThrowsAsync<ArgumentException>(() => schema.Audit.WriteAsync(
        new AuditEntry(PeopleSchema.Organisation(), "robin", what, subject, new Dictionary<string, string> { ["roles"] = detail }), Ct));
}
