using System.Buffers;
using System.Text.RegularExpressions;

namespace Referrals.Engine.Privacy.Names;

/// <summary>Reads names in the words of one text: how far a name goes, and whether a word can be one where it stands.</summary>
internal sealed partial class NameReader(string plain, List<Token> tokens)
{
    /// <summary>The likeness that every word has.</summary>
    public const double Anything = -100;

    private const int MostWordsOfName = 5;
    private const int WidestGap = 3;
    private const double SmallLikeness = 2;
    private static readonly SearchValues<char> ForeignLetters = SearchValues.Create("şŞğĞıİłŁąęćčČšŠžŽđĐřŘñÑőűțțșȘăĂøØåÅśŚźżŻńňěůýāēīūķļņ");

    /// <summary>The words.</summary>
    public IReadOnlyList<Token> Words => tokens;

    /// <summary>Whether two neighbours are parted by nothing but spaces and a few signs.</summary>
    public bool Touches(int index, ReadOnlySpan<char> signs = default)
    {
        if (index < 1 || index >= tokens.Count)
        {
            return false;
        }

        var gap = plain.AsSpan(tokens[index - 1].End, tokens[index].Start - tokens[index - 1].End);
        return gap.Length <= WidestGap && gap.Trim(' ').IndexOfAnyExcept(signs) < 0;
    }

    /// <summary>The name that begins at a word after a salutation: index of its last word, or -1.</summary>
    public int AfterSalutation(int at, bool smallLetters)
    {
        for (var n = 0; n < MostWordsOfName && Touches(at, ".,/&") && NameWords.Titles.Contains(tokens[at].Small); n++)
        {
            at++;
        }

        var first = at;
        while (Touches(at, "„\"'().:,;-") && NameWords.Particles.Contains(tokens[at].Small) && at - first < 3 && at + 1 < tokens.Count && Touches(at + 1, "-."))
        {
            at++;
        }

        if (!Touches(at, "„\"'“().:,") || (!CanFollowSalutation(tokens[at], smallLetters) && !(at > first && tokens[at].IsCapital)))
        {
            return -1;
        }

        return Extend(at);
    }

    /// <summary>The last word of a name that has begun: family names, particles and further first names belong to it.</summary>
    /// <param name="at">The word that it begins with.</param>
    /// <param name="given">Whether that word is a first name, known or not: an unknown word behind it is the family name.</param>
    public int Extend(int at, bool given = false)
    {
        for (var n = 1; n < MostWordsOfName && Touches(at + 1, ".-"); n++)
        {
            var next = tokens[at + 1];
            if (NameWords.Particles.Contains(next.Small) && AfterParticles(at + 2) is >= 0 and var family)
            {
                at = family;
            }
            else if (Continues(tokens[at], next, given && n == 1))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>Whether a word that is a name and a noun is followed by another noun, so that it is rather one itself.</summary>
    public bool NextIsNoun(int i) => Lexicon.IsListedWord(tokens[i].Text) && !tokens[i].IsShouted && Touches(i + 1) && tokens[i + 1].IsCapital;

    /// <summary>Whether a word may be a name: it is no German word or place, and it sounds enough like a name.</summary>
    /// <param name="token">The word.</param>
    /// <param name="likeness">How much it must sound like one; <see cref="Anything"/> where only a name can stand.</param>
    public static bool MayBeName(Token token, double likeness) =>
        token.IsCapital && token.Text.Length is >= 3 and <= 24 && !Lexicon.IsWord(token.Text) && !IsShoutedWord(token) && Lexicon.Place(token.Text) != Mark.Sure
        && (HasForeignLetter(token.Text) || HasNameEnding(token.Text) || NameShape.Score(token.Text) > likeness);

    // In a text all in capitals verbs and adjectives have them too.
    private static bool IsShoutedWord(Token token) => token.IsShouted && SmallWord().IsMatch(token.Text);

    /// <summary>Whether it has letters of other languages that Germans don't write nouns with.</summary>
    public static bool HasForeignLetter(string word) => word.AsSpan().ContainsAny(ForeignLetters);

    /// <summary>Whether it ends as family names of other languages do, and no German noun does.</summary>
    public static bool HasNameEnding(string word) => word.Length >= 6 && Ending().IsMatch(word);

    // "von Braun", "von der Heyde": the family name behind further particles, or -1.
    private int AfterParticles(int at)
    {
        if (Touches(at, "-") && NameWords.Particles.Contains(tokens[at].Small) && Touches(at + 1, "-"))
        {
            at++;
        }

        return Touches(at, "-") && tokens[at].IsCapital && !Lexicon.IsWord(tokens[at].Text) ? at : -1;
    }

    private bool Continues(Token name, Token next, bool given)
    {
        if (plain[name.End..next.Start].Contains('.', StringComparison.Ordinal) && name.Text.Length > 1)
        {
            return false;
        }

        var known = Lexicon.Surname(next.Text) != Mark.None || Lexicon.FirstName(next.Text) == Mark.Sure;
        if (!next.IsCapital)
        {
            return !name.IsCapital && Lexicon.Surname(next.Text) == Mark.Sure;
        }

        // After a first name an unknown word is the family name; after a family name only what is known as a name goes on.
        return known ? !(Lexicon.IsListedWord(next.Text) && Lexicon.FirstName(name.Text) == Mark.None)
            : !Lexicon.IsWord(next.Text) && !IsShoutedWord(next) && next.Text.Length > 2 && (given || Lexicon.FirstName(name.Text) != Mark.None || name.Text.Length == 1) && !next.IsShouted == !name.IsShouted;
    }

    // Nouns end so too, but those that do are in the list.
    private static bool EndsAsFamily(string small) => small.EndsWith("mann", StringComparison.Ordinal) && small.Length > 6 && !Lexicon.IsListedWord(small);

    private bool CanFollowSalutation(Token token, bool smallLetters)
    {
        if (token.Small is "x" or "xy" or "nn" or "xx" or "xxx" || (token.Small == "n" && token.End + 1 < plain.Length && plain[token.End..] is ['.', 'N' or 'n', ..] or ['.', ' ', 'N', '.', ..]))
        {
            return false;
        }

        if (token.IsCapital)
        {
            var known = Lexicon.Surname(token.Text) != Mark.None || Lexicon.FirstName(token.Text) != Mark.None;
            return known || ((!Lexicon.IsWord(token.Text) || EndsAsFamily(token.Small)) && !IsShoutedWord(token) && (token.Text.Length != 2 || !token.IsShouted));
        }

        return Lexicon.Surname(token.Text) == Mark.Sure || Lexicon.FirstName(token.Text) == Mark.Sure
            || (smallLetters && token.Text.Length > 3 && Lexicon.Surname(token.Text) == Mark.Ambiguous && !SmallWord().IsMatch(token.Text))
            || (smallLetters && token.Text.Length > 3 && !Lexicon.IsWord(token.Text) && !SmallWord().IsMatch(token.Text) && NameShape.Score(token.Text) > SmallLikeness);
    }

    [GeneratedRegex(@"(?:meier|maier|meyer|mayer|huber|hofer|egger|stätter|staetter|tzsche|tzschke|zschke|enko|czyk|wicz|owicz|ewicz|owski|ewski|inski|ynski|owska|ewska|inska|ynska|ovic|evic|ović|ević|oglu|oğlu|escu|eanu|shvili|adze|idze|yan|opoulos|opoulou|akis|idis|iadis|ov|ova|ev|eva|owa|ewa|chuk|tschuk|yuk|ullah|zadeh|zai|zade|nejad|pour|moglu|soy|türk)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Ending();

    // Verbs, adjectives and the like, which follow a salutation in notes without capitals.
    [GeneratedRegex(@"(?:t|te|ten|en|ern|eln|ig|ige|lich|isch|bar|sam|los|end|iert)\z|\A(?:lange|klein|ernst|jung|kann|soll|will|muss|mag|darf|wird|aber|auch|oder|ohne|über|unter|zwei|drei|vier|sehr|wieder|noch|immer|jetzt|heute|gern|gerne|dort|dann|wegen|weil|wenn|sich|seit|nach|hier|gerade|allein|schwanger|leider|nicht|nur|bereits|sucht|krank)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SmallWord();
}
