using Referrals.Engine.Referrals;

namespace Referrals.Engine.Review.Visits;

/// <summary>
/// Which rows of a part no figure tells apart: they form a cell. There are far fewer cells than rows, so whatever is counted goes through cells alone; and
/// a row's group is looked up by its cell.
/// </summary>
internal interface IPartCells
{
    /// <summary>For each row its cell.</summary>
    int[] Of { get; }

    /// <summary>For each cell how many rows it has.</summary>
    int[] Sizes { get; }
}

/// <summary>Cells of visits, with what figures tell them apart by.</summary>
internal sealed class VisitCells : IPartCells
{
    private const VisitMarks Late = VisitMarks.AcknowledgedLate | VisitMarks.CompletedLate;

    /// <summary>Finds them.</summary>
    public VisitCells(VisitColumns visits)
    {
        var cells = new CellNumbers<(ulong, ulong)>(visits.Count);
        for (var row = 0; row < visits.Count; row++)
        {
            cells.Add((
                ((ulong)visits.Step[row] << 48) | ((ulong)visits.Before[row] << 32) | ((ulong)visits.Partner[row] << 16) | visits.Reason[row],
                ((ulong)visits.Month[row] << 32) | ((ulong)visits.End[row] << 24) | ((ulong)(visits.Marks[row] & Late) << 16)
                    | ((ulong)Math.Min(visits.Round[row], (byte)2) << 8) | Math.Min(visits.Attempt[row], (byte)2)));
        }

        (Of, Sizes) = (cells.Of, cells.Sizes);
        (Step, Before, Partner) = (cells.First(visits.Step), cells.First(visits.Before), cells.First(visits.Partner));
        (Month, Reason, End, Marks) = (cells.First(visits.Month), cells.First(visits.Reason), cells.First(visits.End), cells.First(visits.Marks));
        (Round, Attempt) = (cells.First(visits.Round), cells.First(visits.Attempt));
    }

    public int[] Of { get; }

    public int[] Sizes { get; }

    public ushort[] Step { get; }

    public ushort[] Before { get; }

    public ushort[] Partner { get; }

    public ushort[] Month { get; }

    public ushort[] Reason { get; }

    public VisitEnd[] End { get; }

    /// <summary>Of these only whether it was late.</summary>
    public VisitMarks[] Marks { get; }

    /// <summary>1, or more for any later one.</summary>
    public byte[] Round { get; }

    /// <summary>1, or more for any later one.</summary>
    public byte[] Attempt { get; }
}

/// <summary>Cells of cases, with what figures tell them apart by.</summary>
internal sealed class CaseCells : IPartCells
{
    /// <summary>Finds them.</summary>
    public CaseCells(CaseColumns cases)
    {
        var cells = new CellNumbers<(ulong, ulong)>(cases.Count);
        for (var row = 0; row < cases.Count; row++)
        {
            cells.Add((
                ((ulong)cases.Chain[row] << 48) | ((ulong)cases.LastStep[row] << 32) | ((ulong)cases.Month[row] << 16) | cases.Closing[row],
                (ulong)(cases.Marks[row] & CaseMarks.BackAndForth)));
        }

        (Of, Sizes) = (cells.Of, cells.Sizes);
        (Chain, LastStep, Month) = (cells.First(cases.Chain), cells.First(cases.LastStep), cells.First(cases.Month));
        (Closing, Marks) = (cells.First(cases.Closing), cells.First(cases.Marks));
    }

    public int[] Of { get; }

    public int[] Sizes { get; }

    public ushort[] Chain { get; }

    public ushort[] LastStep { get; }

    public ushort[] Month { get; }

    /// <summary>1 + <see cref="ClosingReason"/>; 0 where there is none.</summary>
    public byte[] Closing { get; }

    /// <summary>Of these only whether it went back and forth.</summary>
    public CaseMarks[] Marks { get; }
}

/// <summary>Gives numbers to what rows have in common, as it first appears.</summary>
internal sealed class CellNumbers<TKey>(int rows)
    where TKey : struct, IEquatable<TKey>
{
    private readonly Dictionary<TKey, int> _numbers = [];
    private readonly List<int> _first = [];
    private readonly List<int> _sizes = [];
    private int _row;

    public int[] Of { get; } = new int[rows];

    public int[] Sizes => [.. _sizes];

    /// <summary>Takes the next row.</summary>
    public void Add(TKey key)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers.Add(key, number = _first.Count);
            _first.Add(_row);
            _sizes.Add(0);
        }

        _sizes[number]++;
        Of[_row++] = number;
    }

    /// <summary>A column of the rows as one of the cells.</summary>
    public T[] First<T>(T[] column)
    {
        var told = new T[_first.Count];
        for (var i = 0; i < told.Length; i++)
        {
            told[i] = column[_first[i]];
        }

        return told;
    }
}
