using System.Globalization;
using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy;

/// <summary>One kind of thing that the screen looks for.</summary>
/// <param name="Kind">Code of the kind.</param>
/// <param name="Pattern">Its shape.</param>
/// <param name="Certainty">How sure a match is, 0 to 1.</param>
/// <param name="IsValid">Check digit, on the letters and digits of the match in upper case; raises the certainty when right.</param>
internal sealed record ScreenRule(string Kind, Regex Pattern, double Certainty, Func<string, bool>? IsValid = null)
{
    /// <summary>How sure a match with a right check digit is.</summary>
    public const double CertaintyOfRightCheckDigit = 0.99;

    /// <summary>Every place where it is seen.</summary>
    public IEnumerable<ScreenHit> Find(ScreenText text)
    {
        foreach (Match match in Pattern.Matches(text.Plain))
        {
            var (start, length) = text.Original(match.Index, match.Length);
            var right = IsValid is not null && IsValid(string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit)).ToUpper(CultureInfo.InvariantCulture));
            yield return new ScreenHit(start, length, Kind, right ? CertaintyOfRightCheckDigit : Certainty);
        }
    }
}

/// <summary>What the screen looks for.</summary>
internal static class ScreenRules
{
    private static readonly IReadOnlyList<ScreenRule> PersonNumbers =
    [
        new("iban", ScreenPatterns.GermanIban(), 0.8, CheckDigits.IsIban),
        new("iban", ScreenPatterns.OtherIban(), 0.5, CheckDigits.IsIban),
        new("pension-number", ScreenPatterns.PensionNumber(), 0.8, CheckDigits.IsPensionNumber),
        new("health-insurance-number", ScreenPatterns.HealthInsuranceNumber(), 0.7, CheckDigits.IsHealthInsuranceNumber),
        new("tax-id", ScreenPatterns.TaxId(), 0.6, CheckDigits.IsTaxId),
        new("tax-number", ScreenPatterns.TaxNumber(), 0.8),
        new("identity-card", ScreenPatterns.IdentityCard(), 0.6, CheckDigits.IsIdentityCard),
        new("customer-number", ScreenPatterns.CustomerNumber(), 0.7),
        new("benefit-unit-number", ScreenPatterns.BenefitUnit(), 0.9),
        new("date-of-birth", ScreenPatterns.DayMonthYear(), 0.6),
        new("date-of-birth", ScreenPatterns.IsoDate(), 0.6),
    ];

    /// <summary>For notes.</summary>
    public static IReadOnlyList<ScreenRule> All { get; } =
    [
        .. PersonNumbers,
        new("e-mail", ScreenPatterns.Email(), 0.95),
        new("url", ScreenPatterns.Url(), 0.8),
        new("phone", ScreenPatterns.InternationalPhone(), 0.9),
        new("phone", ScreenPatterns.Phone(), 0.75),
        new("phone", ScreenPatterns.NamedPhone(), 0.9),
        new("date-of-birth", ScreenPatterns.WrittenDate(), 0.6),
        new("date-of-birth", ScreenPatterns.Birth(), 0.9),
        new("car-plate", ScreenPatterns.CarPlate(), 0.6),
        new("file-number", ScreenPatterns.FileNumber(), 0.8),
    ];

    /// <summary>For case references, which look like file numbers by their nature.</summary>
    public static IReadOnlyList<ScreenRule> ForCaseReferences { get; } = [.. PersonNumbers, new("name", ScreenPatterns.NameLike(), 0.5)];
}
