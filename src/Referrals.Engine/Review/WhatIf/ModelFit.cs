using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Fitting;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Review.WhatIf.Running;

namespace Referrals.Engine.Review.WhatIf;

/// <summary>Fits a <see cref="NetworkModel"/> on a history. See <c>docs/what-if.md</c> for what is estimated how, and what is assumed.</summary>
public static class ModelFit
{
    /// <summary>Fits a model on what was known at a moment.</summary>
    /// <param name="table">All that is reviewed; only what it may show is used.</param>
    /// <param name="chains">Versions of the chains to be simulated; the newest of a chain is the one on which new referrals start.</param>
    /// <param name="from">Begin of the history that counts (<see cref="Moments"/>).</param>
    /// <param name="until">Its end, at the latest what the table tells up to: what came later is not looked at.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The model; null where no chain is given.</returns>
    public static NetworkModel? Fit(ReviewTable table, IReadOnlyList<ChainVersion> chains, uint from, uint until, CancellationToken ct = default)
    {
        var versions = chains.GroupBy(c => c.Id).Select(g => (IReadOnlyList<ChainVersion>)[.. g.OrderByDescending(v => v.Version)]).ToList();
        if (versions.Count == 0)
        {
            return null;
        }

        var asOf = Math.Min(until, table.AsOf);
        var state = versions[0][0].FederalState;
        var days = WorkingDays.For(state, table.Chains.FirstOrDefault(c => c.Id == versions[0][0].Id)?.Clock);
        var cases = new List<SeenCase>();
        foreach (var seen in new SeenHistory(table, versions, days, asOf).Cases(from))
        {
            ct.ThrowIfCancellationRequested();
            cases.Add(seen);
        }

        var (begin, end) = (days.Of(from), days.Of(asOf));
        var capacity = RoomOf(cases, begin, end);
        var counted = cases.Where(c => c.Started >= begin).ToList();
        return new(days, begin, end, Chains(versions, counted, days, begin, end), capacity, Open(cases));
    }

    private static Dictionary<PoolKey, Room> RoomOf(List<SeenCase> cases, double begin, double end)
    {
        var capacity = new Dictionary<PoolKey, Room>();
        foreach (var pool in cases.SelectMany(c => c.Visits).GroupBy(v => v.Pool))
        {
            var fit = new CapacityFit([.. pool], begin, end);
            capacity[pool.Key] = new(fit.Capacity, fit.Turnover, fit.Backlog);
            foreach (var visit in pool)
            {
                (visit.FullAtOffer, visit.FullAtAcknowledgement, visit.FullAtAcceptance) =
                    (fit.IsFull(visit.Offered), fit.IsFull(visit.Seen), fit.IsFull(visit.Accepted));
            }
        }

        return capacity;
    }

    private static List<ChainModel> Chains(
        List<IReadOnlyList<ChainVersion>> versions, List<SeenCase> cases, WorkingDays days, double begin, double end)
    {
        var all = cases.SelectMany(c => c.Visits).ToList();
        var anywhere = SiteFit.Of(all, null, end) with { Outcomes = [] };
        var byChain = cases.ToLookup(c => c.Chain);
        return [.. versions.Select((known, i) => new ChainModel(
            known[0],
            [.. known.Skip(1)],
            ArrivalFit.Of(byChain[i].Where(c => c.Counts).Select(c => c.Started), days, begin, end),
            Steps(known, [.. byChain[i]], anywhere, end),
            Paths(known, byChain[i])))];
    }

    private static Dictionary<string, StepModel> Steps(IReadOnlyList<ChainVersion> versions, List<SeenCase> cases, SiteModel anywhere, double end)
    {
        var fits = versions.SelectMany(v => v.Steps()).Select(s => s.Id.Value).Distinct().ToDictionary(id => id, _ => new StepFit());
        var steps = versions.ToDictionary(v => v.Version, v => v.Steps().ToDictionary(s => s.Id.Value));
        foreach (var seen in cases)
        {
            foreach (var own in seen.Visits.GroupBy(v => v.Step))
            {
                fits[own.Key].Add(seen, steps[seen.Version][own.Key], [.. own], end);
            }

            if (LastCompleted(seen) is { } last)
            {
                fits[last].AddDropAfter();
            }
        }

        return fits.ToDictionary(f => f.Key, f => f.Value.Model(anywhere, end));
    }

    // A referral that ended early while nobody had it: the step completed last.
    private static string? LastCompleted(SeenCase seen) =>
        seen is { IsWhole: true, IsOpen: false, RanToItsEnd: false } && seen.Visits.All(v => v.End is VisitEnd.Completed or VisitEnd.Declined or VisitEnd.Expired)
            ? seen.Visits.Where(v => v.End == VisitEnd.Completed).MaxBy(v => v.Ended)?.Step
            : null;

    private static PathModel Paths(IReadOnlyList<ChainVersion> versions, IEnumerable<SeenCase> cases)
    {
        var plans = versions.ToDictionary(v => v.Version, v => new ChainPlan(v, new Words()));
        var fit = new PathFit();
        foreach (var seen in cases.Where(c => c.IsWhole && !c.IsOpen))
        {
            fit.Count(plans[seen.Version], seen);
        }

        return fit.Model();
    }

    // A referral of which one visit may not be told apart is left out as a whole: its past would not be known.
    private static List<OpenReferral> Open(List<SeenCase> cases) =>
        [.. cases.Where(c => c.IsOpen && c.IsWhole).Select(c => new OpenReferral(c.Chain, c.Version, c.Started, [.. c.Visits.Select(Known)]))];

    private static KnownVisit Known(SeenVisit v) => new(
        v.Step, v.Partner, v.Round, v.Offered, v.Acknowledged, v.Accepted, v.Started, v.Ended, v.End, v.Reason);
}
