using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Review.WhatIf.Running;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>Estimates how a step goes at a partner.</summary>
internal static class SiteFit
{
    // What weight the share of all partners has against a partner's own.
    private const double Prior = 5;

    /// <summary>What is known from these visits alone; where they say too little, from the others.</summary>
    /// <param name="visits">Visits of the step at the partner, or of the step anywhere.</param>
    /// <param name="else">What else is known; null: nothing.</param>
    /// <param name="until">End of the history.</param>
    public static SiteModel Of(IReadOnlyList<SeenVisit> visits, SiteModel? @else, double until)
    {
        var decided = visits.Where(v => !double.IsNaN(v.Decided)).ToList();
        var declined = decided.Where(v => v.End == VisitEnd.Declined).ToList();
        var noCapacity = declined.Where(v => v.Reason == Replication.NoCapacity).ToList();
        var (others, rest) = (declined.Count - noCapacity.Count, decided.Where(v => v.End != VisitEnd.Declined || v.Reason == Replication.NoCapacity).ToList());
        var work = visits.Where(v => !double.IsNaN(v.Started)).ToList();
        return new()
        {
            Visits = visits.Count,
            Weight = Math.Max(visits.Count, 0.5),
            Acknowledge = Lengths(Unloaded(visits, v => v.FullAtOffer, v => !double.IsNaN(v.Seen), @else is not null), v => v.Offered, v => v.Seen, until, @else?.Acknowledge),
            Decide = Lengths(
                Unloaded(visits.Where(v => !double.IsNaN(v.Seen)), v => v.FullAtAcknowledgement, v => !double.IsNaN(v.Decided), @else is not null),
                v => v.Seen,
                v => v.Decided,
                until,
                @else?.Decide),
            Begin = Lengths(visits.Where(v => !double.IsNaN(v.Accepted) && !v.FullAtAcceptance), v => v.Accepted, v => v.Started, until, @else?.Begin),
            Work = Lengths(work, v => v.Started, v => v.End == VisitEnd.Completed ? v.Ended : double.NaN, until, @else?.Work),
            Paused = PausedShare(work) ?? @else?.Paused ?? 0,
            Declines = Share(others, decided.Count, @else?.Declines),
            NoCapacityWhenFree = Share(noCapacity.Count(v => !v.FullAtAcknowledgement), rest.Count(v => !v.FullAtAcknowledgement), @else?.NoCapacityWhenFree),
            NoCapacityWhenFull = Share(noCapacity.Count(v => v.FullAtAcknowledgement), rest.Count(v => v.FullAtAcknowledgement), @else?.NoCapacityWhenFull),
            Outcomes = Outcomes(visits) is { Count: > 0 } own ? own : @else?.Outcomes ?? [],
        };
    }

    // A partner without room takes longer to answer: the delay without that is seen while there was room, there or elsewhere.
    private static List<SeenVisit> Unloaded(IEnumerable<SeenVisit> visits, Func<SeenVisit, bool> full, Func<SeenVisit, bool> ended, bool elsewhere)
    {
        var all = visits.ToList();
        var free = all.Where(v => !full(v)).ToList();
        return elsewhere || free.Count(ended) >= Durations.Few ? free : all;
    }

    private static Durations Lengths(
        IEnumerable<SeenVisit> visits, Func<SeenVisit, double> from, Func<SeenVisit, double> to, double until, Durations? @else)
    {
        var (lengths, ended) = (new List<double>(), new List<bool>());
        foreach (var visit in visits)
        {
            var end = to(visit);
            ended.Add(!double.IsNaN(end));
            lengths.Add(Math.Max(0, (double.IsNaN(end) ? visit.Watched(until) : end) - from(visit)));
        }

        return Durations.Of(lengths, ended) ?? @else?.AsPooled() ?? Durations.None;
    }

    private static double? PausedShare(List<SeenVisit> work)
    {
        var ended = work.Where(v => v.End == VisitEnd.Completed && v.Ended > v.Started).ToList();
        return ended.Count == 0 ? null : ended.Sum(v => v.Paused * (v.Ended - v.Started)) / ended.Sum(v => v.Ended - v.Started);
    }

    private static double Share(int some, int all, double? usual) =>
        usual is { } known ? (some + (Prior * known)) / (all + Prior) : all == 0 ? 0 : (double)some / all;

    private static List<(string Code, double Weight)> Outcomes(IEnumerable<SeenVisit> visits) =>
        [.. visits.Where(v => v.End == VisitEnd.Completed).GroupBy(v => v.Reason).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, (double)g.Count()))];
}
