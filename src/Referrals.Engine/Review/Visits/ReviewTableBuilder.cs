using Referrals.Engine.Review.Release;

namespace Referrals.Engine.Review.Visits;

/// <summary>
/// Makes <see cref="ReviewTable"/>s: first from everything (<see cref="Announce"/> each case, then <see cref="Add"/> each), then again and again from what
/// changed (<see cref="Change"/>). What it gave out never changes. One caller at a time.
/// </summary>
/// <param name="facts">What is known of a chain version.</param>
/// <param name="threshold">The fewest cases that a number may stand for; 1 shows everything.</param>
public sealed class ReviewTableBuilder(Func<ChainId, int, ChainFacts> facts, int threshold)
{
    private const int PartSize = 1 << 16;

    private readonly TableWords _words = new(facts);
    private readonly Releases<Kind> _releases = new(threshold);
    private readonly List<ReviewPart> _parts = [];
    private readonly Dictionary<Guid, ReviewCase> _moving = [];

    /// <summary>First pass over everything: learns what has ended.</summary>
    public void Announce(ReviewCase told)
    {
        for (var i = 0; i < told.Visits.Length; i++)
        {
            if (told.Visits[i].EndedAt > 0)
            {
                _releases.Collect(told.Visits[i].EndedAt, Kind.Of(told, i, _words), Months.Of(told.Visits[i].Ended), told.Id.GetHashCode());
            }
        }

        if (told.Counted is { } end)
        {
            _releases.Collect(end.EndedAt, Kind.Of(told, _words), Months.Of(end.Ended), told.Id.GetHashCode());
        }
    }

    /// <summary>Between the passes: settles with which month each counts.</summary>
    public void Settle() => _releases.Settle();

    /// <summary>Second pass: takes a case into the table.</summary>
    /// <returns>Whether it was taken. It isn't when something in it has ended since it was announced; then it belongs to <see cref="Change"/>.</returns>
    public bool Add(ReviewCase told)
    {
        if (told.Counted?.EndedAt > _releases.Until || told.Visits.Any(v => v.EndedAt > _releases.Until))
        {
            return false;
        }

        if (IsSettled(told))
        {
            Append(told);
        }
        else
        {
            _moving[told.Id] = told;
        }

        return true;
    }

    /// <summary>Takes in all cases that changed since the last time.</summary>
    public void Change(IReadOnlyCollection<ReviewCase> changed)
    {
        var before = _releases.Until;
        foreach (var told in changed)
        {
            Announce(told);
        }

        Settle();
        foreach (var told in changed)
        {
            // Only what had ended before can lie among the settled ones.
            if (!_moving.Remove(told.Id) && (told.Reopened > 0 || (told.EndedAt > 0 && told.EndedAt <= before)))
            {
                Forget(told);
            }

            _moving.Add(told.Id, told);
        }

        foreach (var told in _moving.Values.Where(IsSettled).OrderBy(t => t.EndedAt).ToList())
        {
            _moving.Remove(told.Id);
            Append(told);
        }
    }

    /// <summary>The table as it stands.</summary>
    /// <param name="asOf">The moment up to which it tells; what is due before it is overdue.</param>
    public ReviewTable Build(uint asOf)
    {
        var moving = Part(_moving.Count, _moving.Values.Sum(m => m.Visits.Length));
        foreach (var told in _moving.Values.OrderBy(m => m.Started).ThenBy(m => m.Id))
        {
            moving = CaseRows.Write(moving, told, _words, _releases, asOf);
        }

        var steps = _words.Steps;
        OpenRows.Show(moving, steps, threshold);
        return new(_words.Chains, steps, _words.Partners, _words.Reasons, [.. _parts], moving, asOf, threshold);
    }

    private bool IsSettled(ReviewCase told) =>
        told is { EndedAt: > 0, Counted: { } end } && _releases.MonthOf(end.EndedAt) > 0 && told.Visits.All(v => v.EndedAt > 0 && _releases.MonthOf(v.EndedAt) > 0);

    private void Append(ReviewCase told)
    {
        var last = _parts.Count == 0 ? null : _parts[^1];
        if (last is null || last.Cases.Count == last.Cases.Capacity || last.Visits.Count + told.Visits.Length > last.Visits.Capacity)
        {
            last = Part(CasesOf(last), Math.Max(PartSize, told.Visits.Length));
            _parts.Add(last);
        }

        _parts[^1] = CaseRows.Write(last, told, _words, _releases, 0);
    }

    // As many cases as have so many visits, going by the part before, so that little room stays empty.
    private static int CasesOf(ReviewPart? before) => before is null
        ? PartSize / 2
        : (int)Math.Clamp(PartSize * 1.05 * before.Cases.Count / Math.Max(1, before.Visits.Count), PartSize / 64, PartSize);

    // A settled case that was opened again: its rows are left behind, counting for no month; it counts where it moves.
    private void Forget(ReviewCase told)
    {
        var hash = told.Id.GetHashCode();
        for (var p = 0; p < _parts.Count; p++)
        {
            var (cases, visits) = (_parts[p].Cases, _parts[p].Visits);
            var row = Array.IndexOf(cases.Hash, hash, 0, cases.Count);
            while (row >= 0 && (cases.Started[row] != told.Started || cases.Month[row] == 0))
            {
                row = Array.IndexOf(cases.Hash, hash, row + 1, cases.Count - row - 1);
            }

            if (row >= 0)
            {
                var (ofCases, ofVisits) = ((ushort[])cases.Month.Clone(), (ushort[])visits.Month.Clone());
                ofCases[row] = 0;
                ofVisits.AsSpan(cases.FirstVisit[row], cases.VisitCount[row]).Clear();
                _parts[p] = new(cases with { Month = ofCases }, visits with { Month = ofVisits });
                return;
            }
        }
    }

    private static ReviewPart Part(int cases, int visits) => new(new CaseColumns(cases), new VisitColumns(visits));
}
