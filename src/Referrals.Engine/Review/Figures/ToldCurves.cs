using System.Buffers;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// How long something lasts, what is open still among it (<see cref="KaplanMeier"/>), coarse enough to be told: each point stands for at least the
/// threshold of ends, and what is open comes in as whole batches of at least the threshold.
/// </summary>
/// <param name="N">How many there are.</param>
/// <param name="Open">How many of them are open still.</param>
/// <param name="Median">Days after which half have ended; null where the curve does not come down that far.</param>
/// <param name="MedianLower">Lower end of the median's 95 % interval.</param>
/// <param name="MedianUpper">Upper end of it, or null.</param>
/// <param name="Points">The curve; before the first point all are open.</param>
public sealed record ToldCurve(int N, int Open, double? Median, double? MedianLower, double? MedianUpper, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>The share still open after some days.</summary>
    public double After(double days)
    {
        var share = 1.0;
        foreach (var point in Points)
        {
            if (point.Days > days)
            {
                break;
            }

            share = point.Share;
        }

        return share;
    }
}

/// <summary>A point of a curve; what it says holds until the next one.</summary>
/// <param name="Days">Days.</param>
/// <param name="Share">Share that is still open.</param>
/// <param name="Lower">Lower end of the 95 % band.</param>
/// <param name="Upper">Upper end of it.</param>
public sealed record CurvePoint(double Days, double Share, double Lower, double Upper);

/// <summary>Makes curves that may be told.</summary>
internal static class ToldCurves
{
    private const int Points = 200;
    private const int Bins = 1 << 16;

    /// <summary>A curve of seconds.</summary>
    /// <param name="law">What may be told.</param>
    /// <param name="ends">How long those took that have ended.</param>
    /// <param name="open">How long those take already that are open.</param>
    public static ToldCurve Of(SmallNumbers law, in Measured ends, in Measured open)
    {
        if (!law.TellsMean(ends))
        {
            return new(0, 0, null, null, null, []);
        }

        var kept = law.TellsMean(open) ? open : default;
        var events = Batches(ends.Seconds, Math.Max(law.Width(ends), (ends.Length + Points - 1) / Points));
        var censored = Batches(kept.Seconds, law.Width(kept));
        var (times, ended, lost) = Merge(events, censored);
        var curve = KaplanMeier.Of(times, ended, lost);
        return new(
            curve.Count, kept.Length, Days(law, curve.Median), Days(law, curve.MedianLower), Days(law, curve.MedianUpper),
            [.. curve.Steps.Select(s => new CurvePoint(law.Days(s.Time), Math.Round(s.Survival, 4), Math.Round(s.Lower, 4), Math.Round(s.Upper, 4)))]);
    }

    /// <summary>Values in batches of at least a size by length, each with its mean; what is left over joins the last.</summary>
    public static List<(double Mean, int N)> Batches(ReadOnlySpan<uint> seconds, int size)
    {
        var batches = new List<(double Mean, int N)>();
        if (seconds.IsEmpty)
        {
            return batches;
        }

        uint greatest = 0;
        foreach (var value in seconds)
        {
            greatest = Math.Max(greatest, value);
        }

        // Counting in narrow bins instead of sorting: linear, however many there are.
        var width = (greatest / Bins) + 1;
        var bins = (int)(greatest / width) + 1;
        var (counts, sums) = (ArrayPool<int>.Shared.Rent(bins), ArrayPool<ulong>.Shared.Rent(bins));
        counts.AsSpan(0, bins).Clear();
        sums.AsSpan(0, bins).Clear();
        foreach (var value in seconds)
        {
            counts[value / width]++;
            sums[value / width] += value;
        }

        var (n, sum, all) = (0, 0UL, seconds.Length);
        for (var bin = 0; bin < bins; bin++)
        {
            (n, sum) = (n + counts[bin], sum + sums[bin]);
            if (n >= size && all - n >= size)
            {
                batches.Add(((double)sum / n, n));
                (n, sum, all) = (0, 0, all - n);
            }
        }

        batches.Add(((double)sum / n, n));
        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<ulong>.Shared.Return(sums);
        return batches;
    }

    private static double? Days(SmallNumbers law, double? seconds) => seconds is { } known ? law.Days(known) : null;

    private static (double[] Times, int[] Ended, int[] Censored) Merge(List<(double Mean, int N)> events, List<(double Mean, int N)> censored)
    {
        var times = events.Concat(censored).Select(b => b.Mean).Distinct().Order().ToArray();
        var (ended, lost) = (new int[times.Length], new int[times.Length]);
        foreach (var (mean, n) in events)
        {
            ended[Array.BinarySearch(times, mean)] += n;
        }

        foreach (var (mean, n) in censored)
        {
            lost[Array.BinarySearch(times, mean)] += n;
        }

        return (times, ended, lost);
    }

    /// <summary>How long open visits take already, for a curve.</summary>
    /// <param name="scope">What is looked at.</param>
    /// <param name="step">Index of the step in <see cref="Scope.Steps"/>.</param>
    /// <param name="partner">Index of a partner, or -1 for all.</param>
    /// <param name="inWork">Only those that are in work (true: until work began), or that are not (until now); null: all, until now.</param>
    public static Measured Open(Scope scope, int step, int partner, bool? inWork)
    {
        var (visits, now) = (scope.Table.Moving.Visits, scope.Table.AsOf);
        var (seconds, repeats) = (new List<uint>(), new GroupCount());
        for (var row = 0; row < visits.Count; row++)
        {
            var shows = OpenVisits.Of(scope, visits, row, partner < 0 ? Shown.Step : Shown.Partner, (s, p) => s == step && (partner < 0 || p == partner) ? 0 : -1) == 0;
            if (shows && (inWork is null || ((visits.Marks[row] & VisitMarks.InWork) != 0) == inWork))
            {
                var clock = scope.Table.Chains[scope.Table.Steps[visits.Step[row]].Chain].Clock;
                seconds.Add(clock.Between(visits.Offered[row], inWork == true ? visits.Started[row] : now));
                repeats.Add(1 + visits.Case[row]);
            }
        }

        return new(seconds.ToArray(), repeats.Repeats, repeats.Most);
    }
}
