using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Endpoints;

/// <summary>Declines an assignment.</summary>
/// <param name="Reason">One of the coded reasons.</param>
/// <param name="Note">Words to the sender, of at most 500 characters; needed for the reason <c>other</c>; screened.</param>
/// <param name="KeepNames">Why names may stay in the note, where the chain allows that; absent: they may not.</param>
public sealed record RefuseAssignment(string Reason, string? Note = null, KeptNames? KeepNames = null);

/// <summary>Asks the sender something.</summary>
/// <param name="Text">The question, of at most 500 characters; screened.</param>
/// <param name="KeepNames">Why names may stay in the text, where the chain allows that; absent: they may not.</param>
public sealed record AskQuestion(string Text, KeptNames? KeepNames = null);

/// <summary>Completes an assignment.</summary>
/// <param name="Outcome">One of the outcomes that the chain allows for the step.</param>
/// <param name="Facts">Facts that the step returns, by name.</param>
public sealed record CompleteAssignment(string Outcome, IReadOnlyDictionary<string, FactValue>? Facts = null);

/// <summary>Who looks after a referral or an assignment.</summary>
/// <param name="Assignee">Sign-in name of a person of your organisation; absent: nobody.</param>
public sealed record AssigneeResource(string? Assignee = null);

/// <summary>Redeems a code that a client brought.</summary>
/// <param name="Code">The code as it was typed; spaces, hyphens and lower case don't matter.</param>
public sealed record RedeemHandover(string Code);

/// <summary>The newest code that the client may bring.</summary>
/// <param name="Until">Until when it counts.</param>
/// <param name="TriesLeft">How many more wrong codes can be typed before it is blocked.</param>
/// <param name="Usable">Whether it was neither revoked nor blocked nor redeemed.</param>
/// <param name="RedeemedAt">When it was redeemed.</param>
public sealed record ReceivedHandoverResource(DateTimeOffset Until, int TriesLeft, bool Usable, DateTimeOffset? RedeemedAt = null);

/// <summary>Names a contact card of the assignment.</summary>
/// <param name="Issue">Which card it is, from 1.</param>
public sealed record CardIssue(int Issue);

/// <summary>The newest contact card that the sender sealed.</summary>
/// <param name="Issue">Which card of the assignment it is, from 1.</param>
/// <param name="Key">Fingerprint of your key that opens it.</param>
/// <param name="Until">Until when it can be opened.</param>
/// <param name="Usable">Whether it was neither opened nor returned nor taken back.</param>
/// <param name="OpenedAt">When it was opened.</param>
public sealed record ReceivedCardResource(int Issue, string Key, DateTimeOffset Until, bool Usable, DateTimeOffset? OpenedAt = null);

/// <summary>A sealed contact card, to be opened with the private key.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="Issue">Which card of the assignment it is.</param>
/// <param name="Key">Fingerprint of the key that opens it.</param>
/// <param name="Until">Until when it can be opened; bound to the ciphertext with the others.</param>
/// <param name="Sealed">The ciphertext in Base64.</param>
public sealed record FetchedCardResource(AssignmentId Assignment, int Issue, string Key, DateTimeOffset Until, string Sealed);

/// <summary>What can be taken back.</summary>
/// <param name="What">What it is.</param>
/// <param name="Until">Until when.</param>
public sealed record UndoResource(Undoing What, DateTimeOffset Until);

/// <summary>An assignment as the partner sees it.</summary>
/// <param name="Id">Its id; tells nothing about the referral behind it.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">Its version.</param>
/// <param name="Step">The step.</param>
/// <param name="Service">The service asked for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OfferedAt">When it was offered.</param>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="AcknowledgeBy">By when it is to be acknowledged.</param>
/// <param name="Facts">Coded facts passed on.</param>
/// <param name="Questions">Your questions.</param>
/// <param name="Outcomes">Outcomes that a completion may name.</param>
/// <param name="ReturnFacts">Facts that a completion may report.</param>
/// <param name="CompleteBy">By when it is to be completed, once accepted.</param>
/// <param name="DueAt">The next date by which you must act.</param>
/// <param name="FirstContactAt">When the first contact was.</param>
/// <param name="RemindedAt">When the sender reminded last.</param>
/// <param name="Outcome">The outcome, once completed.</param>
/// <param name="Reason">The reason, once declined or taken back.</param>
/// <param name="Note">The sender's note.</param>
/// <param name="Number">The number by which your people speak of it, such as 2026-0412.</param>
/// <param name="Assignee">Sign-in name of the person who looks after it; the sender doesn't learn it.</param>
/// <param name="Undo">What can be taken back, and until when.</param>
/// <param name="Handover">The newest code that the client may bring, if the sender made one.</param>
/// <param name="Card">The newest contact card, if the sender sealed one.</param>
public sealed record AssignmentResource(
    AssignmentId Id,
    OrganisationId Sender,
    ChainId Chain,
    int ChainVersion,
    NodeId Step,
    string Service,
    AssignmentStatus Status,
    DateTimeOffset OfferedAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset AcknowledgeBy,
    IReadOnlyDictionary<string, FactValue> Facts,
    IReadOnlyList<QuestionResource> Questions,
    IReadOnlyList<string> Outcomes,
    IReadOnlyList<string> ReturnFacts,
    DateTimeOffset? CompleteBy = null,
    DateTimeOffset? DueAt = null,
    DateTimeOffset? FirstContactAt = null,
    DateTimeOffset? RemindedAt = null,
    string? Outcome = null,
    string? Reason = null,
    string? Note = null,
    string? Number = null,
    string? Assignee = null,
    UndoResource? Undo = null,
    ReceivedHandoverResource? Handover = null,
    ReceivedCardResource? Card = null)
{
    /// <summary>As the API shows it.</summary>
    public static AssignmentResource From(AssignmentView view)
    {
        var (state, offer, step) = (view.State, view.State.Offer, view.Step);
        return new AssignmentResource(
            offer.Assignment, offer.Sender, offer.Chain, offer.ChainVersion, offer.Step, step.Service, state.Status, offer.OfferedAt, offer.At,
            offer.AcknowledgeBy, offer.Facts,
            [.. state.Questions.OrderBy(q => q.Value.AskedAt).Select(q => new QuestionResource(new QuestionId(q.Key), q.Value.Text.Text, q.Value.AskedAt, q.Value.Answer?.Text))],
            step.Outcomes, step.ReturnFacts, state.CompleteBy, state.DueAt, state.FirstContactAt,
            state.Reminders.IsEmpty ? null : state.Reminders.Max, state.Outcome, state.Reason, offer.Note?.Text, view.Number?.ToString(), state.Assignee,
            state.Undoable is { } can && view.UndoUntil is { } until ? new UndoResource(can.What, until) : null,
            state.Handover is { } code ? new ReceivedHandoverResource(
                code.Until, code.TriesLeft, state.IsOpen && code is { IsRevoked: false, BlockedAt: null, RedeemedAt: null }, code.RedeemedAt) : null,
            state.Card is { } card ? new ReceivedCardResource(
                card.Issue, card.Key, card.Until, state.IsOpen && card is { IsWithdrawn: false, IsDropped: false, OpenedAt: null, ReturnedAt: null }, card.OpenedAt) : null);
    }
}

/// <summary>One line of the work list.</summary>
/// <param name="Id">The assignment.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">Its version.</param>
/// <param name="Step">The step.</param>
/// <param name="Service">The service asked for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="QuestionOpen">Whether a question waits for the sender's answer.</param>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="ChangedAt">The last change.</param>
/// <param name="DueAt">The next date by which you must act.</param>
/// <param name="Number">The number by which your people speak of it, such as 2026-0412.</param>
/// <param name="Assignee">Sign-in name of the person who looks after it.</param>
public sealed record AssignmentLine(
    AssignmentId Id, OrganisationId Sender, ChainId Chain, int ChainVersion, NodeId Step, string Service, AssignmentStatus Status, bool QuestionOpen,
    DateTimeOffset ReceivedAt, DateTimeOffset ChangedAt, DateTimeOffset? DueAt = null, string? Number = null, string? Assignee = null)
{
    /// <summary>As the API shows it.</summary>
    public static AssignmentLine From(AssignmentListItem item) => new(
        item.Id, item.Sender, item.Chain, item.ChainVersion, item.Step, item.Service, item.Status, item.QuestionOpen, item.ReceivedAt, item.ChangedAt, item.DueAt,
        item.Number?.ToString(), item.Assignee);
}
