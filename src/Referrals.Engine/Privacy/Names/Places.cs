namespace Referrals.Engine.Privacy.Names;

/// <summary>Where somebody lives or comes from: towns and villages, and addresses. Countries and languages tell too little to be stopped.</summary>
internal static class Places
{
    private const int WordsFromLiving = 6;
    private const int WordsAhead = 3;
    private static readonly HashSet<string> Prefixes = ["bad", "märkisch", "sankt", "st", "groß", "klein", "neu", "alt", "markt", "hohen", "königs", "kloster", "burg", "schloss", "ober", "unter", "gut"];
    private static readonly HashSet<string> Named = ["ortsteil", "ot", "gemeinde", "dorf", "richtung", "bahnhof", "haltepunkt", "stadt", "wohnort", "heimatort", "geburtsort"];
    private static readonly string[] Endings = ["walde", "hausen", "brück", "stedt", "rode", "münde", "leben", "ingen", "büttel", "kirchen", "roda", "itzsch", "nitz", "witz", "litz", "ritz", "ditz", "mitz", "bitz", "gitz", "kow", "now", "row", "tow", "gow", "dow", "low", "dorf", "burg", "weiler", "beuren", "husen", "rade", "förde", "stetten", "hofen", "kofen"];

    /// <summary>Every place and address in the plain text.</summary>
    public static IEnumerable<(int Start, int End, string Kind, double Certainty)> Find(string plain, NameReader reader)
    {
        var words = reader.Words;
        var living = -WordsFromLiving - 1;
        for (var i = 0; i < words.Count; i++)
        {
            if (NameWords.Living.Contains(words[i].Small) || NameWords.Being.Contains(words[i].Small))
            {
                living = i;
            }
            else if (words[i].IsCapital && At(reader, i, i - living <= WordsFromLiving ? living : Ahead(words, i)) is { } last)
            {
                yield return (words[i].Start, words[last].End, "place", i - living <= WordsFromLiving ? 0.7 : 0.5);
                i = last;
            }
        }

        foreach (var address in Addresses.Find(plain).Concat(Streets.Find(plain, reader)))
        {
            yield return address;
        }
    }

    // "nach X gezogen", "in X gemeldet": the verb stands at the end.
    private static int Ahead(IReadOnlyList<Token> words, int i)
    {
        for (var n = i + 1; n <= i + WordsAhead && n < words.Count; n++)
        {
            if (NameWords.Living.Contains(words[n].Small) && IsStrong(words[n].Small) && !words[n].IsCapital)
            {
                return n;
            }
        }

        return -1;
    }

    private static int? At(NameReader reader, int i, int living)
    {
        var words = reader.Words;
        var before = i > 0 && reader.Touches(i, ":=(,") ? words[i - 1].Small : "";
        if (!NameWords.Whereabouts.Contains(before) && !(living == i - 1 && living >= 0))
        {
            // "aus der Nähe von Calau", "im Raum Cottbus" end with one of the words; "der Ortsteil Sandow" too.
            return null;
        }

        var (last, mark) = Known(reader, i);
        var house = i > 1 && reader.Touches(i - 1) && NameWords.Houses.Contains(words[i - 2].Small);
        if (mark == Mark.Sure)
        {
            return house && living < 0 ? null : last;
        }

        var motion = living >= 0 && before is "in" or "aus" or "nach" or "bei" or "von" or "ort" or "stadt" or "gemeinde" or "ortsteil" or "ot" or "dorf" or "wohnort" or "wohnsitz" or "heimatort" or "geburtsort" or "richtung";
        if (mark == Mark.Ambiguous)
        {
            return (motion && !(words[living].Small.StartsWith("komm", StringComparison.Ordinal) && before != "aus")) || (Named.Contains(before) && !Lexicon.IsWord(words[i].Text) && !words[i].IsShouted) ? last : null;
        }

        var at = motion || before is "in" or "aus" or "nach" || Named.Contains(before);
        if (Prefixes.Contains(words[i].Small) && at && i + 1 < words.Count && reader.Touches(i + 1, ".") && words[i + 1].IsCapital && !Lexicon.IsListedWord(words[i + 1].Text))
        {
            return i + 1;
        }

        if (before is "ortsteil" or "ot" && !Lexicon.IsListedWord(words[i].Text) && words[i].Text.Length > 2)
        {
            return last;
        }

        if (words[i].Text.Length < 3 || Lexicon.IsWord(words[i].Text) || (words[i].IsShouted && words[i].Text.Length <= 4) || Lexicon.FirstName(words[i].Text) == Mark.Sure)
        {
            return null;
        }

        var coming = living >= 0 && (words[living].Small.StartsWith("komm", StringComparison.Ordinal) || words[living].Small is "kam" or "gekommen") && before != "aus";
        return (motion && !coming && IsStrong(words[living].Small)) || (!house && before is "in" or "aus" or "nach" or "bei" && HasEnding(words[i].Small)) || (!house && IsUnknown(words[i], before, motion)) ? last : null;
    }

    // Behind a word for a place, or where somebody works or is, what is no word is the name of one.
    private static bool IsUnknown(Token word, string before, bool being) =>
        (Named.Contains(before) || (being && before is "in" or "aus" or "nach")) && !word.IsShouted && word.Text.Length > 4 && Lexicon.FirstName(word.Text) == Mark.None && Lexicon.Surname(word.Text) == Mark.None;

    // Two or three words may be one place: "Bad Belzig", "Weil am Rhein".
    private static (int Last, Mark Mark) Known(NameReader reader, int i)
    {
        var words = reader.Words;
        for (var n = Lexicon.BeginsPlace(words[i].Text) ? 2 : 0; n > 0; n--)
        {
            if (i + n < words.Count && reader.Touches(i + 1, "-(/.") && (n < 2 || reader.Touches(i + 2, "-(/"))
                && Lexicon.Place(string.Join(' ', Enumerable.Range(i, n + 1).Select(k => words[k].Text))) is not Mark.None and var mark)
            {
                return (i + n, mark);
            }
        }

        var single = Lexicon.Place(words[i].Text);
        var first = words[i].Text.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen ? Lexicon.Place(words[i].Text[..hyphen]) : Mark.None;
        return (i, single != Mark.None ? single : first == Mark.Sure && !Lexicon.IsWord(words[i].Text) ? first : Mark.None);
    }

    private static bool IsStrong(string living) => living is not ("wohnung" or "haus" or "haushalt" or "familie" or "eltern" or "aufenthalt" or "zurück" or "bleibt" or "leben") && !NameWords.Being.Contains(living);

    private static bool HasEnding(string small) => small.Length >= 7 && Endings.Any(e => small.EndsWith(e, StringComparison.Ordinal));
}
