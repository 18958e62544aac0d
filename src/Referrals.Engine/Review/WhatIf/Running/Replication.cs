using System.Diagnostics;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>
/// One run of a network over a stretch of time: referrals start, walk their chains, are offered to partners, wait for room, are worked on and end. Events
/// are taken in order of time from a heap; partners' queues are first come, first served.
/// </summary>
/// <param name="network">Network; used by one run at a time.</param>
/// <param name="window">What is measured.</param>
internal sealed partial class Replication(CompiledNetwork network, Window window)
{
    private const int EventsBetweenLooks = 4096;

    private readonly EventHeap _events = new();
    private readonly HashSet<SimCase> _running = [];
    private double _now;

    /// <summary>What was counted, by row of the network.</summary>
    public Tally[] Tallies { get; } = [.. network.Places.Select(_ => new Tally())];

    /// <summary>What was counted, by chain.</summary>
    public CaseTally[] Cases { get; } = [.. network.Chains.Select(_ => new CaseTally())];

    /// <summary>How many visits were offered in all.</summary>
    public long Offers { get; private set; }

    /// <summary>Called with each visit that ends, before it is forgotten: how it went, for a history to be written from it.</summary>
    public Action<SimVisit, double, VisitEnd, string>? Ended { get; init; }

    /// <summary>Runs.</summary>
    /// <param name="arrivals">Referrals that start, in order of time.</param>
    /// <param name="seed">Name of the random numbers of those that run already.</param>
    /// <param name="ct">Stops it.</param>
    public void Run(IReadOnlyList<Arrival> arrivals, ulong seed, CancellationToken ct)
    {
        Reset();
        _now = window.Begins;
        if (window.GoesOn)
        {
            TakeOverOpen(seed);
        }

        for (int next = 0, turn = 0; ; turn++)
        {
            if (turn % EventsBetweenLooks == 0)
            {
                ct.ThrowIfCancellationRequested();
            }

            var arrives = next < arrivals.Count ? arrivals[next].At : double.PositiveInfinity;
            if (Math.Min(arrives, _events.NextAt) >= window.Until)
            {
                break;
            }

            if (arrives <= _events.NextAt)
            {
                _now = arrives;
                Start(arrivals[next++]);
            }
            else if (_events.Take(out var at, out var visit))
            {
                _now = at;
                Move(visit);
            }
        }

        _now = window.Until;
        CountWhatIsOpen();
    }

    private void Move(SimVisit visit)
    {
        visit.Stamp++;
        if (visit.Turn == Turn.Leaves)
        {
            Leave(visit);
            return;
        }

        if (visit.Turn == Turn.Expires)
        {
            End(visit, VisitEnd.Expired, "deadline-passed");
            visit.Case.Expire(visit.Step);
            return;
        }

        switch (visit.Stage)
        {
            case Stage.Coming:
                Arrive(visit);
                break;
            case Stage.Offered:
                Acknowledge(visit);
                break;
            case Stage.Acknowledged:
                Decide(visit);
                break;
            case Stage.Accepting:
                Accept(visit);
                break;
            case Stage.Accepted:
                BeginOrQueue(visit);
                break;
            case Stage.Taking:
                BeginWork(visit);
                break;
            case Stage.InWork:
                Complete(visit);
                break;
            default:
                throw new UnreachableException();
        }
    }

    // What goes on first: the visit itself, or somebody who ends it.
    private void Schedule(SimVisit visit, double goesAt, double expiresAt = double.PositiveInfinity)
    {
        var first = Math.Min(goesAt, Math.Min(expiresAt, visit.LeavesAt));
        visit.Turn = first == goesAt ? Turn.Goes : first == expiresAt ? Turn.Expires : Turn.Leaves;
        if (!double.IsPositiveInfinity(first))
        {
            _events.Add(Math.Max(first, _now), visit);
        }
    }

    private void Arrive(SimVisit visit)
    {
        visit.Stage = Stage.Offered;
        visit.Offered = _now;
        visit.AcknowledgeBy = EndOfDay(_now, visit.Case.Plan.Steps[visit.Step].Step.AcknowledgeWithin);
        visit.LeavesAt = _now + Draw.Exponential(visit.Key, Purpose.ExitWaiting, visit.Site.Step.Waiting.Sum);
        Offers++;
        TallyOf(visit).Offered += window.Has(_now) ? 1 : 0;
        AwaitAcknowledgement(visit, _now + visit.Site.Model.Acknowledge.Sample(Draw.Uniform(visit.Key, Purpose.Acknowledge)));
    }

    private void AwaitAcknowledgement(SimVisit visit, double at) =>
        Schedule(visit, at, visit.Case.MayExpire(visit.Step) ? visit.AcknowledgeBy : double.PositiveInfinity);

    private void Acknowledge(SimVisit visit)
    {
        (visit.Stage, visit.Acknowledged) = (Stage.Acknowledged, _now);
        if (window.Has(_now))
        {
            var tally = TallyOf(visit);
            tally.ToBeAcknowledged++;
            tally.AcknowledgedInTime += _now <= visit.AcknowledgeBy ? 1 : 0;
        }

        Schedule(visit, _now + visit.Site.Model.Decide.Sample(Draw.Uniform(visit.Key, Purpose.Decide)));
    }

    private void Decide(SimVisit visit)
    {
        var (model, chance) = (visit.Site.Model, Draw.Uniform(visit.Key, Purpose.Decline));
        var noRoom = (1 - model.Declines) * (visit.Site.Pool.IsFull ? model.NoCapacityWhenFull : model.NoCapacityWhenFree);
        if (chance < model.Declines + noRoom)
        {
            TallyOf(visit).Declined += window.Has(_now) ? 1 : 0;
            End(visit, VisitEnd.Declined, chance < model.Declines ? "other" : NoCapacity);
            visit.Case.Decline(visit.Step);
            return;
        }

        if (visit.Site.Pool.Accepted < visit.Site.Pool.MostAccepted)
        {
            visit.Site.Pool.Accepted++;
            Accept(visit);
        }
        else
        {
            Schedule(visit, double.PositiveInfinity);
            visit.Site.Pool.Unanswered.Enqueue((visit, visit.Stamp));
        }
    }

    // It is counted among the accepted already.
    private void Accept(SimVisit visit)
    {
        (visit.Stage, visit.Accepted) = (Stage.Accepted, _now);
        TallyOf(visit).Accepted += window.Has(_now) ? 1 : 0;
        visit.CompleteBy = visit.Case.Plan.Steps[visit.Step].Step.CompleteWithin is { } days ? EndOfDay(_now, days) : double.PositiveInfinity;
        visit.Case.Accept(visit.Step);
        Schedule(visit, _now + visit.Site.Model.Begin.Sample(Draw.Uniform(visit.Key, Purpose.Begin)));
    }

    private void BeginOrQueue(SimVisit visit)
    {
        visit.Queued = _now;
        if (!visit.Site.Pool.IsFull)
        {
            visit.Site.Pool.Taken++;
            BeginWork(visit);
            return;
        }

        visit.Stage = Stage.Queued;
        Schedule(visit, double.PositiveInfinity);
        visit.Site.Pool.Queue.Enqueue((visit, visit.Stamp));
    }

    // The place is taken already.
    private void BeginWork(SimVisit visit)
    {
        var tally = TallyOf(visit);
        tally.DaysWaiting += window.Overlap(visit.Offered, _now);
        tally.DaysQueued += window.Overlap(visit.Queued, _now);
        if (window.Has(_now))
        {
            tally.Waits.Add(_now - visit.Offered);
        }

        visit.Stamp++;
        (visit.Stage, visit.Started) = (Stage.InWork, _now);
        visit.LeavesAt = _now + Draw.Exponential(visit.Key, Purpose.ExitWorking, visit.Site.Step.Working.Sum);
        Schedule(visit, _now + visit.Site.Model.Work.Sample(Draw.Uniform(visit.Key, Purpose.Work)));
    }

    private void Complete(SimVisit visit)
    {
        var (walk, step, site) = (visit.Case, visit.Step, visit.Site);
        if (window.Has(_now))
        {
            var tally = TallyOf(visit);
            tally.Completed++;
            tally.ToBeCompleted += double.IsPositiveInfinity(visit.CompleteBy) ? 0 : 1;
            tally.CompletedInTime += !double.IsPositiveInfinity(visit.CompleteBy) && _now <= visit.CompleteBy ? 1 : 0;
        }

        var outcome = site.Outcomes[Draw.Weighted(Draw.Uniform(visit.Key, Purpose.Outcome), site.OutcomeWeights)];
        var drops = Draw.Uniform(visit.Key, Purpose.DropAfter) < site.Step.DropAfter;
        End(visit, VisitEnd.Completed, network.Outcome(outcome));
        if (drops)
        {
            Drop(walk);
        }
        else
        {
            walk.Complete(step, outcome);
        }
    }

    // n working days, the day itself not counted, to the end of the last one.
    private static double EndOfDay(double at, int days) => Math.Floor(at) + 1 + days;

    private Tally TallyOf(SimVisit visit) => Tallies[visit.Site.Row];
}
