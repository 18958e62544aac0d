using System.Globalization;
using System.Text.RegularExpressions;

namespace Referrals.Engine;

/// <summary>
/// The number by which people speak of a referral or an assignment, such as <c>2026-0408</c>: counted from 1 in each year, in each
/// organisation by itself, so that it tells nothing outside of it.
/// </summary>
/// <param name="Series">The year (Europe/Berlin) of the start or receipt, four digits.</param>
/// <param name="Number">The number in it, from 1.</param>
public readonly partial record struct CaseNumber(string Series, int Number)
{
    /// <summary>Series and number, the latter with at least four digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Series}-{Number:0000}");

    /// <summary>Reads exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out CaseNumber number)
    {
        number = default;
        if (text is null || !Form().IsMatch(text) || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        number = new CaseNumber(text[..4], count);
        return count > 0;
    }

    [GeneratedRegex("^[0-9]{4}-([0-9]{4}|[1-9][0-9]{4,9})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
