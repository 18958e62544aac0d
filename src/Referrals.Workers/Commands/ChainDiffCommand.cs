using System.CommandLine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals chain diff</c>.</summary>
internal static class ChainDiffCommand
{
    private static readonly Argument<FileInfo> Before = new("A") { Description = "The earlier version, as JSON" };
    private static readonly Argument<FileInfo> After = new("B") { Description = "The later version, as JSON" };
    private static readonly Option<string?> Partner = new("--partner") { Description = "Only what changes something for this organisation (its code)" };

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console)
    {
        var language = Languages.Option();
        var diff = new Command(
            "diff",
            """
            Compare two versions of a chain: every difference on a line of its own, as "step what: sentence".
            The number of the version is no difference.

            Ends with status 0 if nothing differs, 1 if something does, 2 if a file can't be read as a chain.

            Examples:
              ./referrals chain diff deploy/demo/chains/arbeit-mit-kind.json entwurf.json
              ./referrals chain diff --partner kita-amt-lindenfurt --lang de alt.json neu.json
            """)
        {
            Before, After, Partner, language,
        };
        diff.SetAction((parsed, ct) => RunAsync(
            console, parsed.GetValue(Before)!, parsed.GetValue(After)!, parsed.GetValue(Partner), Languages.IsGerman(parsed.GetValue(language)), ct));
        return diff;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, FileInfo a, FileInfo b, string? partner, bool german, CancellationToken ct)
    {
        if (await ReadAsync(console, a, german, ct) is not { } before || await ReadAsync(console, b, german, ct) is not { } after)
        {
            return ExitCodes.Trouble;
        }

        var found = ChainDiff.Of(before, after);
        if (partner is not null)
        {
            found = found.For(new(partner));
        }

        foreach (var difference in found)
        {
            var sentence = german ? difference.Sentence.De : difference.Sentence.En ?? difference.Sentence.De;
            console.Profile.Out.Writer.WriteLine($"{difference.Node?.Value ?? "."} {difference.What}: {sentence}");
        }

        return found.Count == 0 ? ExitCodes.Fine : ExitCodes.Failed;
    }

    private static async Task<ChainVersion?> ReadAsync(IAnsiConsole console, FileInfo file, bool german, CancellationToken ct)
    {
        if (!file.Exists)
        {
            console.Profile.Out.Writer.WriteLine($"{file}: {(german ? "Die Datei gibt es nicht." : "There is no such file.")}");
            return null;
        }

        var reading = ChainJson.Read(await File.ReadAllBytesAsync(file.FullName, ct));
        if (reading.Chain is null)
        {
            foreach (var fault in reading.Faults)
            {
                console.Profile.Out.Writer.WriteLine($"{file}: {ChainCommand.Line(fault, german)}");
            }
        }

        return reading.Chain;
    }
}
