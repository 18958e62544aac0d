using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy.Names;

/// <summary>
/// Names of people: after salutations and relations, first names with and without a family name, initials, and what is named in one
/// breath with them. Every word is looked at a fixed number of times.
/// </summary>
internal static class People
{
    // How much an unknown word must sound like a name: hardly where nothing else is expected, much where anything may stand.
    private const double Anything = -100;
    private const double Beside = -8;
    private const double AfterCue = -6;
    private const double Met = 1.5;
    private const double Alone = 5.5;
    private const double InPair = -1;
    private const double InRow = 0;

    /// <summary>Every name, place and address.</summary>
    public static IEnumerable<ScreenHit> Find(ScreenText text)
    {
        var reader = new NameReader(text.Plain, Tokens.Of(text.Plain));
        var names = Names(text.Plain, reader);
        foreach (var (start, end, kind, certainty) in names.Select(n => (n.Start, n.End, "name", n.Certainty)).Concat(Places.Find(text.Plain, reader)))
        {
            var (from, length) = text.Original(start, end - start);
            yield return new ScreenHit(from, length, kind, certainty);
        }
    }

    private static List<(int Start, int End, double Certainty)> Names(string plain, NameReader reader)
    {
        var (words, found) = (reader.Words, new List<(int, int, double)>());
        var small = !words.Any(w => w.IsCapital);
        for (var i = 0; i < words.Count; i++)
        {
            var (first, last, certainty) = At(plain, reader, i, small);
            if (last < 0)
            {
                continue;
            }

            found.Add((words[first].Start, words[last].End, certainty));
            i = Others(reader, last, found);
        }

        return found;
    }

    // "Lena, Jonas und Mia": what stands in a row with a name is a name if it can be one.
    private static int Others(NameReader reader, int last, List<(int, int, double)> found)
    {
        while (true)
        {
            var next = last + 1;
            var row = reader.Touches(next, ",/&+;");
            if (reader.Touches(next, ",") && next < reader.Words.Count && reader.Words[next].Small is "und" or "u" or "sowie")
            {
                (next, row) = (next + 1, reader.Touches(next + 1));
            }

            if (!row || next >= reader.Words.Count || !reader.Words[next].IsCapital || (Lexicon.FirstName(reader.Words[next].Text) == Mark.None ? !NameReader.MayBeName(reader.Words[next], InRow) : Lexicon.IsListedWord(reader.Words[next].Text)) || NameWords.Months.Contains(reader.Words[next].Small))
            {
                return last;
            }

            last = reader.Extend(next);
            found.Add((reader.Words[next].Start, reader.Words[last].End, 0.6));
        }
    }

    private static (int First, int Last, double Certainty) At(string plain, NameReader reader, int i, bool small)
    {
        var word = reader.Words[i];
        if (NameWords.Salutations.Contains(word.Small) && reader.AfterSalutation(i + 1, !word.IsCapital || small) is >= 0 and var end)
        {
            return (i + 1, end, 0.9);
        }

        if (NameWords.Relations.Contains(word.Small) && Related(reader, i + 1, small) is { Last: >= 0 } related)
        {
            return related;
        }

        if (NameWords.Cues.Contains(word.Small) && Told(plain, reader, i) is { Last: >= 0 } told)
        {
            return told;
        }

        return Initial(plain, reader, i) ?? Bare(plain, reader, i, small) ?? (i, -1, 0);
    }

    private static (int First, int Last, double Certainty) Related(NameReader reader, int at, bool small)
    {
        if (!reader.Touches(at, ",:(-\"„“/.="))
        {
            return (at, -1, 0);
        }

        if (NameWords.Roles.Contains(reader.Words[at - 1].Small) && reader.Touches(at, ".:") && (reader.Words[at].IsCapital || NameWords.Particles.Contains(reader.Words[at].Small))
            && (Lexicon.Surname(reader.Words[at].Text) != Mark.None || NameWords.Particles.Contains(reader.Words[at].Small)) && !NextIsNoun(reader, at) && reader.AfterSalutation(at, false) is >= 0 and var end)
        {
            return (at, end, 0.6);
        }

        var word = reader.Words[at];
        var apart = !reader.Touches(at);
        var known = Lexicon.FirstName(word.Text);
        if (known == Mark.None)
        {
            known = Lexicon.Surname(word.Text);
        }

        if (word.IsCapital)
        {
            var ambiguous = known == Mark.Ambiguous && !apart && !NameWords.Months.Contains(word.Small) && (Lexicon.FirstName(word.Text) != Mark.None || !Lexicon.IsListedWord(word.Text));
            var single = word.Text.Length == 1 && !apart && word.Small is not ("x" or "y" or "z") && AfterDot(reader, at);
            return known == Mark.Sure || ambiguous || single ? (at, reader.Extend(at), single ? 0.5 : 0.8)
                : known == Mark.None && !apart && NameReader.MayBeName(word, NameWords.Roles.Contains(reader.Words[at - 1].Small) ? Anything : Beside) ? (at, reader.Extend(at, given: true), 0.5)
                : known == Mark.None && apart && reader.Touches(at, ":") && NameReader.MayBeName(word, InRow) ? (at, reader.Extend(at, given: true), 0.5)
                : (at, -1, 0);
        }

        return known == Mark.Sure && word.Text.Length > 2 && Lexicon.FirstName(word.Text) == Mark.Sure && (small || !reader.Words[at - 1].IsCapital || word.Text.Length > 3) && !Lexicon.IsListedWord(word.Text)
            ? (at, reader.Extend(at), 0.7)
            : (at, -1, 0);
    }

    private static bool AfterDot(NameReader reader, int at) => at + 1 >= reader.Words.Count || !reader.Touches(at + 1, "-");

    private static (int First, int Last, double Certainty) Told(string plain, NameReader reader, int cue)
    {
        var at = cue + 1;
        if (at >= reader.Words.Count || !reader.Touches(at, ":.,=\"„“(") || (cue > 0 && reader.Words[cue - 1].Small is "das" or "h" && reader.Touches(cue)))
        {
            return (at, -1, 0);
        }

        if (reader.Words[at].Small is "ist" or "lautet" or "sie" or "er" or "sich" && at + 1 < reader.Words.Count && reader.Touches(at + 1, ":\"„"))
        {
            at++;
        }

        var (word, known) = (reader.Words[at], Lexicon.FirstName(reader.Words[at].Text));
        var ofThing = Enumerable.Range(Math.Max(0, cue - 3), Math.Min(3, cue)).Any(n => NameWords.Houses.Contains(reader.Words[n].Small));
        var labelled = plain[reader.Words[cue].End..word.Start].Contains(':', StringComparison.Ordinal);
        var likely = known == Mark.Sure || Lexicon.Surname(word.Text) != Mark.None || known == Mark.Ambiguous || NameReader.MayBeName(word, AfterCue) || (labelled && word.IsCapital && !Lexicon.IsWord(word.Text));
        return likely && !ofThing && (word.IsCapital || (labelled && known == Mark.Sure)) && (known != Mark.None || labelled || (reader.Words[cue].Small is "gez" or "unterzeichnet" && Lexicon.Surname(word.Text) != Mark.None) || !Lexicon.IsListedWord(word.Text))
            ? (at, reader.Extend(at, given: true), 0.8)
            : (at, -1, 0);
    }

    // "A. Schmidt", "M.-L. Weber"; not "z. B. Tagesmutter".
    private static (int First, int Last, double Certainty)? Initial(string plain, NameReader reader, int i)
    {
        var words = reader.Words;
        if (words[i].Text.Length != 1 || words[i].Small == "x" || !words[i].IsCapital || i + 1 >= words.Count || words[i].End >= plain.Length || plain[words[i].End] != '.' || !reader.Touches(i + 1, ".")
            || (i > 0 && words[i - 1].Text.Length == 1 && !words[i - 1].IsCapital))
        {
            return null;
        }

        var next = words[i + 1];
        var isName = next.IsCapital && next.Text.Length > 2
            && (Lexicon.Surname(next.Text) == Mark.Sure || (Lexicon.Surname(next.Text) == Mark.Ambiguous && !NextIsNoun(reader, i + 1)) || NameReader.MayBeName(next, Anything));
        isName |= NameWords.Particles.Contains(next.Small) && reader.AfterSalutation(i + 1, false) >= 0 && words[reader.AfterSalutation(i + 1, false)].IsCapital;
        return isName ? (i, reader.Extend(i + 1), 0.6) : null;
    }

    private static (int First, int Last, double Certainty)? Bare(string plain, NameReader reader, int i, bool small)
    {
        var word = reader.Words[i];
        var (first, surname) = (Lexicon.FirstName(word.Text), Lexicon.Surname(word.Text));
        var visible = word.IsCapital ? (!word.IsShouted || word.Text.Length > 3) : small && word.Text.Length > 3;
        if (!visible || Houses.IsNamed(reader, i) || (Lexicon.IsListedWord(word.Text) && !HasFamilyName(reader, i)))
        {
            return null;
        }

        if (first == Mark.Sure)
        {
            return (i, reader.Extend(i), 0.6);
        }

        if (first == Mark.Ambiguous && word.IsCapital && HasFamilyName(reader, i))
        {
            return (i, reader.Extend(i), 0.6);
        }

        if (word.IsCapital && surname != Mark.Sure && Sounds(reader, i) is { } end)
        {
            return (i, end, 0.4);
        }

        return word.IsCapital && (surname == Mark.Sure || ((NameReader.HasForeignLetter(word.Text) || NameReader.HasNameEnding(word.Text)) && !Lexicon.IsWord(word.Text) && Lexicon.Place(word.Text) == Mark.None))
            ? (i, reader.Extend(i), 0.5)
            : null;
    }

    // Unknown words that sound like a name, where a name may stand: after "mit", at the beginning, or two of them in a row.
    private static int? Sounds(NameReader reader, int i)
    {
        var word = reader.Words[i];
        if (word.IsShouted || !NameReader.MayBeName(word, InPair))
        {
            return null;
        }

        if (reader.Touches(i + 1) && reader.Words[i + 1] is var next && !next.IsShouted && next.Text.Length > 2
            && (Lexicon.Surname(next.Text) == Mark.Sure || (Lexicon.FirstName(word.Text) == Mark.None && NameReader.MayBeName(next, InPair))))
        {
            return reader.Extend(i + 1);
        }

        var met = i > 0 && reader.Touches(i) && NameWords.Towards.Contains(reader.Words[i - 1].Small);
        // A noun has an article before it does something; a name has none.
        var does = reader.Touches(i + 1) && NameWords.Deeds.Contains(reader.Words[i + 1].Small) && (i == 0 || !reader.Touches(i));
        return NameReader.MayBeName(word, does ? InPair : met ? Met : Alone) ? reader.Extend(i) : null;
    }

    private static bool NextIsNoun(NameReader reader, int i) => Lexicon.IsListedWord(reader.Words[i].Text) && reader.Touches(i + 1) && reader.Words[i + 1].IsCapital;

    private static bool HasFamilyName(NameReader reader, int i) =>
        reader.Touches(i + 1) && reader.Words[i + 1].IsCapital && Lexicon.FirstName(reader.Words[i].Text) != Mark.None
        && (Lexicon.Surname(reader.Words[i + 1].Text) == Mark.Sure || NameReader.HasNameEnding(reader.Words[i + 1].Text));
}
