using System.Text.Json;
using System.Text.Json.Serialization;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals;

/// <summary>Where a referral stands, as the list of the case holder shows it.</summary>
public enum ReferralStatus
{
    /// <summary>With one or more partners.</summary>
    Running,

    /// <summary>A partner asked something.</summary>
    QuestionOpen,

    /// <summary>Waits for a caseworker's decision.</summary>
    NeedsDecision,

    /// <summary>Ran to its end.</summary>
    Completed,

    /// <summary>Closed early by a caseworker.</summary>
    ClosedEarly,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Ended because the client withdrew the consent.</summary>
    ConsentWithdrawn,
}

/// <summary>One line of the case holder's list.</summary>
public sealed record ReferralListItem(
    ReferralId Id,
    ChainId Chain,
    int ChainVersion,
    ReferralStatus Status,
    IReadOnlyList<CurrentStep> Current,
    DateTimeOffset? DueAt,
    DateTimeOffset StartedAt,
    DateTimeOffset ChangedAt)
{
    /// <summary>The number by which the holder's people speak of it; given by the log with the row.</summary>
    [JsonIgnore]
    public CaseNumber? Number { get; init; }

    /// <summary>The holder's own reference, which the row keeps sealed; <see cref="SealedAttribute.ErasedText"/> when it was erased.</summary>
    [JsonIgnore]
    public string CaseReference { get; init; } = SealedAttribute.ErasedText;

    /// <summary>Sign-in name of the person who looks after it, or null.</summary>
    [JsonIgnore]
    public string? Assignee { get; init; }
}

/// <summary>A step that is with a partner, as the list shows it.</summary>
public sealed record CurrentStep(NodeId Step, OrganisationId Partner, OfferStatus Status, DateTimeOffset? DueAt);

/// <summary>What the holder's list of offers keeps under an assignment's id.</summary>
public sealed record OfferEntry(ReferralId Referral);

/// <summary>The rows that are written with each change of a referral.</summary>
public static class ReferralBoard
{
    /// <summary>The list of referrals in the holder's tenant.</summary>
    public const string List = "referrals";

    /// <summary>The list that maps assignment ids to referrals, in the holder's tenant and nowhere else.</summary>
    public const string OffersList = "offers";

    /// <summary>The stream of a referral.</summary>
    public static StreamName Stream(OrganisationId holder, ReferralId id) => new(holder.Value, "referral", id.Value);

    /// <summary>The rows after these new events. Without any only the due date is set: nothing has changed that people see.</summary>
    /// <param name="before">The referral before them; null: it begins with them.</param>
    /// <param name="state">The referral after them.</param>
    /// <param name="next">What follows.</param>
    /// <param name="happened">The new events.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<RowChange> Rows(
        ReferralState? before, ReferralState state, FlowResult next, IReadOnlyCollection<ReferralEvent> happened, DateTimeOffset now)
    {
        var (holder, id) = (state.Start.Holder, state.Start.Referral);
        var due = new RowChange.SetDue(Stream(holder, id), next.WakeAt);
        if (happened.Count == 0)
        {
            return [due];
        }

        var item = Item(state, next, now);
        return
        [
            new RowChange.PutListRow(new ListRow(
                holder.Value, List, id.Value, StatusCode(item.Status), state.Start.Chain.Value, item.Current.Count == 0 ? null : item.Current[0].Partner.Value,
                item.DueAt, state.Start.At, JsonSerializer.Serialize(item, EventCodec.Json),
                WorkingCalendar.Year(state.Start.At), Reference: before is null ? state.Start.CaseReference : null, Assignee: state.Caseworker)),
            .. happened.OfType<ReferralEvent.StepOffered>().Select(o => new RowChange.PutListRow(new ListRow(
                holder.Value, OffersList, o.Assignment.Value, "offered", state.Start.Chain.Value, o.Partner.Value,
                null, o.At, JsonSerializer.Serialize(new OfferEntry(id), EventCodec.Json)))),
            due,
            .. happened.OfType<ReferralEvent.Erased>().Select(e => new RowChange.DestroyKey(
                Stream(holder, id), e.Reason == ErasureReason.Request ? before?.Start.CaseReference : null)),
            .. happened.Select(CardSealing.Ends).OfType<(AssignmentId Assignment, int Issue)>().Where(e => state.Offers[e.Assignment].Card is not null)
                .Select(e => new RowChange.DropCard(holder.Value, e.Assignment.Value, e.Issue)),
        ];
    }

    /// <summary>The line that a row of the list holds.</summary>
    public static ReferralListItem Read(ListRow row) =>
        JsonSerializer.Deserialize<ReferralListItem>(row.Data, EventCodec.Json)! with
        {
            Number = row.CaseNumber,
            Assignee = row.Assignee,
            CaseReference = row.Reference ?? SealedAttribute.ErasedText,
        };

    /// <summary>The code of a status, as lists filter by it.</summary>
    public static string StatusCode(ReferralStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    /// <summary>Where the referral stands.</summary>
    public static ReferralStatus Status(ReferralState state, FlowResult next) => state.Ended?.Reason switch
    {
        ClosingReason.Completed => ReferralStatus.Completed,
        ClosingReason.ByCaseworker => ReferralStatus.ClosedEarly,
        ClosingReason.Withdrawn => ReferralStatus.Withdrawn,
        ClosingReason.ConsentWithdrawn => ReferralStatus.ConsentWithdrawn,
        null when state.OpenOffers.Any(o => o.HasOpenQuestion) => ReferralStatus.QuestionOpen,
        null when next.Waiting.Count > 0 => ReferralStatus.NeedsDecision,
        null => ReferralStatus.Running,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ReferralListItem Item(ReferralState state, FlowResult next, DateTimeOffset now)
    {
        var current = state.OpenOffers
            .OrderBy(o => o.DueAt ?? DateTimeOffset.MaxValue).ThenBy(o => o.Assignment.Value)
            .Select(o => new CurrentStep(o.Step, o.Partner, o.Status, o.DueAt))
            .ToList();
        var start = state.Start;
        return new ReferralListItem(
            start.Referral, start.Chain, state.Pin.Version, Status(state, next), current,
            current.Count == 0 ? null : current[0].DueAt, start.At, now);
    }
}
