using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>An ended visit that counts, as the definitions name it.</summary>
internal sealed record SeenVisit(ReviewChain Chain, string Step, string? Before, string Partner, ushort Month, Visit Visit, ReviewStep Agreed)
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
                        told.Visits[i], table.Steps[part.Visits.Step[first + i]]));
                }
            }
        }
    }

    public List<SeenVisit> Visits { get; } = [];

    public List<SeenCase> Cases { get; } = [];

    public IEnumerable<SeenVisit> In(ReviewFilter filter) => Visits.Where(v => Holds(filter, v.Chain, v.Month));

    public IEnumerable<SeenCase> CasesIn(ReviewFilter filter) => Cases.Where(v => Holds(filter, v.Chain, v.Month));

    public static void Same(IEnumerable<double> days, Durations told, int threshold)
    {
        var values = days.Order().ToArray();
        Assert.Equal(values.Length, told.N);
        Near(values.Length >= threshold && values.Length > 0 ? values.Sum() : null, told.Total);
        Near(values.Length >= threshold && values.Length > 0 ? values.Average() : null, told.Mean);
        Near(Percentile(values, 0.5, threshold), told.Median);
        Near(Percentile(values, 0.9, threshold), told.P90);
    }

    public static double? Percentile(double[] sorted, double share, int threshold)
    {
        var enough = threshold <= 1 ? sorted.Length > 0 : (sorted.Length * Math.Min(share, 1 - share)) + 1e-9 >= threshold;
        if (!enough)
        {
            return null;
        }

        var place = (sorted.Length - 1) * share;
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
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
