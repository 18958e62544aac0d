using System.Text.RegularExpressions;
using Referrals.LocalServers;

namespace Referrals.Api.Tests.Documents;

/// <summary>What docs/privacy.md refers to is there: tests, threats' tests or an open point, documents and their headings.</summary>
public sealed partial class PrivacyDocumentTests
{
    private const string Path = "docs/privacy.md";

    [Fact]
    public void Every_test_named_in_the_document_exists()
    {
        var tests = Tests();
        var named = Named().Matches(DocumentBlock.Read(Path)).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 50, $"{named.Count}");
        Assert.Empty(named.Except(tests));
    }

    [Fact]
    public void Every_threat_has_a_test_or_is_open()
    {
        var threats = Threat().Matches(DocumentBlock.Read(Path)).ToList();
        Assert.True(threats.Count > 40, $"{threats.Count}");
        Assert.Equal(threats.Count, threats.DistinctBy(t => t.Groups[1].Value).Count());
        Assert.All(threats, t => Assert.True(Named().IsMatch(t.Value) || t.Value.Contains("OPEN: ", StringComparison.Ordinal), t.Value));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        foreach (var link in Link().Matches(DocumentBlock.Read(Path)).Select(m => m.Groups[1].Value).Where(l => !l.StartsWith("https://", StringComparison.Ordinal)))
        {
            var (file, heading) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var target = file.Length == 0 ? Repository.Path(Path) : Repository.Path("docs", file);
            Assert.True(File.Exists(target) || Directory.Exists(target), link);
            Assert.True(heading is null || Headings(File.ReadAllText(target)).Contains(heading), link);
        }
    }

    [Fact]
    public void The_readme_leads_to_it() => Assert.Contains($"]({Path})", File.ReadAllText(Repository.Path("README.md")), StringComparison.Ordinal);

    private static HashSet<string> Tests()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            var name = "";
            foreach (Match match in ClassOrTest().Matches(File.ReadAllText(file)))
            {
                name = match.Groups["class"].Success ? match.Groups["class"].Value : name;
                found.Add($"{name}.{match.Groups["test"].Value}");
            }
        }

        return found;
    }

    // As GitHub makes anchors of headings.
    private static IEnumerable<string> Headings(string text) =>
        Heading().Matches(text).Select(m => NotInAnchors().Replace(m.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"`(\w+(?:Tests|Contract)\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| ((?:S|L)\d+\.\d+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Threat();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w \-]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"^(?:public|internal) [a-z ]*class (?<class>\w+)|\[(?:Fact|Theory|Property)\b[^\n]*\n(?:[ ]+[^\n]*\n)*?[ ]+public [^\n(]*? (?<test>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex ClassOrTest();
}
