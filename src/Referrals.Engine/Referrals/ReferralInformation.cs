using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals;

/// <summary>
/// Everything that the holder has about one referral, for the client's request for information (Art. 15 GDPR, § 83 SGB X). Who looked at it stands in the access log, not here.
/// What was erased reads <see cref="SealedAttribute.ErasedText"/>.
/// </summary>
/// <param name="Referral">Its id, known to the holder only.</param>
/// <param name="Holder">Who holds the case and answers the request.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">The version that it runs on, or ran on last.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">When it was started (UTC).</param>
/// <param name="CaseReference">The holder's own reference.</param>
/// <param name="Facts">Coded facts, each with where it comes from.</param>
/// <param name="HandedOn">Who received what.</param>
/// <param name="History">Everything that happened, oldest first.</param>
/// <param name="Number">The number by which the holder's people speak of it.</param>
/// <param name="Note">The note to the partners.</param>
/// <param name="Consent">The consent that counts; null after its withdrawal.</param>
/// <param name="Caseworker">Sign-in name of who looks after it.</param>
/// <param name="EndedBecause">Why it ended.</param>
/// <param name="EndedAt">When it ended (UTC).</param>
/// <param name="Erased">Why and when its words were erased.</param>
public sealed record ReferralInformation(
    ReferralId Referral,
    OrganisationId Holder,
    ChainId Chain,
    int ChainVersion,
    ReferralStatus Status,
    DateTimeOffset StartedAt,
    string CaseReference,
    IReadOnlyList<InformationFact> Facts,
    IReadOnlyList<InformationHandedOn> HandedOn,
    IReadOnlyList<InformationEvent> History,
    string? Number = null,
    string? Note = null,
    Consent? Consent = null,
    string? Caseworker = null,
    ClosingReason? EndedBecause = null,
    DateTimeOffset? EndedAt = null,
    Erasure? Erased = null)
{
    /// <summary>Gathers it from a referral and its history.</summary>
    public static ReferralInformation Of(ReferralView view, IReadOnlyList<RecordedEvent> history)
    {
        var (state, start) = (view.State, view.State.Start);
        return new ReferralInformation(
            start.Referral, start.Holder, start.Chain, state.Pin.Version, view.Status, start.At, start.CaseReference,
            FactsOf(state, history), HandedOnOf(state, history), [.. history.Select(InformationEvent.Of)],
            view.Number?.ToString(), start.Note?.Text, state.Consent, state.Caseworker, state.Ended?.Reason, state.Ended?.At, state.Erased);
    }

    // A fact that several told counts as the last one told it.
    private static List<InformationFact> FactsOf(ReferralState state, IReadOnlyList<RecordedEvent> history)
    {
        var known = new SortedDictionary<string, InformationFact>(StringComparer.Ordinal);
        foreach (var (name, value) in state.Start.Facts)
        {
            known[name] = new InformationFact(name, value, state.Start.Holder, state.Start.At);
        }

        foreach (var e in history.Select(h => h.Data).OfType<ReferralEvent.StepCompleted>())
        {
            foreach (var (name, value) in e.Facts)
            {
                known[name] = new InformationFact(name, value, state.Offers[e.Assignment].Partner, e.At);
            }
        }

        return [.. known.Values];
    }

    private static List<InformationHandedOn> HandedOnOf(ReferralState state, IReadOnlyList<RecordedEvent> history) =>
    [
        .. from e in history.Select(h => h.Data).OfType<ReferralEvent.StepOffered>()
           let offer = state.Offers[e.Assignment]
           select new InformationHandedOn(
               e.Assignment, e.Step, e.Partner, e.At, offer.Status, e.Facts,
               [.. offer.Questions.Values.OrderBy(q => q.AskedAt).Select(q => new InformationQuestion(q.Text.Text, q.AskedAt, q.Answer?.Text, q.AnsweredAt))],
               e.Note?.Text, offer.Outcome, offer.EndedAt),
    ];
}

/// <summary>A coded fact.</summary>
/// <param name="Name">Its name in the chain.</param>
/// <param name="Value">Its value.</param>
/// <param name="From">The organisation that told it.</param>
/// <param name="At">When (UTC).</param>
public sealed record InformationFact(string Name, FactValue Value, OrganisationId From, DateTimeOffset At);

/// <summary>What one partner received with one offer.</summary>
/// <param name="Assignment">The handle that the partner knows.</param>
/// <param name="Step">The step.</param>
/// <param name="Partner">The partner.</param>
/// <param name="At">When it was offered (UTC).</param>
/// <param name="Status">Where it stands, as far as the holder knows.</param>
/// <param name="Facts">The coded facts that it received.</param>
/// <param name="Questions">What it asked, and what it was answered.</param>
/// <param name="Note">The note that it received.</param>
/// <param name="Outcome">Reported outcome, or reason for declining.</param>
/// <param name="EndedAt">When it was completed, declined or taken back (UTC).</param>
public sealed record InformationHandedOn(
    AssignmentId Assignment,
    NodeId Step,
    OrganisationId Partner,
    DateTimeOffset At,
    OfferStatus Status,
    IReadOnlyDictionary<string, FactValue> Facts,
    IReadOnlyList<InformationQuestion> Questions,
    string? Note = null,
    string? Outcome = null,
    DateTimeOffset? EndedAt = null);

/// <summary>A question of a partner and its answer.</summary>
/// <param name="Text">What was asked.</param>
/// <param name="AskedAt">When (UTC).</param>
/// <param name="Answer">The answer.</param>
/// <param name="AnsweredAt">When (UTC).</param>
public sealed record InformationQuestion(string Text, DateTimeOffset AskedAt, string? Answer = null, DateTimeOffset? AnsweredAt = null);

/// <summary>One thing that happened.</summary>
/// <param name="Version">Its number in the history.</param>
/// <param name="Name">What happened; <c>docs/events.md</c> explains each name.</param>
/// <param name="At">When it was recorded (UTC).</param>
/// <param name="User">Name of who caused it, or of the worker that a message or deadline woke.</param>
/// <param name="Organisation">The organisation for which they acted.</param>
/// <param name="Data">Its fields.</param>
public sealed record InformationEvent(long Version, string Name, DateTimeOffset At, string User, string Organisation, JsonElement Data)
{
    /// <summary>As it was recorded.</summary>
    public static InformationEvent Of(RecordedEvent recorded) => new(
        recorded.Version, recorded.Type.Replace('_', '-'), recorded.Context.At, recorded.Context.User, recorded.Context.Organisation ?? "",
        JsonSerializer.SerializeToElement(recorded.Data, recorded.Data.GetType(), EventCodec.Json));
}
