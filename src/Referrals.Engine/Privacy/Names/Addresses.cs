using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy.Names;

/// <summary>Streets with house numbers, and postcodes with a place.</summary>
internal static partial class Addresses
{
    private const int TimeLimitMs = 1000;
    private const RegexOptions Exact = RegexOptions.CultureInvariant;
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const string Begin = @"(?<![\p{L}\p{Nd}])";

    // A house number, and not the number of something.
    private const string Number = @"(?:,? ?(?:Nr\.?|Hausnr\.?|Hausnummer|No\.?) ?|,? {0,2})\d{1,3}(?! ?\p{L}{0,3}\d)(?:[-/]\d{1,3})?(?: ?[a-hA-H](?![\p{L}]))?(?![\d:]|[.,]\d| \d| ?(?:min|minuten|km|m|meter|std|stunden?|h|uhr|kinder|plätze|euro|eur|€|monate?|wochen?|tage?|jahren?|personen|mal|x|%|prozent|qm|kilometer|Min|Minuten|Stunden?|Std|Uhr|Kinder|Plätze|Euro|EUR|Monate?|Wochen?|Tage?|Jahren?|Personen|Prozent|Zimmer)(?![\p{L}])|\. ?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|\d|klasse|lehrjahr|monat|woche))";

    private const string Street = @"(?:straße|strasse|straat|str\.?|stra\u00dfe)";
    private const string Way = @"(?:weg|platz|allee|gasse|gässchen|ring|damm|ufer|steig|chaussee|promenade|markt|berg|graben|wall|pfad|stieg|winkel|aue|anger|park|siedlung|kamp|brücke|twiete|redder|zeile|hain|grund|hof|höhe|blick|tor|wiese|wiesen|garten|gärten|horst|bogen|reihe|kamp|plan|eck|ecke|feld|bruch|busch|teich|see|mühle)";

    private static readonly FrozenSet<string> NoStreets = Set("kitaplatz krippenplatz hortplatz arbeitsplatz ausbildungsplatz schulplatz stellplatz parkplatz spielplatz therapieplatz betreuungsplatz wartelistenplatz warteplatz pflegeplatz studienplatz praktikumsplatz kurplatz behandlungsplatz frauenhausplatz sitzplatz startplatz wohnplatz heimplatz entgiftungsplatz tagespflegeplatz rehaplatz umweg heimweg ausweg rückweg hinweg schulweg arbeitsweg anfahrtsweg dienstweg rechtsweg postweg fußweg arbeitsmarkt wohnungsmarkt supermarkt flohmarkt baumarkt tarifplan dienstplan hilfeplan stundenplan zeitplan ratenplan förderplan maßnahmeplan plan teilhabeplan haushaltsplan schichtplan fahrplan wochenplan kindergarten schulgarten tiergarten haushalt schulhof bauernhof bahnhof innenhof fragebogen erhebungsbogen bewertungsbogen anmeldebogen meldebogen aufnahmebogen bogen umfeld berufsfeld arbeitsfeld handlungsfeld feld überblick einblick rückblick augenblick ausblick zusammenbruch abbruch einbruch ehebruch aufbruch umbruch ausbruch bruchteil schuldenberg vorgrund hintergrund grund beweggrund hauptgrund motor faktor lehrgarten spielkreis abschluss ring vordergrund freigang notar therapiegarten trakt kinderreihe nebenreihe gruppe jahrgang see meer weg platz hof markt park feld berg reihe eck ecke blick höhe ofen kühlschrank anspruch tor fußball untergrund abgrund landweg seeweg lernweg bildungsweg lösungsweg kurzzeitpflegeplatz vollzeitplatz teilzeitplatz ganztagsplatz");

    private static readonly FrozenSet<string> Spots = Set("markt bahnhof anger berg hang park see wald waldrand teich mühle feld ufer hafen bach graben wall tor kirche kirchplatz friedhof sportplatz wasserturm stadtpark stadtrand stadion schloss schloß schlosspark rathaus kirchberg weinberg mühlberg galgenberg mühlenberg bruch busch dorf dorfplatz dorfteich dorfanger gutshof hof winkel grund garten sande wiesengrund weiher brunnen hain eichen linden erlen birken kiefern tannen buchen dom kloster elster spree oder neiße havel elbe isar inn kanal rennbahn ring ziegelei fabrik gaswerk bahndamm bahn gleis steinbruch lehmgrube kiesgrube hochhaus plan anker alm lager siedlung");

    private static readonly Anchors OfStreets = new("str");
    private static readonly Anchors OfWays = new("weg platz allee gass gäss ring damm ufer steig chaussee promenade markt berg graben wall pfad stieg winkel aue anger park siedlung kamp brücke twiete redder zeile hain grund hof höhe blick tor wiese garten gärten horst bogen reihe plan eck feld bruch busch teich see mühle");
    private static readonly Anchors OfLiving = new("wohn leb gemeldet zieh gezogen adresse anschrift post");

    /// <summary>Every address in the plain text.</summary>
    public static IEnumerable<(int Start, int End, string Kind, double Certainty)> Find(string plain) =>
        (plain.AsSpan().ContainsAnyInRange('0', '9') ? Numbered(plain) : []).Concat(OfLiving.In(plain) ? Lived(plain) : []).Select(a => (a.Start, a.End, "address", a.Certainty));

    private static IEnumerable<(int Start, int End, double Certainty)> Numbered(string plain)
    {
        foreach (var match in (OfStreets.In(plain) ? Streets().Matches(plain).Concat(Spoken().Matches(plain)).Where(m => !m.Value.Contains("bundesstr", StringComparison.OrdinalIgnoreCase)) : []).Concat(OwnWords().Matches(plain)))
        {
            yield return (match.Index, match.Index + match.Length, 0.85);
        }

        foreach (var match in (OfWays.In(plain) ? Ways().Matches(plain) : Enumerable.Empty<Match>()).Where(m => !NoStreets.Contains(Small(m)) && !Small(m).EndsWith("platz", StringComparison.Ordinal) || IsSquare(m)))
        {
            yield return (match.Index, match.Index + match.Length, 0.7);
        }

        foreach (var match in Spot().Matches(plain).Where(m => IsSpot(plain, m)))
        {
            yield return (match.Index, match.Index + match.Length, 0.6);
        }

        foreach (var match in Postcode().Matches(plain).Where(m => Lexicon.Place(m.Groups["p"].Value) != Mark.None || !Lexicon.IsWord(m.Groups["p"].Value)))
        {
            yield return (match.Index, match.Index + match.Length, 0.8);
        }
    }

    private static IEnumerable<(int Start, int End, double Certainty)> Lived(string plain)
    {
        foreach (Match match in LivesAt().Matches(plain))
        {
            var street = match.Groups["s"];
            if (Tokens.Of(street.Value).All(t => t.IsCapital ? !Lexicon.IsListedWord(t.Text) || Spots.Contains(t.Small) : Small(t)))
            {
                yield return (street.Index, street.Index + street.Length, 0.6);
            }
        }

        foreach (Match match in LivesIn().Matches(plain))
        {
            var street = match.Groups["s"];
            if (!NoStreets.Contains(street.Value.ToLowerInvariant()))
            {
                yield return (street.Index, street.Index + street.Length, 0.6);
            }
        }
    }

    private static string Small(Match match) => match.Groups["w"].Value.ToLowerInvariant();

    // A square carries a name; a place in a course or a kindergarten carries the word for it.
    private static bool IsSquare(Match match) =>
        Small(match) is var word && word.EndsWith("platz", StringComparison.Ordinal) && !NoStreets.Contains(word) && !word.EndsWith("splatz", StringComparison.Ordinal) | word.Contains("bahnhof", StringComparison.Ordinal) && !Lexicon.IsListedWord(word[..^5].TrimEnd('-'));

    private static bool IsSpot(string plain, Match match)
    {
        var (lead, name) = (match.Groups["l"].Value, match.Groups["n"].Value);
        if (Spots.Contains(name.ToLowerInvariant()))
        {
            return true;
        }

        // "zum Mechatroniker, 2. Modul"
        if (match.Value.Contains(',', StringComparison.Ordinal) || (match.Index + match.Length is var after && after + 1 < plain.Length && plain[after] == '.' && plain[after + 1] == ' '))
        {
            return false;
        }

        if (Lexicon.IsWord(name) || NameWords.Months.Contains(name.ToLowerInvariant()) || name.EndsWith("tag", StringComparison.Ordinal))
        {
            return false;
        }

        var end = match.Index + match.Length;
        return char.IsUpper(lead[0]) || end == plain.Length || plain[end] is ',' or ';' or '.' or ')' || char.IsLetter(match.Value[^1]);
    }

    private static bool Small(Token token) => token.Small is "am" or "an" or "der" or "den" or "dem" or "die" or "im" or "in" or "auf" or "hinter" or "unter" or "zum" or "zur" or "vor" or "bei" or "beim" or "des";

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();

    [GeneratedRegex(Begin + @"(?:[\p{Lu}][\p{L}-]{1,20}(?:er|e|en|es|s)? )?[\p{L}][\p{L}.-]{1,30}" + Street + Number + @"(?:, ?\d{5} [\p{Lu}][\p{L}-]{2,30})?", AnyCase, TimeLimitMs)]
    private static partial Regex Streets();

    [GeneratedRegex(Begin + @"(?:[\p{L}]{2,20}(?:er|e|en|es)? |[\p{L}]{2,20}-(?:[\p{L}]{2,20}-){0,2})" + Street + Number + @"|" + Begin + @"Straße (?:des|der|am|zum|zur|vor dem) [\p{L}-]{2,30}(?: [\p{L}-]{2,30})?" + Number, AnyCase, TimeLimitMs)]
    private static partial Regex Spoken();

    [GeneratedRegex(Begin + @"(?:(?:Alter|Alte|Altes|Neuer|Neue|Neues|Großer|Große|Kleiner|Kleine|Kurzer|Kurze|Langer|Lange|Grüner|Grüne|Breite|Breiter|Oberer|Obere|Unterer|Untere|Hoher|Hohe|Schwarzer|Roter|Weißer|\p{Lu}\p{L}{3,20}(?:er|sche))) (?:Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Chaussee|Promenade|Markt|Berg|Graben|Steig|Siedlung|Reihe|Aue|Winkel|Straße|Str\.?)" + Number, Exact, TimeLimitMs)]
    private static partial Regex OwnWords();

    [GeneratedRegex(Begin + @"(?<w>\p{Lu}[\p{L}-]{2,30}" + Way + @")" + Number, AnyCase, TimeLimitMs)]
    private static partial Regex Ways();

    [GeneratedRegex(Begin + @"(?<l>am|an der|an den|an dem|im|in der|in den|zum|zur|auf dem|auf der|hinter dem|hinter den|hinter der|hinterm|unter den|unterm|vor dem|beim|bei der|über den) (?:alten |neuen |großen |kleinen |hohen |grünen )?(?<n>\p{L}[\p{L}-]{2,25})" + Number, AnyCase, TimeLimitMs)]
    private static partial Regex Spot();

    [GeneratedRegex(Begin + @"(?:D ?- ?|PLZ:? ?)?\d{5} (?:in )?(?<p>[\p{Lu}][\p{L}-]{2,40})", Exact, TimeLimitMs)]
    private static partial Regex Postcode();

    [GeneratedRegex(Begin + @"(?:wohnt|wohnhaft|lebt|gemeldet|\p{L}{0,10}(?i:adresse|anschrift)|Post (?:bitte )?an|zieht):? (?<s>(?:(?:in der|in die|am|an der|an den|im|auf dem|auf der|hinter dem|hinter den|unter den|zum|zur|vor dem|beim) )?\p{Lu}[\p{L}.'-]{2,30}(?: [\p{L}.'-]{2,30}){0,3}" + Number + ")", Exact, TimeLimitMs)]
    private static partial Regex LivesAt();

    [GeneratedRegex(Begin + @"(?:wohnt|wohnen|wohnhaft|lebt|leben|gemeldet|zieht|gezogen|umgezogen|adresse|anschrift)(?: [\p{L}]{1,20}){0,3}:? (?:in der|in die|am|an der|an die|auf der|im|in den|zum) (?<s>[\p{Lu}][\p{L}-]{2,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee))(?![\p{L}])", Exact, TimeLimitMs)]
    private static partial Regex LivesIn();
}
