using System.Reflection;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>What somebody can find out who asks a small network for everything, with every filter, day after day, and subtracts.</summary>
public sealed class AttackerTests
{
    private const int Threshold = 5;
    private const int Cases = 300;

    // Whoever adds a figure says here how an attacker asks for it; its numbers are then attacked without further ado.
    [Fact]
    public void Every_figure_is_asked_for()
    {
        var told = typeof(ReviewFigures).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m is PropertyInfo or MethodInfo { IsSpecialName: false }).Select(m => m.Name).ToHashSet();
        Assert.Equal(told.Order(), Attacker.Questions.Keys.Concat(Attacker.NotAsked.Keys).Order());
    }

    [Fact]
    public void No_count_and_no_difference_of_nested_filters_stands_for_fewer_than_the_threshold() =>
        Assert.Empty(SmallCounts(Table(11)).Take(20));

    [Fact]
    public void No_difference_of_two_days_stands_for_fewer_than_the_threshold()
    {
        var days = AttackedDays.Of(14, Cases, 5, Threshold);
        Assert.Empty(SmallChanges(days).Take(20));
        Assert.True(Changes(days) > 50);
    }

    [Fact]
    public void No_measure_hangs_on_fewer_cases_than_the_threshold()
    {
        Assert.Empty(LonelyMeasures(Plain(13, 150, Threshold), ReviewFilter.All).Take(20));
        Assert.Empty(LonelyMeasures(Plain(15, 90, Threshold), ReviewFilter.All with { Chain = new ChainId("work"), Version = 1 }).Take(20));
    }

    // A day's difference that is one case's alone would need weights that don't add up to nothing: those of a percentile always do.
    [Fact]
    public void No_difference_of_two_percentiles_hangs_on_one_case_alone()
    {
        var random = new Random(5);
        uint[] values = [.. Enumerable.Range(0, 60).Select(_ => (uint)random.Next(1, 4_000_000))];
        var law = new SmallNumbers(Threshold);
        for (var n = 2 * Threshold; n < values.Length; n++)
        {
            var (one, more) = (Weights(law, values[..n]), Weights(law, values[..(n + 1)]));
            var moved = Enumerable.Range(0, n + 1).Count(i => Math.Abs(more[i] - (i < n ? one[i] : 0)) > 1e-6);
            Assert.True(moved != 1, $"{n}");
            Assert.Equal(1, more.Sum(), 6);
            Assert.True(more.Max() <= 1.0 / Threshold + 1e-9);
        }
    }

    [Fact]
    public void Without_protection_the_attacker_finds_somebody_with_every_figure()
    {
        var (released, batched) = (Table(13, 200, 1) with { Threshold = Threshold }, Plain(13, 150, Threshold) with { Threshold = 1 });
        var rising = WarningTests.Table(1, (random, month) => (month < 21 ? 10 : 30) + (5 * random.NextDouble()), each: _ => 6) with { Threshold = 1 };
        var days = AttackedDays.Of(14, 200, 3, 1);
        var counts = SmallCounts(released).Concat(SmallChanges(days, true)).Select(QuestionOf).ToHashSet();
        var measures = LonelyMeasures(batched, ReviewFilter.All).Concat(LonelyMeasures(rising, ReviewFilter.All)).Select(QuestionOf).ToHashSet();
        string[] counting =
        [
            nameof(ReviewFigures.Overview), nameof(ReviewFigures.Ranking), nameof(ReviewFigures.HeatTable), nameof(ReviewFigures.ChainMap), nameof(ReviewFigures.StuckList),
            nameof(ReviewFigures.StepDetail), nameof(ReviewFigures.PartnerView), nameof(ReviewFigures.Flows), nameof(ReviewFigures.Funnel), nameof(ReviewFigures.Loops),
            nameof(ReviewFigures.ControlChart), nameof(ReviewFigures.Comparison), nameof(ReviewFigures.ReportSentences), nameof(ReviewFigures.LikelyLate),
        ];
        string[] measuring =
        [
            nameof(ReviewFigures.Overview), nameof(ReviewFigures.Ranking), nameof(ReviewFigures.HeatTable), nameof(ReviewFigures.ChainMap), nameof(ReviewFigures.StepDetail),
            nameof(ReviewFigures.PartnerView), nameof(ReviewFigures.Dotted), nameof(ReviewFigures.ControlChart), nameof(ReviewFigures.Comparison),
            nameof(ReviewFigures.EarlyWarnings), nameof(ReviewFigures.ReportSentences),
        ];
        Assert.Empty(counting.Except(counts));
        Assert.Empty(measuring.Except(measures));
        Assert.Empty(Attacker.Questions.Keys.Except(counting.Concat(measuring)));
    }

    // With this every told number is a sum of whole groups, none smaller than the threshold: so is, or is zero, whatever is added and subtracted.
    [Fact]
    public void Every_number_holds_the_groups_that_are_released_together_as_a_whole_or_not_at_all()
    {
        var table = Table(12, 220);
        var groups = Released(table).GroupBy(r => r.Kind).ToList();
        Assert.True(groups.Count > 10);
        Assert.All(groups, g => Assert.True(g.Select(r => r.Case).Distinct().Count() >= Threshold));
        ReviewFilter[] filters = [ReviewFilter.All, ReviewFilter.All with { Chain = new ChainId("work"), Version = 2 }];
        var before = Counts(table, filters);
        foreach (var group in groups)
        {
            var effects = group.Take(3).Select(row => Without(table, row, filters, before)).ToList();
            Assert.All(effects, e => Assert.Equal(effects[0], e));
            Assert.NotEqual("", effects[0]);
        }
    }

    [Fact]
    public void Names_are_told_only_of_what_counts_or_shows()
    {
        for (var seed = 30; seed < 40; seed++)
        {
            var table = Table(seed, 60);
            var figures = new ReviewFigures(table);
            var rows = table.Parts.SelectMany(p => Enumerable.Range(0, p.Visits.Count).Select(r => (p.Visits, Row: r))).Where(v => v.Visits.Month[v.Row] > 0).ToList();
            var open = table.Moving.Visits;
            bool Shows(string partner) => Enumerable.Range(0, open.Count).Any(r => open.End[r] == VisitEnd.Open && open.Shown[r] == Shown.Partner && table.Partners[open.Partner[r]] == partner);
            Assert.All(figures.Partners(), p => Assert.True(rows.Count(v => table.Partners[v.Visits.Partner[v.Row]] == p) >= Threshold || Shows(p)));
            Assert.All(table.Partners.Except(figures.Partners()), p => Assert.Null(figures.PartnerView(ReviewFilter.All, p)));
            var few = ReviewSamples.Table([.. new ReviewSamples(seed).Cases(60).Where(c => c.Version == 1), .. new ReviewSamples(seed).Cases(60).Where(c => c.Version == 2).Take(2)], Threshold);
            Assert.DoesNotContain(new ReviewFigures(few).Chains(), c => c.Versions.Contains(2));
        }
    }

    // Every case comes back to the same partner twice, and takes about as long each time: any five values in a row are of two cases.
    [Fact]
    public void What_one_case_does_again_and_again_counts_as_one_case()
    {
        var law = new SmallNumbers(Threshold);
        uint[] values = [.. Enumerable.Range(0, 60).Select(i => (uint)((i / 3 * 100_000) + (i % 3)))];
        var often = new Measured((uint[])[.. values], 40, 3);
        Assert.Equal(13, law.Width(often));
        Assert.Null(law.Percentile(often, 0.9));
        Assert.Equal(Threshold, Enumerable.Range(0, 60 - 12).Min(i => Enumerable.Range(i, 13).Select(v => v / 3).Distinct().Count()));
        Assert.Equal(2, Enumerable.Range(0, 60 - 4).Min(i => Enumerable.Range(i, 5).Select(v => v / 3).Distinct().Count()));
        Assert.False(law.TellsMean(new Measured((uint[])[.. values[..12]], 8, 3)));
        Assert.True(law.TellsMean(new Measured((uint[])[.. values[..15]], 10, 3)));
        Assert.Equal(Threshold + 2, law.Width(new Measured((uint[])[.. values], 2, 3)));
    }

    private static ReviewTable Table(int seed, int cases = Cases, int threshold = Threshold) => ReviewSamples.Table(new ReviewSamples(seed).Cases(cases), threshold);

    // Many batches, so that there is much to measure.
    private static ReviewTable Plain(int seed, int cases, int threshold)
    {
        var table = ReviewSamples.Table(new ReviewSamples(seed, true).Cases(cases), threshold);
        Assert.True(table.Parts.Sum(p => p.Visits.Month.Take(p.Visits.Count).Count(m => m > 0)) > cases / 2);
        return table;
    }

    private static string QuestionOf(string found) => found[..found.IndexOf(' ', StringComparison.Ordinal)];

    private static bool IsSmall(ToldNumber told, double less) => told.Kind switch
    {
        NumberKind.Count => told.Value - less is not 0 and < Threshold,
        NumberKind.Open => (told.Value - less) % Threshold != 0,
        _ => false,
    };

    // All chains and versions by all ranges of months, each against every filter that holds it.
    private static IEnumerable<string> SmallCounts(ReviewTable table)
    {
        var figures = new ReviewFigures(table);
        var filters = Attacker.Filters(table, (ushort)(Months.Of(table.AsOf) - 3));
        filters.Add(ReviewFilter.All);
        var told = filters.Select(f => Attacker.Ask(figures, f).Where(n => n.Kind != NumberKind.Measure).ToDictionary(n => n.Path)).ToList();
        foreach (var (numbers, filter) in told.Zip(filters))
        {
            foreach (var number in numbers.Values.Where(n => IsSmall(n, 0)))
            {
                yield return $"{number.Path}: {number.Value} with {filter}";
            }
        }

        foreach (var (wide, narrow) in from w in Enumerable.Range(0, filters.Count) from n in Enumerable.Range(0, filters.Count) where w != n && Attacker.Holds(filters[w], filters[n]) select (w, n))
        {
            foreach (var number in told[wide].Values.Where(n => IsNested(n.Path) && IsSmall(n, told[narrow].GetValueOrDefault(n.Path).Value)))
            {
                yield return $"{number.Path}: {number.Value} with {filters[wide]} less {filters[narrow]}";
            }
        }
    }

    // The same filters on several days: what is counted later holds what was counted before.
    private static IEnumerable<string> SmallChanges(List<ReviewTable> days, bool mixed = false)
    {
        var last = Months.Of(days[^1].AsOf);
        var filters = Attacker.Filters(days[^1], (ushort)(last - 1));
        filters.Add(ReviewFilter.All);
        var told = days.Select(d => new ReviewFigures(d)).Select(d => filters.Select(f => Attacker.Ask(d, f).Where(n => n.Kind != NumberKind.Measure).ToDictionary(n => n.Path)).ToList()).ToList();
        return from later in Enumerable.Range(1, days.Count - 1)
               from earlier in Enumerable.Range(0, later)
               from wide in Enumerable.Range(0, filters.Count)
               from narrow in Enumerable.Range(0, filters.Count)
               where Attacker.Holds(filters[wide], filters[narrow])
               from number in told[later][wide].Values
               where IsNested(number.Path) && (mixed || !IsMixed(number.Path)) && IsSmall(number, told[earlier][narrow].GetValueOrDefault(number.Path).Value)
               select $"{number.Path}: {number.Value} on day {later} with {filters[wide]} less day {earlier} with {filters[narrow]}";
    }

    private static int Changes(List<ReviewTable> days)
    {
        var (first, last) = (Attacker.Ask(new(days[0]), ReviewFilter.All).ToDictionary(n => n.Path), Attacker.Ask(new(days[^1]), ReviewFilter.All));
        return last.Count(n => n.Kind != NumberKind.Measure && n.Value != first.GetValueOrDefault(n.Path).Value);
    }

    // What a wider filter counts under the same name holds what a narrower one does; not so of the time before, and of dots, which are only numbered.
    private static bool IsNested(string path) => !path.Contains("/Before/", StringComparison.Ordinal) && !path.StartsWith("Comparison before", StringComparison.Ordinal) && !path.StartsWith("Dotted", StringComparison.Ordinal);

    // What ended, which only grows, together with what is open: each is attacked by itself.
    private static bool IsMixed(string path) => path.EndsWith("Curve/N", StringComparison.Ordinal) || path.StartsWith("LikelyLate", StringComparison.Ordinal);

    // What two told sides differ by, which whoever has both can have too.
    private static bool IsOfTwoSides(string path) =>
        path.Contains("Comparison", StringComparison.Ordinal) && (path.Contains("/Median/", StringComparison.Ordinal) || path.Contains("/Share/", StringComparison.Ordinal));

    private static IEnumerable<string> LonelyMeasures(ReviewTable table, ReviewFilter filter) =>
        Influence.Of(table, [filter]).Where(m => m.Value.Count is > 0 and < Threshold && !IsOfTwoSides(m.Key)).Select(m => $"{m.Key[2..]} hangs on {m.Value.Count}");

    // How much the median moves when one value is moved a little.
    private static double[] Weights(SmallNumbers law, uint[] values)
    {
        var median = Percentiles.Of((uint[])[.. values], 0.5, Threshold)!.Value;
        Assert.Equal(Math.Round(median / Moments.Day, 2), law.Percentile(new Measured((uint[])[.. values], 0, 1), 0.5));
        return [.. values.Select((v, i) => Percentiles.Of((uint[])[.. values[..i], v + 1, .. values[(i + 1)..]], 0.5, Threshold)!.Value - median)];
    }

    private static IEnumerable<(bool OfCase, int Row, ReviewPart Part, string Kind, (ReviewPart, int) Case)> Released(ReviewTable table) => table.Parts.SelectMany(part =>
    {
        var (c, v) = (part.Cases, part.Visits);
        const VisitMarks Late = VisitMarks.AcknowledgedLate | VisitMarks.CompletedLate;
        var visits = Enumerable.Range(0, v.Count).Where(r => v.Month[r] > 0).Select(r =>
            (false, r, part, $"{v.Step[r]} {v.Before[r]} {v.Partner[r]} {v.Reason[r]} {v.End[r]} {v.Marks[r] & Late} {v.Started[r] > 0} {v.Attempt[r] > 1} {v.Round[r] > 1} {v.Month[r]}", (part, v.Case[r])));
        var cases = Enumerable.Range(0, c.Count).Where(r => c.Month[r] > 0).Select(r =>
            (true, r, part, $"case {c.LastStep[r]} {c.Chain[r]} {c.Closing[r]} {c.Marks[r] & CaseMarks.BackAndForth} {c.Month[r]}", (part, r)));
        return visits.Concat(cases);
    });

    private static List<Dictionary<string, ToldNumber>> Counts(ReviewTable table, ReviewFilter[] filters)
    {
        var figures = new ReviewFigures(table);
        return [.. filters.Select(f => Attacker.Ask(figures, f).Where(n => n.Kind == NumberKind.Count && !n.Path.StartsWith("Dotted", StringComparison.Ordinal)).ToDictionary(n => n.Path))];
    }

    // A part knows what was counted of it.
    private static ReviewPart Anew(ReviewPart part) => new(part.Cases, part.Visits);

    // How the counts change when one row no longer counts.
    private static string Without(
        ReviewTable table, (bool OfCase, int Row, ReviewPart Part, string Kind, (ReviewPart, int) Case) row, ReviewFilter[] filters, List<Dictionary<string, ToldNumber>> before)
    {
        var months = row.OfCase ? row.Part.Cases.Month : row.Part.Visits.Month;
        var month = months[row.Row];
        months[row.Row] = 0;
        var after = Counts(table with { Settled = [.. table.Settled.Select(Anew)], Moving = Anew(table.Moving) }, filters);
        months[row.Row] = month;
        return string.Join(" | ", before.Zip(after, (b, a) => string.Join("; ", b.Values
            .Where(n => n.Value != a.GetValueOrDefault(n.Path).Value).Select(n => $"{n.Path} {a.GetValueOrDefault(n.Path).Value - n.Value}").Order(StringComparer.Ordinal)))).Trim(' ', '|');
    }
}
