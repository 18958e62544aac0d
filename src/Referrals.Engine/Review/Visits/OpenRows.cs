using Referrals.Engine.Review.Release;

namespace Referrals.Engine.Review.Visits;

/// <summary>Sets how far running cases and open visits may be told apart.</summary>
internal static class OpenRows
{
    private const long Apart = 1L << 40;

    public static void Show(ReviewPart moving, IReadOnlyList<ReviewStep> steps, int threshold)
    {
        ShowVisits(moving.Visits, steps, threshold);
        ShowCases(moving.Cases, threshold);
    }

    private static void ShowVisits(VisitColumns visits, IReadOnlyList<ReviewStep> steps, int threshold)
    {
        var open = Enumerable.Range(0, visits.Count).Where(i => visits.End[i] == VisitEnd.Open).OrderBy(i => visits.Offered[i]).ThenBy(i => i).ToList();
        var levels = OpenNumbers.Levels([.. open.Select(i => Groups(visits, i, steps[visits.Step[i]].Chain))], threshold, [.. open.Select(i => visits.Case[i])]);
        for (var i = 0; i < open.Count; i++)
        {
            visits.Shown[open[i]] = (Shown)levels[i];
        }
    }

    // Stuck or not, and in work or not, is told at every level.
    private static long[] Groups(VisitColumns visits, int row, int chain)
    {
        var state = Apart * ((visits.Marks[row] & VisitMarks.Stuck) != 0 ? 1 : 0) + 2 * Apart * ((visits.Marks[row] & VisitMarks.InWork) != 0 ? 1 : 0);
        return [state + ((long)visits.Step[row] << 16) + visits.Partner[row], state + visits.Step[row], state + chain, state];
    }

    private static void ShowCases(CaseColumns cases, int threshold)
    {
        var open = Enumerable.Range(0, cases.Count).Where(i => (cases.Marks[i] & CaseMarks.Running) != 0).OrderBy(i => cases.Started[i]).ThenBy(i => i).ToList();
        var levels = OpenNumbers.Levels([.. open.Select(i => Groups(cases, i))], threshold, open);
        for (var i = 0; i < open.Count; i++)
        {
            cases.Shown[open[i]] = levels[i] switch { 0 => Shown.Partner, 1 => Shown.Network, _ => Shown.Nowhere };
        }
    }

    private static long[] Groups(CaseColumns cases, int row)
    {
        var state = (cases.Marks[row] & CaseMarks.Stuck) != 0 ? Apart : 0;
        return [state + cases.Chain[row], state];
    }
}
