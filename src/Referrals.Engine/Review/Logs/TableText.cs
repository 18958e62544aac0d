using System.Text;
using System.Text.Unicode;

namespace Referrals.Engine.Review.Logs;

/// <summary>The text of a table, whatever wrote it.</summary>
internal static class TableText
{
    private const string Separators = ";,\t|";

    /// <summary>UTF-8 or UTF-16 with a mark, else UTF-8 if it is valid, else what spreadsheets in Western Europe write; and whether it was one of the former.</summary>
    public static (string Text, bool IsUtf) Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            using var reader = new StreamReader(new MemoryStream(bytes), detectEncodingFromByteOrderMarks: true);
            return (reader.ReadToEnd(), true);
        }

        return Utf8.IsValid(bytes)
            ? (Encoding.UTF8.GetString(bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0)), true)
            : (CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes), false);
    }

    /// <summary>What the first line has most of: semicolons, commas, tabs or bars.</summary>
    public static char Separator(string text)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in text)
        {
            quoted ^= c == '"';
            if (!quoted && c is '\n' or '\r')
            {
                break;
            }

            if (!quoted && Separators.IndexOf(c, StringComparison.Ordinal) is var place and >= 0)
            {
                counts[place]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }
}
