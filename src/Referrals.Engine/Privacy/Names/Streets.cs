using System.Collections.Frozen;
using Referrals.Engine.Privacy.Reading;

namespace Referrals.Engine.Privacy.Names;

/// <summary>Streets without a house number: <c>wohnt in der Lindenstraße</c>, <c>Ecke Berliner Straße</c>.</summary>
internal static class Streets
{
    private const int ShortestName = 3;
    private static readonly string[] Endings = ["straße", "strasse", "allee", "gasse", "chaussee"];
    private static readonly FrozenSet<string> Alone = Set("straße strasse str allee gasse chaussee");
    private static readonly FrozenSet<string> Kinds = Set("hauptstraße hauptstrasse nebenstraße nebenstrasse seitenstraße seitenstrasse einbahnstraße landstraße landstrasse bundesstraße bundesstrasse kreisstraße durchgangsstraße wohnstraße spielstraße fahrradstraße sackgasse stichstraße zufahrtsstraße zufahrtstraße ausfallstraße umgehungsstraße verkehrsstraße einkaufsstraße milchstraße schnellstraße teststraße impfstraße baustraße querstraße nachbarstraße geschäftsstraße verbindungsstraße wasserstraße asphaltstraße autostraße kopfsteinpflasterstraße vorfahrtsstraße vorfahrtstraße fußgängerstraße zugangsstraße zubringerstraße mautstraße passstraße");
    private static readonly FrozenSet<string> Articles = Set("der dieser einer ihrer seiner unserer jeder jener welcher keiner großer kleiner guter vieler aller anderer weiterer neuer alter selber");
    private static readonly Anchors Words = new("str allee gass chauss");

    /// <summary>Every street of the text that carries a name.</summary>
    public static IEnumerable<(int Start, int End, string Kind, double Certainty)> Find(string plain, NameReader reader)
    {
        if (!Words.In(plain))
        {
            yield break;
        }

        for (var i = 0; i < reader.Words.Count; i++)
        {
            var word = reader.Words[i];
            if (IsStreet(plain, word) && !Houses.IsNamed(reader, i))
            {
                yield return (word.Start, word.End, "address", 0.5);
            }
            else if (i > 0 && word.IsCapital && Alone.Contains(word.Small) && reader.Touches(i) && IsOfTown(reader.Words[i - 1]) && !Houses.IsNamed(reader, i - 1))
            {
                yield return (reader.Words[i - 1].Start, word.End, "address", 0.5);
            }
        }
    }

    private static bool IsStreet(string plain, Token word)
    {
        if (!word.IsCapital || Kinds.Contains(word.Small))
        {
            return false;
        }

        foreach (var ending in Endings)
        {
            if (word.Small.EndsWith(ending, StringComparison.Ordinal))
            {
                return word.Small.Length >= ending.Length + ShortestName;
            }
        }

        return word.Small.EndsWith("str", StringComparison.Ordinal) && word.Small.Length >= "str".Length + ShortestName && word.End < plain.Length && plain[word.End] == '.';
    }

    // "Berliner", "Grünewalder"
    private static bool IsOfTown(Token word) => word.IsCapital && word.Text.Length > 4 && word.Small.EndsWith("er", StringComparison.Ordinal) && !Articles.Contains(word.Small);

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();
}
