using System.Globalization;
using Referrals.Api.Ui.Parts;
using Referrals.Api.Ui.Parts.Charts;
using Referrals.Engine;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>Figures as people write them; what too few stand for is "zu wenige".</summary>
/// <param name="words">The reader's language.</param>
/// <param name="unit">What times are counted in.</param>
public sealed class FigureWords(Words words, TimeUnit unit)
{
    /// <summary>The unit of times, such as <c>Arbeitstage</c>.</summary>
    public string Unit => words[unit == TimeUnit.WorkingDays ? "Figure.WorkingDays" : "Figure.Days"];

    /// <summary>A number of cases.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A duration with its unit: <c>4,5 Arbeitstage</c>.</summary>
    public string Days(double? days) => days is { } d ? words[unit == TimeUnit.WorkingDays ? "Figure.NWorkingDays" : "Figure.NDays", Plain(d)] : words["Figure.TooFew"];

    /// <summary>A duration without its unit.</summary>
    public string Bare(double? days) => days is { } d ? Plain(d) : words["Figure.TooFewShort"];

    /// <summary>A share in percent with the numbers behind it: <c>83 % (249 von 300)</c>.</summary>
    public string Share(ShareOf share) => share.Share is { } s ? words["Figure.ShareOf", Percent(s), Number(share.Count), Number(share.Of)] : words["Figure.NoneOrTooFew"];

    /// <summary>
    /// A duration with how many it stands for; where none count, that there are none or too few: which of the two is nobody's to know, as what is
    /// too few counts nowhere.
    /// </summary>
    public string WithNumber(double? days, int n) => n == 0 ? words["Figure.NoneOrTooFew"] : words["Figure.WithNumber", Days(days), Number(n)];

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => share.ToString("P0", CultureInfo.CurrentCulture);

    /// <summary>How much a figure differs, with a sign: <c>+1,5 Arbeitstage</c>.</summary>
    public string Change(double? days) => days is { } d ? (Plain(Math.Abs(d)) == Plain(0) ? "±" : d > 0 ? "+" : "−") + Days(Math.Abs(d)) : words["Figure.TooFew"];

    /// <summary>How a duration stands to the agreed one: class of a box and words.</summary>
    public (string Css, string Says) Heat(double? ratio) => ratio switch
    {
        null => ("", words["Figure.NoRatio"]),
        <= 0.8 => ("is-good", words["Figure.WellInTime", Times(ratio.Value)]),
        < 1.05 => ("is-near", words["Figure.JustInTime", Times(ratio.Value)]),
        _ => ("is-bad", words["Figure.OverTime", Times(ratio.Value)]),
    };

    /// <summary>A ratio: <c>1,4-fach</c>.</summary>
    public string Times(double ratio) => words["Figure.Times", ratio.ToString("0.0", CultureInfo.CurrentCulture)];

    /// <summary>A line over months; a month with too few leaves a gap.</summary>
    public ChartLine Line(IReadOnlyList<MonthValue> months, Dates dates, string css = "is-first") => new(
        [.. months.Select((m, i) => new ChartPoint(i, m.Value ?? double.NaN, m.Value is null ? null : $"{dates.Month(m.Month)}: {Days(m.Value)}, n = {Number(m.N)}"))], css);

    /// <summary>Words below a line over months: few enough not to touch.</summary>
    public static IReadOnlyList<(double X, string Text)> Across(IReadOnlyList<DateOnly> months)
    {
        var every = Math.Max(1, (int)Math.Ceiling(months.Count / 8.0));
        return [.. months.Select((m, i) => (X: (double)i, Text: m.ToString("MMM yy", CultureInfo.CurrentCulture))).Where((_, i) => i % every == 0 && i < months.Count - (every / 2) || i == 0)];
    }

    /// <summary>What began within these months: measures of the group, and the versions of a chain that replaced another.</summary>
    /// <param name="months">Months from left to right.</param>
    /// <param name="sight">What is looked at.</param>
    /// <param name="measures">The measures; null: all.</param>
    /// <param name="chain">Whose versions; null: those of the chain that is looked at.</param>
    public IReadOnlyList<ChartMark> Marks(IReadOnlyList<DateOnly> months, ReviewSight sight, IEnumerable<MeasureState>? measures = null, ChainId? chain = null)
    {
        var of = chain ?? sight.Filter.Chain;
        var versions = sight.InForce.Where(v => v.Key.Chain == of && v.Key.Version > 1).Select(v => (Day: v.Value, Says: words["ReviewCompare.VersionN", v.Key.Version]));
        var begun = (measures ?? sight.Measures).Where(m => m.Status != MeasureStatus.Dropped).Select(m => (Day: m.Plan.From, Says: Short(m.Plan.What.Text)));
        return months.Count == 0 ? [] : [.. begun.Concat(versions).Where(b => b.Day >= months[0] && b.Day < months[^1].AddMonths(1)).OrderBy(b => b.Day).Select(b => new ChartMark(Place(months[0], b.Day), b.Says))];
    }

    private static string Short(string text) => text.Length > 24 ? text[..23] + "…" : text;

    private static double Place(DateOnly first, DateOnly day) =>
        ((day.Year - first.Year) * 12) + day.Month - first.Month + ((day.Day - 1.0) / DateTime.DaysInMonth(day.Year, day.Month));

    private static string Plain(double days) => days.ToString(days is > -10 and < 10 ? "0.#" : "N0", CultureInfo.CurrentCulture);
}
