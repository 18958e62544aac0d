using System.CommandLine;
using System.Globalization;
using Referrals.Engine.Chains;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals chain</c>.</summary>
internal static class ChainCommand
{
    private static readonly Argument<FileInfo[]> Files = new("FILE") { Description = "Chains as JSON", Arity = ArgumentArity.OneOrMore };

    /// <summary>The commands on chains.</summary>
    public static Command Create(IAnsiConsole console)
    {
        var language = Languages.Option();
        var check = new Command(
            "check",
            """
            Check chains: every fault on a line of its own, as "path: message".

            Ends with status 0 if all are valid, else 1.

            Examples:
              ./referrals chain check deploy/demo/chains/*.json
              ./referrals chain check --lang de entwurf.json
            """)
        {
            Files, language,
        };
        check.SetAction(async (parsed, ct) =>
        {
            var (files, german, valid) = (parsed.GetValue(Files)!, Languages.IsGerman(parsed.GetValue(language)), true);
            foreach (var file in files)
            {
                valid &= await CheckAsync(console, file, files.Length > 1, german, ct);
            }

            return valid ? ExitCodes.Fine : ExitCodes.Failed;
        });
        return new Command("chain", "Chains as files") { check, ChainDiffCommand.Create(console), ChainFileCommand.Export(console), ChainFileCommand.Import(console), ChainTryCommand.Create(console, TimeProvider.System) };
    }

    /// <summary>A fault as people read it.</summary>
    public static string Line(ChainFault fault, bool german) =>
        $"{(fault.Path.Length == 0 ? "." : fault.Path)}: {(german ? fault.Message.De : fault.Message.En ?? fault.Message.De)}";

    private static async Task<bool> CheckAsync(IAnsiConsole console, FileInfo file, bool several, bool german, CancellationToken ct)
    {
        if (!file.Exists)
        {
            Say(console, $"{file}: {(german ? "Die Datei gibt es nicht." : "There is no such file.")}");
            return false;
        }

        var reading = ChainJson.Read(await File.ReadAllBytesAsync(file.FullName, ct));
        foreach (var fault in reading.Faults)
        {
            Say(console, (several ? $"{file}: " : "") + Line(fault, german));
        }

        if (reading is not { Chain: { } chain, Faults.Count: 0 })
        {
            return false;
        }

        var title = german ? chain.Title.De : chain.Title.En ?? chain.Title.De;
        var (steps, partners) = (chain.Steps().Count(), chain.Partners().Count());
        Say(console, german
            ? string.Create(CultureInfo.InvariantCulture, $"{title}, Fassung {chain.Version}: {steps} Schritte, {partners} Partner, {ChainJson.ContentHash(chain)}")
            : string.Create(CultureInfo.InvariantCulture, $"{title}, version {chain.Version}: {steps} steps, {partners} partners, {ChainJson.ContentHash(chain)}"));
        return true;
    }

    // Unwrapped, so that other programs can read the lines.
    private static void Say(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}

/// <summary>The language of the answers.</summary>
internal static class Languages
{
    /// <summary>The option; without it <c>LC_ALL</c>, <c>LC_MESSAGES</c> or <c>LANG</c> decides.</summary>
    public static Option<string> Option()
    {
        var option = new Option<string>("--lang") { Description = "de or en; else as LANG says" };
        option.AcceptOnlyFromAmong("de", "en");
        return option;
    }

    /// <summary>Whether German is wanted.</summary>
    public static bool IsGerman(string? asked) => (asked ?? Environment("LC_ALL") ?? Environment("LC_MESSAGES") ?? Environment("LANG") ?? "").StartsWith("de", StringComparison.Ordinal);

    private static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
