using System.Diagnostics;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Api.Endpoints;

/// <summary>The chains of the network.</summary>
public sealed class ChainEndpoints(ChainService chains, IEventLog log)
{
    /// <summary>The list's parameters.</summary>
    public sealed class Kind : IListKind
    {
        /// <inheritdoc/>
        public static string List => ChainBoard.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("status", "Only these; repeatable.", [.. JsonFaults.Words(typeof(ChainStatus)), ChainBoard.Draft], Repeats: true),
            new("coordinator", "Only chains of this coordinator."),
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => query with
        {
            Tenant = StreamName.Network,
            Statuses = parameters.Words("status", [.. JsonFaults.Words(typeof(ChainStatus)), ChainBoard.Draft]),
            Counterpart = parameters.Code("coordinator"),
        };
    }

    /// <summary>A page of the list, without what only others draw.</summary>
    public async Task<IResult> List(ListAsk<Kind> ask, Call call, CancellationToken ct) =>
        new Shown<Page<ChainLine>>(await ask.PageOfAsync(log, row => call.User.LineOf(ChainBoard.Read(row)) is { } line ? ChainLine.From(line) : null, ct));

    /// <summary>One chain.</summary>
    public async Task<IResult> Get(string id, Call call, CancellationToken ct) =>
        await FindAsync(id, ct) is var (chain, version) && call.User.Knows(chain) ? Show(chain, version, call) : NotFound();

    /// <summary>One version of a chain.</summary>
    public async Task<IResult> GetVersion(string id, int version, Call call, CancellationToken ct) =>
        await FindAsync(id, ct) is var (chain, streamVersion) && chain.Versions.TryGetValue(version, out var found)
            ? new Shown<ChainVersionResource>(ChainVersionResource.From(found, whole: true, call.User.ReadsReasons(chain, found)), streamVersion)
            : NotFound();

    /// <summary>Keeps a draft.</summary>
    public Task<IResult> SaveDraft(string id, Call call, ChainBody body, CancellationToken ct) => body.Reading?.Chain is { } definition
        ? Do(id, call, by => new ChainCommand.SaveDraft(by, definition), ct)
        : Task.FromResult<IResult>(body.NotAChain);

    /// <summary>Goes back to the draft before.</summary>
    public Task<IResult> UndoDraft(string id, Call call, Body<Nothing> body, CancellationToken ct) => Do(id, call, by => new ChainCommand.UndoDraft(by), ct);

    /// <summary>Takes back an undoing.</summary>
    public Task<IResult> RedoDraft(string id, Call call, Body<Nothing> body, CancellationToken ct) => Do(id, call, by => new ChainCommand.RedoDraft(by), ct);

    /// <summary>Throws the draft away.</summary>
    public Task<IResult> DiscardDraft(string id, Call call, CancellationToken ct) => Do(id, call, by => new ChainCommand.DiscardDraft(by), ct);

    /// <summary>Proposes a version: the one in the body, else the draft.</summary>
    public async Task<IResult> Propose(string id, ProposalAsk ask, Call call, ChainBody body, CancellationToken ct)
    {
        if (body.Reading is { Chain: null })
        {
            return body.NotAChain;
        }

        var definition = body.Reading?.Chain;
        if (definition is null && await FindAsync(id, ct) is var (chain, _))
        {
            definition = call.User.DraftOf(chain);
        }

        return definition is null
            ? NotFound()
            : await Do(id, call, by => new ChainCommand.Propose(by, definition, ask.From), ct, $"/api/v1/chains/{id}/versions/{definition.Version}");
    }

    /// <summary>Agrees to a version for the caller's organisation.</summary>
    public Task<IResult> Agree(string id, int version, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, by => new ChainCommand.Agree(by, version), ct);

    /// <summary>Objects to a version for the caller's organisation.</summary>
    public Task<IResult> RaiseObjection(string id, int version, Call call, Body<ObjectToChain> body, CancellationToken ct)
    {
        var texts = new Texts();
        return texts.Required("reason", body.Value.Reason) is { } reason
            ? Do(id, call, by => new ChainCommand.RaiseObjection(by, version, reason), ct)
            : Task.FromResult<IResult>(texts.Refused());
    }

    /// <summary>Withdraws from a version in force for the caller's organisation.</summary>
    public Task<IResult> Withdraw(string id, int version, Call call, Body<WithdrawFromChain> body, CancellationToken ct)
    {
        var texts = new Texts();
        return texts.Required("reason", body.Value.Reason) is { } reason
            ? Do(id, call, by => new ChainCommand.Withdraw(by, version, reason), ct)
            : Task.FromResult<IResult>(texts.Refused());
    }

    /// <summary>Takes a version out of use.</summary>
    public Task<IResult> Retire(string id, int version, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, by => new ChainCommand.Retire(by, version), ct);

    /// <summary>Checks a chain without keeping it.</summary>
    public static IResult Check(ChainBody body) =>
        body.Reading is { } reading ? new Shown<ChainCheckResource>(ChainCheckResource.From(reading)) : body.NotAChain;

    private async Task<IResult> Do(string id, Call call, Func<OrganisationId, ChainCommand> command, CancellationToken ct, string? location = null)
    {
        if (!Codes.IsCode(id))
        {
            return NotFound();
        }

        var chain = new ChainId(id);
        if (call.MayBeDone && call.Recorded(await chains.HistoryAsync(chain, ct)) && await FindAsync(id, ct) is var (known, version))
        {
            return Show(known, version, call, location);
        }

        return await chains.DoAsync(call.Actor, chain, command(call.Actor.Organisation), call.ExpectedVersion, ct) switch
        {
            ChainOutcome.Done done => Show(done.Chain, done.Version, call, location),
            ChainOutcome.Refused refused => EngineErrors.Refused(refused.Refusal),
            ChainOutcome.Stale stale => EngineErrors.Stale(stale.Actual),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<(ChainState Chain, long Version)?> FindAsync(string id, CancellationToken ct) =>
        Codes.IsCode(id) ? await chains.FindAsync(new ChainId(id), ct) : null;

    private static Shown<ChainResource> Show(ChainState chain, long version, Call call, string? location = null) =>
        new(ChainResource.From(chain, call.User), version, location);

    private static ProblemResult NotFound() => EngineErrors.Refused(ChainRefusal.NotFound);
}
