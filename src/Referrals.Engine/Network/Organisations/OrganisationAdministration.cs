using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Network.Organisations;

/// <summary>What administrators do with an organisation's entry; each change is written down in the organisation's list.</summary>
public sealed class OrganisationAdministration(OrganisationService organisations, ChainService chains, AuditStore audit)
{
    /// <summary>Lets an organisation join the network. The caller has checked that the actor administers the network.</summary>
    public Task<OrganisationOutcome> RegisterAsync(Actor actor, OrganisationId id, OrganisationProfile profile, long? seen, CancellationToken ct) =>
        DoAsync(actor, id, new OrganisationCommand.Register(profile), AuditCodes.OrganisationRegistered, seen, ct);

    /// <summary>Changes an organisation's profile.</summary>
    /// <param name="actor">Who asks: the organisation itself, or the network's administrator; the caller has checked that it may.</param>
    /// <param name="id">The organisation.</param>
    /// <param name="profile">As it shall be.</param>
    /// <param name="byNetwork">Whether the network's administrator asks.</param>
    /// <param name="seen">The version that the caller saw, or null.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public Task<OrganisationOutcome> ChangeAsync(
        Actor actor, OrganisationId id, OrganisationProfile profile, bool byNetwork, long? seen, CancellationToken ct) =>
        DoAsync(actor, id, new OrganisationCommand.ChangeProfile(profile, byNetwork), AuditCodes.OrganisationChanged, seen, ct);

    /// <summary>
    /// Lets an organisation leave the network: it objects to what is open in the chains that name it, and withdraws from what was agreed. Asked
    /// for again, what was missed is made up for. Refused while it coordinates a chain with a version proposed, agreed or in force. The caller has checked that the actor administers the network.
    /// </summary>
    public async Task<OrganisationOutcome> LeaveAsync(Actor actor, OrganisationId id, long? seen, CancellationToken ct)
    {
        var all = await chains.AllAsync(ct);
        if (all.Where(c => c.Coordinator == id && c.Status is not ("draft" or "retired" or "objected")).Select(c => c.Id).ToList() is { Count: > 0 } coordinates)
        {
            return new OrganisationOutcome.Refused(OrganisationRefusal.Coordinates(coordinates));
        }

        var outcome = await DoAsync(actor, id, new OrganisationCommand.Leave(), AuditCodes.OrganisationLeft, seen, ct);
        if (outcome is OrganisationOutcome.Done)
        {
            await LeaveChainsAsync(actor, id, all.Select(c => c.Id), ct);
        }

        return outcome;
    }

    private async Task LeaveChainsAsync(Actor actor, OrganisationId id, IEnumerable<ChainId> all, CancellationToken ct)
    {
        foreach (var chain in all)
        {
            // A chain that changes all the time is tried for as long as the caller waits.
            while (await chains.DoAsync(actor, chain, new ChainCommand.Leave(id), null, ct) is ChainOutcome.Stale)
            {
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>
    /// What an organisation's people and machine clients may be: what its profile says, and administrators and the officer for data protection in any case, so that none is without.
    /// </summary>
    public async Task<IReadOnlyList<string>> RolesOfAsync(OrganisationId id, CancellationToken ct)
    {
        var granted = (await organisations.LookUpAsync(id, ct))?.Profile.Roles ?? [];
        return [.. NetworkRoles.All.Where(r => NetworkRoles.Everywhere.Contains(r) || granted.Contains(r))];
    }

    private async Task<OrganisationOutcome> DoAsync(
        Actor actor, OrganisationId id, OrganisationCommand command, string what, long? seen, CancellationToken ct)
    {
        var outcome = await organisations.DoAsync(actor, id, command, seen, ct);
        if (outcome is OrganisationOutcome.Done { Events.Count: > 0 })
        {
            // What happened stands in the history already; an entry that can't be written any more must not be lost to a cancelled request.
            await audit.WriteAsync(new AuditEntry(id, actor.User, what, id.Value), CancellationToken.None);
        }

        return outcome;
    }
}
