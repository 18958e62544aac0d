using System.Globalization;
using System.Text.RegularExpressions;
using Referrals.Engine;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>How people write the number of a referral: <c>Ü-2026-0408</c>.</summary>
public static partial class ReferralNumber
{
    /// <summary>As it is shown.</summary>
    public static string Show(CaseNumber number) => $"Ü-{number}";

    /// <summary>
    /// The numbers that somebody may mean, the likeliest first: <c>Ü-2026-0408</c>, <c>2026-408</c>, or the number alone, which is
    /// taken for one of this year or else the last.
    /// </summary>
    public static IReadOnlyList<CaseNumber> Meant(string text, int year)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return [];
        }

        return match.Groups["year"].Success
            ? [new CaseNumber(match.Groups["year"].Value, number)]
            : [new CaseNumber(Series(year), number), new CaseNumber(Series(year - 1), number)];
    }

    private static string Series(int year) => year.ToString("0000", CultureInfo.InvariantCulture);

    [GeneratedRegex("^([Üü]-?)?((?<year>[0-9]{4})-)?(?<number>[0-9]{1,9})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
