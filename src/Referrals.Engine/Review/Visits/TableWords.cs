using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.Visits;

/// <summary>Gives whole numbers to chain versions, steps, partners and reasons as they first appear.</summary>
internal sealed class TableWords(Func<ChainId, int, ChainFacts> facts)
{
    private readonly Dictionary<(ChainId, int), ushort> _chains = [];
    private readonly Dictionary<(ushort, string), ushort> _steps = [];
    private readonly Dictionary<string, ushort> _partners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _reasons = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<ReviewChain> _chainList = [];
    private readonly List<ReviewStep> _stepList = [];
    private readonly List<string> _partnerList = [];
    private readonly List<string> _reasonList = [""];
    private readonly List<ChainFacts> _facts = [];

    public IReadOnlyList<ReviewChain> Chains => [.. _chainList];

    public IReadOnlyList<ReviewStep> Steps => [.. _stepList];

    public IReadOnlyList<string> Partners => [.. _partnerList];

    public IReadOnlyList<string> Reasons => [.. _reasonList];

    /// <summary>How the working time of a chain version is measured.</summary>
    public WorkingClock Clock(ushort chain) => _facts[chain].Clock;

    // The steps of a chain come in its order, also those that nobody has reached.
    public ushort Chain(ChainId id, int version)
    {
        if (_chains.TryGetValue((id, version), out var known))
        {
            return known;
        }

        var about = facts(id, version);
        var index = Next(_chainList.Count);
        _chains.Add((id, version), index);
        _chainList.Add(new(id, version, about.Title, about.Clock));
        _facts.Add(about);
        foreach (var step in about.Steps.Keys)
        {
            Step(index, step);
        }

        return index;
    }

    public ushort Step(ushort chain, string id)
    {
        if (_steps.TryGetValue((chain, id), out var known))
        {
            return known;
        }

        var index = Next(_stepList.Count);
        var agreed = _facts[chain].Steps.GetValueOrDefault(id);
        var about = agreed ?? new StepFacts(new LocalText(id), null, null);
        _steps.Add((chain, id), index);
        _stepList.Add(new(chain, id, about.Title, about.AcknowledgeDays, about.CompleteDays) { IsAgreed = agreed is not null });
        return index;
    }

    public ushort Partner(string code) => Word(code, _partners, _partnerList);

    public ushort Reason(string? code) => Word(code ?? "", _reasons, _reasonList);

    private static ushort Word(string word, Dictionary<string, ushort> known, List<string> list)
    {
        if (!known.TryGetValue(word, out var index))
        {
            index = Next(list.Count);
            known.Add(word, index);
            list.Add(word);
        }

        return index;
    }

    // The last number stands for "none".
    private static ushort Next(int count) => count < ReviewTable.NoStep
        ? (ushort)count
        : throw new InvalidDataException($"a review tells at most {ReviewTable.NoStep} steps, partners or reasons apart");
}
