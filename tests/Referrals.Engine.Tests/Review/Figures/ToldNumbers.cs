using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>What a number is, to somebody who attacks it.</summary>
internal enum NumberKind
{
    /// <summary>How many ended.</summary>
    Count,

    /// <summary>How many are open or run now.</summary>
    Open,

    /// <summary>Anything measured or computed.</summary>
    Measure,
}

/// <summary>A number that a figure tells.</summary>
/// <param name="Path">Which: the same in the answer to another filter or on another day.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct ToldNumber(string Path, NumberKind Kind, double Value);

/// <summary>
/// Takes every number out of a figure, whatever the figure: by its public properties, so that a number that is added is attacked like all others.
/// Whole numbers are counts unless they are named here as something else.
/// </summary>
internal static class ToldNumbers
{
    private static readonly HashSet<string> NoCounts =
    [
        "Frame.Threshold", "HeatCell.Step", "HeatCell.Partner", "HeatCell.AgreedDays", "MapEdge.From", "MapEdge.To", "MapStep.AgreedDays", "FlowLink.From", "FlowLink.To",
        "XmrSignal.Index", "OpenCounts.OverdueWeeks", "PartnerStep.AgreedDays", "StepDetail.AcknowledgeDays", "StepDetail.AgreedDays",
    ];

    private static readonly HashSet<string> OpenOnes = ["OpenCounts.Open", "OpenCounts.Stuck", "OpenCounts.InWork", "Overview.Running", "Overview.Stuck", "ToldCurve.Open"];

    // Numbers of findings: what is not told here is measured.
    private static readonly Dictionary<string, NumberKind?> OfFindings = new()
    {
        ["n"] = NumberKind.Count,
        ["stuck"] = NumberKind.Open,
        ["open"] = NumberKind.Open,
        ["version"] = null,
        ["beforeVersion"] = null,
        ["overdueWeeks"] = null,
    };

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static List<ToldNumber> Of(object? figure, string name)
    {
        var told = new List<ToldNumber>();
        Walk(figure, figure, name, "", told);
        return told;
    }

    private static void Walk(object? value, object? root, string path, string property, List<ToldNumber> told)
    {
        switch (value)
        {
            case null or string or Enum or bool or DateOnly or DateTimeOffset or Guid or ChainId or StepName or LocalText or ChartSubject:
                break;
            case int number:
                if (!NoCounts.Contains(property))
                {
                    told.Add(new(path, OpenOnes.Contains(property) ? NumberKind.Open : NumberKind.Count, number));
                }

                break;
            case double number:
                told.Add(new(path, NumberKind.Measure, number));
                break;
            case IReadOnlyDictionary<string, double> numbers:
                told.AddRange(numbers.Select(n => (n.Key, n.Value, Kind: OfFindings.GetValueOrDefault(n.Key, NumberKind.Measure)))
                    .Where(n => n.Kind is not null).Select(n => new ToldNumber($"{path}/{n.Key}", n.Kind!.Value, n.Value)));
                break;
            case IEnumerable items:
                Items(items, root, path, told);
                break;
            default:
                foreach (var one in PropertiesOf(value.GetType()))
                {
                    Walk(one.GetValue(value), root, $"{path}/{one.Name}", $"{value.GetType().Name}.{one.Name}", told);
                }

                break;
        }
    }

    private static void Items(IEnumerable items, object? root, string path, List<ToldNumber> told)
    {
        var seen = new Dictionary<string, int>();
        foreach (var item in items)
        {
            var key = item is null ? "" : Key(item, root);
            var again = seen[key] = seen.GetValueOrDefault(key) + 1;
            Walk(item, root, again == 1 ? $"{path}[{key}]" : $"{path}[{key} #{again}]", "", told);
        }
    }

    // By what an item of a list is known, whatever its place.
    private static string Key(object item, object? root) => (item, root) switch
    {
        (HeatCell cell, HeatTable heat) => $"{Text(heat.Steps[cell.Step])} {heat.Partners[cell.Partner]}",
        (MapEdge edge, ChainMap map) => $"{(edge.From is { } from ? Text(map.Steps[from].Step) : "")} {Text(map.Steps[edge.To].Step)}",
        (FlowLink link, Flows flows) => $"{Key(flows.Nodes[link.From], root)} {Key(flows.Nodes[link.To], root)}",
        (EarlyWarning warning, _) => $"{warning.Chain} {Text(warning.Chart.Subject)}",
        (PercentileValue percentile, _) => percentile.Share.ToString(CultureInfo.InvariantCulture),
        _ => string.Join(' ', PropertiesOf(item.GetType()).Select(p => Text(p.GetValue(item))).Where(t => t.Length > 0)),
    };

    private static string Text(object? value) => value switch
    {
        StepName step => $"{step.Chain}/{step.Step}",
        ChartSubject subject => $"{Text(subject.Step)} {subject.Partner}",
        DateOnly day => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        string or Enum or ChainId or Guid or bool => value.ToString()!,
        _ => "",
    };

    private static PropertyInfo[] PropertiesOf(Type type) => Properties.GetOrAdd(
        type, t => [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)]);
}
