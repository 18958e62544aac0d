using System.Security.Cryptography;

namespace Referrals.Engine.Privacy;

/// <summary>
/// A code on a slip that a client carries to a partner, so that the partner finds the assignment without a name: eight random characters and
/// a check character, written in three groups, such as <c>KX7-4MP-T29</c>. Some 36 random bits.
/// </summary>
/// <remarks>
/// No vowels, so that no words arise, and of characters that look alike at most one. There are 23, a prime number, so that the weighted sum
/// finds each single wrong character and each swapped pair.
/// </remarks>
public sealed record HandoverCode
{
    /// <summary>The characters of codes.</summary>
    public const string Alphabet = "CDFGHJKMNPQRTWXY2346789";

    /// <summary>How many characters a code has, with the check character.</summary>
    public const int Length = 9;

    /// <summary>The most that is read of what was typed.</summary>
    public const int MaxTyped = 40;

    private const int Group = 3;

    private readonly string _characters;

    private HandoverCode(string characters) => _characters = characters;

    /// <summary>The code without groups, as a machine reads it.</summary>
    public string Plain => _characters;

    /// <summary>A new random code.</summary>
    public static HandoverCode New()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, Length - 1);
        return new HandoverCode(random + Check(random));
    }

    /// <summary>
    /// Reads what somebody typed: also in lower case, with spaces, hyphens or dots anywhere, and <c>Z</c> for <c>2</c>, <c>B</c> for <c>8</c>.
    /// Null: this can't be a code, some character is wrong or missing.
    /// </summary>
    public static HandoverCode? Read(string? typed)
    {
        if (typed is null || typed.Length > MaxTyped)
        {
            return null;
        }

        var read = string.Concat(typed.Where(c => !IsBetween(c)).Select(c => Same(char.ToUpperInvariant(c))));
        return read.Length == Length && read.All(Alphabet.Contains) && Sum(read) == 0 ? new HandoverCode(read) : null;
    }

    /// <summary>The code in groups, as people read it.</summary>
    public override string ToString() => string.Join('-', _characters.Chunk(Group).Select(g => new string(g)));

    private static bool IsBetween(char c) => char.IsWhiteSpace(c) || c is '.' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.DashPunctuation;

    private static char Same(char c) => c switch
    {
        'Z' => '2',
        'B' => '8',
        _ => c,
    };

    // The check character has the weight 1, the one before it 2, and so on: all weights differ, and none is a multiple of 23.
    private static int Sum(string characters) =>
        characters.Select((c, i) => (characters.Length - i) * Alphabet.IndexOf(c, StringComparison.Ordinal)).Sum() % Alphabet.Length;

    private static char Check(string random) => Alphabet[(Alphabet.Length - Sum(random + Alphabet[0])) % Alphabet.Length];
}
