using System.Text;

namespace Referrals.Engine.Chains.Formats;

/// <summary>Codes made of people's words.</summary>
internal static class CodeWords
{
    private const int Length = 48;

    /// <summary>The words as a code, such as <c>schuldner-und-insolvenzberatung</c>; empty: nothing in them can be in a code.</summary>
    public static string From(string words)
    {
        var code = new StringBuilder();
        foreach (var c in words.ToLowerInvariant().Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal))
        {
            var hyphen = code.Length > 0 && code[^1] != '-';
            _ = char.IsAsciiLetterLower(c) || (char.IsAsciiDigit(c) && code.Length > 0) ? code.Append(c) : hyphen ? code.Append('-') : code;
            if (code.Length == Length)
            {
                break;
            }
        }

        return code.ToString().Trim('-');
    }
}
