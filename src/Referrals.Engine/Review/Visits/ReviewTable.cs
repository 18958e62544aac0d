using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Review.Visits;

/// <summary>A version of a chain in a <see cref="ReviewTable"/>; an imported log is one chain of version 1.</summary>
/// <param name="Id">Chain.</param>
/// <param name="Version">Version, from 1.</param>
/// <param name="Title">Title for people.</param>
/// <param name="Clock">How its working time is measured.</param>
public sealed record ReviewChain(ChainId Id, int Version, LocalText Title, WorkingClock Clock);

/// <summary>A step of one chain version in a <see cref="ReviewTable"/>.</summary>
/// <param name="Chain">Index of its chain version.</param>
/// <param name="Id">Id of the step within the chain, the same over the versions; of an imported log the activity.</param>
/// <param name="Title">Title for people.</param>
/// <param name="AcknowledgeDays">Agreed working days to acknowledge, or null.</param>
/// <param name="CompleteDays">Agreed working days to complete, or null.</param>
public sealed record ReviewStep(int Chain, string Id, LocalText Title, int? AcknowledgeDays, int? CompleteDays)
{
    /// <summary>Whether the chain names it; else it is known only because it happened.</summary>
    public bool IsAgreed { get; init; }
}

/// <summary>
/// All that is reviewed, in columns: immutable, so that any number of pages read it while the next one is made. Whole numbers stand for
/// chain versions, steps, partners and reasons; the lists say which.
/// </summary>
/// <param name="Chains">Chain versions by index.</param>
/// <param name="Steps">Steps by index.</param>
/// <param name="Partners">Codes of organisations by index.</param>
/// <param name="Reasons">Codes of outcomes and reasons by index; the first is empty.</param>
/// <param name="Settled">Finished cases of which every number counts.</param>
/// <param name="Moving">Cases that run, and finished ones of which some number still waits for others like it.</param>
/// <param name="AsOf">The moment up to which it tells, and at which it was looked what is overdue.</param>
/// <param name="Threshold">The fewest cases that a number may stand for; 1 shows everything.</param>
public sealed record ReviewTable(
    IReadOnlyList<ReviewChain> Chains,
    IReadOnlyList<ReviewStep> Steps,
    IReadOnlyList<string> Partners,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<ReviewPart> Settled,
    ReviewPart Moving,
    uint AsOf,
    int Threshold)
{
    /// <summary>Stands where a visit has no step before it.</summary>
    public const ushort NoStep = ushort.MaxValue;

    /// <summary>All parts, the moving one last.</summary>
    public IEnumerable<ReviewPart> Parts => Settled.Append(Moving);
}

/// <summary>A number of cases with all their visits. A case's visits lie together.</summary>
/// <param name="Cases">Cases.</param>
/// <param name="Visits">Visits; <see cref="VisitColumns.Case"/> points into <paramref name="Cases"/>.</param>
public sealed record ReviewPart(CaseColumns Cases, VisitColumns Visits)
{
    private SeenInPart? _seen;
    private VisitCells? _visitCells;
    private CaseCells? _caseCells;

    /// <summary>Which visits no figure tells apart; found once.</summary>
    internal VisitCells VisitCells => _visitCells ??= new(Visits);

    /// <summary>Which cases no figure tells apart; found once.</summary>
    internal CaseCells CaseCells => _caseCells ??= new(Cases);

    /// <summary>Of what it has anything that counts; looked for once.</summary>
    internal SeenInPart Seen => _seen ??= SeenInPart.Of(this);
}

/// <summary>Cases in columns; a column is read up to <see cref="Count"/>.</summary>
public sealed record CaseColumns(int Capacity)
{
    /// <summary>Number of rows.</summary>
    public int Count { get; init; }

    /// <summary>Index of the chain version.</summary>
    public ushort[] Chain { get; } = new ushort[Capacity];

    /// <summary>Index of the organisation that holds it.</summary>
    public ushort[] Holder { get; } = new ushort[Capacity];

    /// <summary>When it was started.</summary>
    public uint[] Started { get; } = new uint[Capacity];

    /// <summary>When it first ended; 0 where it has not.</summary>
    public uint[] Ended { get; } = new uint[Capacity];

    /// <summary>From the start to that end in seconds by the chain's clock; 0 where there is none.</summary>
    public uint[] Took { get; } = new uint[Capacity];

    /// <summary>1 + <see cref="ClosingReason"/> of that end; 0 where there is none.</summary>
    public byte[] Closing { get; } = new byte[Capacity];

    /// <summary>Row of its first visit.</summary>
    public int[] FirstVisit { get; } = new int[Capacity];

    /// <summary>Number of its visits.</summary>
    public ushort[] VisitCount { get; } = new ushort[Capacity];

    /// <summary>Step of the visit that ended last, or <see cref="ReviewTable.NoStep"/>.</summary>
    public ushort[] LastStep { get; } = new ushort[Capacity];

    /// <summary>What is marked, see <see cref="CaseMarks"/>.</summary>
    public CaseMarks[] Marks { get; } = new CaseMarks[Capacity];

    /// <summary>Month (<see cref="Months"/>) with which it counts once finished; 0: not yet, with too few like it.</summary>
    public ushort[] Month { get; init; } = new ushort[Capacity];

    /// <summary>How far a running case may be told apart.</summary>
    public Shown[] Shown { get; } = new Shown[Capacity];

    /// <summary>A short hash of the case's id, to find it again.</summary>
    internal int[] Hash { get; } = new int[Capacity];
}

/// <summary>What is marked on a case.</summary>
[Flags]
public enum CaseMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It went from one partner to another and back: A, B, A.</summary>
    BackAndForth = 1,

    /// <summary>It runs and an agreed time has passed, or nobody has it.</summary>
    Stuck = 2,

    /// <summary>It was opened again.</summary>
    Reopened = 4,

    /// <summary>It runs now. One that was opened again runs and counts as finished with its first end.</summary>
    Running = 8,
}

/// <summary>Visits in columns; a column is read up to <see cref="Count"/>. Times are <see cref="Moments"/>, see <see cref="Visit"/> for what they mean.</summary>
public sealed record VisitColumns(int Capacity)
{
    /// <summary>Number of rows.</summary>
    public int Count { get; init; }

    /// <summary>Row of its case in the same part.</summary>
    public int[] Case { get; } = new int[Capacity];

    /// <summary>Index of the step.</summary>
    public ushort[] Step { get; } = new ushort[Capacity];

    /// <summary>Index of the step whose visit ended last before this one was offered, or <see cref="ReviewTable.NoStep"/>.</summary>
    public ushort[] Before { get; } = new ushort[Capacity];

    /// <summary>Index of the partner.</summary>
    public ushort[] Partner { get; } = new ushort[Capacity];

    /// <summary>Round, from 1.</summary>
    public byte[] Round { get; } = new byte[Capacity];

    /// <summary>Attempt, from 1.</summary>
    public byte[] Attempt { get; } = new byte[Capacity];

    /// <summary>When it was offered.</summary>
    public uint[] Offered { get; } = new uint[Capacity];

    /// <summary>By when it was to be acknowledged.</summary>
    public uint[] AcknowledgeBy { get; } = new uint[Capacity];

    /// <summary>When it was acknowledged.</summary>
    public uint[] Acknowledged { get; } = new uint[Capacity];

    /// <summary>When it was accepted.</summary>
    public uint[] Accepted { get; } = new uint[Capacity];

    /// <summary>By when it was to be completed.</summary>
    public uint[] CompleteBy { get; } = new uint[Capacity];

    /// <summary>When the first contact was.</summary>
    public uint[] FirstContact { get; } = new uint[Capacity];

    /// <summary>When work began.</summary>
    public uint[] Started { get; } = new uint[Capacity];

    /// <summary>When it ended.</summary>
    public uint[] Ended { get; } = new uint[Capacity];

    /// <summary>Seconds of pauses.</summary>
    public uint[] Paused { get; } = new uint[Capacity];

    /// <summary>
    /// Waiting in seconds by the chain's clock: from the offer to the start of work, or to the end where none began. 0 while it is open.
    /// </summary>
    public uint[] Waited { get; } = new uint[Capacity];

    /// <summary>
    /// Working time in seconds by the chain's clock: from the start of work to the end without pauses. Pauses are known as a sum only, so they are
    /// taken to be spread evenly. 0 where none began and while it is open.
    /// </summary>
    public uint[] Worked { get; } = new uint[Capacity];

    /// <summary>How it ended.</summary>
    public VisitEnd[] End { get; } = new VisitEnd[Capacity];

    /// <summary>Index of the outcome or reason.</summary>
    public ushort[] Reason { get; } = new ushort[Capacity];

    /// <summary>What is marked, see <see cref="VisitMarks"/>.</summary>
    public VisitMarks[] Marks { get; } = new VisitMarks[Capacity];

    /// <summary>Month (<see cref="Months"/>) with which it counts once ended; 0: not yet, with too few like it, or still open.</summary>
    public ushort[] Month { get; init; } = new ushort[Capacity];

    /// <summary>How far an open visit may be told apart.</summary>
    public Shown[] Shown { get; } = new Shown[Capacity];
}

/// <summary>What is marked on a visit.</summary>
[Flags]
public enum VisitMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Acknowledged after the agreed time, or never and ended after it.</summary>
    AcknowledgedLate = 1,

    /// <summary>Completed after the agreed time.</summary>
    CompletedLate = 2,

    /// <summary>The coordinator was told.</summary>
    Escalated = 4,

    /// <summary>The partner was reminded.</summary>
    Reminded = 8,

    /// <summary>The partner asked something.</summary>
    Asked = 16,

    /// <summary>It is open and its agreed time has passed.</summary>
    Stuck = 32,

    /// <summary>It is open and work has begun.</summary>
    InWork = 64,
}
