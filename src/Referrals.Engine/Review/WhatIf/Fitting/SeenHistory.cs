using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>
/// Reads a table as it stood at a moment: what came later is not seen, what ended later is open. Only what may be told apart is read: what ended
/// counts once it is released with others like it, what is open where step and partner may be shown.
/// </summary>
internal sealed class SeenHistory
{
    private const double CalendarDaysOfAWorkingDay = 7.0 / 5;

    private readonly ReviewTable _table;
    private readonly WorkingDays _days;
    private readonly double _until;
    private readonly uint _asOf;
    private readonly Dictionary<int, (int Chain, ChainVersion Version)> _versions = [];

    /// <param name="table">Table.</param>
    /// <param name="chains">For each chain of the model its versions.</param>
    /// <param name="days">Time line.</param>
    /// <param name="asOf">The moment.</param>
    public SeenHistory(ReviewTable table, IReadOnlyList<IReadOnlyList<ChainVersion>> chains, WorkingDays days, uint asOf)
    {
        (_table, _days, _asOf) = (table, days, asOf);
        _until = days.Of(asOf);
        for (var i = 0; i < table.Chains.Count; i++)
        {
            for (var chain = 0; chain < chains.Count; chain++)
            {
                if (chains[chain].FirstOrDefault(v => v.Id == table.Chains[i].Id && v.Version == table.Chains[i].Version) is { } version)
                {
                    _versions[i] = (chain, version);
                }
            }
        }
    }

    /// <summary>All referrals that had started by then.</summary>
    /// <param name="since">Those that had ended before this moment are passed over: nothing of them reaches into the history that counts.</param>
    public IEnumerable<SeenCase> Cases(uint since = 0)
    {
        var number = 0;
        foreach (var part in _table.Parts)
        {
            for (var row = 0; row < part.Cases.Count; row++)
            {
                if (part.Cases.Started[row] < _asOf && (part.Cases.Ended[row] is 0 || part.Cases.Ended[row] >= since) && _versions.TryGetValue(part.Cases.Chain[row], out var of))
                {
                    yield return Read(part, row, number++, of.Chain, of.Version);
                }
            }
        }
    }

    private SeenCase Read(ReviewPart part, int row, int number, int chain, ChainVersion version)
    {
        var cases = part.Cases;
        var steps = version.Steps().ToDictionary(s => s.Id.Value, s => s.Service);
        var (visits, whole) = (new List<SeenVisit>(cases.VisitCount[row]), true);
        for (var at = cases.FirstVisit[row]; at < cases.FirstVisit[row] + cases.VisitCount[row]; at++)
        {
            var step = _table.Steps[part.Visits.Step[at]].Id;
            if (part.Visits.Offered[at] >= _asOf)
            {
                continue;
            }

            if (MayBeSeen(part.Visits, at) && steps.TryGetValue(step, out var service))
            {
                visits.Add(Read(part.Visits, at, number, step, service));
            }
            else
            {
                whole = false;
            }
        }

        var ended = cases.Ended[row] > 0 && cases.Ended[row] <= _asOf;
        var counts = cases.Ended[row] > 0 ? cases.Month[row] > 0 : cases.Shown[row] != Shown.Nowhere;
        return new(
            chain, version.Version, _days.Of(cases.Started[row]), ended ? _days.Of(cases.Ended[row]) : double.NaN,
            ended && cases.Closing[row] == 1 + (int)ClosingReason.Completed, counts, whole && counts, visits);
    }

    private static bool MayBeSeen(VisitColumns visits, int row) => visits.End[row] == VisitEnd.Open ? visits.Shown[row] == Shown.Partner : visits.Month[row] > 0;

    private SeenVisit Read(VisitColumns visits, int row, int number, string step, string service)
    {
        var isOpen = visits.End[row] == VisitEnd.Open || visits.Ended[row] > _asOf;
        var (started, ended) = (Until(visits.Started[row]), isOpen ? double.NaN : _days.Of(visits.Ended[row]));
        return new()
        {
            Case = number,
            Step = step,
            Service = service,
            Partner = _table.Partners[visits.Partner[row]],
            Round = visits.Round[row],
            Attempt = visits.Attempt[row],
            Offered = _days.Of(visits.Offered[row]),
            Acknowledged = Until(visits.Acknowledged[row]),
            Accepted = Until(visits.Accepted[row]),
            Started = started,
            Ended = ended,
            Paused = ended > started ? Math.Min(0.95, visits.Paused[row] / (double)Moments.Day / CalendarDaysOfAWorkingDay / (ended - started)) : 0,
            End = isOpen ? VisitEnd.Open : visits.End[row],
            Reason = isOpen ? "" : _table.Reasons[visits.Reason[row]],
        };
    }

    private double Until(uint moment) => moment == 0 || moment > _asOf ? double.NaN : Math.Min(_until, _days.Of(moment));
}
