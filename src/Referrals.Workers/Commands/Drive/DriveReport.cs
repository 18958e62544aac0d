using System.Globalization;
using Spectre.Console;

namespace Referrals.Workers.Commands.Drive;

/// <summary>Tells people how the driving went.</summary>
internal static class DriveReport
{
    private const int MostDifferences = 20;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, DriveOrder order, DriveResult result, CallLog calls)
    {
        console.Write(Endings(result));
        foreach (var referral in result.Referrals.Where(r => !r.IsAsExpected).Take(MostDifferences))
        {
            console.MarkupLineInterpolated($"[red]referral {referral.Index}[/] on {referral.Plan.Chain.Version.Id} of {referral.Plan.Holder}: {referral.Fault ?? "ended otherwise"}");
            console.MarkupLineInterpolated($"  expected  {referral.Expected.Ending()}");
            console.MarkupLineInterpolated($"  came to   {referral.Actual?.Ending() ?? "nothing"}");
        }

        foreach (var disagreement in result.Disagreements.Take(MostDifferences))
        {
            console.MarkupLineInterpolated($"[red]both sides differ[/] on {disagreement}");
        }

        console.WriteLine(Speed(order, result, calls));
        var wrong = result.Referrals.Count(r => !r.IsAsExpected) + result.Disagreements.Count;
        console.MarkupLine(wrong == 0
            ? $"[green]Every one of {result.Referrals.Count} referrals ended, or waits for a person, as seed {order.Seed} says.[/]"
            : $"[red]{wrong} differences from what seed {order.Seed} says.[/]");
    }

    private static string Speed(DriveOrder order, DriveResult result, CallLog calls)
    {
        var seconds = Math.Max(result.Took.TotalSeconds, 0.001);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:0.0} s: {result.Referrals.Count / seconds:0.0} referrals/s, {result.Referrals.Sum(r => r.Events) / seconds:0} transitions/s "
            + $"({order.Parallel} at once). {calls.Count} calls, p50 {calls.Within(0.5).TotalMilliseconds:0.0} ms, p99 {calls.Within(0.99).TotalMilliseconds:0.0} ms, {calls.Retries} repeated.");
    }

    private static Table Endings(DriveResult result)
    {
        var chains = result.Referrals.Select(r => r.Plan.Chain.Version.Id).Distinct().OrderBy(c => c.Value, StringComparer.Ordinal).ToList();
        var endings = result.Referrals.Select(EndingOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Chain");
        endings.ForEach(e => table.AddColumn(new TableColumn(Markup.Escape(e)).RightAligned()));
        table.AddColumn(new TableColumn("as expected").RightAligned());
        foreach (var chain in chains)
        {
            var own = result.Referrals.Where(r => r.Plan.Chain.Version.Id == chain).ToList();
            table.AddRow([
                chain.Value,
                .. endings.Select(e => own.Count(r => EndingOf(r) == e).ToString(CultureInfo.InvariantCulture)),
                string.Create(CultureInfo.InvariantCulture, $"{own.Count(r => r.IsAsExpected)} of {own.Count}")]);
        }

        return table;
    }

    private static string EndingOf(DrivenReferral referral) => referral.Fault is null ? referral.Actual!.Status : "failed";
}
