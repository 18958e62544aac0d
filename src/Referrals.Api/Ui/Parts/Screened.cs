using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Parts;

/// <summary>A text cut into what may stay and what the screen found.</summary>
public static class Screened
{
    /// <summary>A piece of the text; with a kind when it is a find.</summary>
    public readonly record struct Piece(string Text, string? Kind);

    /// <summary>The pieces in order. Of finds that overlap the first counts for what they share.</summary>
    public static IEnumerable<Piece> Pieces(string text, IReadOnlyList<ScreenHit> hits)
    {
        var at = 0;
        foreach (var hit in hits.OrderBy(h => h.Start))
        {
            var (from, to) = (Math.Max(hit.Start, at), Math.Min(hit.Start + hit.Length, text.Length));
            if (to <= from)
            {
                continue;
            }

            if (from > at)
            {
                yield return new Piece(text[at..from], null);
            }

            yield return new Piece(text[from..to], hit.Kind);
            at = to;
        }

        if (at < text.Length)
        {
            yield return new Piece(text[at..], null);
        }
    }
}
