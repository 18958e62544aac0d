using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>Taking over what runs already, and the making and forgetting of visits.</summary>
internal sealed partial class Replication
{
    /// <summary>
    /// Called with each referral that ends, with when and whether it ended early; also with each that still runs at the end, then the time
    /// is not a number. For a history to be written from it.
    /// </summary>
    public Action<SimCase, double, bool>? Closed { get; init; }

    private void TakeOverOpen(ulong seed)
    {
        for (var i = 0; i < network.Model.Open.Count; i++)
        {
            var open = network.Model.Open[i];
            var chain = network.Chains[open.Chain];
            var walk = new SimCase(chain.Version(open.Version), chain, this)
            {
                Key = Draw.Key(Draw.Key(seed, 1), (ulong)i),
                Started = open.Started,
                Known = open.Visits,
            };
            _running.Add(walk);
            walk.Begin();
        }
    }

    // A step of a running referral that has a past: goes on where it stands.
    private bool TakeOverKnown(SimCase walk, int step)
    {
        var about = walk.Plan.Steps[step];
        var id = about.Step.Id.Value;
        var round = walk.RoundOf(step);
        var known = walk.Known!.Where(v => v.Step == id && v.Round == round).ToList();
        if (known.Find(v => v.End == VisitEnd.Completed) is { } completed)
        {
            walk.Complete(step, network.OutcomeOf(completed.Reason));
            return true;
        }

        foreach (var visit in known)
        {
            walk.Remember(step, PartnerIndex(about, visit.Partner), visit.End == VisitEnd.Open, visit.End == VisitEnd.Declined);
        }

        var open = known.Where(v => v.End == VisitEnd.Open && PartnerIndex(about, v.Partner) >= 0).ToList();
        foreach (var visit in open)
        {
            Resume(walk, step, PartnerIndex(about, visit.Partner), visit);
        }

        if (open.Count == 0 && Passed(walk, about.Node))
        {
            walk.Skip(step);
            return true;
        }

        return open.Count > 0;
    }

    private void Resume(SimCase walk, int step, int partner, KnownVisit known)
    {
        var visit = NewVisit(walk, step, partner, SiteOf(walk, step, partner));
        var (site, about) = (visit.Site, walk.Plan.Steps[step].Step);
        Offers++;
        (visit.Offered, visit.Acknowledged, visit.Accepted) = (known.Offered, known.Acknowledged, known.Accepted);
        visit.AcknowledgeBy = EndOfDay(known.Offered, about.AcknowledgeWithin);
        visit.CompleteBy = about.CompleteWithin is { } days && !double.IsNaN(known.Accepted) ? EndOfDay(known.Accepted, days) : double.PositiveInfinity;
        visit.LeavesAt = _now + Draw.Exponential(visit.Key, Purpose.ExitWaiting, site.Step.Waiting.Sum);
        site.Pool.Accepted += double.IsNaN(known.Accepted) && double.IsNaN(known.Started) ? 0 : 1;
        if (!double.IsNaN(known.Started))
        {
            (visit.Stage, visit.Started) = (Stage.InWork, known.Started);
            site.Pool.Taken++;
            visit.LeavesAt = _now + Draw.Exponential(visit.Key, Purpose.ExitWorking, site.Step.Working.Sum);
            Schedule(visit, Rest(known.Started, site.Model.Work, visit, Purpose.Work));
        }
        else if (!double.IsNaN(known.Accepted))
        {
            visit.Stage = Stage.Accepted;
            Schedule(visit, Rest(known.Accepted, site.Model.Begin, visit, Purpose.Begin));
        }
        else if (!double.IsNaN(known.Acknowledged))
        {
            visit.Stage = Stage.Acknowledged;
            Schedule(visit, Rest(known.Acknowledged, site.Model.Decide, visit, Purpose.Decide));
        }
        else
        {
            visit.Stage = Stage.Offered;
            AwaitAcknowledgement(visit, Rest(known.Offered, site.Model.Acknowledge, visit, Purpose.Acknowledge));
        }
    }

    // What only waited for room has waited longer than any delay without it: it is next as soon as there is some.
    private double Rest(double since, Durations usual, SimVisit visit, Purpose what)
    {
        var elapsed = _now - since;
        var waitsForRoom = what is Purpose.Begin or Purpose.Decide && elapsed > usual.Sample(0.9);
        return waitsForRoom ? _now : since + usual.SampleBeyond(elapsed, Draw.Uniform(visit.Key, what));
    }

    private static int PartnerIndex(PlanStep step, string partner)
    {
        for (var i = 0; i < step.Step.Partners.Count; i++)
        {
            if (step.Step.Partners[i].Value == partner)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsWithin(SimCase walk, KnownVisit visit, int node) =>
        walk.Plan.FindStep(visit.Step) is { } step && step >= walk.Plan.Nodes[node].FirstStep && step < walk.Plan.Nodes[node].AfterSteps;

    private static bool Passed(SimCase walk, int node) => walk.Known!.Any(v => walk.Plan.FindStep(v.Step) is { } step && walk.Plan.ComesAfter(step, node));

    private static bool? KnownPart(SimCase walk, int node) =>
        walk.Known is null ? null : walk.Known.Any(v => IsWithin(walk, v, node)) ? true : Passed(walk, node) ? false : null;

    private static int? KnownBranch(SimCase walk, int node)
    {
        if (walk.Known is null)
        {
            return null;
        }

        var children = walk.Plan.Nodes[node].Children;
        var taken = Array.FindIndex(children, child => walk.Known.Any(v => IsWithin(walk, v, child)));
        return taken >= 0 ? taken : Passed(walk, node) ? children.Length : null;
    }

    private static bool KnownToGoOn(SimCase walk, int node, int round) =>
        walk.Known is not null && round < walk.Known.Where(v => IsWithin(walk, v, node)).Select(v => v.Round).DefaultIfEmpty(0).Max() / walk.RoundAt(walk.Plan.Nodes[node].Repeat);

    private static Site SiteOf(SimCase walk, int step, int partner) => walk.Version.Sites[step][partner];

    private static ulong PathKey(SimCase walk, string id) => Draw.Key(walk.Key, id);

    private static int PickPartner(SimCase walk, int step, ulong key, bool untriedOnly)
    {
        var partners = walk.Plan.Steps[step].Step.Partners.Count;
        var weights = new double[partners];
        for (var i = 0; i < partners; i++)
        {
            weights[i] = untriedOnly && walk.WasTried(step, i) ? 0 : Math.Max(SiteOf(walk, step, i).Model.Weight, 1e-6);
        }

        if (Array.TrueForAll(weights, w => w == 0))
        {
            return (int)(Draw.Uniform(key, Purpose.Partner) * partners);
        }

        return Draw.Weighted(Draw.Uniform(key, Purpose.Partner), weights);
    }

    private SimVisit NewVisit(SimCase walk, int step, int partner, Site site)
    {
        var visit = network.Visits.TryPop(out var used) ? used : new SimVisit();
        (visit.Case, visit.Site, visit.Step, visit.Partner) = (walk, site, step, partner);
        visit.Key = Draw.Key(Draw.Key(walk.Key, site.Hash), (ulong)((walk.RoundOf(step) * 64) + walk.Retries));
        (visit.Stage, visit.LeavesAt, visit.CompleteBy) = (Stage.Coming, double.PositiveInfinity, double.PositiveInfinity);
        (visit.Acknowledged, visit.Accepted, visit.Started) = (double.NaN, double.NaN, double.NaN);
        (visit.Next, walk.Visits) = (walk.Visits, visit);
        return visit;
    }

    private static void Unlink(SimVisit visit)
    {
        if (visit.Case.Visits == visit)
        {
            visit.Case.Visits = visit.Next;
            return;
        }

        for (var before = visit.Case.Visits; before is not null; before = before.Next)
        {
            if (before.Next == visit)
            {
                before.Next = visit.Next;
                return;
            }
        }
    }
}
