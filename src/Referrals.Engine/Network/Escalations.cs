using System.Text.Json;
using Referrals.Engine.History;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Engine.Network;

/// <summary>One line of the coordinator's list: where a chain is stuck, not with which case.</summary>
public sealed record EscalationListItem(
    Guid Id,
    OrganisationId Sender,
    ChainId Chain,
    int ChainVersion,
    NodeId Step,
    OrganisationId Partner,
    string Deadline,
    DateTimeOffset MissedAt,
    DateTimeOffset EscalatedAt,
    string? HandledBy = null,
    DateTimeOffset? HandledAt = null);

/// <summary>The coordinator's list of missed times. It has rows only, no history of its own: the history is the sender's.</summary>
public static class Escalations
{
    /// <summary>The list in the coordinator's tenant; subject is the chain, counterpart the partner that missed the time.</summary>
    public const string List = "escalations";

    /// <summary>Status of a row that nobody has looked after.</summary>
    public const string Open = "open";

    /// <summary>Status of a row that a coordinator took care of.</summary>
    public const string Handled = "handled";

    /// <summary>The line that a row of the list holds.</summary>
    public static EscalationListItem Read(ListRow row) => JsonSerializer.Deserialize<EscalationListItem>(row.Data, EventCodec.Json)!;

    /// <summary>The row of an escalation that came in.</summary>
    public static ListRow Row(EscalationV1 m, Guid messageId)
    {
        var item = new EscalationListItem(
            messageId, new OrganisationId(m.From.Value), new ChainId(m.Chain.Value), m.ChainVersion, new NodeId(m.Step.Value),
            new OrganisationId(m.Partner.Value), m.Deadline.Value, m.MissedAt, m.At);
        return new ListRow(
            m.To.Value, List, messageId, Open, m.Chain.Value, m.Partner.Value, null, m.At, JsonSerializer.Serialize(item, EventCodec.Json));
    }
}
