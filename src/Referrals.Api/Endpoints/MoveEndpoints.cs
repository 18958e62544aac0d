using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;
using Referrals.Engine.Referrals.Moving;

namespace Referrals.Api.Endpoints;

/// <summary>Running referrals go on on the version of their chain that is in force.</summary>
public sealed class MoveEndpoints(MoveService moves, ReferralService referrals, NetworkNames names)
{
    private static readonly ErrorCode NotFound = EngineErrors.Of(ReferralRefusal.NotFound.Code, ReferralRefusal.NotFound.Message);
    private static readonly ErrorCode DoesNotFit = EngineErrors.Of(ReferralRefusal.MoveDoesNotFit([]).Code, ReferralRefusal.MoveDoesNotFit([]).Message);
    private static readonly ErrorCode NotInForce = EngineErrors.Of(ReferralRefusal.ChainNotInForce.Code, ReferralRefusal.ChainNotInForce.Message);
    private static readonly ErrorCode TargetChanged = EngineErrors.Of(ReferralRefusal.MoveTargetChanged.Code, ReferralRefusal.MoveTargetChanged.Message);
    private static readonly ErrorCode Closed = EngineErrors.Of(ReferralRefusal.Closed.Code, ReferralRefusal.Closed.Message);
    private static readonly ErrorCode NotNeeded = new("move-not-needed", StatusCodes.Status409Conflict, "The referral has ended, or runs on the version in force already.");

    /// <summary>Maps the addresses.</summary>
    internal static void Map(IEndpointRouteBuilder api, MoveEndpoints e)
    {
        var one = api.MapGroup("/referrals/{id:guid}/move").WithTags("Referrals").RequireAuthorization(Policies.Caseworker).Looks(LookCodes.ReferralMove);
        one.MapGet("/", e.Preview).Says(
            "previewMove", "Show what moving to the version in force would change", "What would be otherwise for this referral on the version of its chain that is in force, or why it doesn't fit.",
            Example, errors: [NotFound, NotNeeded]);
        one.MapPost("/", e.Move).Says(
            "moveReferral", "Move a referral to the version in force",
            "The referral goes on on the version of its chain that is in force. What is with a partner stays as it was offered; the consent keeps covering only what it was given for.",
            Examples.ReferralView, new MoveReferral(2), errors: [NotFound, Closed, DoesNotFit, TargetChanged, NotInForce]);
        var all = api.MapGroup("/chains/{id}/moves").WithTags("Chains").RequireAuthorization(Policies.Caseworker).Looks(LookCodes.Moves);
        all.MapGet("/", e.PreviewAll).Says(
            "previewMoves", "Show what moving your referrals would change", "The running referrals of your organisation on another version of this chain than the one in force: at most 200 that fit and as many that don't.",
            new MovesResource([Example]));
        all.MapPost("/", e.MoveAll).Says(
            "moveReferrals", "Move your referrals to the version in force", "The ones named, else all that fit, at most 200. Each is moved by itself; one that doesn't fit stays where it is.",
            new MovedResource([Examples.Referral], []), new MoveReferrals([Examples.Referral], 2));
    }

    private static MoveResource Example => new(
        Examples.Referral, 1, 2, true, [], [new MoveChange("step-added", new LocalText("„Schuldnerberatung“ kommt hinzu.", "“Debt counselling” comes in addition."), new NodeId("debts"))], "2026-0408");

    /// <summary>What moving one comes to.</summary>
    public async Task<IResult> Preview(Guid id, Call call, CancellationToken ct) =>
        await moves.FindAsync(call.Actor.Organisation, new ReferralId(id), (await names.DirectoryAsync(ct)).ChainNames(), ct) is { } preview ? new Shown<MoveResource>(MoveResource.From(preview), preview.Referral.Version)
        : await referrals.FindAsync(call.Actor.Organisation, new ReferralId(id), ct) is null ? EngineErrors.Refused(ReferralRefusal.NotFound)
        : new ProblemResult(Problem.Of(NotNeeded));

    /// <summary>Moves one.</summary>
    public async Task<IResult> Move(Guid id, Call call, Body<MoveReferral> body, CancellationToken ct) =>
        await referrals.MoveAsync(call.Actor, new ReferralId(id), body.Value.To, call.ExpectedVersion, ct) switch
        {
            ReferralOutcome.Done { Referral: var view, Events: var events } => new Shown<ReferralResource>(
                ReferralResource.From(view with { Number = await referrals.NumberAsync(call.Actor.Organisation, view.State.Start.Referral, ct) }), view.Version, recorded: events.Count > 0),
            ReferralOutcome.Refused refused => EngineErrors.Refused(refused.Refusal),
            ReferralOutcome.Stale stale => EngineErrors.Stale(stale.Actual),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What moving all of them comes to.</summary>
    public async Task<IResult> PreviewAll(string id, Call call, CancellationToken ct) =>
        new Shown<MovesResource>(MovesResource.From(Codes.IsCode(id) ? await moves.ListAsync(call.Actor.Organisation, new ChainId(id), (await names.DirectoryAsync(ct)).ChainNames(), ct) : new MovePreviews([], More: false)));

    /// <summary>Moves those named, or all that fit.</summary>
    public async Task<IResult> MoveAll(string id, Call call, Body<MoveReferrals> body, CancellationToken ct)
    {
        var done = Codes.IsCode(id) ? await moves.MoveAsync(call.Actor, new ChainId(id), body.Value.To, body.Value.Referrals, ct) : new Moved([], []);
        return new Shown<MovedResource>(new MovedResource(done.Done, [.. done.Refused.Select(r => new NotMovedResource(r.Referral, r.Code))]), recorded: done.Refused.Count == 0);
    }
}
