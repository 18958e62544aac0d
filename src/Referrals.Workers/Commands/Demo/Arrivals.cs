using System.Globalization;
using Referrals.Engine;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>A referral that comes.</summary>
/// <param name="Index">Which one, from 0; in the order of time.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Chain">On which chain.</param>
/// <param name="Holder">Who holds the case.</param>
/// <param name="Reference">The holder's reference; the same one again when somebody comes back.</param>
internal sealed record Arrival(int Index, DateTimeOffset At, ChainId Chain, OrganisationId Holder, string Reference);

/// <summary>When referrals come and where: more after the summer and in January, few at Christmas, most on Mondays; debts grow at the end.</summary>
internal static class Arrivals
{
    private const double Returning = 0.04;

    private static readonly double[] Months = [1.25, 1.05, 1.05, 1.0, 0.95, 0.9, 0.72, 0.85, 1.3, 1.15, 1.0, 0.6];
    private static readonly double[] Weekdays = [0, 1.2, 1.1, 0.95, 1.05, 0.7, 0];

    private static readonly (string Chain, double Weight, (string Holder, double Weight)[] Holders)[] Chains =
    [
        ("arbeit-mit-kind", 0.40, [("jobcenter-elbtal", 0.8), ("jugendamt-elbtal", 0.1), ("entwicklungsgesellschaft-elbtal", 0.1)]),
        ("familie-im-gleichgewicht", 0.25, [("jugendamt-elbtal", 0.45), ("sozialverband-elbaue", 0.25), ("sozialamt-elbtal", 0.2), ("jobcenter-elbtal", 0.1)]),
        ("gesund-in-arbeit", 0.20, [("jobcenter-elbtal", 0.6), ("projektagentur-heideland", 0.25), ("fallmanagement-heide", 0.15)]),
        ("zurueck-in-ausbildung", 0.15, [("jobcenter-elbtal", 0.55), ("entwicklungsgesellschaft-elbtal", 0.3), ("wohlfahrtsverband-heideland", 0.15)]),
    ];

    /// <summary>All of them, in the order of time.</summary>
    public static IReadOnlyList<Arrival> Of(HistoryOrder order)
    {
        var days = Days(order);
        var times = Enumerable.Range(0, order.Referrals).Select(i => TimeOf(new Dice(order.Seed, i), days)).Order().ToList();
        var arrivals = new List<Arrival>();
        for (var i = 0; i < times.Count; i++)
        {
            arrivals.Add(One(order, i, times[i], arrivals));
        }

        return arrivals;
    }

    private static List<(DateOnly Day, double UpTo)> Days(HistoryOrder order)
    {
        var (sum, days) = (0.0, new List<(DateOnly, double)>());
        var last = DateOnly.FromDateTime(order.Until.UtcDateTime);
        for (var day = DateOnly.FromDateTime(order.From.UtcDateTime).AddDays(1); day < last; day = day.AddDays(1))
        {
            if (OfficeTime.IsOpen(day))
            {
                var grown = (OfficeTime.At(day, 0) - order.From).TotalDays / 365 * 0.06;
                sum += Months[day.Month - 1] * Weekdays[(int)day.DayOfWeek] * (1 + grown);
                days.Add((day, sum));
            }
        }

        return days.Count > 0 ? days : throw new InvalidOperationException("there is no working day in that time");
    }

    private static DateTimeOffset TimeOf(Dice dice, List<(DateOnly Day, double UpTo)> days)
    {
        var roll = dice.Roll("comes") * days[^1].UpTo;
        var at = days.FindIndex(d => d.UpTo > roll);
        return OfficeTime.At(days[at < 0 ? ^1 : at].Day, dice.Within(0, 7.5, "comes-at"));
    }

    private static Arrival One(HistoryOrder order, int index, DateTimeOffset at, List<Arrival> before)
    {
        var dice = new Dice(order.Seed, index);
        var debts = 1 + (0.3 * order.Stress(at));
        var chain = dice.Weighted([.. Chains.Select((c, i) => (i, c.Weight * (i < 2 ? debts : 1)))], "chain");
        var holder = new OrganisationId(dice.Weighted(Chains[chain].Holders, "holder"));
        var reference = dice.Chance(Returning, "returns") && before.FindLast(b => b.Holder == holder && (at - b.At).TotalDays > 60) is { } earlier
            ? earlier.Reference
            : string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + (index % 23))}-{at.Year % 100}-{index + 1:0000}");
        return new Arrival(index, at, new ChainId(Chains[chain].Chain), holder, reference);
    }
}
