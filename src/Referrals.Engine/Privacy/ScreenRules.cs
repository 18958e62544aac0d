using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Referrals.Engine.Privacy.Names;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy;

/// <summary>One kind of thing that the screen looks for.</summary>
/// <param name="Kind">Code of the kind.</param>
/// <param name="Pattern">Its shape.</param>
/// <param name="Certainty">How sure a match is, 0 to 1.</param>
/// <param name="Digits">How many digits a text must have at least for it to match.</param>
/// <param name="Anchors">What else a text must hold for it to match; null: nothing.</param>
/// <param name="IsValid">Check digit, on the letters and digits of the match in upper case; raises the certainty when right.</param>
internal sealed record ScreenRule(string Kind, Regex Pattern, double Certainty, int Digits = 0, Anchors? Anchors = null, Func<string, bool>? IsValid = null)
{
    /// <summary>How sure a match with a right check digit is.</summary>
    public const double CertaintyOfRightCheckDigit = 0.99;

    /// <summary>Whether it is worth looking for in a text with so many digits.</summary>
    public bool MayMatch(string plain, int digits) => digits >= Digits && (Anchors is null || Anchors.In(plain));

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
    private static readonly ScreenRule[] PersonNumbers =
    [
        new("iban", ScreenPatterns.GermanIban(), 0.8, 16, IsValid: CheckDigits.IsIban),
        new("iban", ScreenPatterns.OtherIban(), 0.5, 4, IsValid: CheckDigits.IsIban),
        new("pension-number", ScreenPatterns.PensionNumber(), 0.8, 11, IsValid: CheckDigits.IsPensionNumber),
        new("health-insurance-number", ScreenPatterns.HealthInsuranceNumber(), 0.7, 9, IsValid: CheckDigits.IsHealthInsuranceNumber),
        new("tax-id", ScreenPatterns.TaxId(), 0.6, 11, IsValid: CheckDigits.IsTaxId),
        new("tax-number", ScreenPatterns.TaxNumber(), 0.8, 9),
        new("identity-card", ScreenPatterns.IdentityCard(), 0.6, 4, IsValid: CheckDigits.IsIdentityCard),
        new("customer-number", ScreenPatterns.CustomerNumber(), 0.7, 9),
        new("benefit-unit-number", ScreenPatterns.BenefitUnit(), 0.9, 12),
    ];

    private static readonly ScreenRule[] WithDigits =
    [
        .. PersonNumbers,
        new("phone", ContactPatterns.InternationalPhone(), 0.9, 7),
        new("phone", ContactPatterns.Phone(), 0.75, 6),
        new("phone", ContactPatterns.SpacedPhone(), 0.75, 6),
        new("phone", ContactPatterns.NamedPhone(), 0.9, 4, new("tel handy mobil fax nummer nr festnetz whatsapp signal sms phone rückruf durchwahl anruf erreich")),
        new("file-number", ScreenPatterns.LongNumber(), 0.4, 7),
        new("file-number", ScreenPatterns.MixedNumber(), 0.3, 6),
        new("file-number", ScreenPatterns.FileNumber(), 0.85, 1, new("az gz gesch akten zeichen nummer nr steuer")),
    ];


    private static readonly SearchValues<char> SignsOfUrl = SearchValues.Create(".:/@_0123456789");
    private static readonly Anchors Protocols = new("p: ps:");
    private static readonly Anchors Profiles = new("@ insta facebook fb tik snap telegram signal threema discord skype linkedin xing whatsapp messenger youtube twitter");
    private static readonly SearchValues<char> SignsOfEmail = SearchValues.Create("@([{<&");
    private static readonly ScreenRule Email = new("e-mail", ContactPatterns.Email(), 0.95);
    private static readonly ScreenRule Url = new("url", ContactPatterns.Url(), 0.8);
    private static readonly ScreenRule Profile = new("url", ContactPatterns.Profile(), 0.7);
    private static readonly ScreenRule SpokenEmail = new("e-mail", ContactPatterns.SpokenEmail(), 0.9);
    private static readonly ScreenRule SpokenUrl = new("url", ContactPatterns.SpokenUrl(), 0.6);
    private static readonly ScreenRule NameLike = new("name", ScreenPatterns.NameLike(), 0.5);

    /// <summary>What a note must not hold.</summary>
    public static IEnumerable<ScreenHit> FindInNote(ScreenText text) =>
        [.. FindNumbers(text), .. Contacts(text), .. DateOfBirth.Find(text), .. Spoken(text), .. People.Find(text)];

    /// <summary>What a case reference must not hold; they look like file numbers by their nature.</summary>
    public static IEnumerable<ScreenHit> FindInCaseReference(ScreenText text) =>
        [.. PersonNumbers.SelectMany(rule => rule.Find(text)), .. DateOfBirth.FindAny(text), .. NameLike.Find(text)];

    // A text with few digits can't hold the long numbers; most texts are such, and aren't asked.
    private static IEnumerable<ScreenHit> FindNumbers(ScreenText text)
    {
        var digits = DigitsIn(text.Plain);
        return digits == 0 ? [] : [.. WithDigits.Where(rule => rule.MayMatch(text.Plain, digits)).SelectMany(rule => rule.Find(text)), .. CarPlate.Find(text)];
    }

    private static int DigitsIn(ReadOnlySpan<char> plain)
    {
        var digits = 0;
        foreach (var c in plain)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits;
    }

    private static IEnumerable<ScreenHit> Contacts(ScreenText text)
    {
        if (text.Plain.AsSpan().ContainsAny(SignsOfEmail))
        {
            foreach (var hit in Email.Find(text))
            {
                yield return hit;
            }
        }

        if (Protocols.In(text.Plain) || HasInnerDot(text.Plain))
        {
            foreach (var hit in Url.Find(text))
            {
                yield return hit;
            }
        }

        if (text.Plain.AsSpan().ContainsAny(SignsOfUrl) && Profiles.In(text.Plain))
        {
            foreach (var hit in Profile.Find(text))
            {
                yield return hit;
            }
        }
    }

    private static bool HasInnerDot(ReadOnlySpan<char> plain)
    {
        for (var dot = plain.IndexOf('.'); dot >= 0; dot = plain.IndexOf('.'))
        {
            plain = plain[(dot + 1)..];
            if (plain.Length > 0 && !char.IsWhiteSpace(plain[0]))
            {
                return true;
            }
        }

        return false;
    }

    // The numbers of a spoken text are looked for in digits; its dates are words already.
    private static IEnumerable<ScreenHit> Spoken(ScreenText text) =>
        SpokenText.Read(text) is { } spoken
            ? [.. FindNumbers(spoken), .. SpokenEmail.Find(spoken), .. SpokenUrl.Find(spoken)]
            : [];
}
