using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Trying;

namespace Referrals.Api.Endpoints;

/// <summary>A chain walked through with made-up answers.</summary>
public sealed class TrialEndpoints(ChainService chains, TimeProvider time)
{
    private static readonly ErrorCode NotFound = EngineErrors.Of(ChainRefusal.NotFound.Code, ChainRefusal.NotFound.Message);
    private static readonly ErrorCode Invalid = new("chain-invalid", StatusCodes.Status422UnprocessableEntity, "The chain has faults; put them right before it is proposed.");

    /// <summary>Maps the addresses.</summary>
    internal static void Map(IEndpointRouteBuilder api, TrialEndpoints e)
    {
        var script = new TrialScript(
            new DateOnly(2026, 11, 23), null, new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) },
            [new TrialAnswer(TrialDeed.Accept, new NodeId("childcare")), new TrialAnswer(TrialDeed.Complete, new NodeId("childcare"), 15, Outcome: "placed")]);
        var told = new TrialResource(
            [new TrialLine(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), -1, new LocalText("Die Überleitung beginnt.", "The referral begins."))],
            [new TrialOption(new NodeId("debts"), [TrialDeed.Accept, TrialDeed.Decline, TrialDeed.Complete], new OrganisationId("schuldnerberatung-elbaue"), [])], [], Ended: false);
        var group = api.MapGroup("/chains/{id}").WithTags("Chains");
        group.MapPost("/versions/{version:int}/trials", e.TryVersion).Says(
            "tryChainVersion", "Walk through a version", "Plays made-up answers on the real calendar: who gets what, by when. Nothing is recorded; what can't be, such as a fact that a step doesn't return, is told in faults, and what came before it is shown.",
            told, script, errors: [NotFound, Invalid]);
        group.MapPost("/draft/trials", e.TryDraft).Says(
            "tryChainDraft", "Walk through the draft", "As for a version; for the chain's coordinator only.", told, script, errors: [NotFound, Invalid]);
    }

    /// <summary>Walks through a version.</summary>
    public async Task<IResult> TryVersion(string id, int version, Body<TrialScript> body, CancellationToken ct) =>
        await FindAsync(id, ct) is { } chain && chain.Versions.TryGetValue(version, out var found)
            ? Play(found.Definition, body.Value, found.Withdrawn)
            : EngineErrors.Refused(ChainRefusal.NotFound);

    /// <summary>Walks through the coordinator's draft.</summary>
    public async Task<IResult> TryDraft(string id, Call call, Body<TrialScript> body, CancellationToken ct) =>
        Play(await FindAsync(id, ct) is { } chain ? call.User.DraftOf(chain) : null, body.Value);

    private async Task<ChainState?> FindAsync(string id, CancellationToken ct) => Codes.IsCode(id) ? (await chains.FindAsync(new ChainId(id), ct))?.Chain : null;

    private IResult Play(ChainVersion? chain, TrialScript script, IReadOnlySet<OrganisationId>? withdrawn = null)
    {
        if (chain is null)
        {
            return EngineErrors.Refused(ChainRefusal.NotFound);
        }

        if (ChainValidation.Check(chain) is { Count: > 0 } faults)
        {
            return EngineErrors.Refused(ChainRefusal.Invalid(faults));
        }

        var trial = Trial.Play(chain, script, WorkingCalendar.LocalDay(time.GetUtcNow()), withdrawn);
        var words = new TrialWords(trial, o => o.Value);
        return new Shown<TrialResource>(new TrialResource(
            [.. trial.Entries.Select(e => (Entry: e, Said: words.Of(e.Happened))).Where(e => e.Said is not null).Select(e => new TrialLine(e.Entry.At, e.Entry.Answer, e.Said!))],
            trial.Options, trial.Faults, trial.State?.Ended is not null));
    }
}

/// <summary>What happened in a trial.</summary>
/// <param name="Lines">What happened, in order.</param>
/// <param name="Next">What can be done next.</param>
/// <param name="Faults">Why the answers could not be played to their end.</param>
/// <param name="Ended">Whether the referral has ended.</param>
public sealed record TrialResource(IReadOnlyList<TrialLine> Lines, IReadOnlyList<TrialOption> Next, IReadOnlyList<TrialFault> Faults, bool Ended);

/// <summary>Something that happened in a trial.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Answer">Index of the answer that led to it; -1: the start.</param>
/// <param name="Said">What.</param>
public sealed record TrialLine(DateTimeOffset At, int Answer, LocalText Said);
