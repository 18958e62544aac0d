using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Release;

/// <summary>
/// Decides how far what is open may be told apart (<see cref="Shown"/>). Each group shows as many whole batches of the threshold as it has cases for, the
/// oldest first; what is left moves up and is batched with what is left of the others there. So every number is a multiple of the threshold, and
/// so is the difference of any two, also of two days: one more or one less never shows.
/// </summary>
public static class OpenNumbers
{
    /// <summary>The level of each row.</summary>
    /// <param name="rows">For each row, the oldest first, its group at each level, the finest first; a group's code means something at its level only.</param>
    /// <param name="threshold">The fewest cases that a number may stand for.</param>
    /// <param name="cases">For each row its case. Of several rows of one case in one group one shows at most: numbers are of cases.</param>
    /// <returns>For each row the first level at which it shows; the number of levels where it shows at none.</returns>
    public static int[] Levels(IReadOnlyList<long[]> rows, int threshold, IReadOnlyList<int> cases)
    {
        var levels = rows.Count == 0 ? 0 : rows[0].Length;
        var shown = new int[rows.Count];
        if (threshold <= 1)
        {
            return shown;
        }

        Array.Fill(shown, levels);
        var left = Enumerable.Range(0, rows.Count).ToList();
        for (var level = 0; level < levels && left.Count > 0; level++)
        {
            foreach (var group in left.GroupBy(r => rows[r][level]))
            {
                var ofCases = group.DistinctBy(r => cases[r]).ToList();
                foreach (var row in ofCases.Take(ofCases.Count - (ofCases.Count % threshold)))
                {
                    shown[row] = level;
                }
            }

            left = [.. left.Where(r => shown[r] == levels)];
        }

        return shown;
    }
}
