using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine.Chains;

namespace Referrals.Api.Endpoints;

/// <summary>The addresses of chains.</summary>
internal static class ChainRoutes
{
    private static readonly ErrorCode NotFound = Error(ChainRefusal.NotFound);
    private static readonly ErrorCode NotCoordinator = Error(ChainRefusal.NotCoordinator);
    private static readonly ErrorCode NotPartner = Error(ChainRefusal.NotPartner);
    private static readonly ErrorCode Closed = Error(ChainRefusal.VersionClosed);
    private static readonly ErrorCode Invalid = new("chain-invalid", 422, "The chain has faults; put them right before it is proposed.");
    private static readonly ErrorCode NotNext = new("chain-version-not-next", 409, "The version has not the next number.");

    public static void Map(IEndpointRouteBuilder api, ChainEndpoints e)
    {
        var chains = api.MapGroup("/chains").WithTags("Chains");
        chains.MapGet("/", e.List).Says(
            "listChains", "List chains", "Chains of the network, those changed last first. Filters: status (repeatable), coordinator; pages by limit (1–200) and cursor.",
            ChainExamples.Page);
        chains.MapGet("/{id}", e.Get).Says(
            "getChain", "Show a chain", "The chain with its versions and what partners said of each. The coordinator sees its draft too.", ChainExamples.Chain, errors: NotFound);
        chains.MapGet("/{id}/versions/{version:int}", e.GetVersion).Says(
            "getChainVersion", "Show a version of a chain", "The whole content of a version; it never changes after it was proposed.", ChainExamples.Version, errors: NotFound);
        MapCoordinator(chains, e);
        AgreementEndpoints.Map(chains);
        MapPartner(chains, e);
        api.MapPost("/chain-checks", ChainEndpoints.Check).WithTags("Chains").Says(
            "checkChain", "Check a chain", "Checks a chain without keeping it and names all its faults with their paths, in German and English.",
            ChainExamples.Check, ChainExamples.Definition);
    }

    private static void MapCoordinator(RouteGroupBuilder chains, ChainEndpoints e)
    {
        MapDraft(chains.MapGroup("/{id}/draft").RequireAuthorization(Policies.Coordinator), e);
        chains.MapPost("/{id}/proposals", e.Propose).RequireAuthorization(Policies.Coordinator).Says(
            "proposeChain", "Propose a version", "Lays a version before its partners: the one in the body, or the draft when the body is empty. With from it comes into force on that day at the earliest.",
            ChainExamples.Chain, ChainExamples.Definition, StatusCodes.Status201Created,
            NotFound, NotCoordinator, Invalid, NotNext, Error(ChainRefusal.OtherChain), Error(ChainRefusal.VersionTaken), Error(ChainRefusal.DayPast)).WithMetadata(ProposalAsk.Notes);
        chains.MapPost("/{id}/versions/{version:int}/retirement", e.Retire).RequireAuthorization(Policies.Coordinator).Says(
            "retireChainVersion", "Take a version out of use", "No further referral starts on it; those that run on it go on. Takes a proposal back, too.",
            ChainExamples.Chain, Examples.Nothing, errors: [NotFound, NotCoordinator, Closed]);
    }

    private static void MapDraft(RouteGroupBuilder draft, ChainEndpoints e)
    {
        draft.MapPut("/", e.SaveDraft).Says(
            "saveChainDraft", "Save a draft",
            "Keeps what the coordinator works on; it may have faults, which are listed in the answer. Its number becomes the next one. Send If-Match, so that nobody's draft is saved over unseen.",
            ChainExamples.Chain, ChainExamples.Definition, errors: [NotCoordinator, Error(ChainRefusal.OtherChain)]);
        draft.MapPost("/undo", e.UndoDraft).Says(
            "undoChainDraft", "Undo a step of the draft", "Makes the draft before this one the draft again; up to 100 steps back.",
            ChainExamples.Chain, Examples.Nothing, errors: [NotFound, NotCoordinator, Error(ChainRefusal.NoDraft), Error(ChainRefusal.NothingToUndo)]);
        draft.MapPost("/redo", e.RedoDraft).Says(
            "redoChainDraft", "Redo a step of the draft", "Takes back an undoing, as long as nothing else was saved since.",
            ChainExamples.Chain, Examples.Nothing, errors: [NotFound, NotCoordinator, Error(ChainRefusal.NoDraft), Error(ChainRefusal.NothingToRedo)]);
        draft.MapDelete("/", e.DiscardDraft).Says(
            "discardChainDraft", "Throw the draft away", "With all its steps, for good. What was proposed stays.",
            ChainExamples.Chain, errors: [NotFound, NotCoordinator]);
    }

    private static void MapPartner(RouteGroupBuilder chains, ChainEndpoints e)
    {
        chains.MapPost("/{id}/versions/{version:int}/agreements", e.Agree).RequireAuthorization(Policies.Agreement).Says(
            "agreeToChain", "Agree to a version", "For your organisation, as a partner named in it. When all have agreed, it is in force, or will be from its day on. Ends a withdrawal.",
            ChainExamples.Chain, Examples.Nothing, errors: [NotFound, NotPartner, Closed, Error(ChainRefusal.PartnerLeft), Error(ChainRefusal.VersionObjected)]);
        chains.MapPost("/{id}/versions/{version:int}/withdrawals", e.Withdraw).RequireAuthorization(Policies.Agreement).Says(
            "withdrawFromChain", "Withdraw from a version in force, or on which referrals still run",
            "For your organisation, as a partner named in it, with a reason. It gets no new offers on this version and earlier ones; one in force needs a new version. What runs goes on.",
            ChainExamples.Chain, ChainExamples.Withdrawal,
            errors: [NotFound, NotPartner, Closed, Error(ChainRefusal.VersionNotInForce), HttpErrors.NoteBlocked]);
        chains.MapPost("/{id}/versions/{version:int}/objections", e.RaiseObjection).RequireAuthorization(Policies.Agreement).Says(
            "objectToChain", "Object to a version", "For your organisation, as a partner named in it, with a reason. Stops the version.",
            ChainExamples.Chain, ChainExamples.Objection, errors: [NotFound, NotPartner, Closed, Error(ChainRefusal.VersionInForce), HttpErrors.NoteBlocked]);
    }

    private static ErrorCode Error(ChainRefusal refusal) => EngineErrors.Of(refusal.Code, refusal.Message);
}
