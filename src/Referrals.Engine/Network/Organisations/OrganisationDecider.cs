using System.Diagnostics;
using static Referrals.Engine.Network.Organisations.OrganisationDecision;
using Command = Referrals.Engine.Network.Organisations.OrganisationCommand;
using Event = Referrals.Engine.Network.Organisations.OrganisationEvent;

namespace Referrals.Engine.Network.Organisations;

/// <summary>Decides what becomes of a command on an organisation. Pure; deciding the same command a second time gives no event.</summary>
public static class OrganisationDecider
{
    private static readonly Happens Nothing = new([]);

    /// <summary>Decides a command.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="id">The organisation.</param>
    /// <param name="state">The organisation so far; null before it was registered.</param>
    /// <param name="now">The time (UTC).</param>
    public static OrganisationDecision Decide(Command command, OrganisationId id, OrganisationState? state, DateTimeOffset now)
    {
        var faults = OrganisationRules.Check(command, id).ToList();
        if (faults.Count > 0)
        {
            return new Refused(OrganisationRefusal.Invalid(faults));
        }

        return (command, state) switch
        {
            (Command.Register c, null) => Happens(new Event.Registered(c.Profile) { Organisation = id, At = now }),
            (Command.Register c, { LeftAt: not null }) => Happens(new Event.Registered(c.Profile) { Organisation = id, At = now }),
            (Command.Register c, _) => c.Profile == state.Profile ? Nothing : new Refused(OrganisationRefusal.AlreadyRegistered),
            (_, null) => new Refused(OrganisationRefusal.NotFound),
            (Command.Leave, _) => state.LeftAt is null ? Happens(new Event.Left { Organisation = id, At = now }) : Nothing,
            (Command.ChangeProfile c, _) => ChangeProfile(c, id, state, now),
            (Command.RecordAnalysis c, _) => c.Analysis == state.Analysis
                ? Nothing
                : Happens(new Event.InitialAnalysisRecorded(c.Analysis) { Organisation = id, At = now }),
            (Command.OfferServices c, _) => c.Services.SequenceEqual(state.Services)
                ? Nothing
                : Happens(new Event.ServicesOffered(c.Services) { Organisation = id, At = now }),
            (Command.ReportCapacity c, _) => ReportCapacity(c, id, state, now),
            (Command.PublishCardKey c, _) => CardKeys.Publish(c, id, state, now),
            (Command.RevokeCardKey c, _) => CardKeys.Revoke(c, id, state, now),
            _ => throw new UnreachableException(),
        };
    }

    private static OrganisationDecision ChangeProfile(Command.ChangeProfile c, OrganisationId id, OrganisationState state, DateTimeOffset now) =>
        c.Profile == state.Profile ? Nothing
        : !c.ByNetwork && !c.Profile.Roles.ToHashSet().SetEquals(state.Profile.Roles) ? new Refused(OrganisationRefusal.RolesForeign)
        : !c.ByNetwork && c.Profile.Coordinates != state.Profile.Coordinates ? new Refused(OrganisationRefusal.CoordinationForeign)
        : Happens(new Event.ProfileChanged(c.Profile) { Organisation = id, At = now });

    private static OrganisationDecision ReportCapacity(Command.ReportCapacity c, OrganisationId id, OrganisationState state, DateTimeOffset now)
    {
        var known = state.Capacities.GetValueOrDefault(c.Service);
        return !state.Services.Contains(c.Service) ? new Refused(OrganisationRefusal.ServiceNotOffered)
            : known == c.Capacity ? Nothing
            : known is not null && c.Capacity.AsOf < known.AsOf ? new Refused(OrganisationRefusal.CapacityOutdated)
            : Happens(new Event.CapacityReported(c.Service, c.Capacity) { Organisation = id, At = now });
    }

    private static Happens Happens(Event happened) => new([happened]);
}
