using System.Text.RegularExpressions;
using System.Xml.Linq;
using Referrals.LocalServers;

namespace Referrals.Api.Tests.Pages;

/// <summary>Every text is there in both languages, with the same values in it, and is used.</summary>
public sealed partial class WordsTests
{
    private static readonly string Ui = Path.Combine(Repository.Root, "src/Referrals.Api/Ui");

    /// <summary>
    /// Beginnings of keys whose end is a code; what codes there are is tested where they come from. Keys made in another way are named
    /// whole in a comment beside the code, so that they are found too.
    /// </summary>
    private static IEnumerable<string> Prefixes(string source) => CodeUse().Matches(source).Select(m => m.Groups[1].Value + ".")
        .Concat(CountUse().Matches(source).SelectMany(m => new[] { m.Groups[1].Value + ".One", m.Groups[1].Value + ".Many" }))
        .Concat(Interpolated().Matches(source).Select(m => m.Groups[1].Value));

    public static TheoryData<string> Files() => [.. Directory.GetFiles(Path.Combine(Ui, "Words"), "*.resx").Select(f => Path.GetFileName(f)!).Where(f => !f.EndsWith(".en.resx", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_have_the_same_texts_with_the_same_values(string file)
    {
        var (german, english) = (Read(file), Read(Path.ChangeExtension(file, ".en.resx")));
        Assert.Equal(german.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(german, t => Assert.StartsWith(Path.GetFileNameWithoutExtension(file) + ".", t.Key, StringComparison.Ordinal));
        Assert.All(german.Concat(english), t => Assert.False(string.IsNullOrWhiteSpace(t.Value), t.Key));
        Assert.All(german, t => Assert.True(Holes(t.Value).SetEquals(Holes(english[t.Key])), $"{t.Key}: {t.Value} / {english[t.Key]}"));
    }

    [Fact]
    public void Every_text_is_used_and_every_one_used_is_there()
    {
        var known = Files().SelectMany(f => Read(f.Data).Keys).ToHashSet(StringComparer.Ordinal);
        var files = known.Select(k => k.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var source = string.Join('\n', Directory.EnumerateFiles(Path.GetDirectoryName(Ui)!, "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("node_modules", StringComparison.Ordinal)).Select(File.ReadAllText));
        var used = Literal().Matches(source).Select(m => m.Groups[1].Value).Where(k => files.Contains(k.Split('.')[0])).ToHashSet(StringComparer.Ordinal);
        var prefixes = Prefixes(source).ToList();

        var unused = known.Where(k => !used.Contains(k) && !prefixes.Any(p => k.StartsWith(p, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
        Assert.True(!unused.Any(), "unused: " + string.Join(", ", unused));
        var missing = used.Where(k => !known.Contains(k) && !known.Any(n => n.StartsWith(k + ".", StringComparison.Ordinal))).Order(StringComparer.Ordinal);
        Assert.True(!missing.Any(), "missing: " + string.Join(", ", missing));
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Ui, "Words", file)).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    private static HashSet<string> Holes(string text) => [.. Hole().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("\"([A-Z][A-Za-z]+(?:\\.[A-Za-z0-9-]+)+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\.Code\\(\"([A-Za-z0-9.-]+)\"")]
    private static partial Regex CodeUse();

    [GeneratedRegex("\\.Count\\(\"([A-Za-z0-9.-]+)\"")]
    private static partial Regex CountUse();

    [GeneratedRegex("\\$\"([A-Z][A-Za-z]+\\.(?:[A-Za-z0-9-]+\\.)*)[A-Za-z0-9-]*\\{")]
    private static partial Regex Interpolated();
}
