using System.Text.Json;
using Referrals.Api.Requests;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Endpoints;

/// <summary>Examples in the OpenAPI document. Every organisation and case in them is invented.</summary>
internal static class Examples
{
    private static readonly DateTimeOffset Monday = new(2026, 9, 14, 8, 30, 0, TimeSpan.Zero);
    public static readonly ReferralId Referral = new(new Guid("6f1c1a52-6b8e-4f0e-9a55-0d6a3a1c7d10"));
    private const string CardKey = "k3f2a91bc0d4e5f60718293a4b5c6d7e8";
    private static readonly string CardText = Convert.ToBase64String([1, .. new byte[1117]]);
    private static readonly DateTimeOffset CardUntil = new(2026, 9, 21, 22, 0, 0, TimeSpan.Zero);

    private static readonly AssignmentId AssignmentKey = new(new Guid("b3a5be1d-52d0-47a8-8f0c-3c1f4f1f9a21"));
    private static readonly QuestionId Question = new(new Guid("0d6b43f6-1a56-4c0f-a2a7-7a0d1d4b8e32"));
    private static readonly OrganisationId Jobcenter = new("jobcenter-elbland");
    private static readonly OrganisationId Daycare = new("kita-sonnenhof");
    private static readonly ChainId Chain = new("arbeit-mit-kind");
    private static readonly NodeId Childcare = new("childcare");
    private static readonly Place At = new("childcare");

    public static readonly ConsentResource Consent = new(ConsentForm.Written, new DateOnly(2026, 9, 14), "arbeit-mit-kind", new DateOnly(2027, 3, 31));

    public static readonly StartReferral Start = new(
        Chain, "2026-0815", Consent, new Dictionary<string, FactValue> { ["children-under-three"] = new FactValue.Number(1) },
        new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(), "Starts a training in October, needs care in the mornings.");

    public static readonly QuestionResource Asked = new(Question, "Is care needed on Saturdays too?", Monday.AddDays(1));

    public static readonly ReferralResource ReferralView = new(
        Referral, "2026-0815", Chain, 1, ReferralStatus.Running, Monday, new Dictionary<string, FactValue> { ["children-under-three"] = new FactValue.Number(1) },
        [new StepResource(At, [new OfferResource(AssignmentKey, Childcare, Daycare, OfferStatus.Received, Monday, Monday.AddDays(3), [Asked], Monday.AddSeconds(2))])],
        [], Consent, WakeAt: Monday.AddDays(2), Note: "Starts a training in October, needs care in the mornings.", Number: "2026-0408", Assignee: "e.beispiel");

    public static readonly Page<ReferralLine> ReferralPage = new(
        [new ReferralLine(
            Referral, "2026-0815", Chain, 1, ReferralStatus.Running, [new CurrentStepResource(Childcare, Daycare, OfferStatus.Received, Monday.AddDays(3))],
            Monday, Monday.AddSeconds(2), Monday.AddDays(3), "2026-0408")],
        "/api/v1/referrals?status=running&cursor=CN0fY1c2");

    public static readonly HistoryResource ReferralHistory = new(
        [new HappenedResource(2, "step-offered", Monday, new ActorResource("jobcenter-elbland.intake", Jobcenter.Value), Json(
            """{"place":"childcare","step":"childcare","assignment":"b3a5be1d-52d0-47a8-8f0c-3c1f4f1f9a21","partner":"kita-sonnenhof"}"""))]);

    public static readonly ReferralInformation Information = new(
        Referral, Jobcenter, Chain, 1, ReferralStatus.Running, Monday, "2026-0815",
        [new InformationFact("children-under-three", new FactValue.Number(1), Jobcenter, Monday)],
        [new InformationHandedOn(
            AssignmentKey, Childcare, Daycare, Monday, OfferStatus.Received, new Dictionary<string, FactValue> { ["children-under-three"] = new FactValue.Number(1) },
            [new InformationQuestion(Asked.Text, Asked.AskedAt)], "Starts a training in October, needs care in the mornings.")],
        [new InformationEvent(2, "step-offered", Monday, "jobcenter-elbland.intake", Jobcenter.Value, Json(
            """{"place":"childcare","step":"childcare","assignment":"b3a5be1d-52d0-47a8-8f0c-3c1f4f1f9a21","partner":"kita-sonnenhof"}"""))],
        "2026-0408", "Starts a training in October, needs care in the mornings.", Consent.ToConsent(), "e.beispiel");

    public static readonly WithdrawReferral Withdraw = new("entered-twice");
    public static readonly WithdrawConsent WithdrawConsent = new([Childcare]);
    public static readonly ReleaseResource Release = new(ConsentForm.Written, new DateOnly(2026, 9, 14), [Childcare], new DateOnly(2027, 3, 31));
    public static readonly WithdrawRelease WithdrawRelease = new([Childcare]);
    public static readonly OverrideConsent OverrideConsent = new([Childcare], LegalGround.ChildWelfare, "Two small children were left alone over night.");
    public static readonly EraseReferral Erase = new(ErasureReason.Request);
    public static readonly ReferralResource ErasedView = ReferralView with
    {
        CaseReference = SealedAttribute.ErasedText,
        Note = SealedAttribute.ErasedText,
        Status = ReferralStatus.Withdrawn,
        Steps = [],
        EndedBecause = ClosingReason.Withdrawn,
        EndedAt = Monday.AddDays(40),
        WakeAt = null,
        Erased = new ErasureResource(ErasureReason.Request, Monday.AddDays(40)),
    };
    public static readonly ReopenReferral Reopen = new([At]);
    public static readonly RemindPartner Remind = new(AssignmentKey);
    public static readonly HandoverOf HandoverOf = new(AssignmentKey);
    public static readonly HandoverCodeResource HandoverCode = new(AssignmentKey, "KX7-4MP-T29", Monday.AddDays(14));
    public static readonly SealCard SealCard = new(AssignmentKey, 1, CardKey, CardUntil, CardText);

    public static readonly CardOf CardOf = new(AssignmentKey);

    public static readonly CardIssue CardIssue = new(1);

    public static readonly FetchedCardResource FetchedCard = new(AssignmentKey, 1, CardKey, CardUntil, CardText);

    public static readonly RedeemHandover RedeemHandover = new("kx7 4mp t29");
    public static readonly AnswerQuestion Answer = new(Question, "No, Monday to Friday only.");
    public static readonly PlacePartner Partner = new(At, new OrganisationId("kita-am-deich"));
    public static readonly SkipStep Skip = new(At);
    public static readonly DecidePart Part = new(new Place("debt-help"), true);
    public static readonly Nothing Nothing = new();

    public static readonly AssignmentResource AssignmentView = new(
        AssignmentKey, Jobcenter, Chain, 1, Childcare, "childcare", AssignmentStatus.Accepted, Monday, Monday.AddSeconds(2), Monday.AddDays(3),
        new Dictionary<string, FactValue> { ["children-under-three"] = new FactValue.Number(1) }, [Asked], ["placed", "waiting-list", "not-eligible"], ["care-from"],
        Monday.AddDays(30), Monday.AddDays(30), Note: "Starts a training in October, needs care in the mornings.", Number: "2026-0412",
        Assignee: "m.muster", Undo: new UndoResource(Undoing.Acceptance, Monday.AddMinutes(10)));

    public static readonly Page<AssignmentLine> AssignmentPage = new(
        [new AssignmentLine(
            AssignmentKey, Jobcenter, Chain, 1, Childcare, "childcare", AssignmentStatus.Received, false, Monday.AddSeconds(2), Monday.AddSeconds(2), Monday.AddDays(3), "2026-0412")]);

    public static readonly HistoryResource AssignmentHistory = new(
        [new HappenedResource(1, "assignment-received", Monday, new ActorResource("exchange", Daycare.Value), Json(
            """{"chain":"arbeit-mit-kind","chainVersion":1,"step":"childcare","acknowledgeBy":"2026-09-17T08:30:00Z"}"""))]);

    public static readonly AssigneeResource Assignee = new("m.muster");
    public static readonly RefuseAssignment Refuse = new("no-capacity");
    public static readonly AskQuestion Ask = new("Is care needed on Saturdays too?");
    public static readonly CompleteAssignment Complete = new("placed", new Dictionary<string, FactValue> { ["care-from"] = new FactValue.Month(new DateOnly(2026, 10, 1)) });

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
