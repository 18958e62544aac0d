using System.Buffers;

namespace Referrals.Engine.Privacy.Reading;

/// <summary>
/// Stretches of letters of which a pattern needs at least one. Looking for them costs a fraction of the pattern, and most texts have none.
/// </summary>
/// <param name="words">The stretches, parted by spaces, in any case.</param>
internal sealed class Anchors(string words)
{
    // Patterns without regard to case take it for an i; searching for strings doesn't.
    private const char DottedCapitalI = '\u0130';

    private readonly SearchValues<string> _words = SearchValues.Create(words.Split(' '), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a pattern that needs one of them may match in a text.</summary>
    public bool In(ReadOnlySpan<char> plain) => plain.ContainsAny(_words) || plain.Contains(DottedCapitalI);
}
