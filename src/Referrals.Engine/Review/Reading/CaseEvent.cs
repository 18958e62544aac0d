using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>What an event changes of a case as the review sees it.</summary>
internal enum CaseChange : byte
{
    Nothing,
    Started,
    Offered,
    Received,
    Acknowledged,
    Accepted,
    AcknowledgementUndone,
    AcceptanceUndone,
    Declined,
    Asked,
    Answered,
    WorkStarted,
    FirstContact,
    Paused,
    Resumed,
    Completed,
    Reminded,
    Escalated,
    TakenBack,
    Closed,
    Reopened,
}

/// <summary>
/// An event reduced to what the review keeps of it: no case reference, no facts, no text. Made from the event itself or, faster, from its
/// JSON (<see cref="CaseEventReader"/>); both give the same.
/// </summary>
/// <param name="Change">What it changes.</param>
/// <param name="At">When it happened (<see cref="Moments"/>).</param>
internal readonly record struct CaseEvent(CaseChange Change, uint At)
{
    /// <summary>The visit's assignment.</summary>
    public Guid Assignment { get; init; }

    /// <summary>The referral, where it starts.</summary>
    public Guid Referral { get; init; }

    /// <summary>The holder, where it starts.</summary>
    public string? Holder { get; init; }

    /// <summary>The chain, where it starts.</summary>
    public string? Chain { get; init; }

    /// <summary>The chain's version, where it starts.</summary>
    public int Version { get; init; }

    /// <summary>The step offered.</summary>
    public string? Step { get; init; }

    /// <summary>To whom it was offered.</summary>
    public string? Partner { get; init; }

    /// <summary>The round in which it was offered.</summary>
    public byte Round { get; init; }

    /// <summary>Until when: to acknowledge with an offer, to complete with an acceptance.</summary>
    public uint By { get; init; }

    /// <summary>Code of the outcome or reason.</summary>
    public string? Reason { get; init; }

    /// <summary>What each type of event changes.</summary>
    public static FrozenDictionary<Type, CaseChange> Changes { get; } = new Dictionary<Type, CaseChange>
    {
        [typeof(ReferralEvent.Started)] = CaseChange.Started,
        [typeof(ReferralEvent.MovedToVersion)] = CaseChange.Nothing,
        [typeof(ReferralEvent.CaseworkerChanged)] = CaseChange.Nothing,
        [typeof(ReferralEvent.BranchTaken)] = CaseChange.Nothing,
        [typeof(ReferralEvent.RoundEnded)] = CaseChange.Nothing,
        [typeof(ReferralEvent.PartDecided)] = CaseChange.Nothing,
        [typeof(ReferralEvent.PartnerChosen)] = CaseChange.Nothing,
        [typeof(ReferralEvent.StepOffered)] = CaseChange.Offered,
        [typeof(ReferralEvent.StepReceived)] = CaseChange.Received,
        [typeof(ReferralEvent.StepAcknowledged)] = CaseChange.Acknowledged,
        [typeof(ReferralEvent.StepAccepted)] = CaseChange.Accepted,
        [typeof(ReferralEvent.StepAcknowledgementUndone)] = CaseChange.AcknowledgementUndone,
        [typeof(ReferralEvent.StepAcceptanceUndone)] = CaseChange.AcceptanceUndone,
        [typeof(ReferralEvent.StepDeclined)] = CaseChange.Declined,
        [typeof(ReferralEvent.StepAsked)] = CaseChange.Asked,
        [typeof(ReferralEvent.StepAnswered)] = CaseChange.Answered,
        [typeof(ReferralEvent.StepStarted)] = CaseChange.WorkStarted,
        [typeof(ReferralEvent.FirstContactMade)] = CaseChange.FirstContact,
        [typeof(ReferralEvent.StepPaused)] = CaseChange.Paused,
        [typeof(ReferralEvent.StepResumed)] = CaseChange.Resumed,
        [typeof(ReferralEvent.StepCompleted)] = CaseChange.Completed,
        [typeof(ReferralEvent.StepReminded)] = CaseChange.Reminded,
        [typeof(ReferralEvent.StepEscalated)] = CaseChange.Escalated,
        [typeof(ReferralEvent.OfferWithdrawn)] = CaseChange.TakenBack,
        [typeof(ReferralEvent.StepRerouted)] = CaseChange.Nothing,
        [typeof(ReferralEvent.StepSkipped)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ConsentRecorded)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ConsentWithdrawn)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ConsentEnding)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ConsentExpired)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ConsentNarrowed)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ConsentOverridden)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ReleaseRecorded)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ReleaseWithdrawn)] = CaseChange.Nothing,
        [typeof(ReferralEvent.ReleaseExpired)] = CaseChange.Nothing,
        [typeof(ReferralEvent.Withdrawn)] = CaseChange.Nothing,
        [typeof(ReferralEvent.Closed)] = CaseChange.Closed,
        [typeof(ReferralEvent.Reopened)] = CaseChange.Reopened,
        [typeof(ReferralEvent.StepErased)] = CaseChange.Nothing,
        [typeof(ReferralEvent.Erased)] = CaseChange.Nothing,
        [typeof(ReferralEvent.HandoverIssued)] = CaseChange.Nothing,
        [typeof(ReferralEvent.HandoverRevoked)] = CaseChange.Nothing,
        [typeof(ReferralEvent.HandoverRedeemed)] = CaseChange.Nothing,
        [typeof(ReferralEvent.HandoverBlocked)] = CaseChange.Nothing,
        [typeof(ReferralEvent.CardSealed)] = CaseChange.Nothing,
        [typeof(ReferralEvent.CardWithdrawn)] = CaseChange.Nothing,
        [typeof(ReferralEvent.CardExpired)] = CaseChange.Nothing,
        [typeof(ReferralEvent.CardOpened)] = CaseChange.Nothing,
        [typeof(ReferralEvent.CardReturned)] = CaseChange.Nothing,
    }.ToFrozenDictionary();

    /// <summary>What the review keeps of an event.</summary>
    public static CaseEvent Of(ReferralEvent happened)
    {
        var kept = new CaseEvent(
            Changes.TryGetValue(happened.GetType(), out var change) ? change : throw new UnreachableException(), Moments.Of(happened.At));
        return happened switch
        {
            ReferralEvent.Started e => kept with
            {
                Referral = e.Referral.Value,
                Holder = e.Holder.Value,
                Chain = e.Chain.Value,
                Version = e.ChainVersion,
            },
            ReferralEvent.StepOffered e => kept with
            {
                Assignment = e.Assignment.Value,
                Step = e.Step.Value,
                Partner = e.Partner.Value,
                Round = CaseRounds.Of(e.Place.Value),
                By = Moments.Of(e.AcknowledgeBy),
            },
            ReferralEvent.StepAccepted e => kept with { Assignment = e.Assignment.Value, By = Moments.Of(e.CompleteBy) },
            ReferralEvent.StepDeclined e => kept with { Assignment = e.Assignment.Value, Reason = e.Reason },
            ReferralEvent.StepCompleted e => kept with { Assignment = e.Assignment.Value, Reason = e.Outcome },
            ReferralEvent.OfferWithdrawn e => kept with { Assignment = e.Assignment.Value, Reason = CodeOf(e.Reason) },
            ReferralEvent.Closed e => kept with { Reason = CodeOf(e.Reason) },
            ReferralEvent.Reopened => kept,
            _ when change == CaseChange.Nothing => kept,
            _ => kept with { Assignment = AssignmentOf(happened).Value },
        };
    }

    /// <summary>The word for a value of an enumeration, as the log writes it.</summary>
    public static string CodeOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static AssignmentId AssignmentOf(ReferralEvent happened) => happened switch
    {
        ReferralEvent.StepReceived e => e.Assignment,
        ReferralEvent.StepAcknowledged e => e.Assignment,
        ReferralEvent.StepAcknowledgementUndone e => e.Assignment,
        ReferralEvent.StepAcceptanceUndone e => e.Assignment,
        ReferralEvent.StepAsked e => e.Assignment,
        ReferralEvent.StepAnswered e => e.Assignment,
        ReferralEvent.StepStarted e => e.Assignment,
        ReferralEvent.FirstContactMade e => e.Assignment,
        ReferralEvent.StepPaused e => e.Assignment,
        ReferralEvent.StepResumed e => e.Assignment,
        ReferralEvent.StepReminded e => e.Assignment,
        ReferralEvent.StepEscalated e => e.Assignment,
        _ => throw new UnreachableException(),
    };
}
