using System.Globalization;
using System.Text;
using Referrals.Engine.Privacy;

namespace Referrals.Workers.Commands.Screen;

/// <summary>How well the screen does on a labelled corpus. A label is found if a hit overlaps it.</summary>
/// <param name="Notes">How many notes there are.</param>
/// <param name="Harmless">How many of them have no label.</param>
/// <param name="Flagged">How many harmless ones were blocked.</param>
/// <param name="Kinds">The figures of each kind, by its code.</param>
public sealed record ScreenScore(int Notes, int Harmless, int Flagged, IReadOnlyDictionary<string, KindScore> Kinds)
{
    private static readonly string[] OfPlaces = ["name", "place", "address"];

    /// <summary>Share of harmless notes that were blocked, 0 to 1.</summary>
    public double FlaggedShare => Share(Flagged, Harmless);

    /// <summary>Recall over all numbers and contacts, dates of birth among them.</summary>
    public double NumbersRecall => Recall(k => !OfPlaces.Contains(k));

    /// <summary>Recall over names, places and addresses.</summary>
    public double NamesRecall => Recall(OfPlaces.Contains);

    /// <summary>Screens every note and compares.</summary>
    public static ScreenScore Of(IEnumerable<LabelledNote> notes)
    {
        var (all, harmless, flagged, kinds) = (0, 0, 0, new SortedDictionary<string, KindScore>(StringComparer.Ordinal));
        foreach (var note in notes)
        {
            all++;
            var hits = NoteScreen.Find(note.Text);
            harmless += note.Hits.Count == 0 ? 1 : 0;
            flagged += note.Hits.Count == 0 && hits.Count > 0 ? 1 : 0;
            foreach (var label in note.Hits)
            {
                var over = hits.Where(h => Overlap(h, label)).ToList();
                kinds[label.Kind] = kinds.GetValueOrDefault(label.Kind, KindScore.None).Labelled(over.Count > 0, over.Any(h => h.Kind == label.Kind));
            }

            foreach (var hit in hits)
            {
                kinds[hit.Kind] = kinds.GetValueOrDefault(hit.Kind, KindScore.None).Hit(note.Hits.Any(l => Overlap(hit, l)));
            }
        }

        return new ScreenScore(all, harmless, flagged, kinds);
    }

    /// <summary>A table for people.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"kind",-24}{"labels",8}{"recall",9}{"same kind",11}{"hits",8}{"precision",11}\n");
        foreach (var (kind, score) in Kinds)
        {
            text.Append(CultureInfo.InvariantCulture, $"{kind,-24}{score.Labels,8}{Figure(score.Found, score.Labels),9}{Figure(score.SameKind, score.Labels),11}{score.Hits,8}{Figure(score.Right, score.Hits),11}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nnumbers, dates and contacts: recall {NumbersRecall:0.000}\nnames, places and addresses: recall {NamesRecall:0.000}\n");
        text.Append(CultureInfo.InvariantCulture, $"harmless notes flagged: {Flagged} of {Harmless} ({FlaggedShare:0.0%})\nnotes: {Notes}\n");
        return text.ToString();
    }

    private static string Figure(int part, int whole) => whole == 0 ? "-" : Share(part, whole).ToString("0.000", CultureInfo.InvariantCulture);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static bool Overlap(ScreenHit hit, Label label) => hit.Start < label.Start + label.Length && label.Start < hit.Start + hit.Length;

    private double Recall(Func<string, bool> of) => Share(Kinds.Where(k => of(k.Key)).Sum(k => k.Value.Found), Kinds.Where(k => of(k.Key)).Sum(k => k.Value.Labels));
}

/// <summary>The figures of one kind.</summary>
/// <param name="Labels">How many places of this kind the corpus has.</param>
/// <param name="Found">How many of them a hit overlaps.</param>
/// <param name="SameKind">How many of them a hit of the same kind overlaps.</param>
/// <param name="Hits">How many hits of this kind there are.</param>
/// <param name="Right">How many of them overlap a label of any kind.</param>
public sealed record KindScore(int Labels, int Found, int SameKind, int Hits, int Right)
{
    internal static KindScore None { get; } = new(0, 0, 0, 0, 0);

    internal KindScore Labelled(bool found, bool sameKind) => this with { Labels = Labels + 1, Found = Found + (found ? 1 : 0), SameKind = SameKind + (sameKind ? 1 : 0) };

    internal KindScore Hit(bool right) => this with { Hits = Hits + 1, Right = Right + (right ? 1 : 0) };
}
