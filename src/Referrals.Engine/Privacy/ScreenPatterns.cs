using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy;

/// <summary>
/// The shapes of what may tell who a person is. Every repetition is bounded and texts are short, so that matching is fast whatever
/// is written; the time limit is the last resort. They match the plain form of a text (<see cref="Reading.ScreenText"/>).
/// </summary>
internal static partial class ScreenPatterns
{
    private const int TimeLimitMs = 1000;
    private const RegexOptions Exact = RegexOptions.CultureInvariant;
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Nothing of letters or digits directly before or after.
    private const string Begin = @"(?<![\p{L}\p{Nd}])";
    private const string End = @"(?![\p{L}\p{Nd}])";

    // What stands between the digits of one number.
    private const string Gap = @"[ ./_~*|-]{0,2}";
    private const string Thin = @"[ /_-]?";

    [GeneratedRegex(Begin + @"DE[ .:-]{0,2}\d" + Gap + @"\d(?:" + Gap + @"\d){14,20}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex GermanIban();

    [GeneratedRegex(Begin + @"[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?" + End, Exact, TimeLimitMs)]
    public static partial Regex OtherIban();

    [GeneratedRegex(Begin + @"\d" + Thin + @"\d[ ./-]{0,2}\d" + Thin + @"\d[ ./-]?\d" + Thin + @"\d[ ./-]?\d" + Thin + @"\d[ ./_-]{0,2}[A-Z][ ./_-]{0,2}\d" + Thin + @"\d" + Thin + @"\d" + End, AnyCase, TimeLimitMs)]
    public static partial Regex PensionNumber();

    [GeneratedRegex(Begin + @"[A-Z][ ._-]{0,2}\d(?:" + Thin + @"\d){8}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex HealthInsuranceNumber();

    [GeneratedRegex(Begin + @"(?:[1-9]\d" + Gap + @"\d{3}" + Gap + @"\d{3}" + Gap + @"\d{3}|[1-9](?: \d){10})" + End, AnyCase, TimeLimitMs)]
    public static partial Regex TaxId();

    [GeneratedRegex(Begin + @"(?:\d{2,3} ?/ ?\d{3,4} ?/ ?\d{4,5}|\d{2,3}[ .-]\d{3,4}[ .-]\d{5}|\d{13})" + End, AnyCase, TimeLimitMs)]
    public static partial Regex TaxNumber();

    [GeneratedRegex(Begin + @"(?=[C-Z0-9]{0,8}\d[C-Z0-9]{0,8}\d)[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}(?: ?\d)?D?" + End, AnyCase, TimeLimitMs)]
    public static partial Regex IdentityCard();

    [GeneratedRegex(Begin + @"\d" + Thin + @"\d" + Thin + @"\d[ /_.-]{0,2}[A-Z][ /_.-]{0,2}\d(?:" + Thin + @"\d){5}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex CustomerNumber();

    [GeneratedRegex(Begin + @"\d(?:" + Thin + @"\d){4}[ ._-]{0,2}(?:B ?G|//)[ ._-]{0,2}\d(?:" + Thin + @"\d){6}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex BenefitUnit();

    [GeneratedRegex(Begin + @"(?:az|gz|gesch\.?-?z|aktenzeichen|aktennummer|akten-nr|geschäftszeichen|geschäftsz|(?:mein|unser|ihr|dortiges) zeichen|\p{L}{0,20}(?:kunden|bg|fall|vorgangs|mitglieds|personal|versicherungs|versicherten|versichertennummer|sv|rv|kv|renten|steuer|ausweis|pass|konto|id|ident)(?:-? ?nummer|-? ?nr)|kd-?nr|steuer-?id|krankenkassennummer)(?:[.: ]{1,5}(?:(?:[^\s\d]{1,3} ){2,3}|[^\s\d]{1,20} ?)?)?\d[^\s]{0,40}(?: [A-Z]{1,3}(?= [^\s\d]{0,5}\d)| [^\s\d]{0,5}\d[^\s]{0,20}){0,3}", AnyCase, TimeLimitMs)]
    public static partial Regex FileNumber();

    // Numbers too long to be a price, a date or a year: whatever they are, they are somebody's. A mistyped number of a kind ends here.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}.,])(?:\d{7,40}|(?!(?:(?:19|20)\d\d[ /-]){2})\d{2,8}(?:[ /_-]\d{3,8}){2,6}|\d(?: \d){8,30})(?![\p{L}\p{Nd}]|[.,]\d| ?(?:€|eur))", AnyCase, TimeLimitMs)]
    public static partial Regex LongNumber();

    [GeneratedRegex(Begin + @"(?=[A-Z]{0,8}\d[A-Z0-9]{0,9}[A-Z]|[A-Z]{1,8}\d)(?=(?:[A-Z]{0,4}\d){6})[A-Z0-9]{8,40}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex MixedNumber();

    // In a case reference: no digit at all, or a word that is not one of those that references are made of. Short runs of capitals are
    // abbreviations of offices; a run of five letters, or a capitalised word of three, may be a name.
    [GeneratedRegex(@"\A[^\d]{1,40}\z|" + Begin + @"(?!(?i:fall|akte|vorgang|kunde|kunden|klient|klientin|nummer|referenz|case|referral|client|haushalt|kette|beratung|team|jobcenter|jugendamt|sozialamt|gesundheit|number|order)(?!\p{L}))(?:\p{L}{5,40}|\p{Lu}\p{Ll}{2,40})", RegexOptions.CultureInvariant, TimeLimitMs)]
    public static partial Regex NameLike();
}
