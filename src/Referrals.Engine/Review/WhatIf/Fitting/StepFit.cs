using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>Estimates how a step of a chain goes: at each partner, and what people do about it.</summary>
internal sealed class StepFit
{
    private const double AlmostNothing = 1e-6;

    private readonly List<SeenVisit> _visits = [];
    private readonly List<double> _firstGaps = [];
    private readonly List<double> _nextGaps = [];
    private readonly double[] _deadEnd = new double[3];
    private (double Days, double Drop, double Reroute, double Skip) _waiting;
    private (double Days, double Drop, double Reroute, double Skip) _working;
    private int _droppedAfter;

    /// <summary>Notes the visits of this step in a referral.</summary>
    public void Add(SeenCase seen, ChainNode.Step step, IReadOnlyList<SeenVisit> own, double until)
    {
        _visits.AddRange(own);
        AddGaps(seen, own);
        var drops = seen.Visits.Count(v => Exit(v) == 0);
        foreach (var visit in own)
        {
            Expose(visit, drops, until);
        }

        if (seen.IsWhole)
        {
            AddDeadEnds(seen, step, own);
        }
    }

    /// <summary>Notes that a referral ended early after this step was completed.</summary>
    public void AddDropAfter() => _droppedAfter++;

    public StepModel Model(SiteModel? anywhere, double until)
    {
        var all = SiteFit.Of(_visits, anywhere, until) with { Weight = 0.5 };
        var completed = _visits.Count(v => v.End == VisitEnd.Completed);
        return new(_visits.GroupBy(v => v.Partner).ToDictionary(g => g.Key, g => SiteFit.Of([.. g], all, until)), all)
        {
            FirstGap = Gaps(_firstGaps),
            NextGap = Gaps(_nextGaps),
            Waiting = Rates(_waiting),
            Working = Rates(_working),
            DeadEnd = _deadEnd.Sum() > 0 ? _deadEnd : [0, 1, 0],
            DropAfter = completed == 0 ? 0 : Math.Min(1, (double)_droppedAfter / completed),
        };
    }

    private void AddGaps(SeenCase seen, IReadOnlyList<SeenVisit> own)
    {
        foreach (var visit in own)
        {
            var earlier = own.Where(v => v != visit && v.Round == visit.Round && v.Offered < visit.Offered && v.Ended <= visit.Offered).ToList();
            if (earlier.Count > 0)
            {
                _nextGaps.Add(visit.Offered - earlier.Max(v => v.Ended));
            }
            else if (visit.Attempt <= 1)
            {
                var reached = seen.Visits.Where(v => v.Ended <= visit.Offered).Select(v => v.Ended).Append(seen.Started).Max();
                _firstGaps.Add(Math.Max(0, visit.Offered - reached));
            }
        }
    }

    private void Expose(SeenVisit visit, int drops, double until)
    {
        var began = double.IsNaN(visit.Started) ? visit.Watched(until) : visit.Started;
        _waiting.Days += Math.Max(0, began - visit.Offered);
        var exit = Exit(visit);
        if (!double.IsNaN(visit.Started))
        {
            _working.Days += Math.Max(0, visit.Watched(until) - visit.Started);
            Count(ref _working, exit, drops);
        }
        else
        {
            Count(ref _waiting, exit, drops);
        }
    }

    // A referral that ends takes all its visits with it; together they count as one.
    private static void Count(ref (double Days, double Drop, double Reroute, double Skip) rates, int exit, int drops)
    {
        rates.Drop += exit == 0 ? 1.0 / drops : 0;
        rates.Reroute += exit == 1 ? 1 : 0;
        rates.Skip += exit == 2 ? 1 : 0;
    }

    private static int Exit(SeenVisit visit) => (visit.End, visit.Reason) switch
    {
        (VisitEnd.Withdrawn, "referral-withdrawn" or "consent-withdrawn" or "referral-closed") => 0,
        (VisitEnd.Withdrawn, "rerouted") => 1,
        (VisitEnd.Withdrawn, "skipped") => 2,
        _ => -1,
    };

    // Where the rule has nobody left to offer it to, a caseworker decided: another try, leave it out, or give up.
    private void AddDeadEnds(SeenCase seen, ChainNode.Step step, IReadOnlyList<SeenVisit> own)
    {
        foreach (var run in own.GroupBy(v => v.Round))
        {
            var inOrder = run.OrderBy(v => v.Offered).ToList();
            for (var i = 0; i < inOrder.Count; i++)
            {
                var visit = inOrder[i];
                if (visit.End is VisitEnd.Declined && !RuleGoesOn(step, inOrder, visit))
                {
                    var next = inOrder.Skip(i + 1).Any(v => v.Offered >= visit.Ended) ? 0 : seen.RanToItsEnd || seen.Visits.Any(v => v.Offered > visit.Ended) ? 1 : 2;
                    _deadEnd[next] += next == 2 && seen.IsOpen ? 0 : 1;
                }
            }
        }
    }

    private static bool RuleGoesOn(ChainNode.Step step, List<SeenVisit> run, SeenVisit visit) => step.OnDecline == DeclinePath.Skip || step.Offer switch
    {
        OfferMode.FirstToAccept => run.Any(v => v != visit && v.Offered <= visit.Ended && !(v.Ended <= visit.Ended)),
        OfferMode.InOrder when step.OnDecline == DeclinePath.NextPartner =>
            step.Partners.Any(p => run.TrueForAll(v => v.Partner != p.Value || v.Offered >= visit.Ended)),
        _ => false,
    };

    private static ExitRates Rates((double Days, double Drop, double Reroute, double Skip) seen) => seen.Days <= 0
        ? ExitRates.None
        : new(seen.Drop / seen.Days, seen.Reroute / seen.Days, seen.Skip / seen.Days);

    private static Durations Gaps(List<double> gaps) =>
        gaps.Count == 0 || gaps.Average() < AlmostNothing ? Durations.None : Durations.Of(gaps, [.. gaps.Select(_ => true)]) ?? Durations.Always(gaps.Average());
}
