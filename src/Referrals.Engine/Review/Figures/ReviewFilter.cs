using System.Globalization;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>What is looked at: the same for every figure of a page. Months are <see cref="Months"/>, both of them included.</summary>
/// <param name="Chain">One chain, or null for all.</param>
/// <param name="Version">One version of it, or null for all; without a chain it means nothing.</param>
/// <param name="FromMonth">First month.</param>
/// <param name="ToMonth">Last month.</param>
public sealed record ReviewFilter(ChainId? Chain, int? Version, ushort FromMonth, ushort ToMonth)
{
    private const string MonthFormat = "yyyy-MM";

    /// <summary>Everything.</summary>
    public static ReviewFilter All { get; } = new(null, null, 1, ushort.MaxValue);

    /// <summary>The months up to and with the one of a moment.</summary>
    /// <param name="asOf">Moment (<see cref="Moments"/>), as a rule <see cref="ReviewTable.AsOf"/>.</param>
    /// <param name="months">How many.</param>
    public static ReviewFilter Latest(uint asOf, int months = 12) => All with { FromMonth = (ushort)Math.Max(1, Months.Of(asOf) - months + 1), ToMonth = Months.Of(asOf) };

    /// <summary>Reads a filter from texts as they stand in an address; empty and null mean "not limited".</summary>
    /// <param name="chain">Id of a chain.</param>
    /// <param name="version">Version, from 1.</param>
    /// <param name="from">First month, such as <c>2026-03</c>.</param>
    /// <param name="to">Last month.</param>
    /// <param name="filter">The filter.</param>
    /// <returns>Whether all could be read, and the first month does not lie behind the last.</returns>
    public static bool TryParse(string? chain, string? version, string? from, string? to, out ReviewFilter filter)
    {
        filter = All;
        var number = 0;
        if (!TryParseMonth(from, All.FromMonth, out var first) || !TryParseMonth(to, All.ToMonth, out var last) || first > last
            || (!string.IsNullOrEmpty(version) && (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1)))
        {
            return false;
        }

        filter = new(string.IsNullOrEmpty(chain) ? null : new ChainId(chain), number > 0 ? number : null, first, last);
        return true;
    }

    /// <summary>A month as it stands in an address, such as <c>2026-03</c>.</summary>
    public static string Write(ushort month) => Months.First(month).ToString(MonthFormat, CultureInfo.InvariantCulture);

    /// <summary>The same length just before; null where there is nothing before.</summary>
    public ReviewFilter? Before() =>
        FromMonth > ToMonth - FromMonth + 1 ? this with { FromMonth = (ushort)(FromMonth - (ToMonth - FromMonth + 1)), ToMonth = (ushort)(FromMonth - 1) } : null;

    private static bool TryParseMonth(string? text, ushort otherwise, out ushort month)
    {
        month = otherwise;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!DateOnly.TryParseExact(text, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year < 1970)
        {
            return false;
        }

        month = Months.Of(day);
        return true;
    }
}
