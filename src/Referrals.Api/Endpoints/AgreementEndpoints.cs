using System.Globalization;
using System.Security.Claims;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Pages.Chains.Agreeing;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;

namespace Referrals.Api.Endpoints;

/// <summary>What organisations need before and after they agree: differences, what they take on, and the record of who said what.</summary>
internal static class AgreementEndpoints
{
    private static readonly ErrorCode NotFound = EngineErrors.Of(ChainRefusal.NotFound.Code, ChainRefusal.NotFound.Message);

    /// <summary>Maps the addresses.</summary>
    public static void Map(RouteGroupBuilder chains)
    {
        chains.MapGet("/{id}/comparison", CompareAsync).Says(
            "compareChainVersions", "Compare two versions",
            "The difference of two versions by step, as data and in words; with partner, only what changes something for that organisation. The draft is compared for the coordinator only.",
            ChainExamples.Comparison, errors: NotFound).WithMetadata(ComparisonAsk.Notes);
        chains.MapGet("/{id}/versions/{version:int}/commitments/{organisation}", CommitmentsAsync).Says(
            "getChainCommitments", "What an organisation takes on",
            "Its steps with their times, what it gets to know, and what it reports, as data and in words.", ChainExamples.Takes, errors: NotFound);
        chains.MapGet("/{id}/versions/{version:int}/signatures", SignaturesAsync).Says(
            "getChainSignatures", "The record of a version",
            "Who proposed it, agreed, objected, withdrew or took it back, for which organisation, when, and of which content. People are named to their own organisation only; reasons are for the organisations that the version names and who coordinates the chain.", ChainExamples.Signatures, errors: NotFound);
    }

    private static async Task<IResult> CompareAsync(string id, ComparisonAsk ask, Call call, ChainService chains, NetworkNames names, CancellationToken ct)
    {
        if (await FindAsync(chains, id, ct) is not { } chain
            || Version(chain, ask.From, call.User) is not { } before || Version(chain, ask.To, call.User) is not { } after)
        {
            return Missing();
        }

        var found = ChainDiff.Of(before, after, (await names.DirectoryAsync(ct)).ChainNames());
        return new Shown<ChainComparisonResource>(new(chain.Id, ask.From, ask.To, ask.Partner is { } partner ? found.For(partner) : found));
    }

    private static async Task<IResult> CommitmentsAsync(string id, int version, string organisation, ChainService chains, NetworkNames names, CancellationToken ct)
    {
        if (!Codes.IsCode(organisation) || await FindAsync(chains, id, ct) is not { } chain || chain.Versions.GetValueOrDefault(version) is not { } found)
        {
            return Missing();
        }

        var partner = new OrganisationId(organisation);
        return new Shown<ChainCommitmentsResource>(
            new(chain.Id, version, partner, Commitments.Of(found.Definition, partner, (await names.DirectoryAsync(ct)).ChainNames())));
    }

    private static async Task<IResult> SignaturesAsync(string id, int version, Call call, ChainService chains, ChainRecordReader records, CancellationToken ct)
    {
        if (await FindAsync(chains, id, ct) is not { } chain || chain.Versions.GetValueOrDefault(version) is not { } found)
        {
            return Missing();
        }

        var record = await records.ReadAsync(call.User, chain, ct);
        return new Shown<ChainSignaturesResource>(new(chain.Id, version, found.ContentHash, [.. record.Where(e => e.Version == version)]));
    }

    private static async Task<ChainState?> FindAsync(ChainService chains, string id, CancellationToken ct) =>
        Codes.IsCode(id) ? (await chains.FindAsync(new ChainId(id), ct))?.Chain : null;

    private static ChainVersion? Version(ChainState chain, string asked, ClaimsPrincipal reader) => asked == ComparisonAsk.Draft
        ? reader.DraftOf(chain)
        : chain.Versions.GetValueOrDefault(int.Parse(asked, CultureInfo.InvariantCulture))?.Definition;

    private static ProblemResult Missing() => EngineErrors.Refused(ChainRefusal.NotFound);
}
