using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>What questions rest on: the model of the network, fitted on its history up to a moment.</summary>
/// <param name="Model">The network as it is.</param>
/// <param name="Versions">Every version of its chains, for questions that put another one in force.</param>
/// <param name="AsOf">Up to where the history was known.</param>
/// <param name="Threshold">The fewest cases that a number may stand for.</param>
public sealed record WhatIfBasis(NetworkModel Model, IReadOnlyDictionary<(ChainId Id, int Version), ChainVersion> Versions, DateTimeOffset AsOf, int Threshold)
{
    /// <summary>With fewer working days of history there is nothing to rest on.</summary>
    public const int FewestDays = 20;

    private const int MostCases = 100_000;
    private const uint Longest = 3 * 366 * Moments.Day;

    /// <summary>Fits a model; null where there is too little history.</summary>
    /// <param name="table">All that is reviewed.</param>
    /// <param name="versions">Versions of the chains: those in force, and those on which referrals of the table run.</param>
    /// <param name="ct">Stops it.</param>
    public static WhatIfBasis? Fit(ReviewTable table, IReadOnlyList<ChainVersion> versions, CancellationToken ct)
    {
        var used = table.Chains.Select(c => (c.Id, c.Version)).ToHashSet();
        var first = versions.Where(v => used.Contains((v.Id, v.Version))).Select(v => v.Id).ToHashSet();
        if (Begin(table) is not { } begin || ModelFit.Fit(table, [.. versions.Where(v => first.Contains(v.Id))], begin, table.AsOf, ct) is not { } model || model.Until - model.From < FewestDays)
        {
            return null;
        }

        return new(model, versions.ToDictionary(v => (v.Id, v.Version)), Moments.At(table.AsOf)!.Value, table.Threshold);
    }

    /// <summary>The network as it would be, or all that speaks against it.</summary>
    public AppliedScenario Apply(IReadOnlyList<Change> changes) =>
        Scenarios.Apply(Model, new Scenario(changes), (id, version) => Versions.GetValueOrDefault((id, version)));

    /// <summary>All that speaks against a question; empty: it can be simulated.</summary>
    public IReadOnlyList<ScenarioFault> Check(WhatIfQuestion question)
    {
        var applied = Apply(question.Changes);
        return
        [
            .. applied.Faults, .. Simulator.Check(Model, applied.Model, question.Settings),
            .. question.Chains.Select((id, i) => (id, i)).Where(c => Model.Find(c.id) is null).Select(c => new ScenarioFault($"chains[{c.i}]", "chain-unknown", $"there is no chain '{c.id}'")),
        ];
    }

    /// <summary>
    /// Whether figures of a scope may be told: what rests on fewer visits than a number may stand for is not, though it is simulated; what rests on
    /// none is taken from others.
    /// </summary>
    public bool MayBeTold(ResultScope scope)
    {
        var visits = Model.Chains
            .Where(c => scope.Chain is null || c.Current.Id.Value == scope.Chain)
            .SelectMany(c => c.Earlier.Append(c.Current).SelectMany(v => v.Steps()).DistinctBy(s => s.Id)
                .Where(s => (scope.Step is null || s.Id.Value == scope.Step) && (scope.Service is null || s.Service == scope.Service) && c.Steps.ContainsKey(s.Id.Value))
                .SelectMany(s => c.Steps[s.Id.Value].Sites.Where(p => scope.Partner is null || p.Key == scope.Partner).Select(p => p.Value.Visits)))
            .Sum();
        return visits == 0 || visits >= Threshold;
    }

    // The history that counts: the latest years, and no more of them than can be looked at in a moment.
    internal static uint? Begin(ReviewTable table)
    {
        var perDay = new SortedDictionary<uint, int>();
        foreach (var part in table.Parts)
        {
            for (var i = 0; i < part.Cases.Count; i++)
            {
                var day = part.Cases.Started[i] / Moments.Day;
                perDay[day] = perDay.GetValueOrDefault(day) + 1;
            }
        }

        if (perDay.Count == 0)
        {
            return null;
        }

        var (begin, cases) = (perDay.Keys.Last(), 0);
        foreach (var (day, count) in perDay.Reverse().TakeWhile(d => (cases += d.Value) <= MostCases))
        {
            begin = day;
        }

        // 0 stands for no moment.
        return Math.Max(Math.Max(begin * Moments.Day, 1), table.AsOf > Longest ? table.AsOf - Longest : 1);
    }
}
