using System.Globalization;
using System.Text;

namespace Referrals.Engine.Privacy;

/// <summary>
/// A text as the screen matches it: composed (NFC), without invisible characters, every kind of space and dash made plain, digits of
/// other scripts and full-width letters made ASCII. Each character knows where it stands in the original.
/// </summary>
internal sealed class ScreenText
{
    private readonly List<(int Start, int End)> _origins;

    private ScreenText(string plain, List<(int Start, int End)> origins) => (Plain, _origins) = (plain, origins);

    /// <summary>The text to match.</summary>
    public string Plain { get; }

    /// <summary>The plain form of a text.</summary>
    public static ScreenText From(string original)
    {
        var plain = new StringBuilder(original.Length);
        var origins = new List<(int, int)>(original.Length);
        for (var start = 0; start < original.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(original, start);
            foreach (var c in PlainForm(original.Substring(start, length)))
            {
                plain.Append(c);
                origins.Add((start, start + length));
            }

            start += length;
        }

        return new ScreenText(plain.ToString(), origins);
    }

    /// <summary>Where a match of the plain text stands in the original.</summary>
    public (int Start, int Length) Original(int index, int length)
    {
        var start = _origins[index].Start;
        return (start, _origins[index + length - 1].End - start);
    }

    // A lone surrogate can't be normalised; it stays what it is and matches nothing.
    private static string PlainForm(string element)
    {
        if (element.Length == 1 && element[0] < 0x80)
        {
            return element;
        }

        var visible = string.Concat(element.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        return visible.All(c => !char.IsSurrogate(c)) || visible.IsNormalizable()
            ? string.Concat(visible.Normalize(NormalizationForm.FormKC).Select(PlainChar))
            : visible;
    }

    private static char PlainChar(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        UnicodeCategory.DashPunctuation => '-',
        UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
        _ => c is '\u2212' ? '-' : c is '\r' or '\n' or '\t' ? ' ' : c,
    };
}

/// <summary>What strings say of themselves.</summary>
internal static class Unicode
{
    /// <summary>Whether every surrogate in it has its pair.</summary>
    public static bool IsNormalizable(this string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
