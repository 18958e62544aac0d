using System.Text.Json;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;

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
public sealed record EscalationLine(
    Guid Id, OrganisationId Sender, ChainId Chain, int ChainVersion, NodeId Step, OrganisationId Partner, string Deadline, DateTimeOffset MissedAt, DateTimeOffset EscalatedAt);

/// <summary>A message between organisations that could not be handled or sent.</summary>
/// <param name="Id">The message.</param>
/// <param name="Type">Name of its type.</param>
/// <param name="Reason">Code of the reason.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Preview">The message without free text; absent when it can't be read.</param>
public sealed record DeadLetterLine(Guid Id, string Type, string Reason, DateTimeOffset At, JsonElement? Preview = null);

/// <summary>Lists of what went wrong: missed times for coordinators, dead letters for administrators.</summary>
public sealed class WatchEndpoints(IEventLog log)
{
    /// <summary>Parameters of the list of escalations.</summary>
    public sealed class EscalationKind : IListKind
    {
        /// <inheritdoc/>
        public static string List => Escalations.List;

        /// <inheritdoc/>
        public static IReadOnlyList<QueryNote> Parameters { get; } =
        [
            new("chain", "Only this chain."),
            new("partner", "Only where this partner missed the time."),
        ];

        static ListQuery IListKind.Filter(ListQuery query, QueryReader parameters) => query with
        {
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

    private static readonly DateTimeOffset Monday = new(2026, 9, 14, 8, 30, 0, TimeSpan.Zero);

    /// <summary>Maps the addresses.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/escalations", ListEscalations).WithTags("Watching").RequireAuthorization(Policies.Coordinator).Says(
            "listEscalations", "List escalations", "Missed times in chains that your organisation coordinates. Filters: chain, partner; pages by limit (1–200) and cursor.",
            new Page<EscalationLine>([new EscalationLine(
                new Guid("5b0b8f52-58a5-4d34-9b55-8f1b0d0d6a43"), new OrganisationId("jobcenter-elbland"), new ChainId("arbeit-mit-kind"), 1,
                new NodeId("childcare"), new OrganisationId("kita-sonnenhof"), "acknowledge", Monday, Monday.AddDays(2))]));
        api.MapGet("/dead-letters", ListDeadLetters).WithTags("Watching").RequireAuthorization(Policies.Admin).Says(
            "listDeadLetters", "List dead letters", "Messages from or to your organisation that could not be handled or sent. Filters: reason, partner; pages by limit (1–200) and cursor.",
            new Page<DeadLetterLine>([new DeadLetterLine(new Guid("c7a3c0de-7a52-4c36-8c1c-1f7f4a2b9e54"), "OfferV1", "malformed", Monday)]));
    }

    private async Task<IResult> ListEscalations(ListAsk<EscalationKind> ask, CancellationToken ct) =>
        new Shown<Page<EscalationLine>>(await ask.PageAsync(log, Escalation, ct));

    private async Task<IResult> ListDeadLetters(ListAsk<DeadLetterKind> ask, CancellationToken ct) =>
        new Shown<Page<DeadLetterLine>>(await ask.PageAsync(log, DeadLetter, ct));

    private static EscalationLine Escalation(ListRow row)
    {
        var e = JsonSerializer.Deserialize<EscalationListItem>(row.Data, EventCodec.Json)!;
        return new EscalationLine(e.Id, e.Sender, e.Chain, e.ChainVersion, e.Step, e.Partner, e.Deadline, e.MissedAt, e.EscalatedAt);
    }

    private static DeadLetterLine DeadLetter(ListRow row)
    {
        var d = JsonSerializer.Deserialize<DeadLetter>(row.Data, EventCodec.Json)!;
        return new DeadLetterLine(d.Id, d.Type, d.Reason, d.At, d.Preview is null ? null : JsonSerializer.SerializeToElement(d.Preview));
    }
}
