using System.Collections.Immutable;
using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Referrals;

/// <summary>Where an offer stands, as far as the sender knows.</summary>
public enum OfferStatus
{
    /// <summary>Sent, no sign that it arrived.</summary>
    Offered,

    /// <summary>Arrived.</summary>
    Received,

    /// <summary>Seen by a person.</summary>
    Acknowledged,

    /// <summary>Accepted.</summary>
    Accepted,

    /// <summary>In work.</summary>
    Started,

    /// <summary>Interrupted.</summary>
    Paused,

    /// <summary>Completed.</summary>
    Completed,

    /// <summary>Declined by the partner.</summary>
    Declined,

    /// <summary>Taken back by the sender.</summary>
    Withdrawn,
}

/// <summary>A question of a partner.</summary>
public sealed record Question(Note Text, DateTimeOffset AskedAt, Note? Answer = null, DateTimeOffset? AnsweredAt = null);

/// <summary>One offer of a step to one partner, with every time stamp.</summary>
public sealed record Offer
{
    /// <summary>The random handle that the partner knows.</summary>
    public required AssignmentId Assignment { get; init; }

    /// <summary>Where in the chain.</summary>
    public required Place Place { get; init; }

    /// <summary>The step.</summary>
    public required NodeId Step { get; init; }

    /// <summary>Whom it was offered to.</summary>
    public required OrganisationId Partner { get; init; }

    /// <summary>Where it stands.</summary>
    public OfferStatus Status { get; init; }

    /// <summary>Number of the partner's last message that was recorded.</summary>
    public int Heard { get; init; }

    /// <summary>When it was offered.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>By when it is to be acknowledged.</summary>
    public required DateTimeOffset AcknowledgeBy { get; init; }

    /// <summary>When the partner's system received it.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When a person at the partner had seen it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>By when it is to be completed.</summary>
    public DateTimeOffset? CompleteBy { get; init; }

    /// <summary>The working days to complete it that were agreed when it was offered, where the chain that the referral runs on now says otherwise.</summary>
    public AgreedTime? Agreed { get; init; }

    /// <summary>When work began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the first contact was.</summary>
    public DateTimeOffset? FirstContactAt { get; init; }

    /// <summary>When it was completed, declined or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Reported outcome, or reason for declining or withdrawing.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why it was taken back, if it was.</summary>
    public WithdrawalReason? Withdrawal { get; init; }

    /// <summary>Reminders sent by rule, by deadline.</summary>
    public ImmutableHashSet<Reminder> Reminded { get; init; } = [];

    /// <summary>Deadlines that were escalated.</summary>
    public ImmutableHashSet<Deadline> Escalated { get; init; } = [];

    /// <summary>When the partner was last reminded.</summary>
    public DateTimeOffset? LastRemindedAt { get; init; }

    /// <summary>Questions of the partner.</summary>
    public ImmutableDictionary<QuestionId, Question> Questions { get; init; } = ImmutableDictionary<QuestionId, Question>.Empty;

    /// <summary>The newest code with which the client is handed over; null: none was made.</summary>
    public IssuedHandover? Handover { get; init; }

    /// <summary>The newest contact card that was sealed for the partner; null: none was.</summary>
    public IssuedCard? Card { get; init; }

    /// <summary>Whether it is with the partner.</summary>
    public bool IsOpen => Status is not (OfferStatus.Completed or OfferStatus.Declined or OfferStatus.Withdrawn);

    /// <summary>Whether the partner has accepted and not ended it.</summary>
    public bool IsAccepted => Status is OfferStatus.Accepted or OfferStatus.Started or OfferStatus.Paused;

    /// <summary>Whether the partner has not yet acknowledged it.</summary>
    public bool AwaitsAcknowledgement => Status is OfferStatus.Offered or OfferStatus.Received;

    /// <summary>Whether a question waits for the caseworker.</summary>
    public bool HasOpenQuestion => IsOpen && Questions.Values.Any(q => q.Answer is null);

    /// <summary>The next date by which the partner must act, or null.</summary>
    public DateTimeOffset? DueAt => AwaitsAcknowledgement ? AcknowledgeBy : IsAccepted ? CompleteBy : null;

    /// <summary>A new offer.</summary>
    public static Offer From(ReferralEvent.StepOffered e) => new()
    {
        Assignment = e.Assignment,
        Place = e.Place,
        Step = e.Step,
        Partner = e.Partner,
        OfferedAt = e.At,
        AcknowledgeBy = e.AcknowledgeBy,
    };
}

/// <summary>Working days to complete an offer, from its acceptance; null: no time agreed.</summary>
public sealed record AgreedTime(int? Days);

/// <summary>The part of the fold that changes one offer.</summary>
internal static class OfferEvolution
{
    /// <summary>The state after an event that concerns one offer only.</summary>
    public static ReferralState Apply(ReferralState state, ReferralEvent happened)
    {
        var (assignment, number) = Target(happened);
        var offer = Change(state.Offers[assignment], happened);
        return state with { Offers = state.Offers.SetItem(assignment, number is { } heard ? offer with { Heard = heard } : offer) };
    }

    private static (AssignmentId Assignment, int? Number) Target(ReferralEvent happened) => happened switch
    {
        ReferralEvent.StepReceived e => (e.Assignment, e.Number),
        ReferralEvent.StepAcknowledged e => (e.Assignment, e.Number),
        ReferralEvent.StepAccepted e => (e.Assignment, e.Number),
        ReferralEvent.StepAcknowledgementUndone e => (e.Assignment, e.Number),
        ReferralEvent.StepAcceptanceUndone e => (e.Assignment, e.Number),
        ReferralEvent.StepDeclined e => (e.Assignment, e.Number),
        ReferralEvent.StepAsked e => (e.Assignment, e.Number),
        ReferralEvent.StepAnswered e => (e.Assignment, null),
        ReferralEvent.StepStarted e => (e.Assignment, e.Number),
        ReferralEvent.FirstContactMade e => (e.Assignment, e.Number),
        ReferralEvent.StepPaused e => (e.Assignment, e.Number),
        ReferralEvent.StepResumed e => (e.Assignment, e.Number),
        ReferralEvent.StepReminded e => (e.Assignment, null),
        ReferralEvent.StepEscalated e => (e.Assignment, null),
        ReferralEvent.OfferWithdrawn e => (e.Assignment, null),
        ReferralEvent.HandoverIssued e => (e.Assignment, null),
        ReferralEvent.HandoverRevoked e => (e.Assignment, null),
        ReferralEvent.HandoverRedeemed e => (e.Assignment, e.Number),
        ReferralEvent.HandoverBlocked e => (e.Assignment, e.Number),
        ReferralEvent.CardSealed e => (e.Assignment, null),
        ReferralEvent.CardWithdrawn e => (e.Assignment, null),
        ReferralEvent.CardExpired e => (e.Assignment, null),
        ReferralEvent.CardOpened e => (e.Assignment, e.Number),
        ReferralEvent.CardReturned e => (e.Assignment, e.Number),
        _ => throw new UnreachableException(),
    };

    // The time for completing counts anew with the next acceptance, and so do its reminder and escalation.
    private static Offer AcceptanceUndone(Offer offer) => offer with
    {
        Status = offer.AcknowledgedAt is null ? OfferStatus.Received : OfferStatus.Acknowledged,
        AcceptedAt = null,
        CompleteBy = null,
        Reminded = offer.Reminded.Remove(Reminder.Complete),
        Escalated = offer.Escalated.Remove(Deadline.Complete),
    };

    private static Offer Change(Offer offer, ReferralEvent happened) => happened switch
    {
        ReferralEvent.StepReceived e => offer with { Status = OfferStatus.Received, ReceivedAt = e.At },
        ReferralEvent.StepAcknowledged e => offer with { Status = OfferStatus.Acknowledged, AcknowledgedAt = e.At },
        ReferralEvent.StepAccepted e => offer with { Status = OfferStatus.Accepted, AcceptedAt = e.At, CompleteBy = e.CompleteBy },
        ReferralEvent.StepAcknowledgementUndone => offer with { Status = OfferStatus.Received, AcknowledgedAt = null },
        ReferralEvent.StepAcceptanceUndone => AcceptanceUndone(offer) with { Card = IssuedCard.After(offer.Card, happened) },
        ReferralEvent.StepDeclined e => offer with { Status = OfferStatus.Declined, EndedAt = e.At, Outcome = e.Reason },
        ReferralEvent.StepAsked e => offer with { Questions = offer.Questions.SetItem(e.Question, new Question(e.Text, e.At)) },
        ReferralEvent.StepAnswered e => offer with
        {
            Questions = offer.Questions.SetItem(e.Question, offer.Questions[e.Question] with { Answer = e.Text, AnsweredAt = e.At }),
        },
        ReferralEvent.StepStarted e => offer with { Status = OfferStatus.Started, StartedAt = e.At },
        ReferralEvent.FirstContactMade e => offer with { FirstContactAt = e.At },
        ReferralEvent.StepPaused => offer with { Status = OfferStatus.Paused },
        ReferralEvent.StepResumed => offer with { Status = OfferStatus.Started },
        ReferralEvent.StepReminded e => offer with { Reminded = offer.Reminded.Add(e.Reminder), LastRemindedAt = e.At },
        ReferralEvent.StepEscalated e => offer with { Escalated = offer.Escalated.Add(e.Deadline) },
        ReferralEvent.OfferWithdrawn e => offer with { Status = OfferStatus.Withdrawn, EndedAt = e.At, Withdrawal = e.Reason },
        ReferralEvent.HandoverIssued or ReferralEvent.HandoverRevoked or ReferralEvent.HandoverRedeemed or ReferralEvent.HandoverBlocked =>
            offer with { Handover = IssuedHandover.After(offer.Handover, happened) },
        ReferralEvent.CardSealed or ReferralEvent.CardWithdrawn or ReferralEvent.CardExpired or ReferralEvent.CardOpened or ReferralEvent.CardReturned =>
            offer with { Card = IssuedCard.After(offer.Card, happened) },
        _ => throw new UnreachableException(),
    };
}
