namespace Referrals.Engine.Privacy.Names;

/// <summary>Houses and services that carry the name of a person, who is nobody's client.</summary>
internal static class Houses
{
    /// <summary>Whether a word is part of such a name: <c>Kita St. Anna</c>, <c>Haus Elisabeth</c>, <c>Astrid Lindgren Grundschule</c>, <c>Anna-Stift</c>.</summary>
    public static bool IsNamed(NameReader reader, int i)
    {
        var words = reader.Words;
        for (var back = 1; back <= 3 && i - back >= 0; back++)
        {
            if (!reader.Touches(i - back + 1, words[i - back].Small is "st" ? "." : "„\"“'"))
            {
                break;
            }

            if (IsHouse(words[i - back]))
            {
                return true;
            }

            if (!words[i - back].IsCapital || NameWords.Whereabouts.Contains(words[i - back].Small) || NameWords.Particles.Contains(words[i - back].Small))
            {
                break;
            }
        }

        return (i + 2 < words.Count && reader.Touches(i + 1) && reader.Touches(i + 2) && words[i + 1].IsCapital && IsHouse(words[i + 2]))
            || (words[i].Text.Contains('-', StringComparison.Ordinal) && IsHouse(new Token(words[i].Text[(words[i].Text.LastIndexOf('-') + 1)..], 0)));
    }

    private static bool IsHouse(Token word) => NameWords.Houses.Contains(word.Small)
        || (word.Text.Length > 6 && (word.Small.EndsWith("schule", StringComparison.Ordinal) || word.Small.EndsWith("haus", StringComparison.Ordinal) || word.Small.EndsWith("heim", StringComparison.Ordinal) || word.Small.EndsWith("kita", StringComparison.Ordinal) || word.Small.EndsWith("garten", StringComparison.Ordinal) || word.Small.EndsWith("zentrum", StringComparison.Ordinal) || word.Small.EndsWith("klinik", StringComparison.Ordinal) || word.Small.EndsWith("stelle", StringComparison.Ordinal)));
}
