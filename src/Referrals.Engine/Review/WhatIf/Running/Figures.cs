using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>Makes measures of what was counted in one run.</summary>
internal sealed class Figures(CompiledNetwork network, double days)
{
    public static readonly int Count = Enum.GetValues<Measure>().Length;

    private readonly List<(ResultScope Scope, int[] Rows)> _scopes = Scopes(network);

    /// <summary>The measures of each scope; not a number where there is none.</summary>
    public IEnumerable<(ResultScope Scope, double[] Values)> Of(Tally[] tallies, CaseTally[] cases)
    {
        var all = new Tally();
        foreach (var (scope, rows) in _scopes)
        {
            all.Clear();
            foreach (var row in rows)
            {
                all.Add(tallies[row]);
            }

            var values = Of(all);
            values[(int)Measure.Utilisation] = scope.Service is null ? double.NaN : Utilisation(all, network.PoolOfRow[rows[0]]);
            if (scope is { Step: null, Partner: null })
            {
                AddCases(values, scope, cases);
            }

            yield return (scope, values);
        }
    }

    private static List<(ResultScope Scope, int[] Rows)> Scopes(CompiledNetwork network)
    {
        var rows = Enumerable.Range(0, network.Places.Count).ToList();
        var places = network.Places;
        return
        [
            .. new[] { ResultScope.Network }.Select(s => (s, rows.ToArray())).Where(s => s.Item2.Length > 0),
            .. Grouped(rows, r => new(places[r].Chain, null, null, null)),
            .. Grouped(rows, r => new(places[r].Chain, places[r].Step, null, null)),
            .. Grouped(rows, r => new(places[r].Chain, places[r].Step, places[r].Partner, null)),
            .. Grouped(rows, r => new(null, null, network.PoolOfRow[r].Key.Partner, network.PoolOfRow[r].Key.Service)),
        ];
    }

    private static IEnumerable<(ResultScope, int[])> Grouped(List<int> rows, Func<int, ResultScope> by) => rows.GroupBy(by).Select(g => (g.Key, g.ToArray()));

    private double[] Of(Tally tally)
    {
        var values = new double[Count];
        values.AsSpan().Fill(double.NaN);
        void Set(Measure measure, double value) => values[(int)measure] = value;
        var waits = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tally.Waits);
        Set(Measure.Offered, tally.Offered);
        Set(Measure.Declined, tally.Declined);
        Set(Measure.Started, waits.Length);
        Set(Measure.Completed, tally.Completed);
        Set(Measure.WaitingMean, waits.Length == 0 ? double.NaN : tally.Waits.Average());
        Set(Measure.WaitingMedian, Percentiles.Of(waits, 0.5) ?? double.NaN);
        Set(Measure.WaitingP90, Percentiles.Of(waits, 0.9) ?? double.NaN);
        Set(Measure.AcknowledgedInTime, (double)tally.AcknowledgedInTime / tally.ToBeAcknowledged);
        Set(Measure.CompletedInTime, (double)tally.CompletedInTime / tally.ToBeCompleted);
        Set(Measure.Waiting, tally.DaysWaiting / days);
        Set(Measure.Queue, tally.DaysQueued / days);
        Set(Measure.InWork, tally.DaysInWork / days);
        return values;
    }

    private double Utilisation(Tally tally, Pool pool) => pool.Capacity == int.MaxValue ? double.NaN : tally.DaysInWork / days / pool.Capacity;

    private void AddCases(double[] values, ResultScope scope, CaseTally[] cases)
    {
        var all = new CaseTally();
        foreach (var chain in network.Chains.Where(c => scope.Chain is null || c.Model.Current.Id.Value == scope.Chain))
        {
            all.Add(cases[chain.Index]);
        }

        var lengths = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all.Lengths);
        values[(int)Measure.Arrived] = all.Arrived;
        values[(int)Measure.Finished] = lengths.Length;
        values[(int)Measure.DroppedOut] = all.Dropped;
        values[(int)Measure.ThroughputMedian] = Percentiles.Of(lengths, 0.5) ?? double.NaN;
        values[(int)Measure.ThroughputP90] = Percentiles.Of(lengths, 0.9) ?? double.NaN;
    }
}
