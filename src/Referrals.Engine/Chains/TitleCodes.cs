using System.Globalization;
using System.Text;

namespace Referrals.Engine.Chains;

/// <summary>Codes made of people's titles.</summary>
public static class TitleCodes
{
    // Leaves room for a number behind it.
    private const int MostLetters = Codes.MaxLength - 6;

    /// <summary>The title as a code, such as <c>familienberatung-fuer-vaeter</c>; null where no letter of it can stand in one.</summary>
    public static string? Of(string? title)
    {
        var code = new StringBuilder();
        foreach (var letter in Plain(title ?? ""))
        {
            if (char.IsAsciiLetterLower(letter) || (char.IsAsciiDigit(letter) && code.Length > 0))
            {
                code.Append(letter);
            }
            else if (code.Length > 0 && code[^1] != '-')
            {
                code.Append('-');
            }
        }

        var cut = code.ToString(0, Math.Min(code.Length, MostLetters)).Trim('-');
        return cut.Length > 0 ? cut : null;
    }

    private static IEnumerable<char> Plain(string title) => title.ToLowerInvariant()
        .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
        .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal)
        .Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
}
