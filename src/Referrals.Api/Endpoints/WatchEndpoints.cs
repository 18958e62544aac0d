using System.Diagnostics;
using System.Text.Json;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Operations;

namespace Referrals.Api.Endpoints;

/// <summary>A missed time that the coordinator is told of: where a chain is stuck, not with which case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sender">Who holds the case.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">Its version.</param>
/// <param name="Step">The step.</param>
/// <param name="Partner">Who missed the time.</param>
/// <param name="Deadline">Which time: <c>acknowledge</c> or <c>complete</c>.</param>
/// <param name="MissedAt">When it passed.</param>
/// <param name="EscalatedAt">When it was escalated.</param>
/// <param name="Status"><c>open</c>, or <c>handled</c> once somebody took care of it.</param>
/// <param name="HandledBy">Who took care of it.</param>
/// <param name="HandledAt">When.</param>
public sealed record EscalationLine(
    Guid Id, OrganisationId Sender, ChainId Chain, int ChainVersion, NodeId Step, OrganisationId Partner, string Deadline, DateTimeOffset MissedAt, DateTimeOffset EscalatedAt,
    string Status, string? HandledBy = null, DateTimeOffset? HandledAt = null);

/// <summary>A message between organisations that could not be handled or sent.</summary>
/// <param name="Id">The message.</param>
/// <param name="Type">Name of its type.</param>
/// <param name="Reason">Code of the reason.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Preview">The message without free text; absent when it can't be read.</param>
/// <param name="RedeliveryAskedAt">When somebody asked to have it handled again, until that has come to its end.</param>
public sealed record DeadLetterLine(
    Guid Id, string Type, string Reason, DateTimeOffset At, JsonElement? Preview = null, DateTimeOffset? RedeliveryAskedAt = null);

/// <summary>Lists of what went wrong: missed times for coordinators, dead letters for administrators.</summary>
public sealed class WatchEndpoints(IEventLog log, OperationService operations, LetterAdministration letters)
{
    /// <summary>Parameters of the list of escalations.</summary>
    public sealed class EscalationKind : IListKind
    {
        /// <inheritdoc/>
        public static string List => Escalations.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("status", "Only these; repeatable.", EscalationStatuses, Repeats: true),
            new("chain", "Only this chain."),
            new("partner", "Only where this partner missed the time."),
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => query with
        {
            Statuses = parameters.Words("status", EscalationStatuses),
            Subject = parameters.Code("chain"),
            Counterpart = parameters.Code("partner"),
        };
    }

    /// <summary>Parameters of the list of dead letters.</summary>
    public sealed class DeadLetterKind : IListKind
    {
        /// <inheritdoc/>
        public static string List => DeadLetters.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("reason", "Only with this reason."),
            new("partner", "Only from or to this organisation."),
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => query with
        {
            Statuses = parameters.Code("reason") is { } reason ? [reason] : [],
            Counterpart = parameters.Code("partner"),
        };
    }

    private static readonly string[] EscalationStatuses = [Escalations.Open, Escalations.Handled];
    private static readonly DateTimeOffset Monday = new(2026, 9, 14, 8, 30, 0, TimeSpan.Zero);

    /// <summary>Maps the addresses.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/escalations", ListEscalations).WithTags("Watching").RequireAuthorization(Policies.Coordinator).Says(
            "listEscalations", "List escalations", "Missed times in chains that your organisation coordinates. Filters: status (repeatable), chain, partner; pages by limit (1–200) and cursor.",
            new Page<EscalationLine>([Example])).Looks(LookCodes.Escalations);
        api.MapPost("/escalations/{id:guid}/handling", HandleEscalation).WithTags("Watching").RequireAuthorization(Policies.Coordinator).Says(
            "handleEscalation", "Mark an escalation as taken care of", "Says for your colleagues that you look after it; who and when is kept.",
            Example with { Status = Escalations.Handled, HandledBy = "k.beispiel", HandledAt = Monday.AddDays(3) }, Examples.Nothing,
            errors: Error(OperationRefusal.EscalationNotFound));
        api.MapGet("/dead-letters", ListDeadLetters).WithTags("Watching").RequireAuthorization(Policies.Admin).Says(
            "listDeadLetters", "List dead letters", "Messages from or to your organisation that could not be handled or sent. Filters: reason, partner; pages by limit (1–200) and cursor.",
            new Page<DeadLetterLine>([Letter])).Looks(LookCodes.DeadLetters);
        api.MapPost("/dead-letters/{id:guid}/redelivery", Redeliver).WithTags("Watching").RequireAuthorization(Policies.Admin).SaysNothing(
            "redeliverDeadLetter", "Have a dead letter delivered again",
            "A message that was sent is sent anew; one that came in is handled once more, soon. When that succeeds the line goes, else it stays with the reason. "
            + "What could not be read can't be delivered again.")
            .WithMetadata(new OperationNotes(
                StatusCodes.Status204NoContent, null, Examples.Nothing,
                [Error(OperationRefusal.LetterNotFound), Error(OperationRefusal.NotRedeliverable), Error(OperationRefusal.TooBusy)]));
        api.MapDelete("/dead-letters/{id:guid}", Discard).WithTags("Watching").RequireAuthorization(Policies.Admin).SaysNothing(
            "discardDeadLetter", "Throw a dead letter away", "Removes the line for good; who did it and when is kept.",
            Error(OperationRefusal.LetterNotFound), Error(OperationRefusal.TooBusy));
    }

    private static readonly EscalationLine Example = new(
        new Guid("5b0b8f52-58a5-4d34-9b55-8f1b0d0d6a43"), new OrganisationId("jobcenter-elbland"), new ChainId("arbeit-mit-kind"), 1,
        new NodeId("childcare"), new OrganisationId("kita-sonnenhof"), "acknowledge", Monday, Monday.AddDays(2), Escalations.Open);

    private static readonly DeadLetterLine Letter = new(new Guid("c7a3c0de-7a52-4c36-8c1c-1f7f4a2b9e54"), "OfferV1", "malformed", Monday);

    private static ErrorCode Error(OperationRefusal refusal) => EngineErrors.Of(refusal.Code, refusal.Message);

    private async Task<IResult> HandleEscalation(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        await operations.HandleEscalationAsync(call.Actor, id, ct) switch
        {
            OperationOutcome.Done { Row: { } row } => new Shown<EscalationLine>(Escalation(row)),
            OperationOutcome.Refused refused => EngineErrors.Refused(refused.Refusal),
            _ => throw new UnreachableException(),
        };

    private async Task<IResult> Redeliver(Guid id, Call call, Body<Nothing> body, CancellationToken ct) =>
        Answer(await letters.RedeliverAsync(call.Actor, id, ct));

    private async Task<IResult> Discard(Guid id, Call call, CancellationToken ct) =>
        Answer(await letters.DiscardAsync(call.Actor, id, ct));

    private static IResult Answer(OperationOutcome outcome) =>
        outcome is OperationOutcome.Refused refused ? EngineErrors.Refused(refused.Refusal) : Results.NoContent();

    private async Task<IResult> ListEscalations(ListAsk<EscalationKind> ask, CancellationToken ct) =>
        new Shown<Page<EscalationLine>>(await ask.PageAsync(log, Escalation, ct));

    private async Task<IResult> ListDeadLetters(ListAsk<DeadLetterKind> ask, CancellationToken ct) =>
        new Shown<Page<DeadLetterLine>>(await ask.PageAsync(log, DeadLetter, ct));

    private static EscalationLine Escalation(ListRow row)
    {
        var e = Escalations.Read(row);
        return new EscalationLine(e.Id, e.Sender, e.Chain, e.ChainVersion, e.Step, e.Partner, e.Deadline, e.MissedAt, e.EscalatedAt, row.Status, e.HandledBy, e.HandledAt);
    }

    private static DeadLetterLine DeadLetter(ListRow row)
    {
        var d = DeadLetters.Read(row);
        return new DeadLetterLine(d.Id, d.Type, d.Reason, d.At, d.Preview is null ? null : JsonSerializer.SerializeToElement(d.Preview), d.RedeliveryAskedAt);
    }
}
