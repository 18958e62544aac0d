using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>Waiting: from the offer to the start of work, or to the end where none began.</summary>
internal readonly record struct Waited(uint[] Column) : IValue<Waited>
{
    public Waited On(ReviewPart part) => new(part.Visits.Waited);

    public uint Of(int row) => Column[row];
}

/// <summary>Working time: from the start of work to the end, without pauses.</summary>
internal readonly record struct Worked(uint[] Column) : IValue<Worked>
{
    public Worked On(ReviewPart part) => new(part.Visits.Worked);

    public uint Of(int row) => Column[row];
}

/// <summary>Waiting and working time: from the offer to the end, without pauses.</summary>
internal readonly record struct Took(uint[] Waited, uint[] Worked) : IValue<Took>
{
    public Took On(ReviewPart part) => new(part.Visits.Waited, part.Visits.Worked);

    public uint Of(int row) => Waited[row] + Worked[row];
}

/// <summary>Throughput of a case: from its start to its end, by its chain's clock.</summary>
internal readonly record struct Throughput(uint[] Column) : IValue<Throughput>
{
    public Throughput On(ReviewPart part) => new(part.Cases.Took);

    public uint Of(int row) => Column[row];
}

/// <summary>What a visit's moments are measured to, from the offer.</summary>
internal enum Until
{
    /// <summary>When it was acknowledged, else ended.</summary>
    Acknowledged,

    /// <summary>When it was accepted, else ended.</summary>
    Accepted,

    /// <summary>When the first contact was, else when work began, else ended.</summary>
    FirstContact,

    /// <summary>When it ended, but from the acceptance instead of the offer.</summary>
    EndSinceAcceptance,
}

/// <summary>The time from the offer to something, by the chain's clock. Slower than the columns that hold a time already.</summary>
internal readonly record struct Passed(WorkingClock[] Clocks, Until Until, VisitColumns? Columns) : IValue<Passed>
{
    public static Passed Of(ReviewTable table, Until until) => new([.. table.Steps.Select(s => table.Chains[s.Chain].Clock)], until, null);

    public Passed On(ReviewPart part) => this with { Columns = part.Visits };

    public uint Of(int row)
    {
        var columns = Columns!;
        var at = Until switch
        {
            Until.Acknowledged => columns.Acknowledged[row],
            Until.Accepted => columns.Accepted[row],
            Until.FirstContact => columns.FirstContact[row] is > 0 and var contact ? contact : columns.Started[row],
            _ => columns.Ended[row],
        };
        var from = Until == Until.EndSinceAcceptance && columns.Accepted[row] > 0 ? columns.Accepted[row] : columns.Offered[row];
        return Clocks[columns.Step[row]].Between(from, at > 0 ? at : columns.Ended[row]);
    }
}
