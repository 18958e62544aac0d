namespace Referrals.Engine.Review.Visits;

/// <summary>Of what a part of the table has anything that counts.</summary>
/// <param name="First">First month (<see cref="Months"/>); behind the last one where nothing counts.</param>
/// <param name="Last">Last month.</param>
/// <param name="Chains">Chain versions of finished cells.</param>
/// <param name="Steps">Steps of visits, those before them, and those at which cases ended.</param>
/// <param name="Partners">Partners of visits.</param>
internal sealed record SeenInPart(ushort First, ushort Last, IReadOnlyList<ushort> Chains, IReadOnlyList<ushort> Steps, IReadOnlyList<ushort> Partners)
{
    public static SeenInPart Of(ReviewPart part)
    {
        var (chains, steps, partners) = (new Marked(), new Marked(), new Marked());
        var months = (First: ushort.MaxValue, Last: (ushort)0);
        Visits(part.VisitCells, steps, partners, ref months);
        Cases(part.CaseCells, chains, steps, ref months);
        return new(months.First, months.Last, chains.All, steps.All, partners.All);
    }

    private static void Visits(VisitCells cells, Marked steps, Marked partners, ref (ushort First, ushort Last) months)
    {
        var (month, step, before, partner) = (cells.Month, cells.Step, cells.Before, cells.Partner);
        for (var cell = 0; cell < month.Length; cell++)
        {
            if (month[cell] is > 0 and var counts)
            {
                months = (Math.Min(months.First, counts), Math.Max(months.Last, counts));
                steps.Add(step[cell]);
                steps.Add(before[cell] == ReviewTable.NoStep ? step[cell] : before[cell]);
                partners.Add(partner[cell]);
            }
        }
    }

    private static void Cases(CaseCells cells, Marked chains, Marked steps, ref (ushort First, ushort Last) months)
    {
        for (var cell = 0; cell < cells.Month.Length; cell++)
        {
            if (cells.Month[cell] is > 0 and var counts)
            {
                months = (Math.Min(months.First, counts), Math.Max(months.Last, counts));
                chains.Add(cells.Chain[cell]);
                if (cells.LastStep[cell] is not ReviewTable.NoStep and var step)
                {
                    steps.Add(step);
                }
            }
        }
    }

    // Whole numbers, each once.
    private sealed class Marked
    {
        private readonly bool[] _there = new bool[ReviewTable.NoStep];

        public IReadOnlyList<ushort> All => [.. Enumerable.Range(0, _there.Length).Where(i => _there[i]).Select(i => (ushort)i)];

        public void Add(ushort number) => _there[number] = true;
    }
}
