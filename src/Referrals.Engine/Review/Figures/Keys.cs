using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Ended visits that count within the months looked at, by step, partner and month: the group is the sum of one number for each, given beforehand
/// as multiples so that any of them may be left out.
/// </summary>
/// <param name="Groups">Number of groups.</param>
/// <param name="Step">For each step its number, or -1 to leave it out.</param>
/// <param name="Partner">For each partner its number, or -1.</param>
/// <param name="First">First month.</param>
/// <param name="Span">Number of months.</param>
/// <param name="PerMonth">What each month later adds.</param>
internal readonly record struct VisitKey(int Groups, int[] Step, int[] Partner, int First, int Span, int PerMonth) : IKey<VisitKey>
{
    private ushort[] Steps { get; init; } = [];

    private ushort[] Partners { get; init; } = [];

    private ushort[] Months { get; init; } = [];

    public static IPartCells Cells(ReviewPart part) => part.VisitCells;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public VisitKey On(ReviewPart part) => this with { Steps = part.VisitCells.Step, Partners = part.VisitCells.Partner, Months = part.VisitCells.Month };

    public int Of(int cell)
    {
        var month = Months[cell] - First;
        if ((uint)month >= (uint)Span)
        {
            return -1;
        }

        var (step, partner) = (Step[Steps[cell]], Partner[Partners[cell]]);
        return (step | partner) < 0 ? -1 : step + partner + (month * PerMonth);
    }
}

/// <summary>The visits of another key that ended in certain ways.</summary>
/// <param name="Inner">The other key.</param>
/// <param name="Ends">A bit for each <see cref="VisitEnd"/>.</param>
internal readonly record struct EndKey(VisitKey Inner, int Ends) : IKey<EndKey>
{
    public const int Completed = 1 << (int)VisitEnd.Completed;
    public const int Answered = Completed | (1 << (int)VisitEnd.Declined);

    public const int TakenBack = (1 << (int)VisitEnd.Expired) | (1 << (int)VisitEnd.Withdrawn);

    private VisitEnd[] Column { get; init; } = [];

    public int Groups => Inner.Groups;

    public static IPartCells Cells(ReviewPart part) => part.VisitCells;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public EndKey On(ReviewPart part) => this with { Inner = Inner.On(part), Column = part.VisitCells.End };

    public int Of(int cell) => ((Ends >> (int)Column[cell]) & 1) == 0 ? -1 : Inner.Of(cell);
}

/// <summary>Ended visits by the step before and the step itself: group (1 + before) · steps + step, with 0 for "none before".</summary>
/// <param name="Groups">Number of groups.</param>
/// <param name="Step">For each step its index, or -1 to leave it out.</param>
/// <param name="Steps">Number of steps told apart.</param>
/// <param name="First">First month.</param>
/// <param name="Span">Number of months.</param>
internal readonly record struct EdgeKey(int Groups, int[] Step, int Steps, int First, int Span) : IKey<EdgeKey>
{
    private ushort[] StepColumn { get; init; } = [];

    private ushort[] BeforeColumn { get; init; } = [];

    private ushort[] Months { get; init; } = [];

    public static IPartCells Cells(ReviewPart part) => part.VisitCells;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public EdgeKey On(ReviewPart part) => this with { StepColumn = part.VisitCells.Step, BeforeColumn = part.VisitCells.Before, Months = part.VisitCells.Month };

    public int Of(int cell)
    {
        var step = Step[StepColumn[cell]];
        if ((uint)(Months[cell] - First) >= (uint)Span || step < 0)
        {
            return -1;
        }

        var before = BeforeColumn[cell];
        return ((before == ReviewTable.NoStep ? 0 : 1 + Step[before]) * Steps) + step;
    }
}

/// <summary>Ended visits of some steps and partners by how they ended and by reason: group end · reasons + reason, within a step's multiple.</summary>
/// <param name="Groups">Number of groups.</param>
/// <param name="Step">For each step its number, or -1 to leave it out.</param>
/// <param name="Partner">For each partner 0, or -1 to leave it out.</param>
/// <param name="Reasons">Number of reasons.</param>
/// <param name="First">First month.</param>
/// <param name="Span">Number of months.</param>
internal readonly record struct FateKey(int Groups, int[] Step, int[] Partner, int Reasons, int First, int Span) : IKey<FateKey>
{
    private VisitCells? Columns { get; init; }

    public static IPartCells Cells(ReviewPart part) => part.VisitCells;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public FateKey On(ReviewPart part) => this with { Columns = part.VisitCells };

    public int Of(int cell)
    {
        var columns = Columns!;
        var step = Step[columns.Step[cell]];
        return (uint)(columns.Month[cell] - First) >= (uint)Span || step < 0 || Partner[columns.Partner[cell]] < 0
            ? -1
            : step + ((int)columns.End[cell] * Reasons) + columns.Reason[cell];
    }
}

/// <summary>Finished cases that count within the months looked at, by chain version, last step, why they ended, whether they went back and forth, and month.</summary>
/// <param name="Groups">Number of groups.</param>
/// <param name="Chain">For each chain version its number, or -1 to leave it out.</param>
/// <param name="Last">For each step its number for the one that the case ended at; the last entry stands for none.</param>
/// <param name="PerClosing">What each reason (<see cref="CaseColumns.Closing"/> - 1) adds.</param>
/// <param name="PerBackAndForth">What going back and forth adds.</param>
/// <param name="First">First month.</param>
/// <param name="Span">Number of months.</param>
/// <param name="PerMonth">What each month later adds.</param>
internal readonly record struct CaseKey(int Groups, int[] Chain, int[]? Last, int PerClosing, int PerBackAndForth, int First, int Span, int PerMonth) : IKey<CaseKey>
{
    private CaseCells? Columns { get; init; }

    public static IPartCells Cells(ReviewPart part) => part.CaseCells;

    public static int[]? Owners(ReviewPart part) => null;

    public CaseKey On(ReviewPart part) => this with { Columns = part.CaseCells };

    public int Of(int cell)
    {
        var columns = Columns!;
        var (month, chain) = (columns.Month[cell] - First, Chain[columns.Chain[cell]]);
        if ((uint)month >= (uint)Span || chain < 0)
        {
            return -1;
        }

        var step = Last is null ? 0 : columns.LastStep[cell] == ReviewTable.NoStep ? Last[^1] : Last[columns.LastStep[cell]];
        return chain + step + (PerClosing * Math.Max(columns.Closing[cell] - 1, 0)) + ((int)(columns.Marks[cell] & CaseMarks.BackAndForth) * PerBackAndForth) + (month * PerMonth);
    }
}
