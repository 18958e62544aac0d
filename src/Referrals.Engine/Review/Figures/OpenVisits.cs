using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>Open visits, as far as they show.</summary>
/// <param name="Open">How many are open.</param>
/// <param name="Stuck">How many of them have missed an agreed time.</param>
/// <param name="InWork">How many of them are in work.</param>
/// <param name="OverdueWeeks">At least the threshold of them are overdue by this many full weeks or more: one of 0, 1, 2, 4, 8, 13, 26; null when none show.</param>
public sealed record OpenCounts(int Open, int Stuck, int InWork, int? OverdueWeeks)
{
    /// <summary>None that show.</summary>
    public static OpenCounts None { get; } = new(0, 0, 0, null);
}

/// <summary>Counts open visits by groups. There are few: only what moves is looked at.</summary>
internal static class OpenVisits
{
    private const uint Week = 7 * Moments.Day;

    private static readonly int[] Classes = [26, 13, 8, 4, 2, 1, 0];

    /// <summary>The open visits of each group.</summary>
    /// <param name="scope">What is looked at.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="level">How far the groups tell open visits apart.</param>
    /// <param name="of">The group by step (index in <see cref="Scope.Steps"/>) and partner; negative: left out.</param>
    public static OpenCounts[] Count(Scope scope, int groups, Shown level, Func<int, int, int> of) =>
        Tally(scope, groups, (visits, row) => Of(scope, visits, row, level, of));

    /// <summary>The open visits of each group of chain versions.</summary>
    /// <param name="scope">What is looked at.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="level">How far the groups tell open visits apart.</param>
    /// <param name="of">The group by chain version; negative: left out.</param>
    public static OpenCounts[] OfChains(Scope scope, int groups, Shown level, Func<int, int> of) => Tally(scope, groups, (visits, row) =>
        visits.End[row] == VisitEnd.Open && visits.Shown[row] <= level ? of(scope.Table.Steps[visits.Step[row]].Chain) : -1);

    /// <summary>All open visits of what is looked at.</summary>
    public static OpenCounts Whole(Scope scope) => OfChains(scope, 1, scope.Whole, chain => scope.Has(chain) ? 0 : -1)[0];

    /// <summary>Whether an open visit shows in its group; the group, or a negative number.</summary>
    public static int Of(Scope scope, VisitColumns visits, int row, Shown level, Func<int, int, int> of) =>
        visits.End[row] == VisitEnd.Open && visits.Shown[row] <= level && scope.StepKey[visits.Step[row]] is >= 0 and var step ? of(step, visits.Partner[row]) : -1;

    private static OpenCounts[] Tally(Scope scope, int groups, Func<VisitColumns, int, int> of)
    {
        var visits = scope.Table.Moving.Visits;
        var counts = new (int Open, int Stuck, int InWork)[groups];
        var overdue = new List<(uint By, int Case)>[groups];
        for (var row = 0; row < visits.Count; row++)
        {
            if (of(visits, row) is >= 0 and var group)
            {
                var stuck = (visits.Marks[row] & VisitMarks.Stuck) != 0;
                counts[group].Open++;
                counts[group].Stuck += stuck ? 1 : 0;
                counts[group].InWork += (visits.Marks[row] & VisitMarks.InWork) != 0 ? 1 : 0;
                if (stuck)
                {
                    (overdue[group] ??= []).Add((Overdue(visits, row, scope.Table.AsOf), visits.Case[row]));
                }
            }
        }

        return [.. counts.Select((c, i) => c.Open == 0 ? OpenCounts.None : new OpenCounts(c.Open, c.Stuck, c.InWork, Class(overdue[i], scope.Table.Threshold)))];
    }

    private static uint Overdue(VisitColumns visits, int row, uint now)
    {
        var by = visits.Acknowledged[row] == 0 ? visits.AcknowledgeBy[row] : visits.CompleteBy[row];
        return now > by ? now - by : 0;
    }

    private static int? Class(List<(uint By, int Case)>? overdue, int threshold)
    {
        if (overdue is not null)
        {
            foreach (var weeks in Classes)
            {
                if (overdue.Where(o => o.By >= (uint)weeks * Week).DistinctBy(o => o.Case).Count() >= threshold)
                {
                    return weeks;
                }
            }
        }

        return null;
    }
}
