using System.Globalization;
using System.Text;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>A font as the picture uses it: Fira Sans in a size (units of the picture) and one of two weights.</summary>
/// <param name="Size">Font size.</param>
/// <param name="SemiBold">Weight 600, else 400.</param>
/// <param name="LineHeight">From one baseline to the next.</param>
public sealed record PictureFont(double Size, bool SemiBold, double LineHeight)
{
    /// <summary>Titles of steps.</summary>
    public static readonly PictureFont Title = new(17, true, 22);

    /// <summary>Partner, and what is neither title nor status.</summary>
    public static readonly PictureFont Body = new(15, false, 20);

    /// <summary>Where a step stands.</summary>
    public static readonly PictureFont Status = new(15, true, 20);

    /// <summary>Captions of branches, rounds and optional parts.</summary>
    public static readonly PictureFont Caption = new(14, false, 18);

    /// <summary>Captions of what holds several branches.</summary>
    public static readonly PictureFont Heading = new(14, true, 18);
}

/// <summary>
/// Measures text and breaks it into lines that fit a width: between words, after hyphens and slashes, and within a word that is longer
/// than a line, with a hyphen. What doesn't fit the lines allowed ends in an ellipsis.
/// </summary>
public static class TextFit
{
    // Rendering rounds each glyph, and another machine's shaping may differ a little.
    private const double Safety = 1.03;

    // Wider than any letter of a fallback font; an emoji is about this wide.
    private const double UnknownWidth = 1.4;

    private const string Vowels = "aeiouyäöüAEIOUYÄÖÜ";

    /// <summary>The width of a text, a little more rather than less.</summary>
    public static double Width(string text, PictureFont font) => text.EnumerateRunes().Sum(r => RuneWidth(r, font)) * font.Size * Safety;

    /// <summary>The text in at most <paramref name="maxLines"/> lines, none wider than <paramref name="width"/>; no line for an empty text.</summary>
    public static IReadOnlyList<string> Lines(string text, PictureFont font, double width, int maxLines)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var piece in Pieces(Clean(text), font, width))
        {
            if (Width((line + piece).TrimEnd(), font) <= width)
            {
                line += piece;
                continue;
            }

            lines.Add(line);
            line = piece;
        }

        lines.Add(line);
        lines = [.. lines.Select(l => l.Trim()).Where(l => l.Length > 0)];
        return lines.Count <= maxLines ? lines : [.. lines.Take(maxLines - 1), Ellipsis(lines[maxLines - 1], font, width)];
    }

    /// <summary>The text without what can't be drawn: control characters, soft hyphens, halves of characters; white space as single blanks.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (rune.Value is not (0xfffe or 0xffff) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }

    private static double RuneWidth(Rune rune, PictureFont font) =>
        FiraWidths.Of(rune.Value, font.SemiBold) is { } known ? known / 1000.0
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
        : UnknownWidth;

    private static string Ellipsis(string line, PictureFont font, double width)
    {
        var elements = Elements(line);
        while (elements.Count > 0 && Width(string.Concat(elements).TrimEnd(' ', '-') + "…", font) > width)
        {
            elements.RemoveAt(elements.Count - 1);
        }

        return string.Concat(elements).TrimEnd(' ', '-') + "…";
    }

    // Words with the blank behind them; parts of words after hyphens and slashes; parts of those that are too long for a line.
    private static IEnumerable<string> Pieces(string text, PictureFont font, double width)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var breaks = text[i] == ' ' || (text[i] is '-' or '/' && i > start && i + 1 < text.Length && text[i + 1] != ' ');
            if (breaks || i == text.Length - 1)
            {
                foreach (var part in Split(text[start..(i + 1)], font, width))
                {
                    yield return part;
                }

                start = i + 1;
            }
        }
    }

    private static IEnumerable<string> Split(string word, PictureFont font, double width)
    {
        while (Width(word.TrimEnd(), font) > width)
        {
            var elements = Elements(word);
            var fits = 1;
            while (fits < elements.Count && Width(string.Concat(elements.Take(fits + 1)) + "-", font) <= width)
            {
                fits++;
            }

            var (at, hyphen) = BreakBefore(elements, fits);
            yield return string.Concat(elements.Take(at)) + hyphen;
            word = string.Concat(elements.Skip(at));
        }

        yield return word;
    }

    // German syllables begin with the last consonant before a vowel; ch, ck, sch, ph, th and qu stay together.
    private static (int At, string Hyphen) BreakBefore(List<string> letters, int fits)
    {
        for (var at = fits; at >= Math.Max(3, fits / 2); at--)
        {
            if (at + 2 < letters.Count && IsVowel(letters[at + 1]) && !IsVowel(letters[at]) && IsLetter(letters[at]) && IsLetter(letters[at - 1])
                && !(letters[at] is "h" or "k" && letters[at - 1] is "c" or "p" or "t") && letters[at] != "q")
            {
                return (at, "-");
            }
        }

        return (fits, IsLetter(letters[fits - 1]) && fits < letters.Count && IsLetter(letters[fits]) ? "-" : "");
    }

    private static bool IsVowel(string letter) => letter.Length == 1 && Vowels.Contains(letter[0], StringComparison.Ordinal);

    private static bool IsLetter(string letter) => char.IsLetter(letter, 0);

    private static List<string> Elements(string text)
    {
        var elements = new List<string>();
        var walk = StringInfo.GetTextElementEnumerator(text);
        while (walk.MoveNext())
        {
            elements.Add(walk.GetTextElement());
        }

        return elements;
    }
}
