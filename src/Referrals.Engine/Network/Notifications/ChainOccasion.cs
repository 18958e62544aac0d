using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Network.Notifications;

/// <summary>What an event of a chain means for organisations: those told, each with what they are told of.</summary>
/// <param name="Kind">One of <see cref="NotificationKinds"/>.</param>
/// <param name="Partners">Whether the partners of the version are told.</param>
/// <param name="Coordinator">Whether the coordinator of the version is told.</param>
/// <param name="Version">Number of the version.</param>
public sealed record ChainOccasion(string Kind, int Version, bool Partners, bool Coordinator)
{
    /// <summary>What an event means, or null when nobody is told.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="by">Code of the organisation whose doing it is, or null.</param>
    public static ChainOccasion? Of(ChainEvent happened, string? by) => happened switch
    {
        // Who proposes hands the chain over to an organisation that is named as coordinator instead of it.
        ChainEvent.Proposed e => new(NotificationKinds.ChainProposed, e.Definition.Version, Partners: true, Coordinator: e.Definition.Coordinator.Value != by),
        ChainEvent.Objected e => new(NotificationKinds.ChainObjected, e.Version, Partners: true, Coordinator: true),
        ChainEvent.PartnerWithdrew e => new(NotificationKinds.ChainWithdrew, e.Version, Partners: false, Coordinator: true),
        ChainEvent.PutInForce e => new(NotificationKinds.ChainInForce, e.Version, Partners: true, Coordinator: true),
        ChainEvent.Retired e => new(NotificationKinds.ChainRetired, e.Version, Partners: true, Coordinator: true),
        ChainEvent.Drafted or ChainEvent.DraftUndone or ChainEvent.DraftRedone or ChainEvent.DraftDiscarded or ChainEvent.Agreed or ChainEvent.RetentionSet => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// Whether the partners of the versions before are told as well: a chain that goes out of use may still have referrals running on them.
    /// </summary>
    /// <param name="version">The version that it is about.</param>
    public bool TellsPartnersBefore(AgreedChain version) => Kind == NotificationKinds.ChainRetired && version.WasAgreed;

    /// <summary>The organisations that are told.</summary>
    /// <param name="version">The version that it is about.</param>
    /// <param name="before">Versions before it whose partners are told as well.</param>
    public IReadOnlyList<OrganisationId> Told(ChainVersion version, IEnumerable<ChainVersion> before) =>
    [
        .. (Partners ? version.Partners() : []).Concat(Coordinator ? [version.Coordinator] : []).Concat(before.SelectMany(b => b.Partners())).Distinct(),
    ];
}
