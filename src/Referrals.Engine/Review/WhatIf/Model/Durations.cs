using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.WhatIf.Running;

namespace Referrals.Engine.Review.WhatIf.Model;

/// <summary>Where a distribution comes from.</summary>
public enum Origin
{
    /// <summary>Resampled from what was seen at this very place.</summary>
    Seen,

    /// <summary>A log-normal curve through the few that were seen at this place.</summary>
    Curve,

    /// <summary>From the same step at all its partners, or from the whole network.</summary>
    Pooled,

    /// <summary>Set by hand, or nothing known: no time passes.</summary>
    Given,
}

/// <summary>
/// How long something takes, in working days, as a table of equally likely values: drawn from by a uniform number, the greater the longer.
/// </summary>
public sealed class Durations
{
    /// <summary>With fewer the values themselves are too few to be drawn from again.</summary>
    public const int Enough = 20;

    /// <summary>With fewer not even a curve is drawn through them.</summary>
    public const int Few = 8;

    private const int Points = 1024;
    private const double Least = 1.0 / 86_400;

    private readonly double[] _values;

    private Durations(double[] values, int count, Origin origin)
    {
        (_values, Count, Origin) = (values, count, origin);
        Mean = values.Average();
    }

    /// <summary>No time at all.</summary>
    public static Durations None { get; } = new([0], 0, Origin.Given);

    /// <summary>How many ended ones it rests on.</summary>
    public int Count { get; }

    /// <summary>Where it comes from.</summary>
    public Origin Origin { get; }

    /// <summary>The mean, in working days.</summary>
    public double Mean { get; }

    /// <summary>Exponential with this mean: mostly short, sometimes long.</summary>
    public static Durations Exponential(double mean) => From(u => -mean * Math.Log(1 - u), 0, Origin.Given);

    /// <summary>Log-normal with this median and spread (standard deviation of the logarithm).</summary>
    public static Durations LogNormal(double median, double spread) => From(u => median * Math.Exp(spread * Normal.Quantile(u)), 0, Origin.Given);

    /// <summary>Always the same.</summary>
    public static Durations Always(double length) => new([length], 0, Origin.Given);

    /// <summary>
    /// From what was seen, those that were still open counted as lasting at least as long (Kaplan–Meier): as seen where there is enough, a
    /// log-normal curve where there are few.
    /// </summary>
    /// <param name="lengths">How long each took or had taken when last seen.</param>
    /// <param name="ended">Whether it had ended then.</param>
    /// <returns>The distribution; null where fewer than <see cref="Few"/> ended.</returns>
    public static Durations? Of(IReadOnlyList<double> lengths, IReadOnlyList<bool> ended)
    {
        var count = ended.Count(e => e);
        return count < Few ? null : count < Enough ? Curve(lengths, ended, count) : Table(lengths, ended, count);
    }

    /// <summary>The same, marked as borrowed from a wider group.</summary>
    public Durations AsPooled() => new(_values, Count, Origin.Pooled);

    /// <summary>A length.</summary>
    /// <param name="uniform">From 0 to below 1.</param>
    public double Sample(double uniform) => _values[(int)(uniform * _values.Length)];

    /// <summary>A length for something that has lasted this long already, no shorter than that.</summary>
    public double SampleBeyond(double elapsed, double uniform)
    {
        var (from, to) = (0, _values.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _values[middle] <= elapsed ? (middle + 1, to) : (from, middle);
        }

        return from == _values.Length
            ? elapsed - (Math.Max(Mean, Least) * Math.Log(1 - uniform))
            : _values[from + (int)(uniform * (_values.Length - from))];
    }

    private static Durations From(Func<double, double> quantile, int count, Origin origin) =>
        new([.. Enumerable.Range(0, Points).Select(i => quantile((i + 0.5) / Points))], count, origin);

    private static Durations Curve(IReadOnlyList<double> lengths, IReadOnlyList<bool> ended, int count)
    {
        var logs = lengths.Where((_, i) => ended[i]).Select(l => Math.Log(Math.Max(Least, l))).ToList();
        var mean = logs.Average();
        var spread = Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (count - 1));
        return From(u => Math.Exp(mean + (spread * Normal.Quantile(u))), count, Origin.Curve);
    }

    // What lies beyond the longest that ended goes on as an exponential with the rate of all together.
    private static Durations Table(IReadOnlyList<double> lengths, IReadOnlyList<bool> ended, int count)
    {
        var curve = KaplanMeier.Of([.. lengths], [.. ended]);
        var (mean, at, last) = (lengths.Sum() / count, 0, curve.Steps[^1]);
        return From(
            u =>
            {
                while (at < curve.Steps.Count && curve.Steps[at].Survival > 1 - u)
                {
                    at++;
                }

                return at < curve.Steps.Count ? curve.Steps[at].Time : last.Time - (mean * Math.Log((1 - u) / last.Survival));
            },
            count,
            Origin.Seen);
    }
}
