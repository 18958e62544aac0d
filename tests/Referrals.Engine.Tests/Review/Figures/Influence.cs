using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>
/// Finds out on whose durations each number hangs: a little is added to all durations of one case after the other, and whatever changes hangs on it.
/// So that no number keeps still by rounding, all durations are first drawn far apart.
/// </summary>
internal static class Influence
{
    private const uint Apart = 12 * Moments.Day;
    private const uint Little = 6 * Moments.Day;

    /// <summary>For each number the cases on which it hangs.</summary>
    public static Dictionary<string, HashSet<int>> Of(ReviewTable table, IReadOnlyList<ReviewFilter> filters)
    {
        Spread(table);
        var before = Measures(table, filters);
        var found = before.Keys.ToDictionary(k => k, _ => new HashSet<int>());
        var number = 0;
        foreach (var part in table.Parts)
        {
            for (var row = 0; row < part.Cases.Count; row++, number++)
            {
                Move(part, row, Little);
                foreach (var (path, value) in Measures(table, filters))
                {
                    if (!before.TryGetValue(path, out var was) || was != value)
                    {
                        found.TryAdd(path, []);
                        found[path].Add(number);
                    }
                }

                Move(part, row, unchecked(0 - Little));
            }
        }

        return found;
    }

    private static Dictionary<string, double> Measures(ReviewTable table, IReadOnlyList<ReviewFilter> filters)
    {
        var figures = new ReviewFigures(table);
        return filters.SelectMany((f, i) => Attacker.Ask(figures, f).Where(n => n.Kind == NumberKind.Measure).Select(n => ($"{i} {n.Path}", n.Value)))
            .ToDictionary(n => n.Item1, n => n.Value);
    }

    // In the last months all wait longer, so that there is something to warn of.
    internal static void Spread(ReviewTable table)
    {
        var random = new Random(1);
        var rows = table.Parts.SelectMany(p => Enumerable.Range(0, p.Visits.Count).Select(r => (p.Visits, Row: r))).ToArray();
        random.Shuffle(rows);
        var late = Months.Of(table.AsOf) - 1;
        for (var i = 0; i < rows.Length; i++)
        {
            var (visits, row) = rows[i];
            var length = (uint)(1 + i + (visits.Month[row] >= late ? rows.Length : 0)) * Apart;
            if (visits.End[row] == VisitEnd.Open)
            {
                visits.Offered[row] = table.AsOf - ((uint)((2 * rows.Length) + (i % 20)) * Apart);
                visits.Started[row] = visits.Started[row] > 0 ? visits.Offered[row] + length : 0;
                visits.Accepted[row] = visits.Accepted[row] > 0 ? visits.Offered[row] + (Apart / 2) : 0;
                continue;
            }

            (visits.Waited[row], visits.Worked[row]) = (length, visits.Started[row] > 0 ? (length / 2) + (7 * Moments.Day) : 0);
            visits.Acknowledged[row] = visits.Acknowledged[row] > 0 ? visits.Offered[row] + length : 0;
            visits.Accepted[row] = visits.Accepted[row] > 0 ? visits.Offered[row] + length : 0;
            visits.FirstContact[row] = visits.FirstContact[row] > 0 ? visits.Offered[row] + length : 0;
            visits.Started[row] = visits.Started[row] > 0 ? visits.Offered[row] + length : 0;
            visits.Ended[row] = visits.Offered[row] + (2 * length);
        }

        var cases = table.Parts.SelectMany(p => Enumerable.Range(0, p.Cases.Count).Select(r => (p.Cases, Row: r))).Where(c => c.Cases.Ended[c.Row] > 0).ToArray();
        random.Shuffle(cases);
        for (var i = 0; i < cases.Length; i++)
        {
            var (columns, row) = cases[i];
            columns.Took[row] = (uint)(1 + i + (columns.Month[row] >= late ? 2 * cases.Length : 0)) * Apart;
            columns.Ended[row] = columns.Started[row] + columns.Took[row];
        }
    }

    // How long something is open already only says before which points of a curve it is out of sight, a batch at once.
    private static void Move(ReviewPart part, int row, uint by)
    {
        var (cases, visits) = (part.Cases, part.Visits);
        cases.Took[row] += cases.Ended[row] > 0 ? by : 0;
        cases.Ended[row] += cases.Ended[row] > 0 ? by : 0;
        for (var i = cases.FirstVisit[row]; i < cases.FirstVisit[row] + cases.VisitCount[row]; i++)
        {
            visits.Started[i] += visits.Started[i] > 0 ? by : 0;
            if (visits.End[i] != VisitEnd.Open)
            {
                foreach (var column in (uint[][])[visits.Waited, visits.Worked, visits.Acknowledged, visits.Accepted, visits.FirstContact])
                {
                    column[i] += column[i] > 0 ? by : 0;
                }

                visits.Ended[i] += unchecked(2 * by);
            }
        }
    }
}
