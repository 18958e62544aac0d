using System.Text.Json;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands.Review;

/// <summary>Event logs from the command line: in, looked at, out again, gone.</summary>
public sealed class ReviewCommandTests(LocalPostgres postgres)
{
    private const string Table =
        """
        Ticket;Step;Done at;Team
        t1;open;02.03.2026 08:00;A
        t1;ask;02.03.2026 10:00;B
        t1;close;04.03.2026 10:00;A
        t2;open;02.03.2026 08:00;A
        t2;close;02.03.2026 14:00;A
        """;

    private static readonly string[] Mapping = ["--case", "Ticket", "--activity", "Step", "--time", "Done at", "--group", "Team"];

    private static readonly string Wabo = Repository.Path("..", "shared", "data", "event-logs", "wabo-receipt.xes.gz");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_imported_measured_exported_and_deleted()
    {
        var (settings, folder) = await StartAsync("review_table");
        var file = Path.Combine(folder.FullName, "Tickets 2026.csv");
        await File.WriteAllTextAsync(file, Table, Ct);

        Assert.Equal((0, "tickets-2026"), await RunAsync(settings, ["review", "import", file, .. Mapping]));
        Assert.Equal((0, "tickets-2026-2"), await RunAsync(settings, ["review", "import", file, .. Mapping]));
        Assert.Equal((0, "mine"), await RunAsync(settings, ["review", "import", file, "--name", "mine", .. Mapping]));
        Assert.Equal((1, "There is a log mine already."), await RunAsync(settings, ["review", "import", file, "--name", "mine", .. Mapping]));

        var (status, json) = await RunAsync(settings, ["review", "figures", "--log", "tickets-2026", "--json", "--until", "close"]);
        Assert.Equal(0, status);
        Check(JsonDocument.Parse(json).RootElement);
        Assert.Contains("ask", (await RunAsync(settings, ["review", "figures", "--log", "tickets-2026"])).Text, StringComparison.Ordinal);

        foreach (var (format, name) in new[] { ("xes", "again-xes.xes.gz"), ("ocel", "again-ocel.jsonocel"), ("csv", "again-csv.csv") })
        {
            var to = Path.Combine(folder.FullName, name);
            Assert.Equal((0, ""), await RunAsync(settings, ["review", "export", "--log", "mine", "--format", format, "--out", to]));
            Assert.Equal((0, $"again-{format}"), await RunAsync(settings, ["review", "import", to]));
            Assert.Equal(json, (await RunAsync(settings, ["review", "figures", "--log", $"again-{format}", "--json", "--until", "close"])).Text);
        }

        Assert.Contains("again-ocel", (await RunAsync(settings, ["review", "list"])).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(settings, ["review", "delete", "mine"])).Status);
        Assert.Equal((1, "There is no log mine; see ./referrals review list."), await RunAsync(settings, ["review", "delete", "mine"]));
        Assert.Equal((1, "There is no log mine; see ./referrals review list."), await RunAsync(settings, ["review", "figures", "--log", "mine", "--json"]));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_no_log_ends_with_1_and_one_sentence()
    {
        var (settings, folder) = await StartAsync("review_refused");
        var file = Path.Combine(folder.FullName, "bad.xes");
        await File.WriteAllTextAsync(file, "<!DOCTYPE log SYSTEM 'file:///etc/passwd'><log/>", Ct);

        Assert.Equal((1, "bad.xes: Line 1: The XML has a document type definition, which is refused."), await RunAsync(settings, ["review", "import", file]));
        Assert.Equal(1, (await RunAsync(settings, ["review", "import", Path.Combine(folder.FullName, "none.xes")])).Status);
        Assert.Equal(1, (await RunAsync(settings, ["review", "import", file, "--name", "No Name"])).Status);
        Assert.Equal(1, (await RunAsync(settings, ["review", "import", file, "--time-zone", "Nowhere/Else"])).Status);
        Assert.Equal(1, (await RunAsync(settings, ["review", "import", file, "--separator", "xy"])).Status);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_real_log_gives_its_known_answers_from_the_command_line()
    {
        if (!File.Exists(Wabo))
        {
            Assert.Skip($"There is no {Wabo}; the log is no part of the repository.");
        }

        var (settings, folder) = await StartAsync("review_wabo");
        folder.Delete();
        Assert.Equal((0, "wabo-receipt"), await RunAsync(settings, ["review", "import", Wabo]));
        var figures = JsonDocument.Parse((await RunAsync(settings, ["review", "figures", "--log", "wabo-receipt", "--json"])).Text).RootElement;

        Assert.Equal(
            [1434, 8577, 27, 48, 116, 713, 1208, 5440, 187],
            new[] { "cases", "events", "activities", "resources", "variants", "topVariantCases", "resourceChanges", "groupChanges", "pingPongCases" }
                .Select(n => figures.GetProperty(n).GetInt32()));
        Assert.Equal(99, figures.GetProperty("directlyFollows").GetArrayLength());
        Assert.Equal(2422, Math.Round(figures.GetProperty("directlyFollows")[0].GetProperty("totalDays").GetDouble()));
    }

    private static void Check(JsonElement figures)
    {
        Assert.Equal(
            [2, 5, 3, 0, 2, 1, 0, 2, 1],
            new[] { "cases", "events", "activities", "resources", "variants", "topVariantCases", "resourceChanges", "groupChanges", "pingPongCases" }
                .Select(n => figures.GetProperty(n).GetInt32()));
        Assert.Equal(
            [("ask", "close", 1, 2.0, 48.0, 48.0), ("open", "close", 1, 0.25, 6.0, 6.0), ("open", "ask", 1, 2 / 24.0, 2.0, 2.0)],
            figures.GetProperty("directlyFollows").EnumerateArray().Select(e => (
                e.GetProperty("from").GetString()!, e.GetProperty("to").GetString()!, e.GetProperty("count").GetInt32(), e.GetProperty("totalDays").GetDouble(),
                e.GetProperty("medianHours").GetDouble(), e.GetProperty("meanHours").GetDouble())));
        Assert.Equal((1 / 4.0 + 50 / 24.0) / 2, figures.GetProperty("throughputDays").GetProperty("median").GetDouble(), 9);
        Assert.Equal(0.25 + (0.9 * ((50 / 24.0) - 0.25)), figures.GetProperty("throughputDays").GetProperty("p90").GetDouble(), 9);
        Assert.Equal(2, figures.GetProperty("survival").GetProperty("events").GetInt32());
    }

    private async Task<(Dictionary<string, string?> Settings, DirectoryInfo Folder)> StartAsync(string database) => (
        new Dictionary<string, string?> { ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text, ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync(database, Ct) }, Directory.CreateTempSubdirectory("review-"));

    private static async Task<(int Status, string Text)> RunAsync(Dictionary<string, string?> settings, string[] args)
    {
        var (status, text) = await CommandRun.Of(settings, args);
        return (status, text.Trim());
    }
}
