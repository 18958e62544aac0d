namespace Referrals.Engine.Privacy.Names;

/// <summary>Names that are told as such: <c>heißt Lena</c>, <c>Name: Weber</c>, <c>Gruß, Petra</c>.</summary>
internal static class Called
{
    // How much an unknown word must sound like a name.
    private const double AfterCue = -6;

    /// <summary>Whether a word is a name that is told before the cue: <c>wird Schorsch genannt</c>.</summary>
    public static bool Before(NameReader reader, int i) =>
        reader.Touches(i + 1, "\"“'") && reader.Words[i + 1].Small is "genannt" or "gerufen" && !NameWords.Cues.Contains(reader.Words[i].Small) && !Houses.IsNamed(reader, i)
        && (Lexicon.FirstName(reader.Words[i].Text) == Mark.Sure || NameReader.MayBeName(reader.Words[i], AfterCue));

    /// <summary>The name that is told behind a cue; its last word is -1 if there is none.</summary>
    public static (int First, int Last, double Certainty) After(string plain, NameReader reader, int cue)
    {
        var at = cue + 1;
        if (at >= reader.Words.Count || !reader.Touches(at, NameWords.ShortCues.Contains(reader.Words[cue].Small) ? ":.,=\"„“(" : ":,=\"„“(") || (cue > 0 && reader.Words[cue - 1].Small is "das" or "h" && reader.Touches(cue)))
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
}
