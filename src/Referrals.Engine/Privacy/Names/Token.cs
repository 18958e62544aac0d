using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy.Names;

/// <summary>A word of a text.</summary>
/// <param name="Text">The word, with inner hyphens and apostrophes.</param>
/// <param name="Start">Where it begins in the plain text.</param>
internal readonly record struct Token(string Text, int Start)
{
    /// <summary>Where it ends.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it begins with a capital, or with a small article that has grown on to one: <c>d'Angelo</c>.</summary>
    public bool IsCapital => char.IsUpper(Text[0]) || (Text.Length > 3 && Text[1] is '\'' && char.IsUpper(Text[2]));

    /// <summary>Whether all its letters are capitals, and they are several.</summary>
    public bool IsShouted => Text.Length > 1 && IsCapital && !Text.Any(char.IsLower);

    /// <summary>The word in small letters.</summary>
    public string Small { get; } = Text.ToLowerInvariant();
}

/// <summary>Cuts a text into words.</summary>
internal static partial class Tokens
{
    /// <summary>The words in order.</summary>
    public static List<Token> Of(string plain)
    {
        var tokens = new List<Token>(plain.Length / 6);
        foreach (var match in Word().EnumerateMatches(plain))
        {
            tokens.Add(new Token(plain.Substring(match.Index, match.Length), match.Index));
        }

        return tokens;
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}\p{Nd}]{0,60}(?:[-'][\p{L}\p{M}\p{Nd}]{1,60}){0,4}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
