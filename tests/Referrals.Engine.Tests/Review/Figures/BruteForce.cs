using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>An ended visit that counts, as the definitions name it.</summary>
internal sealed record SeenVisit(ReviewChain Chain, string Step, string? Before, string Partner, ushort Month, Visit Visit, ReviewStep Agreed, Guid Case)
{
    public double Waiting => Days(Visit.Offered, Visit.Started > 0 ? Visit.Started : Visit.Ended);

    public double Working => Visit.Started == 0 || Visit.Ended <= Visit.Started
        ? 0
        : Days(Visit.Started, Visit.Ended) * (1 - ((double)Visit.Paused / (Visit.Ended - Visit.Started)));

    public bool Late => Visit.AcknowledgedLate || Visit.CompletedLate;

    public double Days(uint from, uint to) => Chain.Clock.Between(from, to) / 86_400.0;
}

/// <summary>A finished case that counts.</summary>
internal sealed record SeenCase(ReviewChain Chain, ushort Month, ReviewCase Case)
{
    public double Throughput => Chain.Clock.Between(Case.Started, Case.Ended) / 86_400.0;
}

/// <summary>Figures by their definition, over lists of objects; what counts is taken from the table's month columns.</summary>
internal sealed class BruteForce
{
    public BruteForce(ReviewTable table, IEnumerable<ReviewCase> cases)
    {
        var rows = table.Parts.SelectMany(p => Enumerable.Range(0, p.Cases.Count).Select(r => (Part: p, Row: r))).ToList();
        var byStart = cases.ToLookup(c => (c.Started, c.Visits.Length, c.Visits.Sum(v => (long)v.Offered)));
        foreach (var (part, row) in rows)
        {
            var (first, count) = (part.Cases.FirstVisit[row], part.Cases.VisitCount[row]);
            var told = byStart[(part.Cases.Started[row], count, Enumerable.Range(first, count).Sum(v => (long)part.Visits.Offered[v]))].Single();
            var chain = table.Chains[part.Cases.Chain[row]];
            if (part.Cases.Month[row] > 0)
            {
                Cases.Add(new(chain, part.Cases.Month[row], told));
            }

            for (var i = 0; i < count; i++)
            {
                if (part.Visits.Month[first + i] is > 0 and var month)
                {
                    var before = part.Visits.Before[first + i];
                    Visits.Add(new(
                        chain, told.Visits[i].Step, before == ReviewTable.NoStep ? null : table.Steps[before].Id, told.Visits[i].Partner, month,
                        told.Visits[i], table.Steps[part.Visits.Step[first + i]], told.Id));
                }
            }
        }
    }

    public List<SeenVisit> Visits { get; } = [];

    public List<SeenCase> Cases { get; } = [];

    public IEnumerable<SeenVisit> In(ReviewFilter filter) => Visits.Where(v => Holds(filter, v.Chain, v.Month));

    public IEnumerable<SeenCase> CasesIn(ReviewFilter filter) => Cases.Where(v => Holds(filter, v.Chain, v.Month));

    public static void Same(IEnumerable<(Guid Case, double Days)> durations, Durations told, int threshold)
    {
        var values = durations.ToList();
        var enough = values.Count > 0 && values.DistinctBy(v => v.Case).Count() >= threshold;
        Assert.Equal(values.Count, told.N);
        Near(enough ? values.Sum(v => v.Days) : null, told.Total);
        Near(enough ? values.Average(v => v.Days) : null, told.Mean);
        Near(Percentile(values, 0.5, threshold), told.Median);
        Near(Percentile(values, 0.9, threshold), told.P90);
    }

    /// <summary>The mean of so many values around the percentile's place that they are of the threshold of cases, where as many lie on each side.</summary>
    public static double? Percentile(IEnumerable<(Guid Case, double Days)> durations, double share, int threshold)
    {
        var values = durations.ToList();
        var cases = values.GroupBy(v => v.Case).Select(g => g.Count()).ToList();
        var width = threshold <= 1 || cases.Count == 0 ? 1 : Math.Min(((threshold - 1) * cases.Max()) + 1, threshold + values.Count - cases.Count);
        var enough = threshold <= 1 ? values.Count > 0 : (values.Count * Math.Min(share, 1 - share)) + 1e-9 >= width;
        if (!enough)
        {
            return null;
        }

        double[] sorted = [.. values.Select(v => v.Days).Order()];
        var from = Math.Clamp(((sorted.Length - 1) * share) - ((width - 1) / 2.0), 0, sorted.Length - width);
        return Enumerable.Range(0, sorted.Length).Sum(i => sorted[i] * Math.Clamp(Math.Min(1 + i - from, from + width - i), 0, 1)) / width;
    }

    public static void Near(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is not null)
        {
            Assert.Equal(expected.Value, actual!.Value, 0.02);
        }
    }

    private static bool Holds(ReviewFilter filter, ReviewChain chain, ushort month) =>
        (filter.Chain is null || (filter.Chain == chain.Id && (filter.Version is null || filter.Version == chain.Version)))
        && month >= filter.FromMonth && month <= filter.ToMonth;
}
