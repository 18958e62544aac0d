using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>Where a simulated visit stands.</summary>
internal enum Stage
{
    Gone,
    Coming,
    Offered,
    Acknowledged,
    Accepting,
    Accepted,
    Queued,
    Taking,
    InWork,
}

/// <summary>What ends a simulated visit's present stage.</summary>
internal enum Turn
{
    Goes,
    Expires,
    Leaves,
}

/// <summary>One offer of a step to a partner; used again once it is gone.</summary>
internal sealed class SimVisit
{
    public SimCase Case = null!;
    public Site Site = null!;
    public int Step;
    public int Partner;
    public ulong Key;
    public int Stamp;
    public Stage Stage;
    public Turn Turn;
    public double Offered;
    public double AcknowledgeBy;
    public double Acknowledged;
    public double Accepted;
    public double Queued;
    public double Started;
    public double CompleteBy;
    public double LeavesAt;
    public SimVisit? Next;
}

/// <summary>A referral that is simulated; used again once it has ended.</summary>
internal sealed class SimCase(CompiledVersion version, CompiledChain chain, IWalkWorld<SimCase> world) : Walk<SimCase>(version.Plan, world)
{
    public readonly CompiledVersion Version = version;
    public readonly CompiledChain Chain = chain;
    public ulong Key;
    public double Started;
    public int Retries;
    public bool Ended;
    public SimVisit? Visits;
    public IReadOnlyList<KnownVisit>? Known;
}

/// <summary>People at a partner who work on one service.</summary>
internal sealed class Pool(PoolKey key, Room? room)
{
    public readonly PoolKey Key = key;
    public readonly int Capacity = room?.Places ?? int.MaxValue;
    public readonly double Turnover = room?.Turnover ?? 0;
    public readonly long MostAccepted = room is { Backlog: { } backlog } ? (long)room.Places + backlog : long.MaxValue;

    /// <summary>Accepted, waiting for a place.</summary>
    public readonly Queue<(SimVisit Visit, int Stamp)> Queue = new();

    /// <summary>To be accepted, waiting until fewer are.</summary>
    public readonly Queue<(SimVisit Visit, int Stamp)> Unanswered = new();

    /// <summary>Places that are taken.</summary>
    public int Taken;

    /// <summary>Accepted and not ended, or just being accepted.</summary>
    public int Accepted;

    public bool IsFull => Taken >= Capacity;
}

/// <summary>A step at one of its partners.</summary>
internal sealed record Site(StepModel Step, SiteModel Model, Pool Pool, int Row, ulong Hash)
{
    public double[] OutcomeWeights { get; init; } = [];

    public int[] Outcomes { get; init; } = [];
}
