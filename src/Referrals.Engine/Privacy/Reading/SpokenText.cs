using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy.Reading;

/// <summary>
/// Numbers and addresses that are written as one says them: <c>null eins sieben</c>, <c>m punkt mueller at gmx punkt de</c>, and letters
/// that stand for digits (<c>O151</c>). Read as digits and signs; numbers and contacts are looked for in that reading too.
/// </summary>
internal static partial class SpokenText
{
    private static readonly string[] Ones = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"];
    private static readonly string[] Tens = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    private static readonly FrozenDictionary<string, string> Numbers = NumberWords().SelectMany(Spellings).DistinctBy(n => n.Key).ToFrozenDictionary(n => n.Key, n => n.Value);

    private static readonly FrozenDictionary<string, string> Signs =
        "at=@ ät=@ aet=@ ett=@ klammeraffe=@ affenschwanz=@ punkt=. dot=. pkt=. unterstrich=_ underscore=_ bindestrich=- minus=- slash=/ schrägstrich=/"
            .Split(' ').ToFrozenDictionary(p => p[..p.IndexOf('=')], p => p[(p.IndexOf('=') + 1)..]);

    /// <summary>The other reading; null where there is none.</summary>
    public static ScreenText? Read(ScreenText text)
    {
        var plain = text.Plain;
        ScreenText.Builder? result = null;
        var (copied, lastNumberEnd, spoken) = (0, -1, false);
        foreach (var word in Words().EnumerateMatches(plain))
        {
            var end = word.Index + word.Length;
            var token = plain.AsSpan(word.Index, word.Length);
            var digits = char.IsAsciiDigit(token[0]) && token.IndexOfAnyExceptInRange('0', '9') < 0;
            var number = digits ? token.ToString() : NumberOf(token);
            var sign = number is null ? Signs.GetValueOrDefault(token.ToString().ToLowerInvariant()) : null;
            if (number is null && sign is null)
            {
                continue;
            }

            var joins = number is not null && (spoken || !digits) && lastNumberEnd >= 0 && Gap(plain, lastNumberEnd, word.Index);
            if (digits && !joins)
            {
                (lastNumberEnd, spoken) = (end, false);
                continue;
            }

            result ??= new ScreenText.Builder(plain.Length);
            result.Copy(text, copied, (joins ? Math.Max(lastNumberEnd, copied) : word.Index) - copied);
            Append(result, text, (word.Index, word.Length), number ?? sign!, sign is not null);
            copied = sign is null ? end : SkipSpaces(plain, end);
            (lastNumberEnd, spoken) = number is null ? (-1, false) : (end, true);
        }

        result?.Copy(text, copied, plain.Length - copied);
        return result?.Build();
    }

    private static void Append(ScreenText.Builder result, ScreenText text, (int Index, int Length) word, string characters, bool sign)
    {
        if (sign)
        {
            result.TrimEnd();
        }

        result.Append(characters, text, word.Index, word.Length);
    }

    private static int SkipSpaces(string plain, int at)
    {
        while (at < plain.Length && plain[at] == ' ')
        {
            at++;
        }

        return at;
    }

    // Digits and number words join over a space, a hyphen or a comma; two numbers in digits stay apart as they are written.
    private static bool Gap(string plain, int from, int to) => to - from <= 2 && plain.AsSpan(from, to - from).IndexOfAnyExcept(" -,/") < 0;

    private static string? NumberOf(ReadOnlySpan<char> token)
    {
        if (token.IndexOfAnyInRange('0', '9') >= 0)
        {
            return LettersForDigits(token);
        }

        return token.Length is >= 3 and <= 24 && Numbers.TryGetValue(token.ToString().ToLowerInvariant(), out var number) ? number : null;
    }

    private static string? LettersForDigits(ReadOnlySpan<char> token)
    {
        var digits = 0;
        foreach (var c in token)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            if (!char.IsAsciiDigit(c) && c is not ('O' or 'o' or 'I' or 'l' or '|'))
            {
                return null;
            }
        }

        return digits >= 2 && digits < token.Length ? string.Concat(token.ToArray().Select(c => c is 'O' or 'o' ? '0' : c is 'I' or 'l' or '|' ? '1' : c)) : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> NumberWords()
    {
        for (var n = 0; n < 100; n++)
        {
            var word = n < 20 ? Ones[n] : n % 10 == 0 ? Tens[(n / 10) - 2] : (n % 10 == 1 ? "ein" : Ones[n % 10]) + "und" + Tens[(n / 10) - 2];
            yield return new(word, $"{n}");
            if (n < 10)
            {
                yield return new("doppel" + word, $"{n}{n}");
                yield return new("zweimal" + word, $"{n}{n}");
            }
        }

        yield return new("zwo", "2");
        yield return new("doppelzwo", "22");
        yield return new("doppelnull", "00");
    }

    private static IEnumerable<KeyValuePair<string, string>> Spellings(KeyValuePair<string, string> number)
    {
        yield return number;
        yield return new(number.Key.Replace("ü", "ue", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal), number.Value);
        yield return new(number.Key.Replace("ü", "u", StringComparison.Ordinal).Replace("ö", "o", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal), number.Value);
    }

    [GeneratedRegex(@"[\p{L}\p{Nd}|]{1,200}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
