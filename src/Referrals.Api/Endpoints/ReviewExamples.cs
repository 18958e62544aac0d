using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;
using Comparison = Referrals.Engine.Review.Figures.Comparison;

namespace Referrals.Api.Endpoints;

/// <summary>Examples of figures in the OpenAPI document. Every number in them is invented.</summary>
internal static class ReviewExamples
{
    private const string Daycare = "kita-sonnenhof";

    private static readonly ChainId Chain = new("arbeit-mit-kind");
    private static readonly DateOnly May = new(2026, 5, 1);
    private static readonly Frame Half = new(May.AddMonths(-5), May, TimeUnit.WorkingDays, 5);
    private static readonly Frame Year = new(May.AddMonths(-11), May, TimeUnit.WorkingDays, 5);
    private static readonly StepName Care = new(Chain, "childcare", new LocalText("Betreuung finden", "Find childcare"));
    private static readonly StepName Advice = new(Chain, "advice", new LocalText("Beratung", "Advice"));
    private static readonly Durations Waits = new(120, 660, 5.5, 4.2, 11);
    private static readonly Durations Works = new(96, 1152, 12, 10.5, 21);
    private static readonly Durations Takes = new(120, 1812, 15.1, 13, 30);
    private static readonly Durations Few = new(7, 21, 3, null, null);
    private static readonly OpenCounts Open = new(31, 9, 14, 2);
    private static readonly ShareOf Late = new(30, 120);
    private static readonly IReadOnlyList<MonthValue> Months = [new(May.AddMonths(-1), 24, 3.9), new(May, 26, 6.4)];
    private static readonly IReadOnlyList<Fate> Fates = [new(VisitEnd.Completed, "placed", 96), new(VisitEnd.Declined, "no-capacity", 24)];
    private static readonly ToldCurve Curve = new(151, 31, 4.4, 3.8, 5.2, [new(2, 0.75, 0.67, 0.81), new(4.4, 0.5, 0.42, 0.58)]);
    private static readonly Load Load = new(Open, 5.4, 5.7, 18.2);

    public static readonly Overview Overview = new(
        Year, 140, 22, Open, new(480, 20160, 42, 38, 71), new(810, 900), [new(May, 41, 39)], new(new(Year.From.AddMonths(-12), Year.From.AddMonths(-1), Year.Unit, 5), Takes, new(700, 850)));

    public static readonly Ranking Ranking = new(Half, 681, [new(Care, null, Waits, Late, 0.97, Open), new(Advice, null, Few, new(0, 7), 0.03, OpenCounts.None)]);

    public static readonly ChainMap Map = new(
        Half, [new(Care, Takes, 23, Late, Open), new(Advice, Few, 10, new(0, 7), OpenCounts.None)], [new(null, 0, Waits), new(0, 1, Few)]);

    public static readonly HeatTable Heat = new(Half, [Care], [Daycare], [new(0, 0, Takes, 23, Late)]);

    public static readonly StuckList Stuck = new(
        Half, Open, [new(Chain, null, null, Open)], [new(Chain, Care, null, Open)], [new(null, null, Daycare, Open)], [new(Chain, Care, Daycare, Open)]);

    public static readonly StepDetail Step = new(
        Half, Care, 3, 23, Waits, Works, Waits, Waits, Waits, new(90, 120), new(80, 96), [new(0.5, 4.2), new(0.9, 11)], [new(0.5, 10.5), new(0.9, null)],
        [new(Daycare, Waits, Works, Late, Open)], Fates, Curve, Curve, Months, Open);

    public static readonly PartnerView Partner = new(
        Half, Daycare, Waits, Takes, new(90, 120), new(80, 96), Load, [new(Care, Waits, Takes, 23, new(90, 120), Load)], Fates, Months);

    public static readonly Flows Flows = new(
        Half, [new(null, null), new(Care, null), new(Advice, null), new(null, ClosingReason.Completed)], [new(0, 1, 120), new(1, 2, 7), new(1, 3, 89), new(2, 3, 7)]);

    public static readonly Funnel Funnel = new(Half, 110, 96, [new(Care, 120, [new(ClosingReason.Completed, 89), new(ClosingReason.Withdrawn, 14)], new(14, 110), [Fates[1]])]);

    public static readonly Loops Loops = new(Half, new(6, 110), [new(Care, 120, 24, 0, 5, 24, 6)]);

    public static readonly ControlChart Chart = new(
        Half, ChartMeasure.Waiting, new(Care), Months, new(4.3, 1.9, 6.1, 0.8), [new(1, XmrRule.BeyondLimit, true)]);

    public static readonly Dotted Dotted = new(Half, [new(May, 2.5, 5), new(May, 6.25, 5)]);

    public static readonly Comparison Comparison = new(
        Half with { From = Half.From.AddMonths(-6), To = Half.To.AddMonths(-6) }, Half, new(Takes, Takes, new(0, -2.5, 2.5)), new(Waits, Waits, new(0, -1, 1)),
        new(new(80, 110), new(90, 120), new(0.02, -0.09, 0.13)), new(new(20, 100), new(14, 110), new(-0.07, -0.17, 0.03)), new(new(5, 100), new(6, 110), new(0.01, -0.06, 0.07)),
        [new(Care, new(Waits, Waits, new(0, -1, 1)), new(Takes, Takes, new(0, -2.5, 2.5)), new(Late, Late, new(0, -0.11, 0.11)))]);

    public static readonly ReportSentences Findings = new(
        Half,
        [new("step-waits-longest", "ranking", Chain, Care, null, new Dictionary<string, double> { ["n"] = 120, ["totalDays"] = 660, ["share"] = 0.97, ["medianDays"] = 4.2 })]);

    public static readonly EarlyWarnings Warnings = new(Half, [new(null, Chart, 3.9, 5.6, Chart.Signals, Chart.Values[^1].Month, RiseCourse.AtOnce)]);
}
