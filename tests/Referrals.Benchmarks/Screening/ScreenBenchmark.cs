using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine.Privacy;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Screening;

/// <summary>
/// How fast free text is screened: one MB of the notes of the labelled corpus, by one thread. Floor: the same bytes decoded, and every
/// character looked at once. The very first MB of the process, with everything compiled meanwhile, stands beside it.
/// </summary>
internal static class ScreenBenchmark
{
    private const int Bytes = 1_000_000;
    private const int Runs = 3;
    private static readonly string[] Parts = ["develop", "held-out"];

    /// <summary>Runs it; needs no server.</summary>
    public static async Task<IReadOnlyList<Table>> RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var lines = Notes();
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var (floor, screen, hits, letters) = (new List<double>(), new List<double>(), 0, 0);
        var first = Milliseconds(() => hits = lines.Sum(l => NoteScreen.Find(l).Count));
        await settings.EachRoundAsync("screen", () =>
        {
            ct.ThrowIfCancellationRequested();
            floor.Add(Best(() => letters = Encoding.UTF8.GetString(bytes).EnumerateRunes().Count(Rune.IsLetter)));
            screen.Add(Best(() => hits = lines.Sum(l => NoteScreen.Find(l).Count)));
            return Task.CompletedTask;
        });
        return
        [
            new Table(
                "Screening",
                ["decode ms", "screen ms", "ratio", "MB/s", "first MB ms"],
                [
                    new Row("notes of the corpus", string.Create(CultureInfo.InvariantCulture, $"{bytes.Length / 1e6:0.0} MB, {lines.Count:N0} notes"), new Dictionary<string, Spread>
                    {
                        ["decode ms"] = Spread.Of(floor),
                        ["screen ms"] = Spread.Of(screen),
                        ["ratio"] = Spread.Ratio(Spread.Of(screen), Spread.Of(floor)),
                        ["MB/s"] = Spread.Of(screen.Select(ms => bytes.Length / 1e6 / ms * 1000)),
                        ["first MB ms"] = Spread.Of([first]),
                    }),
                ],
                string.Create(CultureInfo.InvariantCulture, $"{hits:N0} hits among {letters:N0} letters. Fastest of {Runs} runs a round, one thread; ./referrals screen takes as many as there are processors.")),
        ];
    }

    private static List<string> Notes()
    {
        var notes = Parts.SelectMany(p => File.ReadLines(Repository.Path("tests", "Referrals.Engine.Tests", "Privacy", "Corpus", $"{p}.jsonl"))).Select(Text).ToList();
        var (lines, size) = (new List<string>(), 0);
        while (size < Bytes)
        {
            lines.Add(notes[lines.Count % notes.Count]);
            size += Encoding.UTF8.GetByteCount(lines[^1]) + 1;
        }

        return lines;
    }

    private static string Text(string line)
    {
        using var note = JsonDocument.Parse(line);
        return note.RootElement.GetProperty("text").GetString()!;
    }

    private static double Best(Action run) => Enumerable.Range(0, Runs).Min(_ => Milliseconds(run));

    private static double Milliseconds(Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
