using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>How visits and referrals end, and what a referral does at its steps.</summary>
internal sealed partial class Replication : IWalkWorld<SimCase>
{
    /// <summary>The reason of a partner without room.</summary>
    public const string NoCapacity = "no-capacity";

    /// <summary>The reason of what ends because the referral does.</summary>
    public const string Withdrawn = "referral-withdrawn";

    // More dead ends than this in one referral: the step is left out.
    private const int MostRetries = 10;

    public bool TakeOver(SimCase walk, int step) => walk.Known is not null && TakeOverKnown(walk, step);

    public void Offer(SimCase walk, int step, int partner)
    {
        if (walk.Ended)
        {
            return;
        }

        var site = SiteOf(walk, step, partner);
        var visit = NewVisit(walk, step, partner, site);
        var first = walk.OffersOf(step) <= 1 || (walk.Plan.Steps[step].Step.Offer == Chains.OfferMode.FirstToAccept && walk.Retries == 0);
        var gap = (first ? site.Step.FirstGap : site.Step.NextGap).Sample(Draw.Uniform(visit.Key, Purpose.Gap));
        Schedule(visit, _now + gap);
    }

    public void WithdrawOthers(SimCase walk, int step)
    {
        for (var visit = walk.Visits; visit is not null;)
        {
            var next = visit.Next;
            if (visit.Step == step && visit.Stage is Stage.Coming or Stage.Offered or Stage.Acknowledged or Stage.Accepting)
            {
                End(visit, VisitEnd.Withdrawn, "other-accepted");
            }

            visit = next;
        }
    }

    public void AskForPartner(SimCase walk, int step)
    {
        var about = walk.Plan.Steps[step].Step;
        var key = Draw.Key(Draw.Key(walk.Key, about.Id.Value), (ulong)walk.Retries + 1);
        if (walk.OffersOf(step) == 0)
        {
            walk.Choose(step, PickPartner(walk, step, key, untriedOnly: false));
            return;
        }

        var choice = ++walk.Retries > MostRetries ? 1 : Draw.Weighted(Draw.Uniform(key, Purpose.DeadEnd), [.. SiteOf(walk, step, 0).Step.DeadEnd]);
        if (choice == 0)
        {
            walk.Choose(step, PickPartner(walk, step, key, untriedOnly: true));
        }
        else if (choice == 1)
        {
            walk.Skip(step);
        }
        else
        {
            Drop(walk);
        }
    }

    public void AskForPart(SimCase walk, int node)
    {
        var id = walk.Plan.Nodes[node].Node.Id.Value;
        var included = KnownPart(walk, node) ?? Draw.Uniform(PathKey(walk, id), Purpose.Path) < walk.Chain.Model.Paths.Parts.GetValueOrDefault(id, 0.5);
        walk.DecidePart(node, included);
    }

    public int Branch(SimCase walk, int node)
    {
        if (KnownBranch(walk, node) is { } known)
        {
            return known;
        }

        var about = walk.Plan.Nodes[node];
        var otherwise = about.Conditions.Length;
        if (Array.TrueForAll(about.Conditions, c => c is not null))
        {
            var holds = Array.FindIndex(about.Conditions, c => c!(walk.Outcomes));
            return holds >= 0 ? holds : otherwise;
        }

        var id = about.Node.Id.Value;
        var uniform = Draw.Uniform(PathKey(walk, id), Purpose.Path);
        return walk.Chain.Model.Paths.Branches.TryGetValue(id, out var weights) && weights.Length == otherwise + 1
            ? Draw.Weighted(uniform, weights)
            : (int)(uniform * (otherwise + 1));
    }

    public bool IsEnough(SimCase walk, int node, int round)
    {
        if (KnownToGoOn(walk, node, round))
        {
            return false;
        }

        var about = walk.Plan.Nodes[node];
        return about.Conditions[0] is { } until
            ? until(walk.Outcomes)
            : Draw.Uniform(Draw.Key(PathKey(walk, about.Node.Id.Value), (ulong)round), Purpose.Path)
                < walk.Chain.Model.Paths.Enough.GetValueOrDefault(about.Node.Id.Value, 0.5);
    }

    // A running referral that was given up while its past was taken over is walked to the end of what it had begun.
    public void Close(SimCase walk)
    {
        if (walk.Ended)
        {
            return;
        }

        if (window.Has(_now))
        {
            Cases[walk.Chain.Index].Lengths.Add(_now - walk.Started);
        }

        Forget(walk, dropped: false);
    }

    private void Leave(SimVisit visit)
    {
        var (walk, step) = (visit.Case, visit.Step);
        var rates = visit.Stage == Stage.InWork ? visit.Site.Step.Working : visit.Site.Step.Waiting;
        var kind = Draw.Weighted(Draw.Uniform(visit.Key, Purpose.ExitKind), [rates.Drop, rates.Reroute, rates.Skip]);
        if (kind == 0)
        {
            Drop(walk);
        }
        else if (kind == 1)
        {
            var key = Draw.Key(visit.Key, (ulong)++walk.Retries);
            End(visit, VisitEnd.Withdrawn, "rerouted");
            walk.Reroute(step, PickPartner(walk, step, key, untriedOnly: true));
        }
        else
        {
            EndAll(walk, v => v.Step == step, "skipped");
            walk.Skip(step);
        }
    }

    private void Drop(SimCase walk)
    {
        EndAll(walk, _ => true, Withdrawn);
        Cases[walk.Chain.Index].Dropped += window.Has(_now) ? 1 : 0;
        Forget(walk, dropped: true);
    }

    private void EndAll(SimCase walk, Predicate<SimVisit> which, string reason)
    {
        for (var visit = walk.Visits; visit is not null;)
        {
            var next = visit.Next;
            if (which(visit))
            {
                End(visit, VisitEnd.Withdrawn, reason);
            }

            visit = next;
        }
    }

    private void Forget(SimCase walk, bool dropped)
    {
        walk.Ended = true;
        Closed?.Invoke(walk, _now, dropped);
        _running.Remove(walk);
        if (walk.Known is null)
        {
            walk.Version.Free.Push(walk);
        }
    }

    // Takes the visit out of everything that knows it; the walk is told by the caller.
    private void End(SimVisit visit, VisitEnd end, string reason)
    {
        Count(visit, end);
        if (visit.Stage != Stage.Coming)
        {
            Ended?.Invoke(visit, _now, end, reason);
        }

        var (pool, hadPlace, wasAccepted) = (visit.Site.Pool, visit.Stage is Stage.Taking or Stage.InWork, visit.Stage >= Stage.Accepting);
        Unlink(visit);
        visit.Stamp++;
        visit.Stage = Stage.Gone;
        network.Visits.Push(visit);
        if (hadPlace)
        {
            pool.Taken--;
            FillRoom(pool);
        }

        if (wasAccepted)
        {
            pool.Accepted--;
            AnswerNext(pool);
        }
    }

    private void AnswerNext(Pool pool)
    {
        while (pool.Accepted < pool.MostAccepted && pool.Unanswered.TryDequeue(out var next))
        {
            if (next.Visit.Stamp == next.Stamp)
            {
                pool.Accepted++;
                next.Visit.Stamp++;
                next.Visit.Stage = Stage.Accepting;
                Schedule(next.Visit, _now);
            }
        }
    }

    private void FillRoom(Pool pool)
    {
        while (!pool.IsFull && pool.Queue.TryDequeue(out var next))
        {
            if (next.Visit.Stamp == next.Stamp)
            {
                pool.Taken++;
                next.Visit.Stamp++;
                next.Visit.Stage = Stage.Taking;
                Schedule(next.Visit, _now + pool.Turnover);
            }
        }
    }
}
