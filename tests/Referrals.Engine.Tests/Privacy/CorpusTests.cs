using System.Text.Encodings.Web;
using System.Text.Json;
using Referrals.Engine.Tests.Privacy.Corpus;
using Referrals.Workers.Commands.Screen;

namespace Referrals.Engine.Tests.Privacy;

/// <summary>How well the screen does on labelled notes. <c>RECORD_CORPUS=1</c> writes them anew.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const int Notes = 1_000;

    // The aim is 0.95; docs/screening.md says what is missing.
    private const double NamesReachedHeldOut = 0.93;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Parts => ["develop", "held-out"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_corpus_is_what_the_generator_writes(string part)
    {
        var written = new NoteWriter(part, part == "develop" ? new DevelopSlots() : new HeldOutSlots(), seed: part.Length).Write(Notes).Select(n => JsonSerializer.Serialize(n, Json)).ToList();
        if (Environment.GetEnvironmentVariable("RECORD_CORPUS") == "1")
        {
            File.WriteAllText(PathOf(part), string.Join('\n', written) + "\n");
        }

        Assert.Equal(File.ReadAllLines(PathOf(part)), written);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void What_was_reached_is_kept(string part)
    {
        var score = ScreenScore.Of(LabelledNote.Read(File.ReadLines(PathOf(part)), TestContext.Current.CancellationToken));
        output.WriteLine(score.ToText());
        Assert.InRange(score.NumbersRecall, 0.99, 1);
        Assert.InRange(score.NamesRecall, part == "develop" ? 0.95 : NamesReachedHeldOut, 1);
        Assert.InRange(score.FlaggedShare, 0, 0.02);
        Assert.True(score.Harmless >= 0.4 * score.Notes);
    }

    private static string PathOf(string part) => Repository.File($"tests/Referrals.Engine.Tests/Privacy/Corpus/{part}.jsonl");
}
