using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Answers;

/// <summary>The engine's refusals as HTTP errors: 404 not there, 409 wrong state, 422 wrong input. A test knows that none is missing.</summary>
public static class EngineErrors
{
    private static readonly Dictionary<string, int> Statuses = new()
    {
        ["referral-not-found"] = 404,
        ["assignment-not-found"] = 404,
        ["chain-not-found"] = 404,
        ["chain-not-coordinator"] = 403,
        ["chain-not-partner"] = 403,
        ["chain-version-objected"] = 409,
        ["chain-version-in-force"] = 409,
        ["chain-version-closed"] = 409,
        ["chain-version-not-in-force"] = 409,
        ["chain-partner-left"] = 409,
        ["chain-from-past"] = 422,
        ["chain-retention-invalid"] = 422,
        ["chain-version-taken"] = 409,
        ["chain-version-not-next"] = 409,
        ["chain-draft-changed"] = 409,
        ["chain-no-draft"] = 409,
        ["chain-nothing-to-undo"] = 409,
        ["chain-nothing-to-redo"] = 409,
        ["chain-other-chain"] = 422,
        ["chain-invalid"] = 422,
        ["organisation-not-found"] = 404,
        ["organisation-already-registered"] = 409,
        ["organisation-coordinates"] = 409,
        ["capacity-outdated"] = 409,
        ["service-not-offered"] = 422,
        ["organisation-invalid"] = 422,
        ["organisation-roles-foreign"] = 422,
        ["organisation-coordination-foreign"] = 422,
        ["names-not-kept"] = 422,
        ["referral-closed"] = 409,
        ["referral-not-closed"] = 409,
        ["referral-erased"] = 409,
        ["referral-already-started"] = 409,
        ["move-does-not-fit"] = 409,
        ["move-target-changed"] = 409,
        ["place-not-reached"] = 409,
        ["step-ended"] = 409,
        ["step-with-partner"] = 409,
        ["step-not-with-partner"] = 409,
        ["same-partner"] = 409,
        ["part-decided"] = 409,
        ["question-answered"] = 409,
        ["assignment-not-open"] = 409,
        ["assignment-withdrawn"] = 409,
        ["assignment-declined"] = 409,
        ["assignment-completed"] = 409,
        ["assignment-not-accepted"] = 409,
        ["assignment-already-started"] = 409,
        ["assignment-not-started"] = 409,
        ["escalation-not-found"] = 404,
        ["dead-letter-not-found"] = 404,
        ["dead-letter-not-redeliverable"] = 409,
        ["operation-too-busy"] = 409,
        ["measure-not-found"] = 404,
        ["measure-exists"] = 409,
        ["measure-ended"] = 409,
        ["measure-until-before-from"] = 422,
        ["measure-step-without-chain"] = 422,
        ["too-late-to-undo"] = 409,
        ["nothing-to-undo"] = 409,
        ["assignee-invalid"] = 422,
        ["question-taken"] = 409,
        ["offer-not-agreed"] = 409,
        ["message-does-not-fit"] = 409,
        ["referral-invalid"] = 422,
        ["consent-invalid"] = 422,
        ["reason-not-a-code"] = 422,
        ["chain-not-in-force"] = 422,
        ["partner-not-agreed"] = 422,
        ["partner-withdrew"] = 409,
        ["question-not-found"] = 422,
        ["consent-missing"] = 422,
        ["steps-missing"] = 422,
        ["step-unknown"] = 422,
        ["consent-not-awaited"] = 409,
        ["release-invalid"] = 422,
        ["nothing-to-repeat"] = 422,
        ["decline-reason-unknown"] = 422,
        ["decline-note-missing"] = 422,
        ["outcome-not-allowed"] = 422,
        ["fact-not-allowed"] = 422,
        ["handover-redeemed"] = 409,
        ["handover-not-issued"] = 409,
        ["handover-mistyped"] = 422,
        ["handover-wrong"] = 422,
        ["handover-unknown"] = 422,
        ["handover-used"] = 409,
        ["handover-none"] = 409,
        ["handover-expired"] = 409,
        ["handover-revoked"] = 409,
        ["handover-blocked"] = 409,
        ["card-not-accepted"] = 409,
        ["card-not-permitted"] = 409,
        ["card-outdated"] = 409,
        ["card-key-outdated"] = 409,
        ["card-invalid"] = 422,
        ["card-not-sealed"] = 409,
        ["card-opened"] = 409,
        ["card-none"] = 409,
        ["card-expired"] = 409,
        ["card-withdrawn"] = 409,
        ["card-returned"] = 409,
        ["card-fetched-too-often"] = 409,
        ["card-not-fetched"] = 409,
        ["card-key-invalid"] = 422,
        ["card-key-used"] = 409,
        ["card-key-not-found"] = 404,
    };

    /// <summary>Whether the status of this refusal was decided.</summary>
    public static bool Knows(string code) => Statuses.ContainsKey(code);

    /// <summary>The error of a refusal. One that nobody thought of is a wrong state rather than a failure of the program.</summary>
    public static ErrorCode Of(string code, string message) => new(code, Statuses.GetValueOrDefault(code, StatusCodes.Status409Conflict), message);

    /// <summary>The answer to a refused command on a referral.</summary>
    public static ProblemResult Refused(ReferralRefusal refusal) => new(Problem.Of(
        Of(refusal.Code, refusal.Message), null, refusal.Faults.Count > 0 ? [.. refusal.Faults.Select(FaultOf)] : refusal.Field is null ? null : [FaultOf(refusal)]));

    /// <summary>The answer to a refused command on an assignment.</summary>
    public static ProblemResult Refused(AssignmentRefusal refusal) => new(Problem.Of(
        Of(refusal.Code, refusal.Message), null, refusal.Field is { } field ? [new Fault(field, refusal.Code, refusal.Message)] : null));

    /// <summary>The answer to a refused act on an escalation or a dead letter.</summary>
    public static ProblemResult Refused(OperationRefusal refusal) => new(Problem.Of(Of(refusal.Code, refusal.Message)));

    /// <summary>The answer to a refused command on a measure.</summary>
    public static ProblemResult Refused(MeasureRefusal refusal) => new(Problem.Of(
        Of(refusal.Code, refusal.Message), null, refusal.Field is { } field ? [new Fault(field, refusal.Code, refusal.Message)] : null));

    /// <summary>The answer to a refused command on a chain.</summary>
    public static ProblemResult Refused(ChainRefusal refusal) => new(Problem.Of(
        Of(refusal.Code, refusal.Message), null, refusal.Faults.Count > 0 ? [.. refusal.Faults.Select(FaultOf)] : null));

    /// <summary>The answer to a refused command on an organisation, whose paths begin with a prefix that the body doesn't have.</summary>
    public static ProblemResult Refused(OrganisationRefusal refusal, string prefix)
    {
        var faults = refusal.Faults.Count > 0 ? refusal.Faults : refusal.Field is null ? [] : [refusal];
        return new(Problem.Of(
            Of(refusal.Code, refusal.Message), null,
            faults.Count == 0 ? null : [.. faults.Select(f => new Fault(Cut(f.Field ?? "", prefix), f.Code, f.Message))]));
    }

    /// <summary>The answer to a caller that saw an older version.</summary>
    public static ProblemResult Stale(long actual) => new(Problem.Of(HttpErrors.Stale), ETags.Of(actual));

    private static string Cut(string field, string prefix) =>
        field.StartsWith(prefix, StringComparison.Ordinal) ? field[prefix.Length..] : field;

    /// <summary>One fault of several.</summary>
    public static Fault FaultOf(ReferralRefusal refusal) => new(refusal.Field ?? "", refusal.Code, refusal.Message);

    /// <summary>The fault of a text that the screen did not let pass.</summary>
    public static Fault FaultOf(string field, ScreenResult.Blocked blocked) =>
        new(field, HttpErrors.NoteBlocked.Code, "This text could tell who a person is.")
        {
            Hits = [.. blocked.Hits.Select(h => new NoteHit(h.Start, h.Length, h.Kind, h.Certainty))],
        };

    /// <summary>The fault of a chain, in English; the path leads into the body.</summary>
    public static Fault FaultOf(ChainFault fault) => new(fault.Path, fault.Code, fault.Message.En ?? fault.Message.De);
}
