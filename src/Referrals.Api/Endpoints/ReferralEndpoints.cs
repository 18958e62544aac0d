using System.Diagnostics;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Endpoints;

/// <summary>Referrals of the caller's organisation.</summary>
public sealed class ReferralEndpoints(ReferralService referrals, IChainCatalog chains, IEventLog log, TimeProvider time)
{
    private const int MaxReference = 40;

    /// <summary>The list's parameters.</summary>
    public sealed class Kind : IListKind
    {
        /// <inheritdoc/>
        public static string List => ReferralBoard.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("status", "Only these; repeatable.", JsonFaults.Words(typeof(ReferralStatus)), Repeats: true),
            new("chain", "Only this chain."),
            new("partner", "Only where this partner must act next."),
            new("reference", "Only where your own reference starts with this, however written."),
            .. WorkListFilters.Parameters,
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => WorkListFilters.Read(query, parameters) with
        {
            Statuses = parameters.Words<ReferralStatus>("status"),
            Subject = parameters.Code("chain"),
            Counterpart = parameters.Code("partner"),
            ReferenceStartsWith = parameters.Text("reference", MaxReference),
        };
    }

    /// <summary>A page of the list.</summary>
    public async Task<IResult> List(ListAsk<Kind> ask, CancellationToken ct) =>
        new Shown<Page<ReferralLine>>(await ask.PageAsync(log, row => ReferralLine.From(ReferralBoard.Read(row)), ct));

    /// <summary>One referral.</summary>
    public async Task<IResult> Get(Guid id, Call call, CancellationToken ct) =>
        await referrals.FindAsync(call.Actor.Organisation, new ReferralId(id), ct) is { } view ? Show(view) : NotFound();

    /// <summary>What happened in it.</summary>
    public async Task<IResult> History(Guid id, Call call, CancellationToken ct)
    {
        var events = await referrals.HistoryAsync(call.Actor.Organisation, new ReferralId(id), ct);
        return events.Count == 0 ? NotFound() : new Shown<HistoryResource>(HistoryResource.From(events), events[^1].Version);
    }

    /// <summary>Everything about it, for the client's request for information.</summary>
    public async Task<IResult> Information(Guid id, Call call, CancellationToken ct) =>
        await referrals.FindAsync(call.Actor.Organisation, new ReferralId(id), ct) is { } view
            ? new Shown<ReferralInformation>(ReferralInformation.Of(view, await referrals.HistoryAsync(call.Actor.Organisation, new ReferralId(id), ct)), view.Version)
            : NotFound();

    /// <summary>Starts one.</summary>
    public async Task<IResult> Start(Call call, Body<StartReferral> body, CancellationToken ct)
    {
        var (asked, texts) = (body.Value, new Texts());
        var reference = texts.CaseReference("caseReference", asked.CaseReference);
        var note = texts.Optional("note", asked.Note, asked.KeepNames);
        var id = ReferralId.From(call.NewId("referral"));

        ReferralCommand.Start Command(AgreedChain chain) => new(
            id, call.Actor.Organisation, chain.ContentHash, reference, asked.Consent.ToConsent(),
            asked.Facts ?? new Dictionary<string, FactValue>(), asked.Partners ?? new Dictionary<NodeId, OrganisationId>(),
            asked.Parts ?? new Dictionary<NodeId, bool>(), note, Release: asked.Release?.ToRelease());

        return texts.Faults.Count > 0
            ? texts.Refused(await OtherFaultsAsync(asked.Chain, Command, ct))
            : await AnswerAsync(await referrals.StartAsync(call.Actor, asked.Chain, Command, ct), call, ct, $"/api/v1/referrals/{id}");
    }

    // So that the caller learns all faults at once, decides without recording.
    private async Task<IReadOnlyList<Fault>> OtherFaultsAsync(ChainId id, Func<AgreedChain, ReferralCommand.Start> command, CancellationToken ct)
    {
        var chain = await chains.InForceAsync(id, ct);
        var decision = chain is null
            ? new ReferralDecision.Refused(ReferralRefusal.ChainNotInForce)
            : ReferralDecider.Decide(command(chain), null, chain.Version, time.GetUtcNow(), Guid.NewGuid);
        return decision is ReferralDecision.Refused { Refusal: var refusal }
            ? [.. (refusal.Faults.Count > 0 ? refusal.Faults : [refusal]).Where(f => f.Field != "caseReference").Select(EngineErrors.FaultOf)]
            : [];
    }

    /// <summary>Takes it back.</summary>
    public Task<IResult> Withdraw(Guid id, Call call, Body<WithdrawReferral> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.Withdraw(body.Value.Reason), ct);

    /// <summary>Records a consent.</summary>
    public Task<IResult> RecordConsent(Guid id, Call call, Body<ConsentResource> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.RecordConsent(body.Value.ToConsent()), ct);

    /// <summary>Records that the client withdrew the consent.</summary>
    public Task<IResult> WithdrawConsent(Guid id, Call call, Body<WithdrawConsent> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.WithdrawConsent(body.Value.Steps), ct);

    /// <summary>Records a release from secrecy.</summary>
    public Task<IResult> RecordRelease(Guid id, Call call, Body<ReleaseResource> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.RecordRelease(body.Value.ToRelease()), ct);

    /// <summary>Records that the client withdrew the release.</summary>
    public Task<IResult> WithdrawRelease(Guid id, Call call, Body<WithdrawRelease> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.WithdrawRelease(body.Value.Steps), ct);

    /// <summary>Lets steps go on without a consent.</summary>
    public Task<IResult> OverrideConsent(Guid id, Call call, Body<OverrideConsent> body, CancellationToken ct) =>
        DoWithTextAsync(id, call, "reason", body.Value.Reason, reason => new ReferralCommand.OverrideConsent(body.Value.Steps, body.Value.Ground, reason), ct);

    /// <summary>Closes it early.</summary>
    public Task<IResult> Close(Guid id, Call call, Body<Nothing> body, CancellationToken ct) => Do(id, call, new ReferralCommand.Close(), ct);

    /// <summary>Erases its words.</summary>
    public Task<IResult> Erase(Guid id, Call call, Body<EraseReferral> body, CancellationToken ct) => Do(id, call, new ReferralCommand.Erase(body.Value.Reason), ct);

    /// <summary>Opens it again.</summary>
    public Task<IResult> Reopen(Guid id, Call call, Body<ReopenReferral> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.Reopen(body.Value.Again ?? [], body.Value.Consent?.ToConsent()), ct);

    /// <summary>Says who looks after it.</summary>
    public Task<IResult> HandOver(Guid id, Call call, Body<AssigneeResource> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.HandOver(body.Value.Assignee), ct);

    /// <summary>Makes a code for the client to carry. When the answer was lost, the next one has a new code.</summary>
    public async Task<IResult> IssueHandover(Guid id, Call call, Body<HandoverOf> body, HandoverService handovers, CancellationToken ct)
    {
        var assignment = body.Value.Assignment;
        return await handovers.IssueAsync(call.Actor, new ReferralId(id), assignment, call.ExpectedVersion, ct) switch
        {
            { Outcome: ReferralOutcome.Done done, Code: { } code } => new Shown<HandoverCodeResource>(
                new HandoverCodeResource(assignment, code.ToString(), done.Referral.State.Offers[assignment].Handover!.Until), recorded: true),
            { Outcome: var outcome } => await AnswerAsync(outcome, call, ct),
        };
    }

    /// <summary>Makes the code of an assignment worthless.</summary>
    public Task<IResult> RevokeHandover(Guid id, Call call, Body<HandoverOf> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.RevokeHandover(body.Value.Assignment), ct);

    /// <summary>Takes a contact card that the caller has sealed.</summary>
    public async Task<IResult> SealCard(Guid id, Call call, Body<SealCard> body, CardService cards, CancellationToken ct)
    {
        var card = body.Value;
        return await AnswerAsync(
            await cards.SealAsync(call.Actor, new ReferralId(id), new ReferralCommand.SealCard(card.Assignment, card.Issue, card.Key, card.Until), card.Sealed, call.ExpectedVersion, ct), call, ct);
    }

    /// <summary>Takes the contact card of an assignment back.</summary>
    public Task<IResult> WithdrawCard(Guid id, Call call, Body<CardOf> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.WithdrawCard(body.Value.Assignment), ct);

    /// <summary>Reminds a partner.</summary>
    public Task<IResult> Remind(Guid id, Call call, Body<RemindPartner> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.Remind(body.Value.Assignment), ct);

    /// <summary>Answers a question.</summary>
    public Task<IResult> AnswerQuestion(Guid id, Call call, Body<AnswerQuestion> body, CancellationToken ct) =>
        DoWithTextAsync(id, call, "text", body.Value.Text, text => new ReferralCommand.Answer(body.Value.Question, text), ct, body.Value.KeepNames);

    /// <summary>Chooses a step's partner.</summary>
    public Task<IResult> ChoosePartner(Guid id, Call call, Body<PlacePartner> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.ChoosePartner(body.Value.Place, body.Value.Partner), ct);

    /// <summary>Moves a step to another partner.</summary>
    public Task<IResult> Reroute(Guid id, Call call, Body<PlacePartner> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.Reroute(body.Value.Place, body.Value.Partner), ct);

    /// <summary>Leaves a step out.</summary>
    public Task<IResult> Skip(Guid id, Call call, Body<SkipStep> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.Skip(body.Value.Place), ct);

    /// <summary>Decides an optional part.</summary>
    public Task<IResult> DecidePart(Guid id, Call call, Body<DecidePart> body, CancellationToken ct) =>
        Do(id, call, new ReferralCommand.DecidePart(body.Value.Place, body.Value.Included), ct);

    private async Task<IResult> DoWithTextAsync(Guid id, Call call, string field, string typed, Func<Note, ReferralCommand> command, CancellationToken ct, KeptNames? keep = null)
    {
        var texts = new Texts();
        if (texts.Required(field, typed, keep) is { } text)
        {
            return await Do(id, call, command(text), ct);
        }

        return await referrals.FindAsync(call.Actor.Organisation, new ReferralId(id), ct) is null ? NotFound() : texts.Refused();
    }

    private async Task<IResult> Do(Guid id, Call call, ReferralCommand command, CancellationToken ct)
    {
        if (call.MayBeDone && call.Recorded(await referrals.HistoryAsync(call.Actor.Organisation, new ReferralId(id), ct)))
        {
            return await Get(id, call, ct);
        }

        return await AnswerAsync(await referrals.DoAsync(call.Actor, new ReferralId(id), command, call.ExpectedVersion, ct), call, ct);
    }

    private async Task<IResult> AnswerAsync(ReferralOutcome outcome, Call call, CancellationToken ct, string? location = null) => outcome switch
    {
        ReferralOutcome.Done { Referral: var view, Events: var events } => Show(
            view with { Number = await referrals.NumberAsync(call.Actor.Organisation, view.State.Start.Referral, ct) }, location, events.Count > 0),
        ReferralOutcome.Refused refused => EngineErrors.Refused(refused.Refusal),
        ReferralOutcome.Stale stale => EngineErrors.Stale(stale.Actual),
        _ => throw new UnreachableException(),
    };

    private static Shown<ReferralResource> Show(ReferralView view, string? location = null, bool recorded = false) => new(ReferralResource.From(view), view.Version, location, recorded);

    private static ProblemResult NotFound() => EngineErrors.Refused(ReferralRefusal.NotFound);
}
