using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network;

/// <summary>Every event of the product.</summary>
public static class EngineEvents
{
    /// <summary>The one codec that every event log of the product is made with.</summary>
    public static EventCodec Codec { get; } = new(
    [
        .. ChainEventTypes.All,
        .. ReferralEventTypes.All,
        .. AssignmentEventTypes.All,
        .. OrganisationEventTypes.All,
        .. OperationEventTypes.All,
        .. MeasureEventTypes.All,
    ]);
}
