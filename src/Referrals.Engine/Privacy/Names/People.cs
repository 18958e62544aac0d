using System.Text.RegularExpressions;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy.Names;

/// <summary>
/// Names of people: after salutations and relations, first names with and without a family name, initials, and what is named in one
/// breath with them. Every word is looked at a fixed number of times.
/// </summary>
internal static partial class People
{
    // How much an unknown word must sound like a name: hardly where nothing else is expected, much where anything may stand.
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

        if (Relatives.Are(word) && Relatives.After(reader, i + 1, small) is { Last: >= 0 } related)
        {
            return related;
        }

        if (Called.Before(reader, i))
        {
            return (i, i, 0.6);
        }

        if (NameWords.Cues.Contains(word.Small) && Called.After(plain, reader, i) is { Last: >= 0 } told)
        {
            return told;
        }

        return Initial(plain, reader, i) ?? Bare(plain, reader, i, small) ?? (i, -1, 0);
    }

    // "A. Schmidt", "M.-L. Weber"; not "z. B. Tagesmutter".
    private static (int First, int Last, double Certainty)? Initial(string plain, NameReader reader, int i)
    {
        var words = reader.Words;
        if (words[i].Text.Length != 1 || words[i].Small == "x" || !words[i].IsCapital || i + 1 >= words.Count || words[i].End >= plain.Length || plain[words[i].End] != '.' || !reader.Touches(i + 1, ".")
            || (i > 0 && ((words[i - 1].Text.Length == 1 && !words[i - 1].IsCapital) || NameWords.Lettered.Contains(words[i - 1].Small))))
        {
            return null;
        }

        var next = words[i + 1];
        var isName = next.IsCapital && next.Text.Length > 2
            && (Lexicon.Surname(next.Text) == Mark.Sure || (Lexicon.Surname(next.Text) == Mark.Ambiguous && !reader.NextIsNoun(i + 1)) || NameReader.MayBeName(next, NameReader.Anything));
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

        // "Svoboda, Lennart"
        if (word.IsCapital && reader.Touches(i + 1, ",") && !reader.Touches(i + 1) && Lexicon.FirstName(reader.Words[i + 1].Text) == Mark.Sure && (surname == Mark.Ambiguous || NameReader.MayBeName(word, InPair)) && !Lexicon.IsWord(word.Text))
        {
            return (i, i, 0.5);
        }

        return word.IsCapital && (surname == Mark.Sure || ((NameReader.HasForeignLetter(word.Text) || NameReader.HasNameEnding(word.Text)) && !Lexicon.IsWord(word.Text) && Lexicon.Place(word.Text) == Mark.None))
            ? (i, reader.Extend(i), 0.5)
            : null;
    }

    // Unknown words that sound like a name, where a name may stand: after "mit", at the beginning, or two of them in a row.
    private static int? Sounds(NameReader reader, int i)
    {
        var word = reader.Words[i];
        if (word.IsShouted || !NameReader.MayBeName(word, InPair) || Inflected().IsMatch(word.Text))
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

    // Verbs and adjectives at the beginning of a sentence: "Religiös ist …", "Virtualisiertes hat …".
    [GeneratedRegex(@"(?:iert|ierte[mnrst]?|iere[nt]?|los|haft|artig|haltig|isch|lich|bar|ös)(?:e[mnrs]?)?\z|(?:end|t|al|iv|ig)e[ms]\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Inflected();

    private static bool HasFamilyName(NameReader reader, int i) =>
        reader.Touches(i + 1) && reader.Words[i + 1].IsCapital && Lexicon.FirstName(reader.Words[i].Text) != Mark.None
        && (Lexicon.Surname(reader.Words[i + 1].Text) == Mark.Sure || NameReader.HasNameEnding(reader.Words[i + 1].Text));
}
