using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Privacy;

/// <summary>Nothing that somebody writes makes the screen hang: ten times the text takes about ten times the work.</summary>
public sealed class ScreenSpeedTests
{
    private const int Small = 10_000;
    private const int Large = 100_000;

    // Quadratic work would take a hundred times as long; the patterns' own time limit of a second would throw.
    private const double MostRatio = 45;
    private const double Floor = 20;
    private const int MostAgain = 3;

    public static TheoryData<string> Parts =>
    [
        "1", "12 ", "0 ", "0", "a", "A", "Ab", "a.", "a@", "@", ".", " ", "-", "A1", "DE8", "1.1.", "Az. ", "geb. ", "A-B ", "() /.-", "www.", "e\u0301\u200b",
        "Frau ", "Dr. Dr. ", "von der ", "Frau von ", "Lena ", "Lena, ", "Müller-", "in ", "wohnt in ", "Straße ", "Am A ", "eins ", "punkt ", "M ü ", "М", "aа", "null eins ", "A. ",
        "Adresse Am ", "Lindenstraße", "Berliner Straße ", "in Groß ", "Ortsteil ", "von der von ", "genannt ", "leuchtgase", "01.02.2020 ", "geboren am ", "Kind ", "a-a", "0151 ", "<", "(at) ", "tel ", "EE-", "x x",
    ];

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_work_grows_with_the_text_and_no_faster(string part)
    {
        var (small, large) = (Repeated(part, Small), Repeated(part, Large));
        NoteScreen.Find(small);
        var (short_, long_) = (Milliseconds(small), Milliseconds(large));
        for (var again = 0; again < MostAgain && long_ >= MostRatio * Math.Max(short_, Floor); again++)
        {
            // A machine that paused is no slow screen.
            long_ = Math.Min(long_, Milliseconds(large));
        }

        Assert.True(long_ < MostRatio * Math.Max(short_, Floor), $"{short_:0} ms for {Small} characters, {long_:0} ms for {Large}");
    }

    private static double Milliseconds(string text)
    {
        var watch = Stopwatch.StartNew();
        NoteScreen.Find(text);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Repeated(string part, int length) => string.Concat(Enumerable.Repeat(part, (length / part.Length) + 1))[..length];
}
