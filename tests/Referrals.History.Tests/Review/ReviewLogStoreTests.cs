using System.Text;
using Npgsql;
using Referrals.Engine;
using Referrals.Engine.Review.Logs;
using Referrals.History.Tests.Users;

namespace Referrals.History.Tests.Review;

public sealed class ReviewLogStoreTests(PeopleSchema schema) : IClassFixture<PeopleSchema>
{
    private const string Table = "case,activity,time,user\nc1,a,2026-03-02T08:00:00Z,Kim\nc1,b,2026-03-03T08:00:00Z,\n,b,2026-03-03,\n";

    private static readonly LogKeeper Kim = new(new OrganisationId("alpha"), "kim");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ReviewLogStore Logs => new(schema.Database, schema.Clock);

    [Fact]
    public async Task A_log_is_kept_listed_found_again_and_deleted()
    {
        Assert.Equal("kept", await Logs.AddAsync("kept", true, "Kept for now", Kim, Read(), Ct));

        var line = Assert.Single(await Logs.ListAsync(Ct), l => l.Name == "kept");
        Assert.Equal(("Kept for now", "kim", LogFormat.Csv, 1, 2, 2, 1), (line.Title, line.ImportedBy, line.Format, line.Cases, line.Events, line.Activities, line.Resources));
        Assert.Equal([new LogWarning("A row names no case and was left out.", 1, 4) { Code = "row-without-case" }], line.Warnings);
        var (_, log) = (await Logs.FindAsync("kept", Ct))!.Value;
        Assert.Equal(["a", "b"], log.Activities);
        Assert.Equal([new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 3, 8, 0, 0, DateTimeKind.Utc)], log.EventsOf(log.Cases[0]).ToArray().Select(e => e.At));

        Assert.True(await Logs.DeleteAsync("kept", Kim, Ct));
        Assert.False(await Logs.DeleteAsync("kept", Kim, Ct));
        Assert.Null(await Logs.FindAsync("kept", Ct));
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number_unless_it_has_to_be_that_name()
    {
        Assert.Equal("twice", await Logs.AddAsync("twice", false, "x", Kim, Read(), Ct));
        Assert.Equal("twice-2", await Logs.AddAsync("twice", false, "x", Kim, Read(), Ct));
        Assert.Equal("twice-3", await Logs.AddAsync("twice", false, "x", Kim, Read(), Ct));
        Assert.Null(await Logs.AddAsync("twice", true, "x", Kim, Read(), Ct));
    }

    [Fact]
    public async Task Nobody_sees_a_log_or_keeps_one_who_does_not_act_for_the_network()
    {
        await Logs.AddAsync("closed", false, "x", Kim, Read(), Ct);
        await using var app = await schema.ActingForAsync("alpha");

        Assert.Equal(0, await app.ScalarAsync<long>($"select count(*) from {schema.Options.Schema}.review_logs", Ct));
        await app.RunAsync($"delete from {schema.Options.Schema}.review_logs", Ct);
        Assert.NotNull(await Logs.FindAsync("closed", Ct));
        foreach (var tenant in new[] { "*DEFAULT*", "alpha" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => app.RunAsync(
                $"insert into {schema.Options.Schema}.review_logs values ('{tenant}', 'mine', 'x', now(), 'x', 'csv', 1, 1, 1, 1, '[]', '')", Ct));
            Assert.Contains(refused.SqlState, new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.CheckViolation });
        }
    }

    [Theory]
    [InlineData("/tmp/Wabo Receipt.xes.gz", "wabo-receipt")]
    [InlineData("Überleitungen_2026.csv", "ueberleitungen-2026")]
    [InlineData("2026.jsonocel", "log-2026")]
    [InlineData("日本.csv", "log")]
    [InlineData("a.b.csv", "a-b")]
    [InlineData(".csv", "log")]
    [InlineData("long-name-that-goes-on-and-on-and-on-and-on-and-on--and-on-and-on-and-on.csv", "long-name-that-goes-on-and-on-and-on-and-on-and-on")]
    public void The_name_is_made_from_the_file(string file, string name)
    {
        Assert.Equal(name, ReviewLogStore.NameOf(file));
        Assert.True(Codes.IsCode(ReviewLogStore.NameOf(file) + "-1000"));
    }

    private static LogReading Read() => EventLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Table)), "x.csv", new LogOptions(), Ct);
}
