namespace Referrals.Engine.Privacy;

/// <summary>The lists of words that the screen knows; files beside the code.</summary>
internal static class EmbeddedWords
{
    /// <summary>The words of a file, one after the other; lines that begin with <c>#</c> are notes on it.</summary>
    public static IEnumerable<string> Read(string file)
    {
        using var stream = typeof(EmbeddedWords).Assembly.GetManifestResourceStream($"Referrals.Engine.Privacy.Data.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return word;
            }
        }
    }
}
