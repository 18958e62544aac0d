using System.Text.Json;
using System.Text.Json.Serialization;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Assignments;

/// <summary>One line of the partner's work list.</summary>
public sealed record AssignmentListItem(
    AssignmentId Id,
    OrganisationId Sender,
    ChainId Chain,
    int ChainVersion,
    NodeId Step,
    string Service,
    AssignmentStatus Status,
    bool QuestionOpen,
    DateTimeOffset? DueAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset ChangedAt)
{
    /// <summary>The number by which the partner's people speak of it; given by the log with the row.</summary>
    [JsonIgnore]
    public CaseNumber? Number { get; init; }

    /// <summary>Sign-in name of the person who looks after it, or null.</summary>
    [JsonIgnore]
    public string? Assignee { get; init; }
}

/// <summary>What is looked for when a client brings a code.</summary>
internal sealed record HandoverEntry(string Proof);

/// <summary>The rows that are written with each change of an assignment.</summary>
public static class AssignmentBoard
{
    /// <summary>The work list in the partner's tenant.</summary>
    public const string List = "assignments";

    /// <summary>Open assignments with a code that a client may bring, in the partner's tenant.</summary>
    public const string HandoversList = "handovers";

    /// <summary>The stream of an assignment.</summary>
    public static StreamName Stream(OrganisationId partner, AssignmentId id) => new(partner.Value, "assignment", id.Value);

    /// <summary>The rows after a change.</summary>
    public static IReadOnlyList<RowChange> Rows(AssignmentState state, ChainVersion chain, IReadOnlyList<AssignmentEvent> happened, DateTimeOffset now)
    {
        var offer = state.Offer;
        var service = chain.Step(offer.Step).Service;
        var item = new AssignmentListItem(
            offer.Assignment, offer.Sender, offer.Chain, offer.ChainVersion, offer.Step, service, state.Status, state.HasOpenQuestion,
            state.DueAt, offer.At, now);
        return
        [
            new RowChange.PutListRow(new ListRow(
                offer.Partner.Value, List, offer.Assignment.Value, StatusCode(state.Status), service, offer.Sender.Value,
                state.DueAt, offer.At, JsonSerializer.Serialize(item, EventCodec.Json),
                WorkingCalendar.Year(offer.At), Assignee: state.Assignee)),
            .. state.Card is null ? [] : happened.Select(CardOpening.Ends).OfType<int>().Select(issue => new RowChange.DropCard(offer.Partner.Value, offer.Assignment.Value, issue)),
            .. Handovers(state, service, happened, now),
            .. happened.OfType<AssignmentEvent.Erased>().Select(_ => new RowChange.DestroyKey(Stream(offer.Partner, offer.Assignment))),
        ];
    }

    /// <summary>The line that a row of the list holds.</summary>
    public static AssignmentListItem Read(ListRow row) =>
        JsonSerializer.Deserialize<AssignmentListItem>(row.Data, EventCodec.Json)! with { Number = row.CaseNumber, Assignee = row.Assignee };

    /// <summary>The proof that a row of <see cref="HandoversList"/> holds.</summary>
    public static string ProofOf(ListRow row) => JsonSerializer.Deserialize<HandoverEntry>(row.Data, EventCodec.Json)!.Proof;

    // A row stands as long as its code may be redeemed. What has expired stays until the assignment ends: who types it is told so.
    private static IEnumerable<RowChange> Handovers(AssignmentState state, string service, IReadOnlyList<AssignmentEvent> happened, DateTimeOffset now)
    {
        var offer = state.Offer;
        if (state.Handover is not { } code)
        {
            return [];
        }

        return state.IsOpen && code is { IsRevoked: false, BlockedAt: null, RedeemedAt: null }
            ? happened.OfType<AssignmentEvent.HandoverReceived>().Select(_ => new RowChange.PutListRow(new ListRow(
                offer.Partner.Value, HandoversList, offer.Assignment.Value, "open", service, offer.Sender.Value, null, now,
                JsonSerializer.Serialize(new HandoverEntry(code.Proof), EventCodec.Json))))
            : [new RowChange.DropListRow(offer.Partner.Value, HandoversList, offer.Assignment.Value)];
    }

    /// <summary>The code of a status, as lists filter by it.</summary>
    public static string StatusCode(AssignmentStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());
}
