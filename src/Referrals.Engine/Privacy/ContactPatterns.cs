using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy;

/// <summary>The shapes of what leads to a person: e-mail, phone, web pages and profiles. Bounded like all patterns of the screen.</summary>
internal static partial class ContactPatterns
{
    private const int TimeLimitMs = 1000;
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Begin = @"(?<![\p{L}\p{Nd}])";
    private const string At = @"(?:@|[(\[{<] ?(?:at|ät|aet|a|ä|ed|@|klammeraffe) ?[)\]}>]|&#64;|&commat;)";
    private const string Dot = @"(?:\.|[(\[{<] ?(?:dot|punkt|pkt|\.) ?[)\]}>])";
    private const string Endings = @"(?:de|com|org|net|info|eu|at|ch|io|app|me|online|berlin|gov|ru|ua|pl|tr|ro|bg|it|es|fr|co)";

    [GeneratedRegex(@"[\p{L}\p{Nd}._%+-]{1,64} ?" + At + @" ?[\p{L}\p{Nd}-]{1,63}(?: ?" + Dot + @" ?[\p{L}\p{Nd}-]{2,63}){0,4}", AnyCase, TimeLimitMs)]
    public static partial Regex Email();

    [GeneratedRegex(@"[\p{L}\p{Nd}._%+-]{1,64}@(?:[\p{L}\p{Nd}-]{1,63}\.[\p{L}\p{Nd}.-]{2,63}|(?:gmx|web|gmail|googlemail|t-online|freenet|yahoo|outlook|hotmail|icloud|posteo|mail|aol|arcor|live|proton|protonmail|mailbox)(?![\p{L}\p{Nd}]))", AnyCase, TimeLimitMs)]
    public static partial Regex SpokenEmail();

    [GeneratedRegex(@"(?:https?://|h[tx]{2}ps?:|www\.)[^\s]{1,300}|" + Begin + @"(?:[\p{L}\p{Nd}-]{2,63}\.){1,4}" + Endings + @"(?![\p{L}\p{Nd}-])(?:/[^\s]{0,200})?", AnyCase, TimeLimitMs)]
    public static partial Regex Url();

    [GeneratedRegex(Begin + @"(?:[\p{L}\p{Nd}-]{3,63} ?" + Dot + @" ?){1,3}(?:de|com|org|net)(?![\p{L}\p{Nd}-])", AnyCase, TimeLimitMs)]
    public static partial Regex SpokenUrl();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}.@])@[\p{L}][\p{L}\p{Nd}_.]{2,30}|" + Begin + @"(?:insta(?:gram)?|facebook|fb|tik ?tok|snap(?:chat)?|telegram|signal|threema|discord|skype|linkedin|xing|whatsapp|messenger|youtube|twitter)(?:[- ]?(?:profil|account|konto|name|id))?(?: ?: ?@?[\p{L}\p{Nd}][\p{L}\p{Nd}_.-]{2,40}| (?=[\p{L}.]{0,30}[_\d])[\p{L}\p{Nd}_.]{4,40})", AnyCase, TimeLimitMs)]
    public static partial Regex Profile();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}:.,])(?:\+ ?|00 ?)[1-9](?:[ ()/._*~|-]{0,4}\d){6,14}(?!\d)", AnyCase, TimeLimitMs)]
    public static partial Regex InternationalPhone();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}:.,/+-])\(?0[1-9]\d{1,4}\)?[ ()/._*~|-]{0,4}\d(?:[ ()/._*~|-]{0,3}\d){3,11}(?![\p{L}\p{Nd}]| ?Uhr)", AnyCase, TimeLimitMs)]
    public static partial Regex Phone();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}:.,/+-])0(?:[ /_-]\d{1,3}){5,14}(?![\p{L}\p{Nd}])|(?<![\p{L}\p{Nd}:.,/+-])0[1-9](?: \d{2,3}){3,6}(?![\p{L}\p{Nd}:.])", AnyCase, TimeLimitMs)]
    public static partial Regex SpacedPhone();

    [GeneratedRegex(Begin + @"(?:tel|tel\.?-?nr|telefon|telefonisch|telefonnummer|telefonnr|handy|handynr|handynummer|mobil|mobilnummer|mobilnr|mobiltelefon|fax|rufnummer|festnetz|whatsapp|signal|telegram|sms|phone|nummer|rückruf|durchwahl|anrufen|erreichbar|zu erreichen)(?: unter| ist| lautet| auf| an)?(?: der nummer)?[.: ]{0,4}\(?\d(?:[ ()/._*~|-]{0,3}\d){5,14}(?!\d| ?Uhr)|" + Begin + @"(?:tel|telefon|telefonnummer|handy|handynummer|mobil|fax|rufnummer|whatsapp|phone)[.: ]{1,4}\(?\d(?:[ ()/.-]{0,3}\d){3,14}(?!\d| ?Uhr)", AnyCase, TimeLimitMs)]
    public static partial Regex NamedPhone();
}
