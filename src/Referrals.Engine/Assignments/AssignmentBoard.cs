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

/// <summary>The rows that are written with each change of an assignment.</summary>
public static class AssignmentBoard
{
    /// <summary>The work list in the partner's tenant.</summary>
    public const string List = "assignments";

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
            .. happened.OfType<AssignmentEvent.Erased>().Select(_ => new RowChange.DestroyKey(Stream(offer.Partner, offer.Assignment))),
        ];
    }

    /// <summary>The line that a row of the list holds.</summary>
    public static AssignmentListItem Read(ListRow row) =>
        JsonSerializer.Deserialize<AssignmentListItem>(row.Data, EventCodec.Json)! with { Number = row.CaseNumber, Assignee = row.Assignee };

    /// <summary>The code of a status, as lists filter by it.</summary>
    public static string StatusCode(AssignmentStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());
}
