using Referrals.LocalServers;

namespace Referrals.Api.Tests.Documents;

/// <summary>
/// Parts of documents that are made from code. Each lies between the markers <c>&lt;!-- begin NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c>;
/// <c>RECORD_DOCS=1</c> writes it anew.
/// </summary>
internal static class DocumentBlock
{
    // Tests of several classes read and write one document.
    private static readonly Lock OneAtATime = new();

    /// <summary>The document, given from the root of the repository.</summary>
    public static string Read(string document)
    {
        lock (OneAtATime)
        {
            return File.ReadAllText(Repository.Path(document));
        }
    }

    /// <summary>The block holds these lines and nothing else.</summary>
    public static void Holds(string document, string block, params IEnumerable<string> lines)
    {
        var (begin, end) = ($"<!-- begin {block} -->\n", $"<!-- end {block} -->");
        var wanted = "\n" + string.Join('\n', lines) + "\n\n";
        lock (OneAtATime)
        {
            var path = Repository.Path(document);
            var text = File.ReadAllText(path);
            var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            var to = text.IndexOf(end, StringComparison.Ordinal);
            Assert.True(from >= begin.Length && to >= from, $"{document} has no place for {block}");
            if (Environment.GetEnvironmentVariable("RECORD_DOCS") == "1")
            {
                text = text[..from] + wanted + text[to..];
                File.WriteAllText(path, text);
                to = from + wanted.Length;
            }

            Assert.True(wanted == text[from..to], $"{block} in {document} is not what the code says; RECORD_DOCS=1 writes it anew. It should be:\n{wanted}");
        }
    }
}
