using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy;

/// <summary>
/// The shapes of what may tell who a person is. Every repetition is bounded and texts are short, so that matching is fast whatever
/// is written; the time limit is the last resort. They match the plain form of a text (<see cref="ScreenText"/>).
/// </summary>
internal static partial class ScreenPatterns
{
    private const int TimeLimitMs = 1000;
    private const RegexOptions Exact = RegexOptions.CultureInvariant;
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Nothing of letters or digits directly before or after.
    private const string Begin = @"(?<![\p{L}\p{Nd}])";
    private const string End = @"(?![\p{L}\p{Nd}])";
    private const string Month = @"(?:jan(?:uar)?|feb(?:ruar)?|märz|mrz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)";

    [GeneratedRegex(@"[\p{L}\p{Nd}._%+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\p{L}\p{Nd}-]{1,63}(?: ?(?:\.|\(dot\)|\[dot\]|\(punkt\)|\[punkt\]) ?[\p{L}\p{Nd}-]{2,63}){1,4}", AnyCase, TimeLimitMs)]
    public static partial Regex Email();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s]{1,300}|" + Begin + @"(?:[\p{L}\p{Nd}-]{2,63}\.){1,4}(?:de|com|org|net|info|eu|at|ch|io|app|me|online|berlin)(?![\p{L}\p{Nd}-])(?:/[^\s]{0,200})?", AnyCase, TimeLimitMs)]
    public static partial Regex Url();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}:.,])(?:\+ ?|00 ?)[1-9](?:[ ()/.-]{0,3}\d){6,14}(?!\d)", AnyCase, TimeLimitMs)]
    public static partial Regex InternationalPhone();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}:.,/+-])\(?0[1-9]\d{1,4}\)?[ /.-]{0,3}\d(?:[ /.-]{0,3}\d){3,11}(?![\p{L}\p{Nd}])", AnyCase, TimeLimitMs)]
    public static partial Regex Phone();

    [GeneratedRegex(Begin + @"(?:tel|telefon|telefonnummer|handy|handynummer|mobil|mobilnummer|fax|rufnummer|whatsapp|phone)[.: ]{0,4}\(?\d(?:[ ()/.-]{0,3}\d){3,14}", AnyCase, TimeLimitMs)]
    public static partial Regex NamedPhone();

    [GeneratedRegex(Begin + @"DE ?\d\d(?:[ .-]?\d){14,20}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex GermanIban();

    [GeneratedRegex(Begin + @"[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?" + End, Exact, TimeLimitMs)]
    public static partial Regex OtherIban();

    [GeneratedRegex(Begin + @"\d\d[ ./-]?\d\d[ .]?\d\d[ .]?\d\d[ ./-]?[A-Z][ ./-]?\d\d[ ]?\d" + End, AnyCase, TimeLimitMs)]
    public static partial Regex PensionNumber();

    [GeneratedRegex(Begin + @"[A-Z][ -]?\d{3}[ ]?\d{3}[ ]?\d{3}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex HealthInsuranceNumber();

    [GeneratedRegex(Begin + @"[1-9]\d[ ./-]?\d{3}[ ./-]?\d{3}[ ./-]?\d{3}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex TaxId();

    [GeneratedRegex(Begin + @"(?:\d{2,3} ?/ ?\d{3,4} ?/ ?\d{4,5}|\d{13})" + End, AnyCase, TimeLimitMs)]
    public static partial Regex TaxNumber();

    [GeneratedRegex(Begin + @"(?=[C-Z0-9]{0,8}\d[C-Z0-9]{0,8}\d)[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}(?: ?\d)?D?" + End, AnyCase, TimeLimitMs)]
    public static partial Regex IdentityCard();

    [GeneratedRegex(Begin + @"\d{3}[ ]?[A-Z][ ]?\d{6}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex CustomerNumber();

    [GeneratedRegex(Begin + @"\d{5} ?(?:BG|//) ?\d{7}" + End, AnyCase, TimeLimitMs)]
    public static partial Regex BenefitUnit();

    // Only the forms with a hyphen or a space after the district: joined ones are words of other kinds too often. The look-ahead lets
    // the abbreviations of laws, weekdays and phone numbers pass.
    [GeneratedRegex(Begin + @"(?!(?:SGB|BGB|SGG|VO|EU|EG|DIN|ISO|TEL|NR|AB|BIS|UM|AM|IM|CA|MO|DI|MI|DO|FR|SA|SO)[ -])[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?" + End, Exact, TimeLimitMs)]
    public static partial Regex CarPlate();

    [GeneratedRegex(Begin + @"(?:az|gz|aktenzeichen|aktennummer|akten-nr|geschäftszeichen|geschäftsz|(?:mein|unser|ihr) zeichen|kundennummer|kunden-nr|bg-nummer|bg-nr)[.: ]{0,5}(?:[^\s\d]{1,20} ?)?\d[^\s]{0,40}(?: [A-Z]{1,3}(?= [^\s\d]{0,5}\d)| [^\s\d]{0,5}\d[^\s]{0,20}){0,3}", AnyCase, TimeLimitMs)]
    public static partial Regex FileNumber();

    [GeneratedRegex(@"(?<![\p{Nd}.])(?:0?[1-9]|[12]\d|3[01])(?:\. ?(?:0?[1-9]|1[0-2])\. ?|/(?:0?[1-9]|1[0-2])/|-(?:0?[1-9]|1[0-2])-)(?:(?:19|20)\d\d|\d\d)(?![\p{Nd}]|\.\d)", AnyCase, TimeLimitMs)]
    public static partial Regex DayMonthYear();

    [GeneratedRegex(@"(?<![\p{Nd}-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\p{Nd}])", AnyCase, TimeLimitMs)]
    public static partial Regex IsoDate();

    [GeneratedRegex(@"(?<![\p{Nd}.])(?:0?[1-9]|[12]\d|3[01])\. ?" + Month + @"\.? (?:19|20)?\d\d(?!\p{Nd})", AnyCase, TimeLimitMs)]
    public static partial Regex WrittenDate();

    [GeneratedRegex(Begin + @"(?:geboren (?:am|im|in)|geburtsdatum|geb\.-?datum|geb\. ?(?:am )?(?=[\p{Nd}\p{Lu}])|geb (?:am )?(?=\p{Nd})|\* ?(?=\p{Nd}{1,2}\.)|jahrgang (?=\p{Nd}))[: ]{0,3}[^\s]{0,40}", AnyCase, TimeLimitMs)]
    public static partial Regex Birth();

    // In a case reference: no digit at all, or a word that is not one of those that references are made of. Short runs of capitals are
    // abbreviations of offices; a run of five letters, or a capitalised word of three, may be a name.
    [GeneratedRegex(@"\A[^\d]{1,40}\z|" + Begin + @"(?!(?i:fall|akte|vorgang|kunde|kunden|klient|klientin|nummer|referenz|case|referral|client|haushalt|kette|beratung|team|jobcenter|jugendamt|sozialamt|gesundheit|number|order)(?!\p{L}))(?:\p{L}{5,40}|\p{Lu}\p{Ll}{2,40})", RegexOptions.CultureInvariant, TimeLimitMs)]
    public static partial Regex NameLike();
}
