using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>
/// Estimates how many referrals of a chain start per working day: level at the end of the history (a log-linear trend over blocks of a month counts where
/// it is beyond chance, and is not drawn on into the future), factors of the days of the week and, from two years on, of the months, both drawn towards 1
/// by some weight of "no difference", and how much more the days differ than by chance.
/// </summary>
internal static class ArrivalFit
{
    private const int DaysForSeason = 480;
    private const int FewestBlocks = 4;
    private const double Prior = 20;
    private const double Beyond = 2;

    public static ArrivalModel Of(IEnumerable<double> starts, WorkingDays days, double from, double until)
    {
        var (first, count) = ((int)Math.Ceiling(from), (int)Math.Floor(until) - (int)Math.Ceiling(from));
        if (count <= 0)
        {
            return ArrivalModel.Steady(0);
        }

        var counts = new double[count];
        foreach (var start in starts)
        {
            if ((int)start - first is >= 0 and var day && day < count)
            {
                counts[day]++;
            }
        }

        return Of(counts, day => days.Date(first + day));
    }

    private static ArrivalModel Of(double[] counts, Func<int, DateOnly> date)
    {
        if (counts.Sum() == 0)
        {
            return ArrivalModel.Steady(0);
        }

        var mean = counts.Average();
        var months = counts.Length < DaysForSeason ? [.. Enumerable.Repeat(1.0, 12)] : Factors(counts, 12, d => date(d).Month - 1, _ => mean);
        var trend = Trend(counts, d => mean * months[date(d).Month - 1]);
        double Level(int d) => mean * months[date(d).Month - 1] * trend(d);
        var weekdays = Factors(counts, 5, d => Math.Clamp((int)date(d).DayOfWeek - 1, 0, 4), Level);
        return new(mean * trend(counts.Length - 1), weekdays, months, Crowding(counts, d => Level(d) * weekdays[Math.Clamp((int)date(d).DayOfWeek - 1, 0, 4)]));
    }

    private static double[] Factors(double[] counts, int groups, Func<int, int> group, Func<int, double> expected)
    {
        var (seen, due) = (new double[groups], new double[groups]);
        for (var day = 0; day < counts.Length; day++)
        {
            seen[group(day)] += counts[day];
            due[group(day)] += expected(day);
        }

        return [.. seen.Zip(due, (s, d) => (s + Prior) / (d + Prior))];
    }

    // Poisson regression of the blocks' counts on time with one slope, by Newton's method.
    private static Func<int, double> Trend(double[] counts, Func<int, double> expected)
    {
        var blocks = counts.Length / CapacityFit.Block;
        if (blocks < FewestBlocks)
        {
            return _ => 1;
        }

        var seen = new double[blocks];
        var due = new double[blocks];
        for (var day = 0; day < blocks * CapacityFit.Block; day++)
        {
            seen[day / CapacityFit.Block] += counts[day];
            due[day / CapacityFit.Block] += expected(day);
        }

        var (level, slope, error) = Regress(seen, due);
        if (!double.IsFinite(slope) || Math.Abs(slope) < Beyond * error)
        {
            return _ => 1;
        }

        return day => Math.Exp(level + (slope * Math.Min(blocks - 1, ((day + 0.5) / CapacityFit.Block) - 0.5)));
    }

    private static (double Level, double Slope, double Error) Regress(double[] seen, double[] due)
    {
        const int Turns = 25;
        var (level, slope, error) = (Math.Log(seen.Sum() / due.Sum()), 0.0, double.PositiveInfinity);
        for (var turn = 0; turn < Turns; turn++)
        {
            var (g0, g1, h00, h01, h11, chi) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < seen.Length; i++)
            {
                var mean = due[i] * Math.Exp(level + (slope * i));
                (g0, g1) = (g0 + seen[i] - mean, g1 + ((seen[i] - mean) * i));
                (h00, h01, h11) = (h00 + mean, h01 + (mean * i), h11 + (mean * i * i));
                chi += (seen[i] - mean) * (seen[i] - mean) / Math.Max(mean, 1e-9);
            }

            var determinant = (h00 * h11) - (h01 * h01);
            level += ((h11 * g0) - (h01 * g1)) / determinant;
            slope += ((h00 * g1) - (h01 * g0)) / determinant;

            // Blocks that differ more than by chance make the slope less certain.
            error = Math.Sqrt(h00 / determinant * Math.Max(1, chi / Math.Max(1, seen.Length - 2)));
        }

        return (level, slope, error);
    }

    private static double Crowding(double[] counts, Func<int, double> expected)
    {
        var chi = counts.Select((c, d) => (c - expected(d)) * (c - expected(d)) / Math.Max(expected(d), 1e-9)).Sum();
        return Math.Max(1, chi / Math.Max(1, counts.Length - 7));
    }
}
