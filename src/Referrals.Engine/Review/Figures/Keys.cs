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

    public static int Rows(ReviewPart part) => part.Visits.Count;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public VisitKey On(ReviewPart part) => this with { Steps = part.Visits.Step, Partners = part.Visits.Partner, Months = part.Visits.Month };

    public int Of(int row)
    {
        var month = Months[row] - First;
        if ((uint)month >= (uint)Span)
        {
            return -1;
        }

        var (step, partner) = (Step[Steps[row]], Partner[Partners[row]]);
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

    public static int Rows(ReviewPart part) => part.Visits.Count;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public EndKey On(ReviewPart part) => this with { Inner = Inner.On(part), Column = part.Visits.End };

    public int Of(int row) => ((Ends >> (int)Column[row]) & 1) == 0 ? -1 : Inner.Of(row);
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

    public static int Rows(ReviewPart part) => part.Visits.Count;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public EdgeKey On(ReviewPart part) => this with { StepColumn = part.Visits.Step, BeforeColumn = part.Visits.Before, Months = part.Visits.Month };

    public int Of(int row)
    {
        var step = Step[StepColumn[row]];
        if ((uint)(Months[row] - First) >= (uint)Span || step < 0)
        {
            return -1;
        }

        var before = BeforeColumn[row];
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
    private VisitColumns? Columns { get; init; }

    public static int Rows(ReviewPart part) => part.Visits.Count;

    public static int[]? Owners(ReviewPart part) => part.Visits.Case;

    public FateKey On(ReviewPart part) => this with { Columns = part.Visits };

    public int Of(int row)
    {
        var columns = Columns!;
        var step = Step[columns.Step[row]];
        return (uint)(columns.Month[row] - First) >= (uint)Span || step < 0 || Partner[columns.Partner[row]] < 0
            ? -1
            : step + ((int)columns.End[row] * Reasons) + columns.Reason[row];
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
    private CaseColumns? Columns { get; init; }

    public static int Rows(ReviewPart part) => part.Cases.Count;

    public static int[]? Owners(ReviewPart part) => null;

    public CaseKey On(ReviewPart part) => this with { Columns = part.Cases };

    public int Of(int row)
    {
        var columns = Columns!;
        var (month, chain) = (columns.Month[row] - First, Chain[columns.Chain[row]]);
        if ((uint)month >= (uint)Span || chain < 0)
        {
            return -1;
        }

        var step = Last is null ? 0 : columns.LastStep[row] == ReviewTable.NoStep ? Last[^1] : Last[columns.LastStep[row]];
        return chain + step + (PerClosing * Math.Max(columns.Closing[row] - 1, 0)) + ((int)(columns.Marks[row] & CaseMarks.BackAndForth) * PerBackAndForth) + (month * PerMonth);
    }
}
