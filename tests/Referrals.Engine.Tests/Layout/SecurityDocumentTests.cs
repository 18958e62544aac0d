using System.Globalization;
using System.Text.RegularExpressions;

namespace Referrals.Engine.Tests.Layout;

/// <summary>docs/security.md counts right and names only what exists; and what it says of all sources at once.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.File("docs/security.md"));

    private static readonly IReadOnlyList<Chapter> Chapters =
        [.. Document.Split("\n### V").Skip(1).Select(c => new Chapter("V" + c[..c.IndexOf('\n', StringComparison.Ordinal)], [.. Row().Matches(c).Select(m => new Requirement(m.Groups["number"].Value, m.Groups["how"].Value, m.Groups["shown"].Value))]))];

    private static readonly ILookup<string, string> Tests = Directory.EnumerateFiles(Repository.File("tests"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
        .SelectMany(f => TestsOf(File.ReadAllText(f))).ToLookup(t => t.Class, t => t.Method);

    [Fact]
    public void Each_number_stands_once_in_its_chapter_and_in_order()
    {
        var numbers = Chapters.SelectMany(c => c.Rows).Select(r => r.Number).ToList();
        Assert.Equal(253, numbers.Count);
        Assert.Equal(numbers.Distinct().OrderBy(Version.Parse), numbers);
        Assert.All(Chapters, c => Assert.All(c.Rows, r => Assert.StartsWith($"{c.Name.Split(' ')[0]}.", "V" + r.Number, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_summary_counts_what_the_tables_say()
    {
        Assert.All(Chapters, c => Assert.Contains($"| {c.Name} | {Counts(c.Rows, " | ")} |", Document, StringComparison.Ordinal));
        Assert.Contains($"| **all** | **{Counts([.. Chapters.SelectMany(c => c.Rows)], "** | **")}** |", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_open_is_listed_once_and_nothing_else()
    {
        var list = Document[Document.IndexOf("\n## What is open", StringComparison.Ordinal)..Document.IndexOf("\n## The requirements", StringComparison.Ordinal)];
        var open = Chapters.SelectMany(c => c.Rows).Where(r => r.IsOpen).Select(r => r.Number);
        Assert.Equal(open.Order(StringComparer.Ordinal), Number().Matches(list).Select(m => m.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_shows_a_requirement_exists()
    {
        foreach (var (number, name) in Chapters.SelectMany(c => c.Rows).SelectMany(r => Code().Matches(r.How + r.Shown).Select(m => (r.Number, m.Groups["code"].Value))))
        {
            var isTest = TestName().Match(name);
            Assert.True(
                !isTest.Success || (Tests.Contains(isTest.Groups["class"].Value) && (!isTest.Groups["method"].Success || Tests[isTest.Groups["class"].Value].Contains(isTest.Groups["method"].Value))),
                $"{number} names the test {name}, which there is not");
            var path = Repository.File(name);
            Assert.True(!FileName().IsMatch(name) || Path.Exists(path), $"{number} names the file {name}, which there is not");
        }
    }

    [Fact]
    public void What_is_met_is_shown_by_something() => Assert.All(
        Chapters.SelectMany(c => c.Rows).Where(r => !r.IsOpen && !r.IsOutOfPlace),
        r => Assert.True(
            r.Shown.EndsWith("document", StringComparison.Ordinal) || r.Shown.EndsWith("documents", StringComparison.Ordinal)
            || Code().Matches(r.Shown).Any(m => TestName().IsMatch(m.Groups["code"].Value) || FileName().IsMatch(m.Groups["code"].Value)),
            $"{r.Number} is met, but shown by: {r.Shown}"));

    [Fact]
    public void Its_links_lead_somewhere()
    {
        var headings = Document.Split('\n').Where(l => l.StartsWith('#')).Select(l => Anchor(l.TrimStart('#', ' '))).ToHashSet(StringComparer.Ordinal);
        foreach (var link in Link().Matches(Document).Select(m => m.Groups["to"].Value).Where(l => !l.StartsWith("https://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#');
            var anchors = parts[0].Length == 0 ? headings
                : File.ReadAllLines(Repository.File($"docs/{parts[0]}")).Where(l => l.StartsWith('#')).Select(l => Anchor(l.TrimStart('#', ' '))).ToHashSet(StringComparer.Ordinal);
            Assert.True(parts.Length == 1 || anchors.Contains(parts[1]), link);
        }
    }

    [Fact]
    public void Scripts_run_no_text_and_keep_nothing()
    {
        var scripts = Directory.GetFiles(Repository.File("src/Referrals.Api/Ui/Assets"), "*.js");
        Assert.NotEmpty(scripts);
        Assert.All(scripts, s => Assert.DoesNotMatch(HarmfulScript(), File.ReadAllText(s)));

        // Keys that nobody can read out, and fingerprints of partners' keys, are what two of them are for.
        Assert.All(scripts.Where(s => Path.GetFileName(s) is not ("card.js" or "card-pages.js")), s => Assert.DoesNotMatch(Storage(), File.ReadAllText(s)));
    }

    [Fact]
    public void No_weak_algorithm_is_named() => Assert.All(
        Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)),
        f => Assert.DoesNotMatch(WeakAlgorithm(), File.ReadAllText(f)));

    private static string Counts(IReadOnlyList<Requirement> rows, string between) => string.Join(
        between,
        new[] { rows.Count(r => !r.IsOpen && !r.IsOutOfPlace), rows.Count(r => r.IsOutOfPlace), rows.Count(r => r.IsOpen), rows.Count }.Select(n => n.ToString(CultureInfo.InvariantCulture)));

    private static IEnumerable<(string Class, string Method)> TestsOf(string source)
    {
        var classes = Class().Matches(source);
        return classes.SelectMany((c, i) => Method().Matches(source[c.Index..(i + 1 < classes.Count ? classes[i + 1].Index : source.Length)])
            .Select(m => (c.Groups["name"].Value, m.Groups["name"].Value)));
    }

    // As GitHub makes them.
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    [GeneratedRegex(@"^\| (?<number>\d+\.\d+\.\d+) \| [^|]+ \| (?<how>[^|]+) \| (?<shown>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b\d+\.\d+\.\d+\b")]
    private static partial Regex Number();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?<class>[A-Z]\w*(Tests|Contract))(\.(?<method>\w+))?$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^[\w.-]*(/[\w.-]+)+$|^Directory\.\w+\.\w+$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|sealed|abstract|static|partial) )+class (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s*public (?:[\w<>\[\]?, ]+ )(?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|sessionStorage|postMessage|WebSocket|document\.cookie|__proto__")]
    private static partial Regex HarmfulScript();

    [GeneratedRegex("localStorage|indexedDB")]
    private static partial Regex Storage();

    [GeneratedRegex(@"\bMD5\b|\bSHA1\b|TripleDES|\bDES\.|\bRC2\b|CipherMode\.ECB|RSAEncryptionPadding\.Pkcs1")]
    private static partial Regex WeakAlgorithm();

    private sealed record Chapter(string Name, IReadOnlyList<Requirement> Rows);

    private sealed record Requirement(string Number, string How, string Shown)
    {
        public bool IsOpen => Shown.StartsWith("OPEN: ", StringComparison.Ordinal);

        public bool IsOutOfPlace => Shown.StartsWith("not applicable: ", StringComparison.Ordinal);
    }
}
