using System.Globalization;
using System.Text.RegularExpressions;
using Referrals.LocalServers;

namespace Referrals.Api.Tests.Ui;

/// <summary>Reads the colours of the picture from its style sheet and computes their contrast as WCAG 2.2 does.</summary>
public sealed class PictureColourTests
{
    private static readonly string Css = File.ReadAllText(Path.Combine(Repository.Root, "src/Referrals.Api/Ui/Parts/Picture/chain-picture.css"));

    public static TheoryData<string, string, string> Pairs()
    {
        var pairs = new TheoryData<string, string, string>();
        foreach (var (theme, paper) in new[] { ("", "#ffffff"), ("[data-kern-theme='dark'] ", "#000000"), (":root:not([data-kern-theme]) ", "#000000") })
        {
            foreach (var tone in new[] { "planned", "active", "waiting", "late", "done", "stopped" })
            {
                pairs.Add(theme, $"cp-{tone}-text", $"cp-{tone}-fill");
                pairs.Add(theme, "cp-body-text", $"cp-{tone}-fill");
            }

            pairs.Add(theme, "cp-faded-text", "cp-faded-fill");
            pairs.Add(theme, "cp-planned-text", paper);
            pairs.Add(theme, "cp-waiting-text", paper);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_stands_out_from_what_is_behind_it(string theme, string text, string behind) =>
        Assert.InRange(Contrast(Colour(theme, text), Colour(theme, behind)), 4.5, 21);

    // WCAG 2.2, 1.4.11: what is needed to understand a picture.
    [Theory]
    [InlineData("", "#ffffff")]
    [InlineData("[data-kern-theme='dark'] ", "#000000")]
    public void Borders_and_ways_stand_out_from_the_page(string theme, string paper)
    {
        foreach (var line in new[] { "cp-planned-line", "cp-active-line", "cp-waiting-line", "cp-late-line", "cp-done-line", "cp-stopped-line", "cp-edge", "cp-focus" })
        {
            Assert.InRange(Contrast(Colour(theme, line), Colour(theme, paper)), 3, 21);
        }
    }

    [Fact]
    public void The_dark_theme_by_choice_and_by_system_are_the_same() =>
        Assert.Equal(Block("[data-kern-theme='dark'] "), Block(":root:not([data-kern-theme]) "));

    private static string Block(string theme)
    {
        var start = Css.IndexOf(theme + ".chain-picture {", StringComparison.Ordinal);
        return Css[Css.IndexOf('{', start)..Css.IndexOf('}', start)];
    }

    private static string Colour(string theme, string name) =>
        name.StartsWith('#') ? name : Regex.Match(Block(theme), $@"--{name}: (#[0-9a-f]{{6}});").Groups[1].Value;

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var share = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }
}
