using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Referrals.Engine.Privacy.Names;

/// <summary>How much a word is a name.</summary>
internal enum Mark
{
    /// <summary>Not known as a name.</summary>
    None,

    /// <summary>A name and a common word.</summary>
    Ambiguous,

    /// <summary>A name and hardly anything else.</summary>
    Sure,
}

/// <summary>The names, places and words that the screen knows.</summary>
internal static class Lexicon
{
    private const int LongestHead = 14;
    private const int ShortestGenitive = 4;
    private static readonly SearchValues<char> LetterDigits = SearchValues.Create("013457");
    private static readonly string[] Words = [.. EmbeddedWords.Read("words.txt").Select(Key).Distinct()];
    private static readonly FrozenSet<string> WordSet = Words.Concat(EmbeddedWords.Read("more-words.txt").Select(Key)).ToFrozenSet();
    private static readonly FrozenSet<string> Heads = EmbeddedWords.Read("heads.txt").Select(Key).ToFrozenSet();
    private static readonly FrozenDictionary<string, Mark> FirstNames = Read("first-names.txt");
    private static readonly FrozenDictionary<string, Mark> Surnames = Read("surnames.txt");
    private static readonly FrozenDictionary<string, Mark> PlaceNames = Read("places.txt").GroupBy(p => p.Key.Replace('-', ' ')).ToFrozenDictionary(p => p.Key, p => p.Min(q => q.Value));
    private static readonly FrozenSet<string> PlaceBeginnings = PlaceNames.Keys.Where(p => p.Contains(' ', StringComparison.Ordinal)).Select(p => p[..p.IndexOf(' ', StringComparison.Ordinal)]).ToFrozenSet();

    /// <summary>All names that are nothing else, to learn their shape from.</summary>
    public static IEnumerable<string> NameKeys => FirstNames.Concat(Surnames).Where(n => n.Value == Mark.Sure).Select(n => n.Key).Distinct();

    /// <summary>All words that are no names, to learn their shape from.</summary>
    public static IEnumerable<string> WordKeys => Words;

    /// <summary>Whether it is a first name.</summary>
    public static Mark FirstName(string word) => Best(FirstNames, word);

    /// <summary>Whether it is a family name.</summary>
    public static Mark Surname(string word) => Best(Surnames, word);

    /// <summary>Whether it is a place.</summary>
    public static Mark Place(string words) => PlaceNames.GetValueOrDefault(Key(words).Replace('-', ' '));

    /// <summary>Whether a place of several words begins so.</summary>
    public static bool BeginsPlace(string word) => PlaceBeginnings.Contains(Key(word));

    /// <summary>Whether it is a German word that is no name: listed, or a compound or derived noun.</summary>
    public static bool IsWord(string word)
    {
        var key = Key(word);
        if (WordSet.Contains(key) || HasHead(key))
        {
            return true;
        }

        var hyphen = key.LastIndexOf('-');
        return hyphen > 0 && (WordSet.Contains(key[(hyphen + 1)..]) || Heads.Contains(key[(hyphen + 1)..]) || HasHead(key[(hyphen + 1)..]) || WordSet.Contains(key[..key.IndexOf('-', StringComparison.Ordinal)]));
    }

    /// <summary>Whether it is in the list of words itself.</summary>
    public static bool IsListedWord(string word) => WordSet.Contains(Key(word));

    /// <summary>The form in which words are compared: small letters without diacritics.</summary>
    public static string Key(string word)
    {
        var small = word.ToLowerInvariant();
        if (small.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f') < 0)
        {
            return small;
        }

        var key = new StringBuilder(small.Length);
        foreach (var c in small.IsNormalized(NormalizationForm.FormD) ? small : Decomposed(small))
        {
            _ = c switch
            {
                'ß' => key.Append("ss"),
                'ı' => key.Append('i'),
                'ø' => key.Append('o'),
                'ł' => key.Append('l'),
                'đ' => key.Append('d'),
                'æ' => key.Append("ae"),
                'ə' => key.Append('e'),
                _ when CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark => key,
                _ => key.Append(c),
            };
        }

        return key.ToString();
    }

    private static string Decomposed(string text) => Reading.Unicode.IsNormalizable(text) ? text.Normalize(NormalizationForm.FormD) : text;

    private static bool HasHead(string key)
    {
        for (var length = 3; length <= Math.Min(LongestHead, key.Length - 3); length++)
        {
            if (Heads.GetAlternateLookup<ReadOnlySpan<char>>().Contains(key.AsSpan(key.Length - length)))
            {
                return true;
            }
        }

        return false;
    }

    // As it is, in the genitive, with digits for letters, or with parts that are all known.
    private static Mark Best(FrozenDictionary<string, Mark> names, string word)
    {
        var key = Key(word);
        if (names.TryGetValue(key, out var mark))
        {
            return mark;
        }

        if (key.Length >= ShortestGenitive && key.EndsWith('s') && names.GetValueOrDefault(key[..^1].TrimEnd('\'')) == Mark.Sure)
        {
            return Mark.Sure;
        }

        if (key.AsSpan().IndexOfAny(LetterDigits) > 0 && key.Count(char.IsAsciiDigit) < 3)
        {
            return names.GetValueOrDefault(Letters(key));
        }

        return key.Contains('-', StringComparison.Ordinal) ? Parts(names, key) : Mark.None;
    }

    private static string Letters(string key) =>
        string.Concat(key.Select(c => c switch { '0' => 'o', '1' => 'l', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', _ => c }));

    private static Mark Parts(FrozenDictionary<string, Mark> names, string key)
    {
        var parts = key.Split('-');
        return parts.Skip(1).Any(p => (WordSet.Contains(p) || Heads.Contains(p) || HasHead(p)) && names.GetValueOrDefault(p) != Mark.Sure)
            ? Mark.None
            : parts.Max(p => names.GetValueOrDefault(p.EndsWith('s') && !names.ContainsKey(p) ? p[..^1] : p));
    }

    private static FrozenDictionary<string, Mark> Read(string file)
    {
        var marks = new Dictionary<string, Mark>();
        foreach (var entry in EmbeddedWords.Read(file))
        {
            var (word, mark) = entry.EndsWith('?') ? (entry[..^1], Mark.Ambiguous) : (entry, Mark.Sure);
            foreach (var key in Spellings(word.Replace('_', ' ')))
            {
                // Marked once as a common word, it is one, however often it is listed.
                marks[key] = marks.TryGetValue(key, out var other) && other < mark ? other : mark;
            }
        }

        return marks.ToFrozenDictionary();
    }

    private static IEnumerable<string> Spellings(string word)
    {
        var key = Key(word);
        yield return key;
        var small = word.ToLowerInvariant();
        if (small.AsSpan().IndexOfAny('ä', 'ö', 'ü') >= 0)
        {
            yield return Key(small.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal));
        }
    }
}
