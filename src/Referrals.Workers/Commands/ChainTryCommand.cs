using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.Referrals.Trying;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals chain try</c>.</summary>
internal static class ChainTryCommand
{
    private static readonly Argument<FileInfo> ChainFile = new("FILE") { Description = "A chain as JSON, BPMN or Elsa workflow" };
    private static readonly Option<FileInfo?> Answers = new("--answers") { Description = "What is done, as JSON; without it only the start" };

    /// <summary>Walks through a chain.</summary>
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var language = Languages.Option();
        var command = new Command(
            "try",
            """
            Walk through a chain with made-up answers: who gets what, by when, on the real calendar. Nothing is recorded.

            The answers are JSON, such as
              { "begin": "2026-11-23", "facts": { "children": 2 },
                "answers": [ { "does": "accept", "node": "childcare" }, { "does": "complete", "node": "childcare", "outcome": "placed", "after": 15 } ] }
            An answer that completes a step may bring back "facts" that the step returns.
            does: acknowledge, accept, decline, complete, choose, skip, include, leave-out, wait; after: working days after the answer before, 1 if left out.

            Ends with status 1 where the chain has faults or an answer can't be given.

            Example:
              ./referrals chain try kette.json --answers antworten.json
            """)
        {
            ChainFile, Answers, language,
        };
        command.SetAction((parsed, ct) => TryAsync(
            console.Profile.Out.Writer, parsed.GetValue(ChainFile)!, parsed.GetValue(Answers), Languages.IsGerman(parsed.GetValue(language)), WorkingCalendar.LocalDay(time.GetUtcNow()), ct));
        return command;
    }

    private static async Task<int> TryAsync(TextWriter output, FileInfo file, FileInfo? answers, bool german, DateOnly today, CancellationToken ct)
    {
        if (((FileInfo?[])[file, answers]).FirstOrDefault(f => f is { Exists: false }) is { } missing)
        {
            output.WriteLine($"{missing}: {(german ? "Die Datei gibt es nicht." : "There is no such file.")}");
            return ExitCodes.Failed;
        }

        var read = ChainFormats.Import(await File.ReadAllBytesAsync(file.FullName, ct));
        if (read is not { Chain: { } chain, Faults.Count: 0 })
        {
            Tell(output, read.Faults.Select(f => ChainCommand.Line(f, german)));
            return ExitCodes.Failed;
        }

        var (script, fault) = answers is null ? (new TrialScript(), null) : TrialScript.Read(await File.ReadAllBytesAsync(answers.FullName, ct));
        if (script is null)
        {
            Tell(output, [Line(fault!, german)]);
            return ExitCodes.Failed;
        }

        var trial = Trial.Play(chain, script, today);
        var words = new TrialWords(trial, o => o.Value);
        Tell(output, trial.Entries.Select(e => (e.At, Said: words.Of(e.Happened))).Where(e => e.Said is not null).Select(e => $"{Moment(e.At, german)}  {In(e.Said!, german)}"));
        Tell(output, trial.Options.Select(o => Line(o, chain, german)));
        Tell(output, trial.Faults.Select(f => Line(f, german)));
        return trial.Faults.Count == 0 ? ExitCodes.Fine : ExitCodes.Failed;
    }

    private static string Line(TrialOption option, ChainVersion chain, bool german)
    {
        var title = chain.Nodes().First(n => n.Id == option.Node).Title is { } text ? In(text, german) : option.Node.Value;
        var deeds = string.Join(", ", option.Deeds.Select(d => JsonNamingPolicy.KebabCaseLower.ConvertName(d.ToString())));
        return $"{(german ? "Offen" : "Open")}: {title}{(option.Partner is { } partner ? $" ({partner})" : "")}: {deeds}";
    }

    private static string Line(TrialFault fault, bool german) => $"{(fault.Path.Length == 0 ? "." : fault.Path)}: {In(fault.Message, german)}";

    private static string Moment(DateTimeOffset at, bool german) => WorkingCalendar.Local(at).ToString(
        german ? "ddd dd.MM.yyyy HH:mm" : "ddd yyyy-MM-dd HH:mm", german ? CultureInfo.GetCultureInfo("de-DE") : CultureInfo.InvariantCulture);

    private static string In(LocalText text, bool german) => german ? text.De : text.En ?? text.De;

    // Unwrapped, so that other programs can read the lines.
    private static void Tell(TextWriter output, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
