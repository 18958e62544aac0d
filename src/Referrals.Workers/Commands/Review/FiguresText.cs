using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Referrals.Engine.Review.Logs;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary>The figures of a log, for programs and for people.</summary>
internal static class FiguresText
{
    private const int EdgesShown = 20;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, LogFigures figures, LogSurvival? survival, bool json)
    {
        if (json)
        {
            console.Profile.Out.Writer.WriteLine(Json(figures, survival).ToJsonString(Shape));
            return;
        }

        console.Write(Summary(figures, survival));
        console.Write(Edges(figures));
    }

    private static JsonNode Json(LogFigures figures, LogSurvival? survival)
    {
        var all = JsonSerializer.SerializeToNode(figures, Shape)!;
        if (survival is not null)
        {
            var curve = survival.Curve;
            all["survival"] = JsonSerializer.SerializeToNode(
                new
                {
                    survival.Activity,
                    curve.Count,
                    curve.Events,
                    MedianDays = curve.Median,
                    MedianLowerDays = curve.MedianLower,
                    MedianUpperDays = curve.MedianUpper,
                    CompletedMedianDays = survival.CompletedMedian,
                    curve.Steps,
                },
                Shape);
        }

        return all;
    }

    private static Table Summary(LogFigures figures, LogSurvival? survival)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Figure", "Value");
        table.AddRow("Cases", Number(figures.Cases));
        table.AddRow("Events", Number(figures.Events));
        table.AddRow("Activities", Number(figures.Activities));
        table.AddRow("Resources", Number(figures.Resources));
        table.AddRow("Groups", Number(figures.Groups));
        table.AddRow("Variants, and cases of the most frequent", $"{Number(figures.Variants)}, {Number(figures.TopVariantCases)}");
        table.AddRow("Changes of resource between consecutive events", $"{Number(figures.ResourceChanges)} of {Number(figures.Pairs)}");
        table.AddRow("Changes of group between consecutive events", $"{Number(figures.GroupChanges)} of {Number(figures.Pairs)}");
        table.AddRow("Cases that go from a group to another and back at once", Number(figures.PingPongCases));
        table.AddRow("First to last event: median, p90", Days(figures.ThroughputDays));
        table.AddRow("Start to end by the cases' attributes: median, p90", Days(figures.StartToEndDays));
        table.AddRow("Cases without an end", Number(figures.CasesWithoutEnd));
        table.AddRow("Cases that ended after their deadline", Number(figures.CasesEndedLate));
        if (survival is { Curve: var curve })
        {
            table.AddRow(
                Markup.Escape($"Start to first {survival.Activity}: median with open cases (95 %)"),
                $"{Days(curve.Median)} ({Days(curve.MedianLower)} to {Days(curve.MedianUpper)}), {Number(curve.Events)} of {Number(curve.Count)} got there");
            table.AddRow("… median of those alone that got there", Days(survival.CompletedMedian));
        }

        return table;
    }

    private static Table Edges(LogFigures figures)
    {
        var shown = figures.DirectlyFollows.Take(EdgesShown).ToList();
        var table = new Table().Border(TableBorder.Rounded).Title(shown.Count < figures.DirectlyFollows.Count
            ? $"The {shown.Count} longest of {figures.DirectlyFollows.Count} ways between activities, by total time"
            : "Ways between activities, by total time");
        table.AddColumns("From", "To", "Count", "Days in total", "Median hours", "Mean hours");
        foreach (var edge in shown)
        {
            table.AddRow(
                Markup.Escape(edge.From), Markup.Escape(edge.To), Number(edge.Count), Fraction(edge.TotalDays, "N0"), Fraction(edge.MedianHours, "N2"), Fraction(edge.MeanHours, "N1"));
        }

        return table;
    }

    private static string Days(LogDays days) => days.Count == 0 ? "–" : $"{Days(days.Median)}, {Days(days.P90)}";

    private static string Days(double? days) => days is { } known ? $"{Fraction(known, "N2")} d" : "–";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Fraction(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
