using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>A table seen through a filter: which rows count, and which of its steps are the same step in different versions of a chain.</summary>
internal sealed class Scope
{
    private VisitTally[]? _byStep;
    private VisitTally[]? _byStepAndPartner;

    public Scope(ReviewTable table, ReviewFilter filter, Known known)
    {
        (Table, Filter, Law) = (table, filter, new SmallNumbers(table.Threshold));
        ChainKey = [.. table.Chains.Select((c, i) => known.Chains[i] && (filter.Chain is not { } chain || (c.Id == chain && (filter.Version is not { } v || c.Version == v))) ? 0 : -1)];
        (Steps, StepKey) = Merge(table, ChainKey, known);
        Last = Math.Min(filter.ToMonth, known.Last);
        IsEmpty = filter.FromMonth > Last;
        First = IsEmpty ? Last : Math.Clamp(known.First, filter.FromMonth, Last);
        Unit = table.Chains.Where((_, i) => ChainKey[i] == 0).All(c => c.Clock == WorkingClock.Always) ? TimeUnit.CalendarDays : TimeUnit.WorkingDays;
    }

    public ReviewTable Table { get; }

    public ReviewFilter Filter { get; }

    public SmallNumbers Law { get; }

    /// <summary>For each chain version 0, or -1 where it is filtered out or nothing of it counts.</summary>
    public int[] ChainKey { get; }

    /// <summary>The steps, those of all versions of a chain as one, in the order of the latest.</summary>
    public IReadOnlyList<ScopedStep> Steps { get; }

    /// <summary>For each step of the table its index in <see cref="Steps"/>, or -1 where its chain is filtered out or it is not known of.</summary>
    public int[] StepKey { get; }

    /// <summary>First month looked at, no earlier than anything that counts.</summary>
    public ushort First { get; }

    /// <summary>Last month looked at, no later than the table.</summary>
    public ushort Last { get; }

    public int MonthCount => IsEmpty ? 0 : Last - First + 1;

    public bool IsEmpty { get; }

    public TimeUnit Unit { get; }

    /// <summary>Whether running cases of a chain version belong to what is looked at; without a filter also those that show in the whole only.</summary>
    public bool Has(int chain) => Filter.Chain is null || ChainKey[chain] == 0;

    /// <summary>Up to which level of <see cref="Shown"/> open things count in the whole of what is looked at.</summary>
    public Shown Whole => Filter.Chain is null ? Shown.Network : Shown.Chain;

    /// <summary>A clock of what is looked at, to measure the period with.</summary>
    public WorkingClock Clock => Table.Chains.Where((_, i) => ChainKey[i] == 0).Select(c => c.Clock).FirstOrDefault(c => c != WorkingClock.Always) ?? WorkingClock.Always;

    /// <summary>From the first moment looked at to the last.</summary>
    public (uint From, uint To) Period
    {
        get
        {
            var from = Months.Begin(First);
            var to = Math.Min(Months.Begin(Last + 1), Table.AsOf);
            return (from, Math.Max(from, to));
        }
    }

    public Frame Frame => new(Months.First(First), Months.First(Last), Unit, Table.Threshold);

    public int[] StepKeys(int times = 1) => [.. StepKey.Select(s => s < 0 ? -1 : s * times)];

    public int[] OnlyStep(int step) => [.. StepKey.Select(s => s == step ? 0 : -1)];

    /// <summary>For each partner a multiple of its index.</summary>
    public int[] PartnerKeys(int times = 0) => [.. Table.Partners.Select((_, i) => i * times)];

    public int[] OnlyPartner(int partner) => [.. Table.Partners.Select((_, i) => i == partner ? 0 : -1)];

    /// <summary>Visits that count, by step, partner and month.</summary>
    public VisitKey Visits(int groups, int[] step, int[] partner, int perMonth = 0) => new(groups, step, partner, First, MonthCount, perMonth);

    /// <summary>What is counted of visits by step (its index in <see cref="Steps"/>), as many figures need it; counted once.</summary>
    public VisitTally[] ByStep => _byStep ??= Sum(ByStepAndPartner, Steps.Count, Table.Partners.Count);

    /// <summary>The same by step and partner: step times number of partners plus partner.</summary>
    public VisitTally[] ByStepAndPartner => _byStepAndPartner ??=
        Scan.Tally(Table, Visits(Steps.Count * Table.Partners.Count, StepKeys(Table.Partners.Count), PartnerKeys(1)));

    /// <summary>Visits that count, by the step before and the step.</summary>
    public EdgeKey Edges() => new((Steps.Count + 1) * Steps.Count, StepKey, Steps.Count, First, MonthCount);

    /// <summary>Index of a partner, or -1.</summary>
    public int PartnerOf(string code)
    {
        for (var i = 0; i < Table.Partners.Count; i++)
        {
            if (Table.Partners[i] == code)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Index in <see cref="Steps"/> of a step, or -1.</summary>
    public int IndexOf(ChainId chain, string step)
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i].Name.Chain == chain && Steps[i].Name.Step == step)
            {
                return i;
            }
        }

        return -1;
    }

    private static VisitTally[] Sum(VisitTally[] tally, int groups, int each)
    {
        var sums = new VisitTally[groups];
        for (var i = 0; i < tally.Length; i++)
        {
            sums[i / each].Add(tally[i]);
        }

        return sums;
    }

    private static (IReadOnlyList<ScopedStep>, int[]) Merge(ReviewTable table, int[] chainKey, Known known)
    {
        var steps = new List<ScopedStep>();
        var merged = new Dictionary<(ChainId, string), int>();
        var keys = new int[table.Steps.Count];
        Array.Fill(keys, -1);
        foreach (var (step, index) in table.Steps.Select((s, i) => (s, i)).Where(s => chainKey[s.s.Chain] == 0 && known.Steps[s.i])
            .OrderBy(s => table.Chains[s.s.Chain].Id.Value, StringComparer.Ordinal).ThenByDescending(s => table.Chains[s.s.Chain].Version).ThenBy(s => s.i))
        {
            var chain = table.Chains[step.Chain].Id;
            if (!merged.TryGetValue((chain, step.Id), out var at))
            {
                merged.Add((chain, step.Id), at = steps.Count);
                steps.Add(new(new StepName(chain, step.Id, step.Title), step.AcknowledgeDays, step.CompleteDays));
            }

            keys[index] = at;
        }

        return (steps, keys);
    }
}

/// <summary>A step over all versions looked at.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AcknowledgeDays">Working days agreed for the acknowledgement in the latest version, or null.</param>
/// <param name="CompleteDays">Working days agreed from the acceptance to the end in the latest version, or null.</param>
internal sealed record ScopedStep(StepName Name, int? AcknowledgeDays, int? CompleteDays)
{
    /// <summary>Working days from the offer to the end that the agreement allows, or null where it does not limit the end.</summary>
    public int? AgreedDays => CompleteDays is { } days ? (AcknowledgeDays ?? 0) + days : null;
}
