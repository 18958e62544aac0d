using System.Text;
using System.Text.Json;
using Referrals.Workers.Commands.Screen;
using Spectre.Console;

namespace Referrals.Workers.Tests.Commands;

public sealed class ScreenCommandTests
{
    [Fact]
    public async Task Every_line_has_its_answer()
    {
        var lines = await ScreenAsync(Encoding.UTF8.GetBytes("Kita ab 6 Uhr\n\nEr: Frau Müller\r\nmit \u2028 und \r drin\n" + new string('x', 200_000)));

        Assert.Equal(["""{"blocked":false,"hits":[]}""", """{"blocked":false,"hits":[]}""", """{"blocked":true,"hits":[{"start":9,"length":6,"kind":"name","certainty":0.9}]}"""], lines[..3]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_read_all_the_same()
    {
        var lines = await ScreenAsync([0xff, 0xfe, 0x00, 0xc3, 0x28, (byte)'\n', .. "Tel. 0151 23456789"u8]);
        Assert.True(JsonDocument.Parse(lines[^1]).RootElement.TryGetProperty("hits", out _));
    }

    [Fact]
    public async Task A_score_tells_recall_and_precision_by_kind()
    {
        var (status, text) = await ScoreAsync("""
            {"text":"Frau Müller","hits":[{"start":5,"length":6,"kind":"name"}]}
            {"text":"Zaunkönig","hits":[{"start":0,"length":9,"kind":"place"}]}
            {"text":"Kita","hits":[]}
            """);

        Assert.Equal(0, status);
        Assert.Matches(@"name +1 +1\.000 +1\.000 +1 +1\.000", text);
        Assert.Matches(@"place +1 +0\.000 +0\.000 +0 +-", text);
        Assert.Contains("harmless notes flagged: 0 of 1", text, StringComparison.Ordinal);
        Assert.Contains("notes: 3", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"text":"Kita"}""")]
    [InlineData("""{"text":"Kita","hits":[{"start":3,"length":2,"kind":"name"}]}""")]
    public async Task A_line_that_is_no_labelled_note_is_named(string line)
    {
        var (status, text) = await ScoreAsync("""{"text":"Kita","hits":[]}""" + "\n" + line);

        Assert.Equal(1, status);
        Assert.Contains("line 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error()
    {
        var (status, _) = await CommandRun.Of("screen", "--score", "/nowhere/at-all.jsonl");
        Assert.Equal(1, status);
    }

    private static async Task<string[]> ScreenAsync(byte[] input)
    {
        await using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
        Assert.Equal(0, await ScreenCommand.Create(console, () => new MemoryStream(input)).Parse([]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private static async Task<(int Status, string Text)> ScoreAsync(string corpus)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, corpus, TestContext.Current.CancellationToken);
        var result = await CommandRun.Of("screen", "--score", file);
        File.Delete(file);
        return result;
    }
}
