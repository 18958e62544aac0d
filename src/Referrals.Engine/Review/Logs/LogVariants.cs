namespace Referrals.Engine.Review.Logs;

/// <summary>Counts the different sequences of activities (variants) of a log.</summary>
internal static class LogVariants
{
    /// <summary>How many there are, and how many cases the most frequent one has.</summary>
    public static (int Variants, int TopCases) Count(EventLog log)
    {
        // A tree in which every path from the root is a beginning of a case, so that no sequence is kept twice.
        var tree = new Dictionary<(int Node, int Activity), int>();
        var endsAt = new List<int> { 0 };
        foreach (ref readonly var one in log.Cases)
        {
            var node = 0;
            foreach (ref readonly var e in log.EventsOf(one))
            {
                if (!tree.TryGetValue((node, e.Activity), out var next))
                {
                    next = endsAt.Count;
                    endsAt.Add(0);
                    tree.Add((node, e.Activity), next);
                }

                node = next;
            }

            endsAt[node]++;
        }

        return (endsAt.Count(n => n > 0), endsAt.Max());
    }
}
