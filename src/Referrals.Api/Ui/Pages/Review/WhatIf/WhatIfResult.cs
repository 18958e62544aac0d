using System.Globalization;
using Referrals.Api.Ui.Parts.Charts;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>An answer in words, tables and a picture.</summary>
public sealed class WhatIfResult(WhatIfJob job, WhatIfAnswer answer, WhatIfNames names, MeasuredLately measured, Words words)
{
    private const int MostDrawn = 6;
    private const int MostRows = 40;
    private const int MostOthers = 2;

    // From here on what is simulated as it is stands too far from what was measured to be read by itself.
    private const double FarOff = 0.2;

    private readonly bool _chains = answer.Rows.Select(r => r.Scope.Chain).OfType<string>().Distinct().Count() > 1;

    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    private IEnumerable<ResultRow> OfChains => answer.Rows.Where(r => r.Scope is { Chain: not null, Step: null });

    private IEnumerable<ResultRow> OfPlaces => answer.Rows.Where(r => r.Scope is { Step: not null, Partner: not null });

    /// <summary>What changes, in a few sentences.</summary>
    public IReadOnlyList<string> Sentences => [.. ((IEnumerable<string?>)[Throughput(), .. Others(), Waiting(shorter: true), Waiting(shorter: false), NoWaiting()]).OfType<string>()];

    /// <summary>How far what is simulated as it is stands from what was measured, where that is far; else null.</summary>
    public string? Apart => new[] { Asked(), Most(shorter: true), Most(shorter: false) }.OfType<(ResultRow Row, Compared Is)>().Select(IsApart).OfType<string>().FirstOrDefault();

    /// <summary>The heads of the tables.</summary>
    public IReadOnlyList<string> Heads => [words["WhatIf.Where"], words["WhatIf.Now"], words["WhatIf.Then"], words["WhatIf.Difference"], words["WhatIf.Verdict"]];

    /// <summary>The heads of the tables of what was measured too.</summary>
    public IReadOnlyList<string> MeasuredHeads => [Heads[0], words["WhatIf.Measured", MeasuredLately.Months], .. Heads.Skip(1)];

    /// <summary>Throughput and ends of each chain.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Chains =>
        [.. OfChains.SelectMany(r => new[] { Measure.ThroughputMedian, Measure.ThroughputP90, Measure.Finished, Measure.DroppedOut }.Select(m => r[m]).OfType<Compared>().Select(c => Row($"{names.Scope(r.Scope, true)}: {words[$"WhatIf.Measure.{c.Measure}"]}", c, r.Scope)))];

    /// <summary>Waiting by step at partner, what changes most first, with what was measured.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Waits(Measure measure) => [.. Ordered(OfPlaces, measure).Take(MostRows).Select(r => Row(names.Scope(r.Row.Scope, _chains), r.Is, r.Row.Scope))];

    /// <summary>Rows of a measure by step at partner, what changes most first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Places(Measure measure) => Rows(OfPlaces, measure);

    /// <summary>Load of each partner's service.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Load => Rows(answer.Rows.Where(r => r.Scope.Service is not null), Measure.Utilisation);

    /// <summary>Waiting now and then where it changes most, each a mark with its interval; null: nowhere.</summary>
    public string? Picture(string id)
    {
        var rows = Ordered(OfPlaces, Measure.WaitingMedian).Where(r => r.Is is { Baseline: not null, Scenario: not null }).Take(MostDrawn)
            .SelectMany(r => new[] { Bar(names.Scope(r.Row.Scope, _chains), r, words["WhatIf.Now"], r.Is.Baseline!, "is-now"), Bar("", r, words["WhatIf.Then"], r.Is.Scenario!, "") }).ToList();
        return rows.Count == 0 ? null : new Spread(words["WhatIf.WaitingMedian"], words["WhatIf.PictureSays"], rows, words["Figure.WorkingDays"]) { Write = v => Number(v) }.Draw(id);
    }

    // The place is named once for both.
    private SpreadRow Bar(string name, (ResultRow Row, Compared Is) row, string when, Estimate e, string css)
    {
        var says = $"{names.Scope(row.Row.Scope, _chains)}, {when}: {Interval(e, row.Is.Measure)}";
        return new(name, says, Math.Max(0, e.Lower), Math.Max(0, e.Lower), e.Mean, Math.Max(0, e.Upper), Math.Max(0, e.Upper), null, css);
    }

    private IReadOnlyList<IReadOnlyList<string>> Rows(IEnumerable<ResultRow> rows, Measure measure) =>
        [.. Ordered(rows, measure).Take(MostRows).Select(r => Row(names.Scope(r.Row.Scope, _chains), r.Is))];

    private static IEnumerable<(ResultRow Row, Compared Is)> Ordered(IEnumerable<ResultRow> rows, Measure measure) => rows
        .Select(r => (Row: r, Is: r[measure])).Where(r => r.Is is not null).Select(r => (r.Row, Is: r.Is!))
        .OrderByDescending(r => IsBeyondChance(r.Is.Difference)).ThenByDescending(r => Math.Abs(r.Is.Difference?.Mean ?? 0)).ThenByDescending(r => r.Is.Baseline?.Mean ?? 0);

    private IReadOnlyList<string> Row(string name, Compared c) =>
        [name, Interval(c.Baseline, c.Measure), Interval(c.Scenario, c.Measure), Change(c.Difference, c.Measure), Verdict(c)];

    private List<string> Row(string name, Compared c, ResultScope scope) =>
        [name, measured.Of(scope, c.Measure) is { } seen ? Write(seen, c.Measure) : "–", .. Row(name, c).Skip(1)];

    private string Verdict(Compared c) => c.Difference is null ? words["WhatIf.NotToCompare"]
        : !IsBeyondChance(c.Difference) ? words["WhatIf.NoDifference"]
        : Write(Math.Abs(c.Difference.Mean), c.Measure) == Write(0, c.Measure) ? words["WhatIf.Hardly"]
        : words[(c.Measure, c.Difference.Mean < 0) switch
        {
            (Measure.ThroughputMedian or Measure.ThroughputP90 or Measure.WaitingMedian or Measure.WaitingP90, true) => "WhatIf.Shorter",
            (Measure.ThroughputMedian or Measure.ThroughputP90 or Measure.WaitingMedian or Measure.WaitingP90, false) => "WhatIf.Longer",
            (_, true) => "WhatIf.Less",
            _ => "WhatIf.More",
        }];

    // The chain that is asked about, else what changes most.
    private List<(ResultRow Row, Compared Is)> Throughputs() =>
    [
        .. OfChains.Select(r => (Row: r, Is: r[Measure.ThroughputMedian]!)).Where(r => r.Is is { Baseline: not null, Scenario: not null, Difference: not null })
            .OrderByDescending(r => job.Question.Chains.Count > 0 && job.Question.Chains[0].Value == r.Row.Scope.Chain).ThenByDescending(r => IsBeyondChance(r.Is.Difference))
            .ThenByDescending(r => Math.Abs(r.Is.Difference!.Mean / Math.Max(1e-9, r.Is.Baseline!.Mean))),
    ];

    private (ResultRow Row, Compared Is)? Asked() => Throughputs() is { Count: > 0 } all ? all[0] : null;

    private string? Throughput() => Asked() is not { } asked ? null : Changes(asked.Is)
        ? Throughput(asked)
        : words["WhatIf.ThroughputSame", names.Scope(asked.Row.Scope, true), Number(asked.Is.Baseline!.Mean)];

    // Chains share partners: what is changed for one changes others.
    private IEnumerable<string> Others() => Throughputs().Skip(1).Where(r => Changes(r.Is)).Take(MostOthers).Select(Throughput);

    private string Throughput((ResultRow Row, Compared Is) of) => words[
        of.Is.Difference!.Mean < 0 ? "WhatIf.ThroughputShorter" : "WhatIf.ThroughputLonger",
        names.Scope(of.Row.Scope, true), Number(of.Is.Scenario!.Mean), Number(of.Is.Baseline!.Mean), Number(Math.Abs(Shown(of.Is.Scenario!.Mean) - Shown(of.Is.Baseline.Mean))), Ends(of.Is.Difference)];

    // Beside each other, three numbers must agree as they are written.
    private static double Shown(double value) => Math.Abs(value) < 100 ? Math.Round(value, 1) : Math.Round(value);

    private static bool Changes(Compared c) => IsBeyondChance(c.Difference) && Number(Math.Abs(c.Difference!.Mean)) != Number(0);

    // Where the waiting of all together changes most.
    private string? Waiting(bool shorter) => Most(shorter) is { } r
        ? words[shorter ? "WhatIf.WaitingShorter" : "WhatIf.WaitingLonger", names.Scope(r.Row.Scope, _chains), Number(r.Is.Scenario!.Mean), Number(r.Is.Baseline!.Mean), Ends(r.Is.Difference!)]
        : null;

    private (ResultRow Row, Compared Is)? Most(bool shorter) => Changed().Where(r => r.Is.Difference!.Mean < 0 == shorter)
        .OrderByDescending(r => Math.Abs(r.Is.Difference!.Mean) * (r.Row[Measure.Started]?.Baseline?.Mean ?? 0)).Cast<(ResultRow, Compared)?>().FirstOrDefault();

    private string? IsApart((ResultRow Row, Compared Is) of) =>
        of.Is.Baseline is { } baseline && measured.Of(of.Row.Scope, of.Is.Measure) is { } seen && Math.Abs(seen - baseline.Mean) > FarOff * Math.Max(seen, baseline.Mean)
            ? words["WhatIf.Apart", names.Scope(of.Row.Scope, true), MeasuredLately.Months, Number(seen), Number(baseline.Mean)]
            : null;

    private string? NoWaiting() => Changed().Any() ? null : words["WhatIf.WaitingSame"];

    private IEnumerable<(ResultRow Row, Compared Is)> Changed() =>
        Ordered(OfPlaces, Measure.WaitingMedian).Where(r => r.Is is { Baseline: not null, Scenario: not null } && IsBeyondChance(r.Is.Difference));

    private static bool IsBeyondChance(Estimate? difference) => difference is not null && (difference.Lower > 0 || difference.Upper < 0);

    private string Ends(Estimate difference) => words["WhatIf.FromTo", Signed(difference.Lower, Number), Signed(difference.Upper, Number)];

    private string Interval(Estimate? e, Measure measure) => e is null ? "–" : $"{Write(e.Mean, measure)} ({words["WhatIf.FromTo", Write(Math.Max(0, e.Lower), measure), Write(e.Upper, measure)]})";

    private string Change(Estimate? e, Measure measure) =>
        e is null ? "–" : $"{Signed(e.Mean, v => Write(v, measure))} ({words["WhatIf.FromTo", Signed(e.Lower, v => Write(v, measure)), Signed(e.Upper, v => Write(v, measure))]})";

    private static string Signed(double value, Func<double, string> write) => write(Math.Abs(value)) is var text && write(0) == text ? text : (value < 0 ? "−" : "+") + text;

    private static string Write(double value, Measure measure) => measure == Measure.Utilisation ? value.ToString("P0", Culture) : Number(value);

    private static string Number(double value) => value.ToString(Math.Abs(value) < 100 ? "0.0" : "N0", Culture);
}
