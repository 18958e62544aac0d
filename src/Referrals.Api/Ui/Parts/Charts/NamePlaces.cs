namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>Places names beside a chart so that none touches another.</summary>
internal static class NamePlaces
{
    /// <summary>The places, moved apart as little as it takes.</summary>
    /// <param name="wanted">Where each should stand.</param>
    /// <param name="apart">The least distance between two.</param>
    /// <param name="least">None stands before this.</param>
    /// <param name="most">None stands behind this, as far as there is room.</param>
    public static IReadOnlyList<double> Apart(IReadOnlyList<double> wanted, double apart, double least, double most)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToList();
        var placed = new double[wanted.Count];

        // Each group of names that would touch stands around the mean of what its names want.
        var groups = new List<(double Sum, int Count, int First)>();
        for (var i = 0; i < order.Count; i++)
        {
            groups.Add((wanted[order[i]], 1, i));
            while (groups.Count > 1 && Begin(groups[^1]) < Begin(groups[^2]) + (groups[^2].Count * apart))
            {
                var (above, below) = (groups[^2], groups[^1]);
                groups.RemoveRange(groups.Count - 2, 2);
                groups.Add((above.Sum + below.Sum, above.Count + below.Count, above.First));
            }
        }

        foreach (var group in groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                placed[order[group.First + i]] = Begin(group) + (i * apart);
            }
        }

        return placed;

        double Begin((double Sum, int Count, int First) group) =>
            Math.Max(least, Math.Min(most - ((group.Count - 1) * apart), (group.Sum / group.Count) - ((group.Count - 1) * apart / 2)));
    }
}
