using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>Counts of ended visits; each by something that releases tell apart.</summary>
internal struct VisitTally
{
    public int N;
    public int Completed;
    public int Declined;
    public int Expired;
    public int Withdrawn;
    public int Rerouted;
    public int AcknowledgedLate;
    public int CompletedLate;
    public int Late;
    public int Again;
    public int Repeated;
    public int First;

    /// <summary>Those that a partner was to acknowledge: all but what was taken back for other reasons than its silence.</summary>
    public readonly int ToAcknowledge => N - Withdrawn;

    public void Add(VisitCells cells, int cell, int rerouted)
    {
        var (end, marks, times) = (cells.End[cell], cells.Marks[cell], cells.Sizes[cell]);
        N += times;
        Completed += end == VisitEnd.Completed ? times : 0;
        Declined += end == VisitEnd.Declined ? times : 0;
        Expired += end == VisitEnd.Expired ? times : 0;
        Withdrawn += end == VisitEnd.Withdrawn ? times : 0;
        Rerouted += end == VisitEnd.Withdrawn && cells.Reason[cell] == rerouted ? times : 0;
        AcknowledgedLate += end != VisitEnd.Withdrawn && (marks & VisitMarks.AcknowledgedLate) != 0 ? times : 0;
        CompletedLate += (marks & VisitMarks.CompletedLate) != 0 ? times : 0;
        Late += (marks & (VisitMarks.AcknowledgedLate | VisitMarks.CompletedLate)) != 0 ? times : 0;
        var (again, repeated) = (cells.Attempt[cell] > 1, cells.Round[cell] > 1);
        Again += again ? times : 0;
        Repeated += repeated ? times : 0;
        First += !again && !repeated ? times : 0;
    }

    public void Add(in VisitTally other)
    {
        (N, Completed, Declined) = (N + other.N, Completed + other.Completed, Declined + other.Declined);
        (Expired, Withdrawn, Rerouted) = (Expired + other.Expired, Withdrawn + other.Withdrawn, Rerouted + other.Rerouted);
        (AcknowledgedLate, CompletedLate) = (AcknowledgedLate + other.AcknowledgedLate, CompletedLate + other.CompletedLate);
        (Again, Repeated, First, Late) = (Again + other.Again, Repeated + other.Repeated, First + other.First, Late + other.Late);
    }
}

/// <summary>The columns that tallies look at, of one part.</summary>
internal readonly record struct TallyColumns(VisitEnd[] End, ushort[] Reason, VisitMarks[] Marks, byte[] Round, byte[] Attempt, int Rerouted);
