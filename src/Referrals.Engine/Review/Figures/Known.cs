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
            Visits(part.Visits, steps, partners, ref first, ref last);
            Cases(part.Cases, chains, steps, ref first, ref last);
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

    private static void Visits(VisitColumns visits, bool[] steps, bool[] partners, ref ushort first, ref ushort last)
    {
        var (month, step, before, partner) = (visits.Month, visits.Step, visits.Before, visits.Partner);
        for (var row = 0; row < visits.Count; row++)
        {
            if (month[row] is > 0 and var counts)
            {
                (first, last) = (Math.Min(first, counts), Math.Max(last, counts));
                steps[step[row]] = true;
                steps[before[row] == ReviewTable.NoStep ? step[row] : before[row]] = true;
                partners[partner[row]] = true;
            }
        }
    }

    private static void Cases(CaseColumns cases, bool[] chains, bool[] steps, ref ushort first, ref ushort last)
    {
        for (var row = 0; row < cases.Count; row++)
        {
            if (cases.Month[row] is > 0 and var counts)
            {
                (first, last) = (Math.Min(first, counts), Math.Max(last, counts));
                chains[cases.Chain[row]] = true;
                if (cases.LastStep[row] is not ReviewTable.NoStep and var step)
                {
                    steps[step] = true;
                }
            }
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
