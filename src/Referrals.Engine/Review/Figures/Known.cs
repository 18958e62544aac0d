using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// What may be known of a table before anything is asked: the months in which something counts, and the chain versions, steps and partners of which
/// something counts or shows. What too few have is not even named, as its name in a list would say that there is somebody.
/// </summary>
/// <param name="First">First month.</param>
/// <param name="Last">Last month; that of the table itself where nothing later counts.</param>
/// <param name="Chains">For each chain version whether it is known of.</param>
/// <param name="Steps">For each step; what a chain names is.</param>
/// <param name="Partners">For each partner.</param>
internal sealed record Known(ushort First, ushort Last, bool[] Chains, bool[] Steps, bool[] Partners)
{
    public static Known Of(ReviewTable table)
    {
        var month = Months.Of(table.AsOf);
        var (first, last) = (month, month);
        var (steps, partners) = (new bool[table.Steps.Count], new bool[table.Partners.Count]);
        var chains = new bool[table.Chains.Count];
        foreach (var part in table.Parts)
        {
            var seen = part.Seen;
            (first, last) = (Math.Min(first, seen.First), Math.Max(last, seen.Last));
            Mark(chains, seen.Chains);
            Mark(steps, seen.Steps);
            Mark(partners, seen.Partners);
        }

        Open(table, chains, steps, partners);
        for (var step = 0; step < steps.Length; step++)
        {
            chains[table.Steps[step].Chain] |= steps[step];
            steps[step] |= table.Steps[step].IsAgreed;
        }

        // Of one alone the table itself tells.
        return new(first, last, chains.Length == 1 ? [true] : chains, steps, partners);
    }

    private static void Mark(bool[] marks, IReadOnlyList<ushort> seen)
    {
        foreach (var index in seen)
        {
            marks[index] = true;
        }
    }

    private static void Open(ReviewTable table, bool[] chains, bool[] steps, bool[] partners)
    {
        var (cases, visits) = (table.Moving.Cases, table.Moving.Visits);
        for (var row = 0; row < visits.Count; row++)
        {
            if (visits.End[row] == VisitEnd.Open)
            {
                partners[visits.Partner[row]] |= visits.Shown[row] <= Shown.Partner;
                steps[visits.Step[row]] |= visits.Shown[row] <= Shown.Step;
                chains[table.Steps[visits.Step[row]].Chain] |= visits.Shown[row] <= Shown.Chain;
            }
        }

        for (var row = 0; row < cases.Count; row++)
        {
            chains[cases.Chain[row]] |= (cases.Marks[row] & CaseMarks.Running) != 0 && cases.Shown[row] <= Shown.Partner;
        }
    }
}
