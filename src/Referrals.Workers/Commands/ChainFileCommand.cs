using System.CommandLine;
using System.Text;
using Referrals.Engine.Chains.Formats;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals chain export</c> and <c>referrals chain import</c>.</summary>
internal static class ChainFileCommand
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "A chain as JSON, BPMN or Elsa workflow; the format is recognised" };
    private static readonly Option<string> Out = new("--out") { Description = "File to write; - or left out: standard output" };

    /// <summary>Writes a chain in the format of another tool.</summary>
    public static Command Export(IAnsiConsole console)
    {
        var format = new Option<string>("--format") { Description = "json, bpmn or elsa", Required = true };
        format.AcceptOnlyFromAmong("json", "bpmn", "elsa");
        var language = Languages.Option();
        var command = new Command(
            "export",
            """
            Write a chain as JSON, as BPMN 2.0 with its drawing, or as an Elsa 3 workflow definition.

            A chain with faults is not written; they are listed, and the status is 1.

            Example:
              ./referrals chain export kette.json --format bpmn --out kette.bpmn
            """)
        {
            File, format, Out, language,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (german, target) = (Languages.IsGerman(parsed.GetValue(language)), Enum.Parse<ChainFormat>(parsed.GetValue(format)!, ignoreCase: true));
            var import = await ReadAsync(console, parsed.GetValue(File)!, german, ct);
            return import is { Chain: { } chain, Faults.Count: 0 }
                ? await WriteAsync(console, parsed.GetValue(Out), ChainFormats.Export(chain, target), german, ct)
                : ExitCodes.Failed;
        });
        return command;
    }

    /// <summary>Reads a chain from the format of another tool.</summary>
    public static Command Import(IAnsiConsole console)
    {
        var language = Languages.Option();
        var command = new Command(
            "import",
            """
            Read a chain from JSON, BPMN 2.0 or an Elsa 3 workflow definition and write it as our JSON.

            What the file doesn't say, such as a step's service or outcomes, is left open in the JSON and listed; the status is then 1. Where no chain can be
            made of the file nothing is written.

            Example:
              ./referrals chain import kette.bpmn --out kette.json
            """)
        {
            File, Out, language,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var german = Languages.IsGerman(parsed.GetValue(language));
            if (await ReadAsync(console, parsed.GetValue(File)!, german, ct) is not { Chain: { } chain } import)
            {
                return ExitCodes.Failed;
            }

            // With faults on standard output, the chain can only go to a file.
            var written = import.Faults.Count > 0 && IsStandard(parsed.GetValue(Out))
                ? ExitCodes.Failed
                : await WriteAsync(console, parsed.GetValue(Out), ChainFormats.Export(chain, ChainFormat.Json), german, ct);
            return import.Faults.Count == 0 ? written : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<ChainImport?> ReadAsync(IAnsiConsole console, FileInfo file, bool german, CancellationToken ct)
    {
        if (!file.Exists)
        {
            Say(console, $"{file}: {(german ? "Die Datei gibt es nicht." : "There is no such file.")}");
            return null;
        }

        var import = ChainFormats.Import(await System.IO.File.ReadAllBytesAsync(file.FullName, ct));
        foreach (var fault in import.Faults)
        {
            Say(console, ChainCommand.Line(fault, german));
        }

        return import;
    }

    // By way of a file beside it, so that a chain is written whole or not at all.
    private static async Task<int> WriteAsync(IAnsiConsole console, string? target, byte[] content, bool german, CancellationToken ct)
    {
        if (IsStandard(target))
        {
            console.Profile.Out.Writer.Write(Encoding.UTF8.GetString(content));
            return ExitCodes.Fine;
        }

        var beside = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            await System.IO.File.WriteAllBytesAsync(beside, content, ct);
            System.IO.File.Move(beside, target!, overwrite: true);
            return ExitCodes.Fine;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (System.IO.File.Exists(beside))
            {
                System.IO.File.Delete(beside);
            }

            Say(console, $"{target}: {(german ? "Die Datei lässt sich nicht schreiben." : "The file can't be written.")}");
            return ExitCodes.Failed;
        }
    }

    private static bool IsStandard(string? target) => target is null or "" or "-";

    private static void Say(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
