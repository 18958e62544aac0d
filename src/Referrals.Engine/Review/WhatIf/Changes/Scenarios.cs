using System.Diagnostics;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Changes;

/// <summary>What came of applying a scenario.</summary>
/// <param name="Model">The network as it would be; null when something makes no sense.</param>
/// <param name="Faults">Everything that makes no sense.</param>
public sealed record AppliedScenario(NetworkModel? Model, IReadOnlyList<ScenarioFault> Faults);

/// <summary>Applies scenarios to models. Running referrals stay on their version of a chain; new ones start on the changed one.</summary>
public static class Scenarios
{
    // A place more or less is thinkable, a thousandfold is a slip of the pen.
    private const int MostPlaces = 10_000;
    private const double MostTimes = 10;

    /// <summary>The network as it would be, or all that speaks against it.</summary>
    /// <param name="model">The network as it is.</param>
    /// <param name="scenario">What would be different.</param>
    /// <param name="versions">Finds versions of chains by their number; null: only those that the model holds are known.</param>
    public static AppliedScenario Apply(NetworkModel model, Scenario scenario, Func<ChainId, int, ChainVersion?>? versions = null)
    {
        var faults = new List<ScenarioFault>();
        if (scenario.Changes.Count is 0 or > Scenario.MostChanges)
        {
            faults.Add(new("changes", "number-of-changes", $"a scenario has 1 to {Scenario.MostChanges} changes"));
            return new(null, faults);
        }

        var changed = model;
        for (var i = 0; i < scenario.Changes.Count; i++)
        {
            changed = Apply(changed, scenario.Changes[i], versions ?? ((id, number) => Known(model, id, number)), new Complaints($"changes[{i}]", faults));
        }

        foreach (var chain in changed.Chains.Where(c => !model.Chains.Contains(c)))
        {
            Check(chain, faults);
        }

        return faults.Count > 0 ? new(null, faults) : new(WithRoomForNewPartners(changed), []);
    }

    private static NetworkModel Apply(NetworkModel model, Change change, Func<ChainId, int, ChainVersion?> versions, Complaints say) => change switch
    {
        Change.AgreedTimes c => OnStep(model, c.Chain, c.Step, say, s => s with
        {
            AcknowledgeWithin = c.Acknowledge ?? s.AcknowledgeWithin,
            CompleteWithin = c.Complete ?? s.CompleteWithin,
        }),
        Change.Partners c => OnStep(model, c.Chain, c.Step, say, s => s with { Partners = c.Named }),
        Change.Offered c => OnStep(model, c.Chain, c.Step, say, s => s with { Offer = c.Mode, OnDecline = c.OnDecline ?? s.OnDecline }),
        Change.Order c => OnSequence(model, c.Chain, c.Sequence, c.Children, say, (s, children) => SequenceChanges.Reorder(s, children, say)),
        Change.Together c => OnSequence(model, c.Chain, c.Sequence, c.Children, say, (s, children) => SequenceChanges.Join(s, children, say)),
        Change.Version c => Replace(model, c.Chain, "chain.id", say),
        Change.KnownVersion c => Replace(model, c, versions, say),
        Change.Capacity c => Room(model, c, say),
        Change.Arrivals c => Arrivals(model, c, say),
        _ => throw new UnreachableException(),
    };

    private static NetworkModel OnStep(NetworkModel model, ChainId id, NodeId step, Complaints say, Func<ChainNode.Step, ChainNode.Step> change) =>
        OnNode(model, id, step, "step", say, node => node is ChainNode.Step known ? change(known) : null);

    private static NetworkModel OnSequence(
        NetworkModel model, ChainId id, NodeId sequence, IReadOnlyList<NodeId> children, Complaints say, Func<ChainNode.Sequence, IReadOnlyList<NodeId>, ChainNode> change) =>
        OnNode(model, id, sequence, "sequence", say, node => node is ChainNode.Sequence known ? change(known, children) : null);

    private static NetworkModel OnNode(NetworkModel model, ChainId id, NodeId node, string path, Complaints say, Func<ChainNode, ChainNode?> change)
    {
        if (model.Find(id) is not { } chain)
        {
            say.That("chain", "chain-unknown", $"there is no chain '{id}'");
            return model;
        }

        if (chain.Current.Nodes().FirstOrDefault(n => n.Id == node) is not { } found || change(found) is not { } made)
        {
            say.That(path, $"{path}-unknown", $"chain '{id}' has no {path} '{node}'");
            return model;
        }

        return With(model, chain with { Current = chain.Current with { Root = SequenceChanges.Replace(chain.Current.Root, found, made) } });
    }

    private static ChainVersion? Known(NetworkModel model, ChainId id, int number) =>
        model.Find(id) is { } chain ? chain.Earlier.Append(chain.Current).FirstOrDefault(v => v.Version == number) : null;

    private static NetworkModel Replace(NetworkModel model, Change.KnownVersion change, Func<ChainId, int, ChainVersion?> versions, Complaints say)
    {
        if (model.Find(change.Chain) is null)
        {
            say.That("chain", "chain-unknown", $"there is no chain '{change.Chain}'");
            return model;
        }

        if (versions(change.Chain, change.Number) is { } found)
        {
            return Replace(model, found, "chain", say);
        }

        say.That("version", "version-unknown", $"chain '{change.Chain}' has no version {change.Number}");
        return model;
    }

    private static NetworkModel Replace(NetworkModel model, ChainVersion version, string path, Complaints say)
    {
        if (model.Find(version.Id) is not { } chain)
        {
            say.That(path, "chain-unknown", $"there is no chain '{version.Id}'");
            return model;
        }

        return With(model, chain with { Current = version });
    }

    // Running referrals find the version that was in force under its number; the changed one needs another.
    private static NetworkModel With(NetworkModel model, ChainModel changed) => model with
    {
        Chains =
        [
            .. model.Chains.Select(c => c.Current.Id != changed.Current.Id ? c : changed with
            {
                Current = changed.Current with { Version = c.Earlier.Append(c.Current).Max(v => v.Version) + 1 },
                Earlier = [.. c.Earlier, c.Current],
            }),
        ],
    };

    private static NetworkModel Room(NetworkModel model, Change.Capacity change, Complaints say)
    {
        var pools = model.Capacity.Where(c => c.Key.Partner == change.Partner.Value && (change.Service is null || c.Key.Service == change.Service)).ToList();
        if (pools.Count == 0 && change is not { Places: not null, Service: not null })
        {
            say.That("partner", "partner-unknown", $"nothing is known of the room of '{change.Partner}'; name a service and places to set it");
            return model;
        }

        if ((change.Places is null ? 0 : 1) + (change.By is null ? 0 : 1) + (change.Times is null ? 0 : 1) != 1)
        {
            say.That("", "one-of-three", "say exactly one of places, by and times");
            return model;
        }

        if (pools.Count == 0)
        {
            pools.Add(new(new(change.Partner.Value, change.Service!), new Room(1)));
        }

        var rooms = new Dictionary<PoolKey, Room>(model.Capacity);
        foreach (var (key, room) in pools)
        {
            var places = change.Places ?? (change.By is { } by ? room.Places + (double)by : Math.Round(room.Places * change.Times!.Value));
            if (places is not (>= 1 and <= MostPlaces))
            {
                say.That(change.Places is not null ? "places" : change.By is not null ? "by" : "times", "no-room", $"'{key.Partner}' needs 1 to {MostPlaces} places for '{key.Service}'");
                return model;
            }

            rooms[key] = room with { Places = (int)places };
        }

        return model with { Capacity = rooms };
    }

    private static NetworkModel Arrivals(NetworkModel model, Change.Arrivals change, Complaints say)
    {
        if (change.Chain is { } id && model.Find(id) is null)
        {
            say.That("chain", "chain-unknown", $"there is no chain '{id}'");
        }

        if (change.Times is not (>= 0 and <= MostTimes))
        {
            say.That("times", "out-of-range", $"must lie between 0 and {MostTimes}");
            return model;
        }

        return model with
        {
            Chains = [.. model.Chains.Select(c => change.Chain is { } one && c.Current.Id != one ? c : c with { Arrivals = c.Arrivals with { PerDay = c.Arrivals.PerDay * change.Times } })],
        };
    }

    private static void Check(ChainModel chain, List<ScenarioFault> faults)
    {
        foreach (var fault in ChainValidation.Check(chain.Current))
        {
            faults.Add(new($"chains.{chain.Current.Id}.{fault.Path}", fault.Code, fault.Message.En ?? fault.Message.De));
        }

        foreach (var step in chain.Current.Steps().Where(s => !chain.Steps.ContainsKey(s.Id.Value)))
        {
            faults.Add(new($"chains.{chain.Current.Id}.{step.Id}", "no-history", $"nothing is known of how long the step '{step.Id}' takes: it was never part of the chain"));
        }
    }

    // A partner that never rendered a service is taken to have as much room for it as those who do.
    private static NetworkModel WithRoomForNewPartners(NetworkModel model)
    {
        var rooms = new Dictionary<PoolKey, Room>(model.Capacity);
        foreach (var step in model.Chains.SelectMany(c => c.Current.Steps()))
        {
            var others = model.Capacity.Where(c => c.Key.Service == step.Service).Select(c => c.Value.Places).Order().ToList();
            foreach (var partner in step.Partners.Where(p => others.Count > 0 && !rooms.ContainsKey(new(p.Value, step.Service))))
            {
                rooms[new(partner.Value, step.Service)] = new Room(others[others.Count / 2]);
            }
        }

        return model with { Capacity = rooms };
    }
}

/// <summary>Notes what makes no sense below a path.</summary>
internal sealed class Complaints(string path, List<ScenarioFault> faults)
{
    public void That(string below, string code, string message) => faults.Add(new(below.Length == 0 ? path : $"{path}.{below}", code, message));
}
