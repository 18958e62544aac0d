using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>What somebody can find out who asks a small network for everything and subtracts.</summary>
public sealed class AttackerTests
{
    private const int Threshold = 5;
    private const int Cases = 350;

    [Fact]
    public void No_number_and_no_difference_of_nested_filters_stands_for_fewer_than_the_threshold() =>
        Assert.Empty(SmallOnes(ReviewSamples.Table(new ReviewSamples(11).Cases(Cases), Threshold)));

    [Fact]
    public void Without_the_release_the_same_attacker_finds_small_groups() =>
        Assert.NotEmpty(SmallOnes(ReviewSamples.Table(new ReviewSamples(11).Cases(Cases), 1)));

    // With this every told number is a sum of whole groups, none smaller than the threshold: so is, or is zero, whatever is added and subtracted.
    [Fact]
    public void Every_number_holds_the_groups_that_are_released_together_as_a_whole_or_not_at_all()
    {
        var table = ReviewSamples.Table(new ReviewSamples(12).Cases(220), Threshold);
        var groups = Released(table).GroupBy(r => r.Kind).ToList();
        Assert.True(groups.Count > 10);
        Assert.All(groups, g => Assert.True(g.Select(r => r.Case).Distinct().Count() >= Threshold));
        ReviewFilter[] filters = [ReviewFilter.All, ReviewFilter.All with { Chain = new ChainId("work"), Version = 2 }];
        var before = filters.Select(f => Attacker.Ended(new ReviewFigures(table), f)).ToList();
        foreach (var group in groups)
        {
            var effects = group.Take(Threshold).Select(row => Without(table, row, filters, before)).ToList();
            Assert.All(effects, e => Assert.Equal(effects[0], e));
            Assert.NotEqual("", effects[0]);
        }
    }

    [Fact]
    public void What_is_open_shows_in_no_small_group_and_leaves_none_when_parts_are_subtracted()
    {
        for (var seed = 20; seed < 40; seed++)
        {
            var figures = new ReviewFigures(ReviewSamples.Table(new ReviewSamples(seed).Cases(Cases), Threshold));
            var (whole, chains, steps, cells) = Attacker.Open(figures, ReviewFilter.All);
            Assert.All(((Dictionary<string, OpenCounts>[])[whole, chains, steps, cells]).SelectMany(o => o.Values).SelectMany(Numbers), n => Large(n));
            foreach (var (step, counts) in steps)
            {
                var parts = cells.Where(c => c.Key.StartsWith(step + " ", StringComparison.Ordinal)).Select(c => c.Value).ToList();
                Large(counts.Open - parts.Sum(p => p.Open));
                Large(counts.Stuck - parts.Sum(p => p.Stuck));
                Large(counts.InWork - parts.Sum(p => p.InWork));
            }

            var ofChain = figures.Chains().Select(c => figures.StuckList(ReviewFilter.All with { Chain = c.Chain }).All).ToList();
            Large(whole["all"].Open - ofChain.Sum(c => c.Open));
            Large(whole["all"].Stuck - ofChain.Sum(c => c.Stuck));
        }

        static void Large(int n) => Assert.True(n is 0 or >= Threshold, $"{n} stand alone");
    }

    private static IEnumerable<int> Numbers(OpenCounts counts) =>
        [counts.Open, counts.Stuck, counts.InWork, counts.Open - counts.Stuck, counts.Open - counts.InWork];

    // All chains and versions by all ranges of months, each against every filter that holds it.
    private static List<string> SmallOnes(ReviewTable table)
    {
        var figures = new ReviewFigures(table);
        var filters = Filters(table).ToList();
        var told = filters.Select(f => Attacker.Ended(figures, f)).ToList();
        var small = told.SelectMany((t, i) => t.Where(n => IsSmall(n.Value)).Select(n => $"{filters[i]}: {n}")).ToList();
        for (var wide = 0; wide < filters.Count; wide++)
        {
            for (var narrow = 0; narrow < filters.Count; narrow++)
            {
                if (wide != narrow && Holds(filters[wide], filters[narrow]))
                {
                    small.AddRange(told[wide].Where(n => IsSmall(n.Value - told[narrow].GetValueOrDefault(n.Key))).Select(n => $"{filters[wide]} less {filters[narrow]}: {n}"));
                }
            }
        }

        return small;

        static bool IsSmall(int n) => n is not 0 and < Threshold;
    }

    private static IEnumerable<ReviewFilter> Filters(ReviewTable table)
    {
        var (first, last) = (Months.Of(ReviewSamples.Begin), Months.Of(table.AsOf));
        (ChainId? Chain, int? Version)[] chains = [(null, null), .. table.Chains.Select(c => ((ChainId?)c.Id, (int?)c.Version)), .. table.Chains.Select(c => c.Id).Distinct().Select(c => ((ChainId?)c, (int?)null))];
        for (var from = first; from <= last; from++)
        {
            for (var to = from; to <= last; to++)
            {
                foreach (var (chain, version) in chains)
                {
                    yield return new(chain, version, from, to);
                }
            }
        }
    }

    private static bool Holds(ReviewFilter wide, ReviewFilter narrow) =>
        wide.FromMonth <= narrow.FromMonth && wide.ToMonth >= narrow.ToMonth
        && (wide.Chain is null || (wide.Chain == narrow.Chain && (wide.Version is null || wide.Version == narrow.Version)));

    private static IEnumerable<(bool OfCase, int Row, ReviewPart Part, string Kind, (ReviewPart, int) Case)> Released(ReviewTable table) => table.Parts.SelectMany(part =>
    {
        var (c, v) = (part.Cases, part.Visits);
        const VisitMarks Late = VisitMarks.AcknowledgedLate | VisitMarks.CompletedLate;
        var visits = Enumerable.Range(0, v.Count).Where(r => v.Month[r] > 0).Select(r =>
            (false, r, part, $"{v.Step[r]} {v.Before[r]} {v.Partner[r]} {v.Reason[r]} {v.End[r]} {v.Marks[r] & Late} {v.Attempt[r] > 1} {v.Round[r] > 1} {v.Month[r]}", (part, v.Case[r])));
        var cases = Enumerable.Range(0, c.Count).Where(r => c.Month[r] > 0).Select(r =>
            (true, r, part, $"case {c.LastStep[r]} {c.Chain[r]} {c.Closing[r]} {c.Marks[r] & CaseMarks.BackAndForth} {c.Month[r]}", (part, r)));
        return visits.Concat(cases);
    });

    // How the numbers change when one row no longer counts.
    private static string Without(
        ReviewTable table, (bool OfCase, int Row, ReviewPart Part, string Kind, (ReviewPart, int) Case) row, ReviewFilter[] filters, List<Dictionary<string, int>> before)
    {
        var months = row.OfCase ? row.Part.Cases.Month : row.Part.Visits.Month;
        var month = months[row.Row];
        months[row.Row] = 0;
        var figures = new ReviewFigures(table);
        var changes = filters.Select((f, i) =>
        {
            var after = Attacker.Ended(figures, f);
            return string.Join("; ", before[i].Where(n => n.Value != after.GetValueOrDefault(n.Key)).Select(n => $"{n.Key} {after.GetValueOrDefault(n.Key) - n.Value}").Order(StringComparer.Ordinal));
        }).ToList();
        months[row.Row] = month;
        return string.Join(" | ", changes).Trim(' ', '|');
    }
}
