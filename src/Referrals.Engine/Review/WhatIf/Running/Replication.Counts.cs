using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>How a run begins, and what is counted at its end.</summary>
internal sealed partial class Replication
{
    private void Reset()
    {
        _events.Clear();
        _running.Clear();
        Offers = 0;
        foreach (var pool in network.Pools)
        {
            pool.Queue.Clear();
            pool.Unanswered.Clear();
            (pool.Taken, pool.Accepted) = (0, 0);
        }
    }

    private void Start(Arrival arrival)
    {
        var chain = network.Chains[arrival.Chain];
        var version = arrival.Version == 0 ? chain.Current : chain.Version(arrival.Version);
        var started = version.Free.TryPop(out var used) ? used : new SimCase(version, chain, this);
        (started.Key, started.Started, started.Retries, started.Ended, started.Visits) = (arrival.Key, _now, 0, false, null);
        started.Reset();
        _running.Add(started);
        Cases[chain.Index].Arrived += window.Has(_now) ? 1 : 0;
        started.Begin();
    }

    private void Count(SimVisit visit, VisitEnd end)
    {
        var tally = TallyOf(visit);
        switch (visit.Stage)
        {
            case Stage.Coming or Stage.Gone:
                return;
            case Stage.InWork:
                tally.DaysInWork += window.Overlap(visit.Started, _now);
                return;
            default:
                tally.DaysWaiting += window.Overlap(visit.Offered, _now);
                tally.DaysQueued += visit.Stage is Stage.Queued or Stage.Taking ? window.Overlap(visit.Queued, _now) : 0;
                break;
        }

        if (window.Has(_now) && end != VisitEnd.Open)
        {
            tally.Expired += end == VisitEnd.Expired ? 1 : 0;
            tally.ToBeAcknowledged += visit.Stage == Stage.Offered && _now >= visit.AcknowledgeBy ? 1 : 0;
        }
    }

    private void CountWhatIsOpen()
    {
        foreach (var walk in _running)
        {
            for (var visit = walk.Visits; visit is not null; visit = visit.Next)
            {
                Count(visit, VisitEnd.Open);
                if (visit.Stage != Stage.Coming)
                {
                    Ended?.Invoke(visit, _now, VisitEnd.Open, "");
                }
            }

            Closed?.Invoke(walk, double.NaN, false);
        }
    }
}
