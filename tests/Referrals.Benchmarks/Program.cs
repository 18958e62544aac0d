using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Referrals.Benchmarks;
using Referrals.Benchmarks.Appending;
using Referrals.Benchmarks.Chain;
using Referrals.Benchmarks.Hop;
using Referrals.Benchmarks.Logs;
using Referrals.Benchmarks.Measuring;
using Referrals.Benchmarks.Pages;
using Referrals.Benchmarks.Review;
using Referrals.Benchmarks.Screening;
using Referrals.LocalServers;

var what = new Argument<string>("what")
{
    Description = "What to measure.",
    DefaultValueFactory = _ => "all",
};
what.AcceptOnlyFromAmong("append", "chain", "hop", "pages", "logs", "screen", "review-fill", "review-rebuild", "review-figures", "review-pages", "review", "all");
var rounds = new Option<int>("--rounds") { Description = "How often everything is measured, in turn.", DefaultValueFactory = _ => 5 };
var seconds = new Option<double?>("--seconds") { Description = "How long each measurement counts. [default: 3; hop: 10]" };
var writers = new Option<int?>("--writers") { Description = "Transactions with appends that the log has open at once. [default: the product's]" };
var json = new Option<FileInfo?>("--json") { Description = "Also write everything, with each round's figures, to this file." };
var referrals = new Option<int>("--referrals") { Description = "review, review-pages, review-fill: how many finished referrals.", DefaultValueFactory = _ => 1_000_000 };
var keep = new Option<DirectoryInfo?>("--keep") { Description = "review, review-pages: where the server and the data set stay; what is there already is used again." };
rounds.Validators.Add(r => Positive(r, rounds.Name, r.GetValueOrDefault<int>()));
seconds.Validators.Add(r => Positive(r, seconds.Name, r.GetValueOrDefault<double?>() ?? 1));
referrals.Validators.Add(r => Positive(r, referrals.Name, r.GetValueOrDefault<int>()));
writers.Validators.Add(r => Positive(r, writers.Name, r.GetValueOrDefault<int?>() ?? 1));
var root = new RootCommand("Measures the product on servers of its own, each thing beside its floor.") { what, rounds, seconds, writers, referrals, keep, json };
root.SetAction((parsed, ct) => RunAsync(
    parsed.GetRequiredValue(what),
    new BenchSettings(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(writers)),
    parsed.GetValue(referrals),
    parsed.GetValue(keep),
    parsed.GetValue(json),
    ct));

// Time to stop the servers after Ctrl-C.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

static void Positive(System.CommandLine.Parsing.OptionResult result, string name, double value)
{
    if (value <= 0)
    {
        result.AddError($"{name} must be more than 0");
    }
}

static async Task<int> RunAsync(string what, BenchSettings settings, int referrals, DirectoryInfo? keep, FileInfo? json, CancellationToken ct)
{
    await using var postgres = keep is null ? new LocalPostgres() : LocalPostgres.In(keep.FullName);
    await postgres.StartAsync(ct);
    var machine = await Machine.DescribeAsync(postgres.ConnectionString, postgres.Folder, ct);
    Console.WriteLine(string.Join(", ", machine.Select(m => $"{m.Key} {m.Value}")));
    foreach (var doubt in Machine.Doubts(machine, settings.Rounds))
    {
        Console.WriteLine($"Don't keep these figures: {doubt}.");
    }

    var benchmarks = new (string Name, Func<Task<IReadOnlyList<Table>>> Run)[]
    {
        ("append", async () => [await AppendBenchmark.RunAsync(postgres, settings, ct)]),
        ("chain", () => ChainBenchmark.RunAsync(postgres, settings, ct)),
        ("pages", () => PagesBenchmark.RunAsync(postgres, settings, ct)),
        ("logs", () => LogsBenchmark.RunAsync(settings, ct)),
        ("screen", () => ScreenBenchmark.RunAsync(settings, ct)),
        ("review-fill", () => ReviewFillBenchmark.RunAsync(postgres, referrals, ct)),
        ("review", () => ReviewBenchmark.RunAsync(postgres, referrals, again: true, settings, ct)),
        ("review-pages", () => ReviewBenchmark.RunAsync(postgres, referrals, again: false, settings, ct)),
        ("review-rebuild", () => RebuildBenchmark.RunAsync(postgres, settings, ct)),
        ("review-figures", () => Task.FromResult<IReadOnlyList<Table>>([FiguresBenchmark.Run(settings)])),
        ("hop", async () => [await HopBenchmark.RunAsync(postgres, settings, ct)]),
    };
    var tables = new List<Table>();
    foreach (var (_, run) in benchmarks.Where(b => b.Name == what || (what == "all" && b.Name is not ("review" or "review-pages" or "review-fill"))))
    {
        foreach (var table in await run())
        {
            tables.Add(table);
            Console.WriteLine();
            Console.Write(Markdown.Write(table));
        }
    }

    if (json is not null)
    {
        var report = new Report(machine, settings.Rounds, tables);
        var shape = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(report, shape), ct);
    }

    return 0;
}
