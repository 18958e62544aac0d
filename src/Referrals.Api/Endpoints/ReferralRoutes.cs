using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Endpoints;

/// <summary>The addresses of referrals.</summary>
internal static class ReferralRoutes
{
    private static readonly ErrorCode NotFound = Error(ReferralRefusal.NotFound);
    private static readonly ErrorCode Closed = Error(ReferralRefusal.Closed);

    public static void Map(IEndpointRouteBuilder api, ReferralEndpoints e)
    {
        var referrals = api.MapGroup("/referrals").WithTags("Referrals").RequireAuthorization(Policies.Caseworker);
        referrals.MapGet("/", e.List).Says(
            "listReferrals", "List referrals",
            "Referrals of your organisation. Filters: status (repeatable), chain, partner, reference, number, assignee, unassigned, dueFrom, dueBefore; order newest or due; pages by limit (1–200) and cursor.",
            Examples.ReferralPage).Looks(LookCodes.Referrals);
        referrals.MapPost("/", e.Start).Says(
            "startReferral", "Start a referral",
            "Starts a referral along the version of the chain that is in force, with the client's consent. All faults are named at once; a note or "
            + "case reference that could tell who the person is is blocked with the places in it.",
            Examples.ReferralView, Examples.Start, StatusCodes.Status201Created,
            HttpErrors.NoteBlocked, new("referral-invalid", 422, "The referral can't be started as given."), Error(ReferralRefusal.ChainNotInForce), Error(ReferralRefusal.AlreadyStarted));

        var one = referrals.MapGroup("/{id:guid}").Looks(LookCodes.Referral);
        one.MapGet("/", e.Get).Says("getReferral", "Show a referral", "The referral with every step, offer, question and time stamp.", Examples.ReferralView, errors: NotFound);
        one.MapGet("/history", e.History).Says("getReferralHistory", "Show a referral's history", "Everything that happened, oldest first, and who caused it.", Examples.ReferralHistory, errors: NotFound)
            .Looks(LookCodes.ReferralHistory);
        one.MapGet("/information", e.Information).Says(
            "getReferralInformation", "Everything about a referral, for the client's request",
            "What is stored about one referral, who received which part of it, where facts come from, and what happened when (Art. 15 GDPR). What was erased reads (erased).",
            Examples.Information, errors: NotFound).Looks(LookCodes.ReferralInformation);
        MapLife(one, e);
        MapSteps(one, e);
    }

    private static void MapLife(RouteGroupBuilder one, ReferralEndpoints e)
    {
        one.MapPost("/withdrawal", e.Withdraw).Says(
            "withdrawReferral", "Take a referral back", "Ends the referral and takes back what is with partners.", Examples.ReferralView, Examples.Withdraw,
            errors: [NotFound, Closed, Error(ReferralRefusal.ReasonNotACode)]);
        one.MapPost("/consent", e.RecordConsent).Says(
            "recordConsent", "Record a consent", "Records a new or wider consent; steps that waited for it are offered.", Examples.ReferralView, Examples.Consent,
            errors: [NotFound, Closed, new("consent-invalid", 422, "The consent can't be recorded as given.")]);
        one.MapPost("/consent-withdrawal", e.WithdrawConsent).Says(
            "withdrawConsent", "Record that the client withdrew the consent", "Ends the referral; partners are told to stop. With steps only these stop, and the consent keeps covering the others.",
            Examples.ReferralView, Examples.WithdrawConsent, errors: [NotFound, Closed, Error(ReferralRefusal.StepsMissing), Error(ReferralRefusal.StepUnknown)]);
        one.MapPost("/consent-override", e.OverrideConsent).Says(
            "overrideConsent", "Go on without a consent on a ground of the law",
            "Steps that wait for a consent are offered without one. The ground and the reason, which is screened like a note, stay in the history.", Examples.ReferralView, Examples.OverrideConsent,
            errors: [NotFound, Closed, HttpErrors.NoteBlocked, Error(ReferralRefusal.StepsMissing), Error(ReferralRefusal.StepUnknown), Error(ReferralRefusal.ConsentNotAwaited)]);
        one.MapPost("/release", e.RecordRelease).Says(
            "recordRelease", "Record a release from professional secrecy", "Apart from the consent; steps that waited for it are offered. It takes the place of the one before.",
            Examples.ReferralView, Examples.Release, errors: [NotFound, Closed, new("release-invalid", 422, "The release can't be recorded as given.")]);
        one.MapPost("/release-withdrawal", e.WithdrawRelease).Says(
            "withdrawRelease", "Record that the client withdrew the release", "The steps that need it stop, or only those named; the referral stays open.", Examples.ReferralView, Examples.WithdrawRelease,
            errors: [NotFound, Error(ReferralRefusal.StepsMissing), Error(ReferralRefusal.StepUnknown)]);
        one.MapPut("/assignee", e.HandOver).Says(
            "handOverReferral", "Hand a referral to a colleague", "Says who looks after the referral; without assignee nobody. Partners don't learn it.",
            Examples.ReferralView, Examples.Assignee, errors: [NotFound, Closed, Error(ReferralRefusal.AssigneeInvalid)]);
        one.MapPost("/closure", e.Close).Says(
            "closeReferral", "Close a referral early", "Ends the referral although the chain has not run to its end.", Examples.ReferralView, Examples.Nothing,
            errors: [NotFound, Closed]);
        one.MapPost("/erasure", e.Erase).Says(
            "eraseReferral", "Erase the words of a referral",
            "Destroys the key of its texts and of its case reference, and has its partners do the same; the coded history stays. It can't be undone. "
            + "Only a closed referral is erased; with the reason request also an open one, which is taken back first. Erased before, nothing happens.",
            Examples.ErasedView, Examples.Erase, errors: [NotFound, Error(ReferralRefusal.NotClosed)]);
        one.MapPost("/reopening", e.Reopen).Says(
            "reopenReferral", "Open a closed referral again", "Runs the steps at the named places once more, and what was cut off when it ended.", Examples.ReferralView, Examples.Reopen,
            errors: [NotFound, Error(ReferralRefusal.NotClosed), Error(ReferralRefusal.NothingToRepeat), Error(ReferralRefusal.ConsentMissing)]);
    }

    private static void MapSteps(RouteGroupBuilder one, ReferralEndpoints e)
    {
        one.MapPost("/handover", e.IssueHandover).WithMetadata(new SecretAnswer()).Says(
            "issueHandover", "Make a code for the client", "Makes a code that the client carries to the partner of an open assignment, which thereby knows without a name who has come. "
            + "It is shown in this answer and never again, counts fourteen days and once; an earlier one counts no more.",
            Examples.HandoverCode, Examples.HandoverOf, errors: [NotFound, Closed, Error(ReferralRefusal.AssignmentNotOpen), Error(ReferralRefusal.HandoverRedeemed)]);
        one.MapPost("/handover-revocation", e.RevokeHandover).Says(
            "revokeHandover", "Make a client's code worthless", "The partner is told. What was redeemed stays redeemed.", Examples.ReferralView, Examples.HandoverOf,
            errors: [NotFound, Closed, Error(ReferralRefusal.AssignmentNotOpen), Error(ReferralRefusal.HandoverNotIssued), Error(ReferralRefusal.HandoverRedeemed)]);
        one.MapPost("/card", e.SealCard).Says(
            "sealCard", "Send a sealed contact card",
            "For the partner of an accepted assignment, sealed by the caller to its current key (getCardKeys); the server can't read it. An earlier card of the assignment is deleted.",
            Examples.ReferralView, Examples.SealCard,
            errors: [NotFound, Closed, Error(ReferralRefusal.AssignmentNotOpen), Error(ReferralRefusal.CardNotAccepted), Error(ReferralRefusal.CardNotPermitted), Error(ReferralRefusal.CardOutdated),
                Error(ReferralRefusal.CardKeyOutdated), Error(ReferralRefusal.CardInvalid)]);
        one.MapPost("/card-withdrawal", e.WithdrawCard).Says(
            "withdrawCard", "Take a contact card back", "It is deleted, and the partner is told.", Examples.ReferralView, Examples.CardOf,
            errors: [NotFound, Closed, Error(ReferralRefusal.AssignmentNotOpen), Error(ReferralRefusal.CardNotSealed), Error(ReferralRefusal.CardOpened)]);
        one.MapPost("/reminders", e.Remind).Says(
            "remindPartner", "Remind a partner", "Reminds the partner of an open assignment; a second reminder within the hour is taken for the same one.",
            Examples.ReferralView, Examples.Remind, errors: [NotFound, Closed, Error(ReferralRefusal.AssignmentNotOpen)]);
        one.MapPost("/answers", e.AnswerQuestion).Says(
            "answerQuestion", "Answer a partner's question", "The answer is screened like a note and sent to the partner.", Examples.ReferralView, Examples.Answer,
            errors: [NotFound, HttpErrors.NoteBlocked, Error(ReferralRefusal.QuestionNotFound), Error(ReferralRefusal.QuestionAnswered), Error(ReferralRefusal.AssignmentNotOpen)]);
        one.MapPost("/partner-choices", e.ChoosePartner).Says(
            "choosePartner", "Choose the partner of a step", "For a step that waits for a partner. The step is offered to it at once.", Examples.ReferralView, Examples.Partner,
            errors: [NotFound, Closed, .. Places, Error(ReferralRefusal.PartnerNotAgreed), Error(ReferralRefusal.StepWithPartner)]);
        one.MapPost("/reroutes", e.Reroute).Says(
            "rerouteStep", "Move a step to another partner", "Takes the step back from its partner and offers it to another one that the chain names.", Examples.ReferralView, Examples.Partner,
            errors: [NotFound, Closed, .. Places, Error(ReferralRefusal.PartnerNotAgreed), Error(ReferralRefusal.StepNotWithPartner), Error(ReferralRefusal.SamePartner)]);
        one.MapPost("/skips", e.Skip).Says(
            "skipStep", "Leave a step out", "The chain goes on without it; a partner that has it is told.", Examples.ReferralView, Examples.Skip, errors: [NotFound, Closed, .. Places]);
        one.MapPost("/part-decisions", e.DecidePart).Says(
            "decidePart", "Decide an optional part", "Includes the part or leaves it out.", Examples.ReferralView, Examples.Part,
            errors: [NotFound, Closed, Error(ReferralRefusal.PlaceNotReached), Error(ReferralRefusal.PartDecided)]);
    }

    private static ErrorCode[] Places => [Error(ReferralRefusal.PlaceNotReached), Error(ReferralRefusal.StepEnded)];

    private static ErrorCode Error(ReferralRefusal refusal) => EngineErrors.Of(refusal.Code, refusal.Message);
}
