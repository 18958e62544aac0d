using Referrals.Engine.History;

namespace Referrals.Engine.Chains;

/// <summary>The names of chain events in the log. A name never changes; a new shape gets a new name and an upcast.</summary>
public static class ChainEventTypes
{
    /// <summary>Every event of the stream <c>chain</c>.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("chain_drafted", typeof(ChainEvent.Drafted)),
        new("chain_draft_undone", typeof(ChainEvent.DraftUndone)),
        new("chain_draft_redone", typeof(ChainEvent.DraftRedone)),
        new("chain_draft_discarded", typeof(ChainEvent.DraftDiscarded)),
        new("chain_proposed", typeof(ChainEvent.Proposed)),
        new("chain_agreed", typeof(ChainEvent.Agreed)),
        new("chain_objected", typeof(ChainEvent.Objected)),
        new("chain_partner_withdrew", typeof(ChainEvent.PartnerWithdrew)),
        new("chain_put_in_force", typeof(ChainEvent.PutInForce)),
        new("chain_retired", typeof(ChainEvent.Retired)),
        new("chain_retention_set", typeof(ChainEvent.RetentionSet)),
    ];
}
