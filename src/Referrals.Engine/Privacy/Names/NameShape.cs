using System.Collections.Frozen;

namespace Referrals.Engine.Privacy.Names;

/// <summary>
/// Whether an unknown word sounds like a first name rather than like a German noun: learnt from the runs of three letters in the lists
/// of both (naive Bayes), so that names that nobody listed are seen where a name is likely.
/// </summary>
internal static class NameShape
{
    private const int Run = 3;
    private static readonly FrozenDictionary<string, double> Weights = Learn();

    /// <summary>Above 0 it is rather a name.</summary>
    public static double Score(string word)
    {
        var lookup = Weights.GetAlternateLookup<ReadOnlySpan<char>>();
        var padded = $"^{Lexicon.Key(word)}$";
        var score = word.Length > 10 ? 1.0 * (10 - word.Length) : 0.0;
        for (var i = 0; i + Run <= padded.Length; i++)
        {
            score += lookup.TryGetValue(padded.AsSpan(i, Run), out var weight) ? weight : 0;
        }

        return score;
    }

    private static FrozenDictionary<string, double> Learn()
    {
        var (names, words) = (Count(Lexicon.NameKeys), Count(Lexicon.WordKeys));
        var (allNames, allWords) = (names.Values.Sum(), words.Values.Sum());
        return names.Keys.Union(words.Keys).ToFrozenDictionary(run => run, run => Math.Log(
            (names.GetValueOrDefault(run) + 0.5) / (allNames + 1.0) / ((words.GetValueOrDefault(run) + 0.5) / (allWords + 1.0))));
    }

    private static Dictionary<string, int> Count(IEnumerable<string> words)
    {
        var counts = new Dictionary<string, int>();
        foreach (var padded in words.Select(w => $"^{w}$"))
        {
            for (var i = 0; i + Run <= padded.Length; i++)
            {
                counts[padded.Substring(i, Run)] = counts.GetValueOrDefault(padded.Substring(i, Run)) + 1;
            }
        }

        return counts;
    }
}
