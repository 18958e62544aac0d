using System.Diagnostics;
using static Referrals.Engine.Chains.ChainDecision;
using Command = Referrals.Engine.Chains.ChainCommand;
using Event = Referrals.Engine.Chains.ChainEvent;

namespace Referrals.Engine.Chains;

/// <summary>What partners say of a version, and what follows from it with time.</summary>
public static partial class ChainDecider
{
    private static ChainDecision Agree(Command.Agree agree, ChainId id, ProposedVersion version, DateTimeOffset now)
    {
        if (!version.Asked().Contains(agree.By))
        {
            return new Refused(ChainRefusal.NotPartner);
        }

        if (version.Agreements.ContainsKey(agree.By))
        {
            return Nothing;
        }

        var agreed = new Event.Agreed(agree.Version, agree.By) { Chain = id, At = now };
        return version.Status switch
        {
            // It withdrew, and is in again.
            ChainStatus.InForce => new Happens([agreed]),
            ChainStatus.Proposed when version.Silent().All(p => p == agree.By) && version.HasCome(now) =>
                new Happens([agreed, new Event.PutInForce(agree.Version) { Chain = id, At = now }]),
            ChainStatus.Proposed => new Happens([agreed]),
            ChainStatus.Objected => new Refused(ChainRefusal.VersionObjected),
            ChainStatus.Replaced or ChainStatus.Retired => new Refused(ChainRefusal.VersionClosed),
            _ => throw new UnreachableException(),
        };
    }

    // Before it is in force, a partner that has agreed may still think better of it.
    private static ChainDecision Object(Command.RaiseObjection objection, ChainId id, ProposedVersion version, DateTimeOffset now)
    {
        if (!version.Asked().Contains(objection.By))
        {
            return new Refused(ChainRefusal.NotPartner);
        }

        if (version.Objections.ContainsKey(objection.By))
        {
            return Nothing;
        }

        return version.Status switch
        {
            ChainStatus.Proposed or ChainStatus.Objected or ChainStatus.Agreed =>
                new Happens([new Event.Objected(objection.Version, objection.By, objection.Reason) { Chain = id, At = now }]),
            ChainStatus.InForce => new Refused(ChainRefusal.VersionInForce),
            ChainStatus.Replaced or ChainStatus.Retired => new Refused(ChainRefusal.VersionClosed),
            _ => throw new UnreachableException(),
        };
    }

    private static ChainDecision Withdraw(Command.Withdraw withdraw, ChainId id, ProposedVersion version, DateTimeOffset now)
    {
        if (!version.Definition.Partners().Contains(withdraw.By))
        {
            return new Refused(ChainRefusal.NotPartner);
        }

        if (version.Withdrawals.ContainsKey(withdraw.By))
        {
            return Nothing;
        }

        // Referrals may still run on a version that was replaced or retired after it had been in force.
        return version.Status switch
        {
            ChainStatus.InForce or ChainStatus.Replaced or ChainStatus.Retired when version.WasAgreed =>
                new Happens([new Event.PartnerWithdrew(withdraw.Version, withdraw.By, withdraw.Reason, Left: false) { Chain = id, At = now }]),
            ChainStatus.Proposed or ChainStatus.Objected or ChainStatus.Agreed => new Refused(ChainRefusal.VersionNotInForce),
            ChainStatus.Replaced or ChainStatus.Retired => new Refused(ChainRefusal.VersionClosed),
            _ => throw new UnreachableException(),
        };
    }

    // Referrals may still run on versions that were replaced or retired, so that these count as agreed too.
    private static Happens Leave(Command.Leave leave, ChainState state, DateTimeOffset now)
    {
        var named = state.Versions.Values.Where(v => v.Definition.Partners().Contains(leave.By)).ToList();
        var open = named.Where(v => v.Status is ChainStatus.Proposed or ChainStatus.Agreed);
        var agreed = named.LastOrDefault(v => v.WasAgreed);
        return new Happens([
            .. open.Select(v => new Event.Objected(v.Definition.Version, leave.By, null, Event.Objected.LeftNetwork) { Chain = state.Id, At = now }),
            .. agreed is null || agreed.Withdrawals.GetValueOrDefault(leave.By) is { Left: true }
                ? Array.Empty<Event>()
                : [new Event.PartnerWithdrew(agreed.Definition.Version, leave.By, null, Left: true) { Chain = state.Id, At = now }]]);
    }

    // Whoever comes later is in force in the end.
    private static Happens PassTime(ChainState state, DateTimeOffset now)
    {
        var due = state.Versions.Values.Where(v => v.Status == ChainStatus.Agreed && v.HasCome(now)).OrderBy(v => v.From).ThenBy(v => v.Definition.Version);
        var events = new List<Event>();
        foreach (var version in due.Select(v => v.Definition.Version))
        {
            if (state.Versions[version].Status == ChainStatus.Agreed)
            {
                var inForce = new Event.PutInForce(version) { Chain = state.Id, At = now };
                events.Add(inForce);
                state = ChainState.Evolve(state, inForce);
            }
        }

        return new Happens(events);
    }
}
