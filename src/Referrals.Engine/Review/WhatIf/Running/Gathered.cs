namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>The measures of all runs of both variants, and what they come to.</summary>
internal sealed class Gathered(int replications)
{
    private readonly Dictionary<ResultScope, double[]?[][]> _values = [];
    private readonly List<ResultScope> _order = [];

    /// <summary>Notes the measures of a run of a variant (0: as it is, 1: scenario).</summary>
    public void Add(int variant, int replication, ResultScope scope, double[] values)
    {
        if (!_values.TryGetValue(scope, out var known))
        {
            known = [new double[replications][], new double[replications][]];
            _values.Add(scope, known);
            _order.Add(scope);
        }

        known[variant][replication] = values;
    }

    public IReadOnlyList<ResultRow> Rows() =>
        [.. _order.Select(scope => new ResultRow(scope, [.. Enum.GetValues<Measure>().Select(m => Compare(_values[scope], m)).OfType<Compared>()]))];

    private static Compared? Compare(double[]?[][] values, Measure measure)
    {
        var (baseline, scenario) = (Of(values[0], measure), Of(values[1], measure));
        var difference = baseline.Zip(scenario, (b, s) => s - b).ToArray();
        var compared = new Compared(measure, Estimate(baseline), Estimate(scenario), Estimate(difference));
        return compared is { Baseline: null, Scenario: null } ? null : compared;
    }

    private static double[] Of(double[]?[] runs, Measure measure) => [.. runs.Select(r => r is null ? double.NaN : r[(int)measure])];

    private static Estimate? Estimate(double[] values)
    {
        var seen = values.Where(double.IsFinite).ToList();
        if (seen.Count == 0)
        {
            return null;
        }

        var mean = seen.Average();
        var half = seen.Count == 1 ? 0 : Normal.Student(seen.Count - 1) * Math.Sqrt(seen.Sum(v => (v - mean) * (v - mean)) / (seen.Count - 1) / seen.Count);
        return new(mean, mean - half, mean + half);
    }
}
