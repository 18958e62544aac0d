using System.Diagnostics;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Endpoints;

/// <summary>Assignments of the caller's organisation.</summary>
public sealed class AssignmentEndpoints(AssignmentService assignments, IEventLog log)
{
    /// <summary>The list's parameters.</summary>
    public sealed class Kind : IListKind
    {
        /// <inheritdoc/>
        public static string List => AssignmentBoard.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("status", "Only these; repeatable.", JsonFaults.Words(typeof(AssignmentStatus)), Repeats: true),
            new("service", "Only this service."),
            new("sender", "Only from this organisation."),
            .. WorkListFilters.Parameters,
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => WorkListFilters.Read(query, parameters) with
        {
            Statuses = parameters.Words<AssignmentStatus>("status"),
            Subject = parameters.Code("service"),
            Counterpart = parameters.Code("sender"),
        };
    }

    /// <summary>A page of the list.</summary>
    public async Task<IResult> List(ListAsk<Kind> ask, CancellationToken ct) =>
        new Shown<Page<AssignmentLine>>(await ask.PageAsync(log, row => AssignmentLine.From(AssignmentBoard.Read(row)), ct));

    /// <summary>One assignment.</summary>
    public async Task<IResult> Get(Guid id, Call call, CancellationToken ct) =>
        await assignments.FindAsync(call.Actor.Organisation, new AssignmentId(id), ct) is { } view ? Show(view) : NotFound();

    /// <summary>What happened with it.</summary>
    public async Task<IResult> History(Guid id, Call call, CancellationToken ct)
    {
        var events = await assignments.HistoryAsync(call.Actor.Organisation, new AssignmentId(id), ct);
        return events.Count == 0 ? NotFound() : new Shown<HistoryResource>(HistoryResource.From(events), events[^1].Version);
    }

    /// <summary>Confirms that a person has seen it.</summary>
    public Task<IResult> Acknowledge(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Acknowledge(), ct);

    /// <summary>Accepts it.</summary>
    public Task<IResult> Accept(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Accept(), ct);

    /// <summary>Takes the acknowledgement back.</summary>
    public Task<IResult> UndoAcknowledgement(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.UndoAcknowledgement(), ct);

    /// <summary>Takes the acceptance back.</summary>
    public Task<IResult> UndoAcceptance(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.UndoAcceptance(), ct);

    /// <summary>Says who looks after it.</summary>
    public Task<IResult> Assign(Guid id, Call call, Body<AssigneeResource> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Assign(body.Value.Assignee), ct);

    /// <summary>Declines it.</summary>
    public Task<IResult> Refuse(Guid id, Call call, Body<RefuseAssignment> body, CancellationToken ct)
    {
        var texts = new Texts();
        var note = texts.Optional("note", body.Value.Note, body.Value.KeepNames);
        return texts.Faults.Count > 0 ? Blocked(id, call, texts, ct) : Do(id, call, new AssignmentCommand.Decline(body.Value.Reason, note), ct);
    }

    /// <summary>Asks the sender something.</summary>
    public Task<IResult> Ask(Guid id, Call call, Body<AskQuestion> body, CancellationToken ct)
    {
        var texts = new Texts();
        return texts.Required("text", body.Value.Text, body.Value.KeepNames) is { } note
            ? Do(id, call, new AssignmentCommand.Ask(QuestionId.From(call.NewId("question")), note), ct)
            : Blocked(id, call, texts, ct);
    }

    /// <summary>Redeems the code that a client brought.</summary>
    public async Task<IResult> Redeem(Guid id, Call call, Body<RedeemHandover> body, HandoverDesk handovers, CancellationToken ct) =>
        HandoverCode.Read(body.Value.Code) is { } code
            ? await AnswerAsync(id, call, await handovers.RedeemAsync(call.Actor, new AssignmentId(id), code, call.ExpectedVersion, ct), ct)
            : await assignments.FindAsync(call.Actor.Organisation, new AssignmentId(id), ct) is null ? NotFound() : EngineErrors.Refused(AssignmentRefusal.HandoverMistyped);

    /// <summary>Hands a sealed contact card out. When the answer was lost, the next one counts again.</summary>
    public async Task<IResult> FetchCard(Guid id, Call call, Body<Nothing> body, CardService cards, CancellationToken ct) =>
        await cards.FetchAsync(call.Actor, new AssignmentId(id), ct) switch
        {
            (_, { } card) => new Shown<FetchedCardResource>(new FetchedCardResource(new AssignmentId(id), card.Card.Issue, card.Card.Key, card.Card.Until, card.Sealed), recorded: true),
            var (outcome, _) => await AnswerAsync(id, call, outcome, ct),
        };

    /// <summary>Hears that the contact card could be opened.</summary>
    public Task<IResult> ConfirmCard(Guid id, Call call, Body<CardIssue> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.ConfirmCard(body.Value.Issue), ct);

    /// <summary>Hears that the contact card can't be opened.</summary>
    public Task<IResult> ReturnCard(Guid id, Call call, Body<CardIssue> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.ReturnCard(body.Value.Issue), ct);

    /// <summary>Begins to work.</summary>
    public Task<IResult> Start(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Start(), ct);

    /// <summary>Records the first contact with the client.</summary>
    public Task<IResult> RecordFirstContact(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.RecordFirstContact(), ct);

    /// <summary>Interrupts the work.</summary>
    public Task<IResult> Pause(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Pause(), ct);

    /// <summary>Takes the work up again.</summary>
    public Task<IResult> Resume(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Resume(), ct);

    /// <summary>Completes it.</summary>
    public Task<IResult> Complete(Guid id, Call call, Body<CompleteAssignment> body, CancellationToken ct) =>
        Do(id, call, new AssignmentCommand.Complete(body.Value.Outcome, body.Value.Facts ?? new Dictionary<string, FactValue>()), ct);

    // Whose assignment it isn't learns nothing from the screen either.
    private async Task<IResult> Blocked(Guid id, Call call, Texts texts, CancellationToken ct) =>
        await assignments.FindAsync(call.Actor.Organisation, new AssignmentId(id), ct) is null ? NotFound() : texts.Refused();

    private async Task<IResult> Do(Guid id, Call call, AssignmentCommand command, CancellationToken ct)
    {
        if (call.MayBeDone && call.Recorded(await assignments.HistoryAsync(call.Actor.Organisation, new AssignmentId(id), ct)))
        {
            return await Get(id, call, ct);
        }

        return await AnswerAsync(id, call, await assignments.DoAsync(call.Actor, new AssignmentId(id), command, call.ExpectedVersion, ct), ct);
    }

    private async Task<IResult> AnswerAsync(Guid id, Call call, AssignmentOutcome outcome, CancellationToken ct) => outcome switch
    {
        AssignmentOutcome.Done { Assignment: var view, Events: var events } =>
            Show(view with { Number = await assignments.NumberAsync(call.Actor.Organisation, new AssignmentId(id), ct) }, events.Count > 0),
        AssignmentOutcome.Refused refused => EngineErrors.Refused(refused.Refusal),
        AssignmentOutcome.Stale stale => EngineErrors.Stale(stale.Actual),
        _ => throw new UnreachableException(),
    };

    private static Shown<AssignmentResource> Show(AssignmentView view, bool recorded = false) =>
        new(AssignmentResource.From(view), view.Version, recorded: recorded);

    private static ProblemResult NotFound() => EngineErrors.Refused(AssignmentRefusal.NotFound);
}
