using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy;

/// <summary>
/// Full dates. Each may be a date of birth, and is taken for one unless the words beside it say that it is an appointment, a term or a
/// beginning, and the year isn't long past. No clock is asked: who receives a text must judge it as its sender did.
/// </summary>
internal static partial class DateOfBirth
{
    private const int TimeLimitMs = 1000;
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Begin = @"(?<![\p{L}\p{Nd}])";
    private const string Month = @"(?:jan(?:uar)?|feb(?:ruar)?|märz|maerz|mrz|apr(?:il)?|mai|juni?|juno|juli?|aug(?:ust)?|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?)";
    private const string Ordinal = @"(?:erst|zweit|dritt|viert|fünft|fuenft|sechst|siebt|siebent|acht|neunt|zehnt|elft|zwölft|zwoelft|\p{L}{2,14}zehnt|(?:\p{L}{3,8}und)?(?:zwanzig|dreißig|dreissig)st)e[nrs]?";
    private const string YearWords = @"(?:neunzehnhundert|zweitausend(?:und)?)\p{L}{0,30}";

    // Whoever was born since is a child whose date stands beside words of birth; dates of our work are all later.
    private const int FirstYearOfWork = 2010;
    private const int WordsBefore = 6;
    private const int WordsAfter = 4;
    private const int CharactersAround = 90;

    private static readonly FrozenSet<string> Prepositions = Set("ab bis seit spätestens zum per vorauss voraussichtlich datiert gültig befristet frühestens montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so montags stand datum kw zwischen heute gestern morgen uhr um nächster nächste laufzeit zeitraum start ende abgabe rückmeldung wiedervorlage wv eingang ausgang");
    private static readonly FrozenSet<string> Relations = Set("kind kinder tochter sohn mutter vater baby säugling frau herr mann enkel enkelin bruder schwester junge mädchen klient klientin kunde kundin jüngste jüngster älteste ältester");
    private static readonly string[] BirthStems = ["gebor", "geburt", "gebürt", "entbind", "geb", "jahrgang", "welt", "niederkunft"];
    private static readonly string[] WorkEnds = ["termin", "termine", "frist", "beginn", "start", "ende", "gespräch", "gesprächs", "antrag", "antrags", "bescheid", "bescheids", "schreiben", "kurs", "kurses", "maßnahme", "prüfung", "umzug", "einzug", "auszug", "vertrag", "vertrags", "bewilligt", "bewilligung", "kündigung", "anmeldung", "eingewöhnung", "sitzung", "konferenz", "ablauf", "stichtag", "beratung", "rechnung", "mahnung", "urlaub", "praktikum", "ausbildung", "beschäftigung", "platz", "besuch", "runde", "erstkontakt", "vorstellung", "begonnen", "beginnt", "startet", "endet", "gestellt", "beantragt", "eingereicht", "stattfinden", "statt", "arbeitslos", "betreuung", "anspruch", "sperrzeit", "elternzeit", "aufnahme", "entlassung", "einladung", "verhandlung", "anhörung", "schließung", "ferien", "therapie", "reha", "op", "leistungsbezug", "schriftstück", "email", "mail", "telefonat", "anruf", "meldung", "widerspruch", "auflage", "duldung", "aufenthaltstitel", "vereinbart", "vereinbarung", "verlängert", "verlängerung", "weiterbildung", "unterbringung", "haft", "fällig", "fälligkeit", "erneut", "frei"];

    private static readonly Anchors Ordinals = new("erste zweite dritte vierte fünfte fuenfte sechste siebte siebente achte neunte zehnte elfte zwölfte zwoelfte zwanzigste ßigste ẞigste ssigste");

    /// <summary>Every date that may be one of birth.</summary>
    public static IEnumerable<ScreenHit> Find(ScreenText text)
    {
        var (digits, inWords) = (text.Plain.AsSpan().ContainsAnyInRange('0', '9'), text.Plain.Contains("hundert", StringComparison.OrdinalIgnoreCase) || text.Plain.Contains("tausend", StringComparison.OrdinalIgnoreCase));
        var spoken = (digits || inWords) && Ordinals.In(text.Plain);
        foreach (var pattern in (digits ? [Numeric(), Iso(), Written()] : Array.Empty<Regex>()).Concat(spoken ? [Spoken()] : Array.Empty<Regex>()))
        {
            foreach (Match match in pattern.Matches(text.Plain))
            {
                if (!IsOfWork(text.Plain, match))
                {
                    yield return Hit(text, match, 0.6);
                }
            }
        }

        if (digits || inWords || text.Plain.Contains("geb", StringComparison.OrdinalIgnoreCase))
        {
            foreach (Match match in Birth().Matches(text.Plain))
            {
                yield return Hit(text, match, 0.9);
            }
        }
    }

    /// <summary>Every date, whatever stands beside it: what a case reference must not hold.</summary>
    public static IEnumerable<ScreenHit> FindAny(ScreenText text) =>
        Numeric().Matches(text.Plain).Concat(Iso().Matches(text.Plain)).Select(match => Hit(text, match, 0.6));

    private static ScreenHit Hit(ScreenText text, Match match, double certainty)
    {
        var (start, length) = text.Original(match.Index, match.Length);
        return new ScreenHit(start, length, "date-of-birth", certainty);
    }

    private static bool IsOfWork(string plain, Match match)
    {
        var (from, end) = (Math.Max(0, match.Index - CharactersAround), match.Index + match.Length);
        var before = Word().Matches(plain[from..match.Index]).Select(m => m.Value.ToLowerInvariant()).Reverse().Take(WordsBefore).ToList();
        var after = Word().Matches(plain[end..Math.Min(plain.Length, end + CharactersAround)]).Select(m => m.Value.ToLowerInvariant()).Take(WordsAfter).ToList();
        if (YearOf(match) < FirstYearOfWork || after.Any(IsBirth))
        {
            return false;
        }

        foreach (var (word, distance) in before.Select((w, i) => (w, i)))
        {
            if (IsBirth(word) || (distance <= 1 && Relations.Contains(word)))
            {
                return false;
            }

            if (IsWork(word))
            {
                return true;
            }
        }

        return before is ["am" or "an" or "den" or "dem", ..] || after is ["bis" or "um" or "ab", ..] || after.Any(IsWork) || Clock().IsMatch(plain.AsSpan(end));
    }

    private static bool IsBirth(string word) => BirthStems.Any(s => s == "geb" || s == "welt" ? word == s : word.StartsWith(s, StringComparison.Ordinal)) || word.EndsWith("geburtstag", StringComparison.Ordinal);

    private static bool IsWork(string word) => Prepositions.Contains(word) || WorkEnds.Any(e => word.EndsWith(e, StringComparison.Ordinal));

    private static int YearOf(Match match)
    {
        var year = match.Groups["y"];
        if (!year.Success)
        {
            return 0;
        }

        var number = int.Parse(year.ValueSpan, CultureInfo.InvariantCulture);
        return year.Length > 2 ? number : number <= 40 ? 2000 + number : 1900 + number;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();

    [GeneratedRegex(@"(?<![\p{Nd}.])(?:0?[1-9]|[12]\d|3[01])(?:\. ?(?:0?[1-9]|1[0-2])\.? ?|/(?:0?[1-9]|1[0-2])/|-(?:0?[1-9]|1[0-2])-|_(?:0?[1-9]|1[0-2])_| (?:0[1-9]|1[0-2]) (?=19|20))(?<y>(?:19|20)\d\d|\d\d)(?![\p{Nd}]|\.\d| ?(?:uhr|h|€|euro|eur|%|km|std|stunden))", AnyCase, TimeLimitMs)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"(?<![\p{Nd}-])(?<y>(?:19|20)\d\d)[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])(?![\p{Nd}])", AnyCase, TimeLimitMs)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<![\p{Nd}.])(?:0?[1-9]|[12]\d|3[01])\.? ?(?:te[nr] )?" + Month + @"\.? ?'?(?<y>(?:19|20)?\d\d)(?!\p{Nd}| ?(?:uhr|h|kinder|€|euro))", AnyCase, TimeLimitMs)]
    private static partial Regex Written();

    [GeneratedRegex(Begin + Ordinal + @" (?:" + Month + @"|" + Ordinal + @")[ ,]{1,2}(?:" + YearWords + @"|(?<y>(?:19|20)\d\d)(?!\d))", AnyCase, TimeLimitMs)]
    private static partial Regex Spoken();

    [GeneratedRegex(Begin + @"(?:geboren (?:am|im (?=\p{Nd}|jahr|sommer|winter|frühjahr|frühling|herbst|" + Month + @")|in (?=\p{Nd}))|geburtsdatum|geburtstag|geb\.-?datum|gebdat|geb\. ?(?:am )?(?=[\p{Nd}\p{Lu}])|geb (?:am )?(?=\p{Nd})|\* ?(?=\p{Nd}{1,2}\.)|jahrgang (?=\p{Nd}))[.: ]{0,3}(?:(?:ist|am|der|den) ){0,2}[^\s]{0,40}", AnyCase, TimeLimitMs)]
    private static partial Regex Birth();

    [GeneratedRegex(@"[\p{L}]{2,40}", RegexOptions.CultureInvariant, TimeLimitMs)]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[, -]{0,3}(?:um )?\d{1,2}(?:[:.]\d\d| ?-? ?\d{0,2} ?(?:uhr|h\b))", AnyCase, TimeLimitMs)]
    private static partial Regex Clock();
}
