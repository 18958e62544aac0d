using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Endpoints;

/// <summary>The addresses of assignments.</summary>
internal static class AssignmentRoutes
{
    private static readonly ErrorCode NotFound = Error(AssignmentRefusal.NotFound);
    private static readonly ErrorCode[] Ended = [NotFound, Error(AssignmentRefusal.Withdrawn), Error(AssignmentRefusal.Declined), Error(AssignmentRefusal.Completed)];
    private static readonly ErrorCode NotAccepted = Error(AssignmentRefusal.NotAccepted);
    private static readonly ErrorCode NotStarted = Error(AssignmentRefusal.NotStarted);

    public static void Map(IEndpointRouteBuilder api, AssignmentEndpoints e)
    {
        var assignments = api.MapGroup("/assignments").WithTags("Assignments").RequireAuthorization(Policies.Partner);
        assignments.MapGet("/", e.List).Says(
            "listAssignments", "List assignments",
            "What was sent to your organisation. Filters: status (repeatable), service, sender, number, assignee, unassigned, dueFrom, dueBefore; order newest or due; pages by limit (1–200) and cursor.",
            Examples.AssignmentPage).Looks(LookCodes.Assignments);
        var one = assignments.MapGroup("/{id:guid}").Looks(LookCodes.Assignment);
        one.MapGet("/", e.Get).Says("getAssignment", "Show an assignment", "The assignment with its facts, questions, dates and what a completion may say.", Examples.AssignmentView, errors: NotFound);
        one.MapGet("/history", e.History).Says("getAssignmentHistory", "Show an assignment's history", "Everything that happened, oldest first, and who caused it.", Examples.AssignmentHistory, errors: NotFound)
            .Looks(LookCodes.AssignmentHistory);
        MapReply(one, e);
        MapWork(one, e);
    }

    private static void MapReply(RouteGroupBuilder one, AssignmentEndpoints e)
    {
        one.MapPost("/acknowledgement", e.Acknowledge).Says(
            "acknowledgeAssignment", "Acknowledge an assignment", "Confirms to the sender that a person has seen it.", Examples.AssignmentView, Examples.Nothing, errors: Ended);
        one.MapPost("/acceptance", e.Accept).Says(
            "acceptAssignment", "Accept an assignment", "Accepts it, and acknowledges it where that was not done.", Examples.AssignmentView, Examples.Nothing, errors: Ended);
        one.MapPost("/acknowledgement-undo", e.UndoAcknowledgement).Says(
            "undoAcknowledgement", "Take an acknowledgement back", "Within ten minutes unless set otherwise, as long as nothing further happened; undo in the assignment says until when.",
            Examples.AssignmentView, Examples.Nothing, errors: [.. Ended, Error(AssignmentRefusal.TooLateToUndo), Error(AssignmentRefusal.NothingToUndo)]);
        one.MapPost("/acceptance-undo", e.UndoAcceptance).Says(
            "undoAcceptance", "Take an acceptance back", "Like taking an acknowledgement back; the assignment stays acknowledged, and its sender is told.",
            Examples.AssignmentView, Examples.Nothing, errors: [.. Ended, Error(AssignmentRefusal.TooLateToUndo), Error(AssignmentRefusal.NothingToUndo)]);
        one.MapPut("/assignee", e.Assign).Says(
            "assignAssignment", "Say who looks after an assignment", "Take it over, give it to a colleague, or, without assignee, release it. The sender doesn't learn it.",
            Examples.AssignmentView, Examples.Assignee, errors: [.. Ended, Error(AssignmentRefusal.AssigneeInvalid)]);
        one.MapPost("/refusal", e.Refuse).Says(
            "refuseAssignment", "Decline an assignment",
            $"Declines with a coded reason: {string.Join(", ", DeclineReasons.All)}. The reason other needs a note.", Examples.AssignmentView, Examples.Refuse,
            errors: [.. Ended, Error(AssignmentRefusal.AlreadyStarted), Error(AssignmentRefusal.ReasonUnknown), Error(AssignmentRefusal.NoteMissing), HttpErrors.NoteBlocked]);
        one.MapPost("/questions", e.Ask).Says(
            "askQuestion", "Ask the sender", "The question is screened like a note. The answer appears with the question.", Examples.AssignmentView, Examples.Ask,
            errors: [.. Ended, HttpErrors.NoteBlocked]);
    }

    private static void MapWork(RouteGroupBuilder one, AssignmentEndpoints e)
    {
        one.MapPost("/handover", e.Redeem).RequireRateLimiting(Limits.Handover).Says(
            "redeemHandover", "Redeem the code that a client brought",
            $"Says whether who carries the code belongs to this assignment, and tells the sender so. A mistyped code (check character) doesn't count as a try; after {ReceivedHandover.MaxTries} wrong "
            + $"ones the code is blocked. At most {Limits.HandoversPerMinute} codes within a minute per organisation.",
            Examples.AssignmentView, Examples.RedeemHandover,
            errors: [.. Ended, Error(AssignmentRefusal.HandoverMistyped), Error(AssignmentRefusal.HandoverWrong), Error(AssignmentRefusal.HandoverNone), Error(AssignmentRefusal.HandoverExpired),
                Error(AssignmentRefusal.HandoverRevoked), Error(AssignmentRefusal.HandoverBlocked), Error(AssignmentRefusal.HandoverUsed)]);
        one.MapPost("/card-fetch", e.FetchCard).WithMetadata(new SecretAnswer()).Says(
            "fetchCard", "Fetch the sealed contact card",
            $"To be opened with the private key of your organisation, which the server doesn't have. It stays until confirmCard says that it could be opened; it is handed out {Engine.Privacy.SealedCard.MaxFetches} times at most.",
            Examples.FetchedCard, Examples.Nothing,
            errors: [.. Cards, Error(AssignmentRefusal.CardFetchedTooOften)]);
        one.MapPost("/card-opening", e.ConfirmCard).Says(
            "confirmCard", "Say that the contact card could be opened", "It is deleted, and the sender sees when it was opened.", Examples.AssignmentView, Examples.CardIssue, errors: [.. Cards, Error(AssignmentRefusal.CardNotFetched)]);
        one.MapPost("/card-return", e.ReturnCard).Says(
            "returnCard", "Give the contact card back unopened", "When the key is lost or the card was altered: it is deleted, and the sender sees that a new one is needed.",
            Examples.AssignmentView, Examples.CardIssue, errors: [.. Cards, Error(AssignmentRefusal.CardNotFetched)]);
        one.MapPost("/start", e.Start).Says("startAssignment", "Begin to work", "Tells the sender that work began.", Examples.AssignmentView, Examples.Nothing, errors: [.. Ended, NotAccepted]);
        one.MapPost("/first-contact", e.RecordFirstContact).Says(
            "recordFirstContact", "Record the first contact", "Tells the sender that you and the client met or spoke for the first time.", Examples.AssignmentView, Examples.Nothing, errors: [.. Ended, NotAccepted]);
        one.MapPost("/pause", e.Pause).Says("pauseAssignment", "Interrupt the work", "Tells the sender that work is interrupted.", Examples.AssignmentView, Examples.Nothing, errors: [.. Ended, NotStarted]);
        one.MapPost("/resumption", e.Resume).Says("resumeAssignment", "Take the work up again", "Tells the sender that work goes on.", Examples.AssignmentView, Examples.Nothing, errors: [.. Ended, NotStarted]);
        one.MapPost("/completion", e.Complete).Says(
            "completeAssignment", "Complete an assignment",
            "Ends it with one of the outcomes that the chain allows and the facts that the step returns. What of it the sender learns was agreed in the chain.",
            Examples.AssignmentView, Examples.Complete,
            errors: [.. Ended, NotAccepted, Error(AssignmentRefusal.OutcomeNotAllowed), new("fact-not-allowed", 422, "The step does not return this fact, or not with this value.")]);
    }

    private static ErrorCode[] Cards =>
    [
        .. Ended, NotAccepted, Error(AssignmentRefusal.CardNone), Error(AssignmentRefusal.CardExpired), Error(AssignmentRefusal.CardWithdrawn), Error(AssignmentRefusal.CardOpened),
        Error(AssignmentRefusal.CardReturned),
    ];

    private static ErrorCode Error(AssignmentRefusal refusal) => EngineErrors.Of(refusal.Code, refusal.Message);
}
