using System.Globalization;
using System.Text;

namespace Referrals.Engine.Chains.Drawing;

/// <summary>Gives what is drawn its codes: from its title, unique in the chain, and the same from then on.</summary>
public sealed class DrawnNames
{
    // Leaves room for a number behind it.
    private const int MostLetters = Codes.MaxLength - 6;

    private readonly HashSet<string> _taken;

    /// <summary>Names beside those that are taken.</summary>
    public DrawnNames(IEnumerable<string> taken) => _taken = [.. taken];

    /// <summary>Names beside those of the chain's nodes.</summary>
    public static DrawnNames Of(ChainVersion chain) => new(chain.Nodes().Select(n => n.Id.Value));

    /// <summary>A new code for this title; <paramref name="otherwise"/> where no letter of it can stand in a code.</summary>
    public string New(string? title, string otherwise)
    {
        var code = CodeOf(title) ?? otherwise;
        for (var number = 2; !_taken.Add(code); number++)
        {
            code = string.Create(CultureInfo.InvariantCulture, $"{CodeOf(title) ?? otherwise}-{number}");
        }

        return code;
    }

    /// <summary>A new id of a node.</summary>
    public NodeId NewNode(string? title, string otherwise) => new(New(title, otherwise));

    /// <summary>The title as a code, such as <c>familienberatung-fuer-vaeter</c>; null where no letter of it can stand in one.</summary>
    public static string? CodeOf(string? title)
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
