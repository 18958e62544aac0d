using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Referrals.Engine.Privacy;
using Spectre.Console;

namespace Referrals.Workers.Commands.Screen;

/// <summary><c>referrals screen</c>.</summary>
internal static class ScreenCommand
{
    private static readonly Option<FileInfo?> Score = new("--score") { Description = "Labelled corpus as JSON Lines; print precision and recall instead" };
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command.</summary>
    /// <param name="console">Where people read.</param>
    /// <param name="input">What is screened; null: standard input.</param>
    public static Command Create(IAnsiConsole console, Func<Stream>? input = null)
    {
        var command = new Command(
            "screen",
            """
            Screen free text for what may tell who a person is. Reads UTF-8 on standard input, one note a line, and prints one JSON object a line:
            {"blocked":bool,"hits":[{"start":int,"length":int,"kind":string,"certainty":number}]}, start and length in UTF-16 characters of the line.

            With --score FILE it reads a labelled corpus, {"text":string,"hits":[{"start":int,"length":int,"kind":string}]} a line, and prints how much
            of it is found. Ends with status 1 if the file can't be read. Needs no database.

            Examples:
              echo 'Frau Beispiel, 0151 23456789' | ./referrals screen
              ./referrals screen --score tests/Referrals.Engine.Tests/Privacy/Corpus/held-out.jsonl
            """)
        {
            Score,
        };
        command.SetAction((parsed, ct) => Task.FromResult(parsed.GetValue(Score) is { } file
            ? PrintScore(console, file, ct)
            : Screen((input ?? Console.OpenStandardInput)(), console.Profile.Out.Writer, ct)));
        return command;
    }

    private static int Screen(Stream input, TextWriter output, CancellationToken ct)
    {
        foreach (var answer in Lines(input).AsParallel().AsOrdered().WithCancellation(ct).Select(Answer))
        {
            output.Write(answer);
        }

        output.Flush();
        return ExitCodes.Fine;
    }

    private static string Answer(string line)
    {
        var hits = NoteScreen.Find(line);
        return JsonSerializer.Serialize(new { Blocked = hits.Count > 0, Hits = hits }, Json) + "\n";
    }

    // A line ends with a line feed, and with nothing else: a lone carriage return is a character of it.
    private static IEnumerable<string> Lines(Stream input)
    {
        using var reader = new StreamReader(input, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, 1 << 16);
        var (line, block) = (new StringBuilder(), new char[1 << 16]);
        for (int read; (read = reader.ReadBlock(block)) > 0;)
        {
            var from = 0;
            for (int end; (end = Array.IndexOf(block, '\n', from, read - from)) >= 0; from = end + 1)
            {
                yield return Taken(line.Append(block, from, end - from));
            }

            line.Append(block, from, read - from);
        }

        if (line.Length > 0)
        {
            yield return Taken(line);
        }
    }

    private static string Taken(StringBuilder line)
    {
        var text = line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
        line.Clear();
        return text;
    }

    private static int PrintScore(IAnsiConsole console, FileInfo file, CancellationToken ct)
    {
        if (!file.Exists)
        {
            console.Profile.Out.Writer.WriteLine($"{file}: there is no such file.");
            return ExitCodes.Failed;
        }

        try
        {
            console.Profile.Out.Writer.Write(ScreenScore.Of(LabelledNote.Read(File.ReadLines(file.FullName), ct)).ToText());
            return ExitCodes.Fine;
        }
        catch (UnreadableCorpusException e)
        {
            console.Profile.Out.Writer.WriteLine($"{file}: {e.Message}");
            return ExitCodes.Failed;
        }
    }
}
