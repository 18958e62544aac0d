using System.Text.Encodings.Web;
using System.Text.Json;
using Referrals.Engine.Tests.Privacy.Corpus;
using Referrals.Workers.Commands.Screen;

namespace Referrals.Engine.Tests.Privacy;

/// <summary>How well the screen does on labelled notes. <c>RECORD_CORPUS=1</c> writes them anew.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const int NotesToDevelop = 1_500;
    private const int NotesHeldOut = 1_000;
    private const double AimNumbers = 0.99;
    private const double AimNames = 0.95;
    private const double MostFlagged = 0.02;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Parts => ["develop", "held-out"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_corpus_is_what_the_generator_writes(string part)
    {
        var (slots, count) = part == "develop" ? ((ISlots)new DevelopSlots(), NotesToDevelop) : (new HeldOutSlots(), NotesHeldOut);
        var written = new NoteWriter(part, slots, seed: part.Length).Write(count).Select(n => JsonSerializer.Serialize(n, Json)).ToList();
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
        Assert.InRange(score.NumbersRecall, AimNumbers, 1);
        Assert.InRange(score.NamesRecall, AimNames, 1);
        Assert.InRange(score.FlaggedShare, 0, MostFlagged);
        Assert.True(score.Harmless >= 0.4 * score.Notes);
    }

    [Theory]
    [InlineData("name", 0.94)]
    [InlineData("place", AimNames)]
    [InlineData("address", AimNames)]
    public void Each_kind_of_name_keeps_its_recall_on_the_part_held_out(string kind, double least)
    {
        var score = ScreenScore.Of(LabelledNote.Read(File.ReadLines(PathOf("held-out")), TestContext.Current.CancellationToken)).Kinds[kind];
        Assert.InRange((double)score.Found / score.Labels, least, 1);
    }

    private static string PathOf(string part) => Repository.File($"tests/Referrals.Engine.Tests/Privacy/Corpus/{part}.jsonl");
}
