namespace Referrals.Engine.Review.Figures;

/// <summary>A step of a survival curve: what holds from this time until the next step's.</summary>
/// <param name="Time">When it happened, in the unit of the times given.</param>
/// <param name="AtRisk">How many were still open just before, those censored at this very time among them.</param>
/// <param name="Events">How many ended at this time.</param>
/// <param name="Censored">How many were lost from sight from this time on, before the next step's.</param>
/// <param name="Survival">Share that is still open after it.</param>
/// <param name="Lower">Lower end of the confidence band.</param>
/// <param name="Upper">Upper end of the confidence band.</param>
public readonly record struct SurvivalStep(double Time, int AtRisk, int Events, int Censored, double Survival, double Lower, double Upper);

/// <summary>How long things stay open, those that are open still among them.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Events">How many of them ended.</param>
/// <param name="Median">When half of them have ended; null where the curve does not come down that far.</param>
/// <param name="MedianLower">Lower end of the median's confidence interval: when the band's lower end reaches one half.</param>
/// <param name="MedianUpper">Upper end of it; null where the band's upper end stays above one half.</param>
/// <param name="Steps">The steps in order of time; before the first one all are open.</param>
public sealed record SurvivalCurve(int Count, int Events, double? Median, double? MedianLower, double? MedianUpper, IReadOnlyList<SurvivalStep> Steps)
{
    /// <summary>The share that is still open after a time, in the unit of the times given.</summary>
    public double SurvivalAt(double time)
    {
        var (from, to) = (0, Steps.Count);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            (from, to) = Steps[middle].Time <= time ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? 1 : Steps[from - 1].Survival;
    }
}

/// <summary>
/// The estimator of Kaplan and Meier (1958, JASA 53) for times of which some are only known to be longer than what was seen (censored):
/// leaving open cases out would make waiting look shorter than it is.
/// </summary>
/// <remarks>
/// The band holds each point with 95 %: Greenwood's variance on the log-log scale (Kalbfleisch and Prentice), which stays between 0 and 1.
/// Where something ends and something is censored at the same time, the end comes first. Where nobody is left the variance
/// is not defined; the band then reaches from 0 to the upper end before. The median is the first time with a survival of at most one half.
/// </remarks>
public static class KaplanMeier
{
    // The 97.5th percentile of the standard normal distribution.
    private const double Normal = 1.959963984540054;

    // Products of fractions miss one half by rounding.
    private const double Rounding = 1e-12;

    /// <summary>The curve.</summary>
    /// <param name="times">How long each was open, in any unit; below zero is allowed (something that ended before it began).</param>
    /// <param name="ended">Whether it ended then; else it was open when last seen.</param>
    /// <exception cref="ArgumentException">The two differ in length, or a time is not a number.</exception>
    public static SurvivalCurve Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> ended)
    {
        if (times.Length != ended.Length)
        {
            throw new ArgumentException("every time needs to say whether it ended", nameof(ended));
        }

        var events = 0;
        for (var i = 0; i < times.Length; i++)
        {
            events += double.IsNaN(times[i]) ? throw new ArgumentException("a time is not a number", nameof(times)) : ended[i] ? 1 : 0;
        }

        // Sorting the two apart needs no keys carried along.
        var (ends, open) = (new double[events], new double[times.Length - events]);
        for (int i = 0, e = 0, o = 0; i < times.Length; i++)
        {
            _ = ended[i] ? ends[e++] = times[i] : open[o++] = times[i];
        }

        Array.Sort(ends);
        Array.Sort(open);
        return Of(ends, open);
    }

    /// <summary>The curve of times that were counted beforehand, for numbers too large to be sorted one by one.</summary>
    /// <param name="times">Times, each greater than the one before.</param>
    /// <param name="ended">How many ended at each.</param>
    /// <param name="censored">How many were open when last seen at each.</param>
    /// <exception cref="ArgumentException">The three differ in length, or the times do not rise.</exception>
    public static SurvivalCurve Of(ReadOnlySpan<double> times, ReadOnlySpan<int> ended, ReadOnlySpan<int> censored)
    {
        if (times.Length != ended.Length || times.Length != censored.Length)
        {
            throw new ArgumentException("every time needs to say how many ended and how many were open", nameof(ended));
        }

        var (left, events) = (0, 0);
        for (var i = 0; i < times.Length; i++)
        {
            _ = i > 0 && !(times[i] > times[i - 1]) ? throw new ArgumentException("times must rise", nameof(times)) : 0;
            (left, events) = (left + ended[i] + censored[i], events + ended[i]);
        }

        var (all, steps) = (left, new List<SurvivalStep>(times.Length));
        var (survival, sum, upper) = (1.0, 0.0, 1.0);
        for (var i = 0; i < times.Length; i++)
        {
            if (ended[i] > 0)
            {
                survival *= 1 - ((double)ended[i] / left);
                sum += left == ended[i] ? 0 : (double)ended[i] / ((double)left * (left - ended[i]));
                (var lower, upper) = left == ended[i] ? (0, upper) : Band(survival, sum);
                steps.Add(new SurvivalStep(times[i], left, ended[i], censored[i], survival, lower, upper));
            }
            else if (steps.Count > 0)
            {
                steps[^1] = steps[^1] with { Censored = steps[^1].Censored + censored[i] };
            }

            left -= ended[i] + censored[i];
        }

        return new SurvivalCurve(all, events, Half(steps, s => s.Survival), Half(steps, s => s.Lower), Half(steps, s => s.Upper), steps);
    }

    private static SurvivalCurve Of(double[] ends, double[] open)
    {
        var steps = new List<SurvivalStep>(Math.Min(ends.Length, 1024));
        var (survival, sum, upper, censored) = (1.0, 0.0, 1.0, 0);
        while (censored < open.Length && ends.Length > 0 && open[censored] < ends[0])
        {
            censored++;
        }

        for (int at = 0, next; at < ends.Length; at = next)
        {
            for (next = at + 1; next < ends.Length && ends[next] == ends[at]; next++)
            {
            }

            var (atRisk, count) = (ends.Length - at + open.Length - censored, next - at);
            survival *= 1 - ((double)count / atRisk);
            sum += atRisk == count ? 0 : (double)count / ((double)atRisk * (atRisk - count));
            (var lower, upper) = atRisk == count ? (0, upper) : Band(survival, sum);
            var before = censored;
            while (censored < open.Length && (next == ends.Length || open[censored] < ends[next]))
            {
                censored++;
            }

            steps.Add(new SurvivalStep(ends[at], atRisk, count, censored - before, survival, lower, upper));
        }

        return new SurvivalCurve(
            ends.Length + open.Length, ends.Length, Half(steps, s => s.Survival), Half(steps, s => s.Lower), Half(steps, s => s.Upper), steps);
    }

    private static (double Lower, double Upper) Band(double survival, double sum)
    {
        var width = Normal * Math.Sqrt(sum) / Math.Abs(Math.Log(survival));
        return (Math.Pow(survival, Math.Exp(width)), Math.Pow(survival, Math.Exp(-width)));
    }

    private static double? Half(List<SurvivalStep> steps, Func<SurvivalStep, double> of)
    {
        foreach (var step in steps)
        {
            if (of(step) <= 0.5 + Rounding)
            {
                return step.Time;
            }
        }

        return null;
    }
}
