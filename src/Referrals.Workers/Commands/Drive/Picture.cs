using Referrals.Engine;

namespace Referrals.Workers.Commands.Drive;

/// <summary>A referral as its case holder sees it, wherever it is played. Codes are those of the API.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Offers">Offers made, those of a place in the order made.</param>
/// <param name="Waiting">What waits for a caseworker.</param>
/// <param name="Ends">How the steps at their places ended.</param>
internal sealed record Picture(
    string Status, IReadOnlyList<PicturedOffer> Offers, IReadOnlyList<PicturedWait> Waiting, IReadOnlyDictionary<Place, string> Ends)
{
    private static readonly HashSet<string> Over = ["completed", "closed-early", "withdrawn", "consent-withdrawn"];

    /// <summary>Whether it ended.</summary>
    public bool HasEnded => Over.Contains(Status);

    /// <summary>Which try of this partner at this place an offer is, from 1.</summary>
    public int Attempt(PicturedOffer offer) =>
        Offers.TakeWhile(o => o.Assignment != offer.Assignment).Count(o => o.Place == offer.Place && o.Partner == offer.Partner) + 1;

    /// <summary>
    /// Everything that the seed decides, in one line: the status, what waits, each offer with its end, each step's outcome. Without ids and
    /// times, which differ from run to run.
    /// </summary>
    public string Ending() => string.Join(
        "; ",
        [
            Status,
            .. Waiting.Select(w => $"waits for {w.For} at {w.Place}").Order(StringComparer.Ordinal),
            .. Offers.Select(o => $"{o.Place} {o.Partner} #{Attempt(o)} {o.Status}{(o.HasOpenQuestion ? " asked" : "")}").Order(StringComparer.Ordinal),
            .. Ends.Select(e => $"{e.Key} = {e.Value}").Order(StringComparer.Ordinal),
        ]);
}

/// <summary>An offer of a step to a partner.</summary>
internal sealed record PicturedOffer(AssignmentId Assignment, Place Place, OrganisationId Partner, string Status, IReadOnlyList<PicturedQuestion> Questions)
{
    private static readonly HashSet<string> Over = ["completed", "declined", "withdrawn"];

    /// <summary>Whether it is with the partner.</summary>
    public bool IsOpen => !Over.Contains(Status);

    /// <summary>Whether a question of the partner waits for the caseworker.</summary>
    public bool HasOpenQuestion => IsOpen && Questions.Any(q => !q.IsAnswered);
}

/// <summary>A question of a partner.</summary>
internal sealed record PicturedQuestion(QuestionId Id, bool IsAnswered);

/// <summary>Something that waits for a caseworker: <c>partner</c>, <c>part</c> or <c>consent</c> at a place.</summary>
internal sealed record PicturedWait(Place Place, string For);
