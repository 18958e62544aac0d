using System.Globalization;
using System.Text;

namespace Referrals.Engine.Privacy.Reading;

/// <summary>
/// A text as the screen matches it: composed (NFC), without invisible characters, every kind of space and dash made plain, digits of
/// other scripts, full-width letters and look-alikes made ASCII, letter-spaced words joined. Each character knows where it stands in
/// the original.
/// </summary>
internal sealed class ScreenText
{
    private readonly List<int> _starts;
    private readonly List<int> _ends;

    private ScreenText(string plain, List<int> starts, List<int> ends) => (Plain, _starts, _ends) = (plain, starts, ends);

    /// <summary>The text to match.</summary>
    public string Plain { get; }

    /// <summary>The plain form of a text.</summary>
    public static ScreenText From(string original)
    {
        var builder = new Builder(original.Length);
        var foreign = false;
        for (var start = 0; start < original.Length;)
        {
            var c = original[start];
            if (c < 0x80 && (start + 1 == original.Length || original[start + 1] < 0x80))
            {
                builder.Append(c is '\r' or '\n' or '\t' ? ' ' : c, start, start + 1);
                start++;
                continue;
            }

            var length = StringInfo.GetNextTextElementLength(original, start);
            foreach (var plain in PlainForm(original.Substring(start, length)))
            {
                foreign |= plain > 0x24f;
                builder.Append(plain, start, start + length);
            }

            start += length;
        }

        var text = builder.Build();
        return LetterSpacing.Join(foreign ? LookAlikes.Fold(text) : text);
    }

    /// <summary>Where a match of the plain text stands in the original.</summary>
    public (int Start, int Length) Original(int index, int length)
    {
        var start = _starts[index];
        return (start, _ends[index + length - 1] - start);
    }

    // A lone surrogate can't be normalised; it stays what it is and matches nothing.
    private static string PlainForm(string element)
    {
        var visible = string.Concat(element.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        return visible.IsNormalizable() ? Composed(visible) : visible;
    }

    // Marks that make no letter of any alphabet, such as a stroke through a Latin letter, are disguise or decoration.
    private static string Composed(string visible)
    {
        var composed = visible.Normalize(NormalizationForm.FormKC);
        return string.Concat((composed.Length > 1 && char.IsAsciiLetterOrDigit(composed[0])
            ? composed.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) : composed).Select(PlainChar));
    }

    private static char PlainChar(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        UnicodeCategory.DashPunctuation => '-',
        UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
        _ => c switch { '\u2212' => '-', '\r' or '\n' or '\t' => ' ', '\u2019' or '\u2018' or '\u00b4' => '\'', '\u3002' => '.', _ => c },
    };

    /// <summary>Makes a text out of another one, character by character.</summary>
    internal sealed class Builder(int capacity)
    {
        private readonly StringBuilder _plain = new(capacity);
        private readonly List<int> _starts = new(capacity);
        private readonly List<int> _ends = new(capacity);

        /// <summary>Adds a character that stands for a stretch of the original.</summary>
        public void Append(char c, int start, int end)
        {
            _plain.Append(c);
            _starts.Add(start);
            _ends.Add(end);
        }

        /// <summary>Adds characters that stand together for a stretch of another text.</summary>
        public void Append(string characters, ScreenText source, int index, int length)
        {
            foreach (var c in characters)
            {
                Append(c, source._starts[index], source._ends[index + length - 1]);
            }
        }

        /// <summary>Adds a stretch of another text as it is.</summary>
        public void Copy(ScreenText source, int index, int length)
        {
            for (var i = index; i < index + length; i++)
            {
                Append(source.Plain[i], source._starts[i], source._ends[i]);
            }
        }

        /// <summary>Takes back spaces at the end.</summary>
        public void TrimEnd()
        {
            while (_plain.Length > 0 && _plain[^1] == ' ')
            {
                _plain.Length--;
                _starts.RemoveAt(_starts.Count - 1);
                _ends.RemoveAt(_ends.Count - 1);
            }
        }

        /// <summary>The text.</summary>
        public ScreenText Build() => new(_plain.ToString(), _starts, _ends);
    }
}
