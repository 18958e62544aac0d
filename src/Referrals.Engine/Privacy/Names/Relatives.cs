namespace Referrals.Engine.Privacy.Names;

/// <summary>Names behind words for people: <c>Tochter Lena</c>, <c>Klassenlehrer Weigelt</c>.</summary>
internal static class Relatives
{
    private const int ShortestRole = 4;
    private const int LongestRole = 12;

    // How much an unknown word must sound like a name, directly behind such a word and parted from it.
    private const double Beside = -8;
    private const double Apart = 0;

    /// <summary>Whether it is a word for a person beside whose name it may stand.</summary>
    public static bool Are(Token word) => NameWords.Relations.Contains(word.Small) || IsRole(word);

    private static bool IsRole(Token word)
    {
        if (NameWords.Roles.Contains(word.Small))
        {
            return true;
        }

        for (var length = ShortestRole; word.IsCapital && length <= Math.Min(LongestRole, word.Small.Length - 3); length++)
        {
            if (NameWords.RoleEndings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word.Small.AsSpan(word.Small.Length - length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name that begins behind such a word; its last word is -1 if there is none.</summary>
    public static (int First, int Last, double Certainty) After(NameReader reader, int at, bool small)
    {
        if (!reader.Touches(at, ",:(-\"„“/.="))
        {
            return (at, -1, 0);
        }

        if (NameWords.Roles.Contains(reader.Words[at - 1].Small) && reader.Touches(at, ".:") && (reader.Words[at].IsCapital || NameWords.Particles.Contains(reader.Words[at].Small))
            && (Lexicon.Surname(reader.Words[at].Text) != Mark.None || NameWords.Particles.Contains(reader.Words[at].Small)) && !reader.NextIsNoun(at) && reader.AfterSalutation(at, false) is >= 0 and var end)
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
                : known == Mark.None && !apart && NameReader.MayBeName(word, NameWords.Roles.Contains(reader.Words[at - 1].Small) ? NameReader.Anything : Beside) ? (at, reader.Extend(at, given: true), 0.5)
                : known == Mark.None && apart && reader.Touches(at, ":") && NameReader.MayBeName(word, Apart) ? (at, reader.Extend(at, given: true), 0.5)
                : (at, -1, 0);
        }

        return known == Mark.Sure && word.Text.Length > 2 && Lexicon.FirstName(word.Text) == Mark.Sure && (small || !reader.Words[at - 1].IsCapital || word.Text.Length > 3) && !Lexicon.IsListedWord(word.Text)
            ? (at, reader.Extend(at), 0.7)
            : (at, -1, 0);
    }

    private static bool AfterDot(NameReader reader, int at) => at + 1 >= reader.Words.Count || !reader.Touches(at + 1, "-");
}
