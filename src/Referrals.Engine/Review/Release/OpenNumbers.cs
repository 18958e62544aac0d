using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Release;

/// <summary>
/// Decides how far what is open may be told apart (<see cref="Shown"/>): numbers below the threshold move to the next level up, together with
/// as many of the smallest others there as it takes for the moved ones to reach the threshold.
/// </summary>
public static class OpenNumbers
{
    /// <summary>The level of each row.</summary>
    /// <param name="rows">For each row its group at each level, the finest first; a group's code means something at its level only.</param>
    /// <param name="threshold">The fewest cases that a number may stand for.</param>
    /// <param name="cases">For each row its case: several rows of one case count once.</param>
    /// <returns>For each row the first level at which it shows; the number of levels where it shows at none.</returns>
    public static int[] Levels(IReadOnlyList<long[]> rows, int threshold, IReadOnlyList<int> cases)
    {
        var shown = new int[rows.Count];
        var levels = rows.Count == 0 ? 0 : rows[0].Length;
        var left = Enumerable.Range(0, rows.Count).ToList();
        for (var level = 0; level < levels && left.Count > 0; level++)
        {
            var parents = level + 1 < levels ? level + 1 : level;
            left = [.. left.GroupBy(r => level + 1 < levels ? rows[r][parents] : 0).SelectMany(family => MoveUp(family, rows, level, threshold, cases))];
            foreach (var row in left)
            {
                shown[row] = level + 1;
            }
        }

        return shown;
    }

    // Of the groups below one parent: those that are too small, and then the smallest others until what moves up is large enough itself.
    private static List<int> MoveUp(IEnumerable<int> family, IReadOnlyList<long[]> rows, int level, int threshold, IReadOnlyList<int> cases)
    {
        var groups = family.GroupBy(r => rows[r][level]).Select(g => (g.Key, Rows: g.ToList(), Cases: g.Select(r => cases[r]).ToHashSet()))
            .OrderBy(g => g.Cases.Count).ThenBy(g => g.Key).ToList();
        var (moved, whose) = (new List<int>(), new HashSet<int>());
        foreach (var (_, members, theirs) in groups)
        {
            if (theirs.Count < threshold || (whose.Count > 0 && whose.Count < threshold))
            {
                moved.AddRange(members);
                whose.UnionWith(theirs);
            }
        }

        return moved;
    }
}
