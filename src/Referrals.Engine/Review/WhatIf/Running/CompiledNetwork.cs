using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>What a row of figures tells of.</summary>
/// <param name="Chain">Chain.</param>
/// <param name="Step">Step.</param>
/// <param name="Partner">Partner.</param>
internal readonly record struct Place(string Chain, string Step, string Partner);

/// <summary>One version of a chain, ready to be walked: its plan, and for each step its partners.</summary>
internal sealed record CompiledVersion(int Number, ChainPlan Plan, Site[][] Sites)
{
    /// <summary>Referrals to be used again.</summary>
    public Stack<SimCase> Free { get; } = new();
}

/// <summary>A chain, ready to be simulated.</summary>
internal sealed record CompiledChain(int Index, ChainModel Model, ulong Hash, CompiledVersion Current, IReadOnlyList<CompiledVersion> Earlier)
{
    public CompiledVersion Version(int number) => Earlier.FirstOrDefault(v => v.Number == number) ?? Current;
}

/// <summary>A model in the form in which it is simulated: whole numbers and arrays. One simulation at a time.</summary>
internal sealed class CompiledNetwork
{
    private readonly Dictionary<PoolKey, Pool> _pools = [];
    private readonly Dictionary<Place, int> _rows = [];
    private readonly List<Place> _places = [];
    private readonly List<Pool> _poolOfRow = [];
    private readonly Words _outcomes = new();

    public CompiledNetwork(NetworkModel model)
    {
        Model = model;
        Chains = [.. model.Chains.Select(Compile)];
        Visits = [];
    }

    public NetworkModel Model { get; }

    public IReadOnlyList<CompiledChain> Chains { get; }

    public IReadOnlyCollection<Pool> Pools => _pools.Values;

    /// <summary>What each row of figures tells of.</summary>
    public IReadOnlyList<Place> Places => _places;

    /// <summary>Whose room each row of figures takes.</summary>
    public IReadOnlyList<Pool> PoolOfRow => _poolOfRow;

    /// <summary>Visits to be used again.</summary>
    public Stack<SimVisit> Visits { get; }

    /// <summary>The code of an outcome.</summary>
    public string Outcome(int outcome) => _outcomes[outcome];

    /// <summary>The number of an outcome.</summary>
    public int OutcomeOf(string code) => _outcomes.Of(code);

    private CompiledChain Compile(ChainModel chain, int index) => new(
        index, chain, Draw.Key(0, chain.Current.Id.Value), Compile(chain, chain.Current), [.. chain.Earlier.Select(v => Compile(chain, v))]);

    private CompiledVersion Compile(ChainModel chain, ChainVersion version)
    {
        var plan = new ChainPlan(version, _outcomes);
        return new(version.Version, plan, [.. plan.Steps.Select(s => s.Step.Partners.Select(p => Compile(chain, s.Step, p.Value)).ToArray())]);
    }

    private Site Compile(ChainModel chain, ChainNode.Step step, string partner)
    {
        var known = chain.Steps.GetValueOrDefault(step.Id.Value) ?? new StepModel(new Dictionary<string, SiteModel>(), new SiteModel());
        var site = known.At(partner);
        var outcomes = site.Outcomes.Where(o => o.Weight > 0).ToList();
        var pool = PoolOf(new(partner, step.Service));
        return new(known, site, pool, RowOf(new(chain.Current.Id.Value, step.Id.Value, partner), pool), HashOf(step, partner))
        {
            OutcomeWeights = outcomes.Count == 0 ? [1] : [.. outcomes.Select(o => o.Weight)],
            Outcomes = outcomes.Count == 0 ? [_outcomes.Of(OutcomeCodes.TookPlace)] : [.. outcomes.Select(o => _outcomes.Of(o.Code))],
        };
    }

    private static ulong HashOf(ChainNode.Step step, string partner) => Draw.Key(Draw.Key(0, step.Id.Value), partner);

    private Pool PoolOf(PoolKey key)
    {
        if (!_pools.TryGetValue(key, out var pool))
        {
            pool = new Pool(key, Model.Capacity.GetValueOrDefault(key));
            _pools.Add(key, pool);
        }

        return pool;
    }

    private int RowOf(Place place, Pool pool)
    {
        if (!_rows.TryGetValue(place, out var row))
        {
            row = _places.Count;
            _rows.Add(place, row);
            _places.Add(place);
            _poolOfRow.Add(pool);
        }

        return row;
    }
}
