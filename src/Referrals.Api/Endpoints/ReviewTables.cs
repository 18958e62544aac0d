using Referrals.Api.Answers;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Endpoints;

/// <summary>The tables of figures.</summary>
internal static class ReviewTables
{
    public static IReadOnlyList<FigureTable> Of(Overview overview) =>
    [
        FigureTable.Of("figures", [overview]).With("from", o => o.Frame.From).With("to", o => o.Frame.To).With("unit", o => o.Frame.Unit)
            .With("running", o => o.Running).With("stuckCases", o => o.Stuck).Open(o => o.Open).Times(o => o.Throughput, "throughput")
            .Share(o => o.AcknowledgedInTime, "acknowledgedInTime").With("beforeFrom", o => o.Before?.Frame.From).With("beforeTo", o => o.Before?.Frame.To)
            .Times(o => o.Before?.Throughput, "beforeThroughput").Share(o => o.Before?.AcknowledgedInTime, "beforeAcknowledgedInTime")
            .With("medianChange", o => o.MedianChange).With("acknowledgedChange", o => o.AcknowledgedChange),
        Months("trend", overview.Trend),
    ];

    public static IReadOnlyList<FigureTable> Of(Ranking ranking) =>
    [
        FigureTable.Of("rows", ranking.Rows).Step(r => r.Step).With("partner", r => r.Partner).Times(r => r.Waiting, "waiting").Share(r => r.Late, "late")
            .With("shareOfTotal", r => r.ShareOfTotal).Open(r => r.Open),
    ];

    public static IReadOnlyList<FigureTable> Of(ChainMap map) =>
    [
        FigureTable.Of("steps", map.Steps).Step(s => s.Step).Times(s => s.Duration, "duration").With("agreedDays", s => s.AgreedDays)
            .With("ratio", s => s.Ratio).Share(s => s.Late, "late").Open(s => s.Open),
        FigureTable.Of("edges", map.Edges).Step(e => e.From is { } from ? map.Steps[from].Step : null, "from").Step(e => map.Steps[e.To].Step, "to")
            .Times(e => e.Waiting, "waiting"),
    ];

    public static IReadOnlyList<FigureTable> Of(HeatTable heat) =>
    [
        FigureTable.Of("cells", heat.Cells).Step(c => heat.Steps[c.Step]).With("partner", c => heat.Partners[c.Partner]).Times(c => c.Duration, "duration")
            .With("agreedDays", c => c.AgreedDays).With("ratio", c => c.Ratio).Share(c => c.Late, "late"),
    ];

    public static IReadOnlyList<FigureTable> Of(StuckList stuck) =>
    [
        Stuck("steps-and-partners", stuck.StepsAndPartners), Stuck("steps", stuck.Steps), Stuck("partners", stuck.Partners), Stuck("chains", stuck.Chains),
    ];

    public static IReadOnlyList<FigureTable> Of(StepDetail step) =>
    [
        FigureTable.Of<(string Name, Durations Times)>(
            "figures",
            [
                ("waiting", step.Waiting), ("working", step.Working), ("acknowledgement", step.Acknowledgement), ("acceptance", step.Acceptance),
                ("first-contact", step.FirstContact),
            ]).With("measure", r => r.Name).Times(r => r.Times),
        FigureTable.Of("partners", step.Partners).With("partner", p => p.Partner).Times(p => p.Waiting, "waiting").Times(p => p.Working, "working")
            .Share(p => p.Late, "late").Open(p => p.Open),
        Fates("fates", step.Fates),
        FigureTable.Of<(string Name, PercentileValue At)>(
            "percentiles", [.. step.WaitingPercentiles.Select(p => ("waiting", p)), .. step.WorkingPercentiles.Select(p => ("working", p))])
            .With("measure", r => r.Name).With("share", r => r.At.Share).With("days", r => r.At.Days),
        Curve("waiting-curve", step.WaitingCurve),
        Curve("duration-curve", step.DurationCurve),
        Months("months", step.WaitingByMonth),
    ];

    public static IReadOnlyList<FigureTable> Of(PartnerView partner) =>
    [
        FigureTable.Of("steps", partner.Steps).Step(s => s.Step).Times(s => s.Waiting, "waiting").Times(s => s.Duration, "duration")
            .With("agreedDays", s => s.AgreedDays).Share(s => s.AcknowledgedInTime, "acknowledgedInTime").Open(s => s.Load.Open)
            .With("weeklyClosures", s => s.Load.WeeklyClosures).With("weeksOfBacklog", s => s.Load.WeeksOfBacklog).With("expected", s => s.Load.Expected),
        FigureTable.Of("figures", [partner]).With("partner", p => p.Partner).Times(p => p.Waiting, "waiting").Times(p => p.Duration, "duration")
            .Share(p => p.AcknowledgedInTime, "acknowledgedInTime").Share(p => p.CompletedInTime, "completedInTime").Open(p => p.Load.Open)
            .With("weeklyClosures", p => p.Load.WeeklyClosures).With("weeksOfBacklog", p => p.Load.WeeksOfBacklog).With("expected", p => p.Load.Expected),
        Fates("fates", partner.Fates),
        Months("months", partner.WaitingByMonth),
    ];

    public static IReadOnlyList<FigureTable> Of(Flows flows) =>
    [
        FigureTable.Of("links", flows.Links).Step(l => flows.Nodes[l.From].Step, "from").Step(l => flows.Nodes[l.To].Step, "to")
            .With("end", l => flows.Nodes[l.To].End).With("n", l => l.N),
    ];

    public static IReadOnlyList<FigureTable> Of(Funnel funnel) =>
    [
        FigureTable.Of("steps", funnel.Steps).Step(s => s.Step).With("reached", s => s.Reached).Share(s => s.DropOuts, "dropOuts"),
        FigureTable.Of<(StepName Step, FunnelEnd End)>("ends", [.. funnel.Steps.SelectMany(s => s.Ends.Select(e => (s.Step, e)))])
            .Step(r => r.Step).With("reason", r => r.End.Reason).With("n", r => r.End.N),
        FigureTable.Of<(StepName Step, Fate Fate)>("reasons", [.. funnel.Steps.SelectMany(s => s.Reasons.Select(f => (s.Step, f)))])
            .Step(r => r.Step).With("end", r => r.Fate.End).With("reason", r => r.Fate.Reason).With("n", r => r.Fate.N),
    ];

    public static IReadOnlyList<FigureTable> Of(Loops loops) =>
    [
        FigureTable.Of("steps", loops.Steps).Step(s => s.Step).With("n", s => s.N).With("again", s => s.Again).With("repeated", s => s.Repeated)
            .With("rerouted", s => s.Rerouted).With("declined", s => s.Declined).With("expired", s => s.Expired),
    ];

    public static IReadOnlyList<FigureTable> Of(Dotted dotted) =>
        [FigureTable.Of("dots", dotted.Dots).With("month", d => d.Month).With("days", d => d.Days).With("n", d => d.N)];

    public static IReadOnlyList<FigureTable> Of(ControlChart chart) =>
    [
        FigureTable.Of<(MonthValue At, IEnumerable<XmrSignal> Signals)>(
            "months", [.. chart.Values.Select((v, i) => (v, chart.Signals.Where(s => s.Index == i)))])
            .With("month", r => r.At.Month).With("n", r => r.At.N).With("value", r => r.At.Value)
            .With("center", _ => chart.Limits?.Center).With("lower", _ => chart.Limits?.Lower).With("upper", _ => chart.Limits?.Upper)
            .With("signals", r => string.Join(", ", r.Signals.Select(s => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(s.Rule.ToString())))),
    ];

    public static IReadOnlyList<FigureTable> Of(EarlyWarnings warnings) =>
    [
        FigureTable.Of("warnings", warnings.Warnings).With("chain", w => w.Chain ?? w.Chart.Subject.Step?.Chain).With("step", w => w.Chart.Subject.Step?.Step)
            .With("title", w => w.Chart.Subject.Step?.Title.De).With("partner", w => w.Chart.Subject.Partner).With("measure", w => w.Chart.Measure)
            .With("usual", w => w.Usual).With("recent", w => w.Recent),
    ];

    public static IReadOnlyList<FigureTable> Of(ReportSentences report) =>
    [
        FigureTable.Of<(Finding Finding, string Number, double Value)>("findings", [.. report.Findings.SelectMany(f => f.Numbers.Select(n => (f, n.Key, n.Value)))])
            .With("code", r => r.Finding.Code).With("figure", r => r.Finding.Figure).With("chain", r => r.Finding.Chain ?? r.Finding.Step?.Chain)
            .With("step", r => r.Finding.Step?.Step).With("title", r => r.Finding.Step?.Title.De).With("partner", r => r.Finding.Partner)
            .With("end", r => r.Finding.Why?.End).With("reason", r => r.Finding.Why?.Reason).With("number", r => r.Number).With("value", r => r.Value),
    ];

    public static IReadOnlyList<FigureTable> Of(Comparison compared) =>
    [
        FigureTable.Of("steps", compared.Steps).Step(s => s.Step)
            .Times(s => s.Waiting.First, "firstWaiting").Times(s => s.Waiting.Second, "secondWaiting").Difference(s => s.Waiting.Median, "waitingMedian")
            .Times(s => s.Duration.First, "firstDuration").Times(s => s.Duration.Second, "secondDuration").Difference(s => s.Duration.Median, "durationMedian")
            .Share(s => s.Late.First, "firstLate").Share(s => s.Late.Second, "secondLate").Difference(s => s.Late.Share, "lateShare"),
        FigureTable.Of<(string Name, ComparedDurations Times)>("times", [("throughput", compared.Throughput), ("waiting", compared.Waiting)])
            .With("measure", r => r.Name).Times(r => r.Times.First, "first").Times(r => r.Times.Second, "second").Difference(r => r.Times.Median, "median"),
        FigureTable.Of<(string Name, ComparedShare Share)>(
            "shares", [("acknowledged-in-time", compared.AcknowledgedInTime), ("drop-out", compared.DropOut), ("back-and-forth", compared.BackAndForth)])
            .With("measure", r => r.Name).Share(r => r.Share.First, "first").Share(r => r.Share.Second, "second").Difference(r => r.Share.Share, "share"),
    ];

    private static FigureTable<StuckRow> Stuck(string name, IReadOnlyList<StuckRow> rows) => FigureTable.Of(name, rows)
        .With("chain", r => r.Step?.Chain ?? r.Chain).With("step", r => r.Step?.Step).With("title", r => r.Step?.Title.De).With("partner", r => r.Partner).Open(r => r.Open);

    private static FigureTable<MonthValue> Months(string name, IReadOnlyList<MonthValue> months) =>
        FigureTable.Of(name, months).With("month", m => m.Month).With("n", m => m.N).With("value", m => m.Value);

    private static FigureTable<Fate> Fates(string name, IReadOnlyList<Fate> fates) =>
        FigureTable.Of(name, fates).With("end", f => f.End).With("reason", f => f.Reason).With("n", f => f.N);

    private static FigureTable<CurvePoint> Curve(string name, ToldCurve curve) =>
        FigureTable.Of(name, curve.Points).With("days", p => p.Days).With("share", p => p.Share).With("lower", p => p.Lower).With("upper", p => p.Upper);
}
