using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>Durations and choices as life spreads them, from the seed.</summary>
internal static class Spread
{
    /// <summary>Mostly short, sometimes long; with this mean.</summary>
    public static double Exponential(this Dice dice, double mean, params ReadOnlySpan<string> about) => -mean * Math.Log(1 - dice.Roll(about));

    /// <summary>Half of them below the median; <paramref name="sigma"/> says how far they differ.</summary>
    public static double Around(this Dice dice, double median, double sigma, params ReadOnlySpan<string> about)
    {
        // The logistic distribution, close to the normal one and needing one roll only.
        var roll = Math.Clamp(dice.Roll(about), 0.002, 0.998);
        return median * Math.Exp(sigma * 0.5513 * Math.Log(roll / (1 - roll)));
    }

    /// <summary>Anywhere between.</summary>
    public static double Within(this Dice dice, double least, double most, params ReadOnlySpan<string> about) => least + ((most - least) * dice.Roll(about));

    /// <summary>One of these, the heavier the likelier.</summary>
    public static T Weighted<T>(this Dice dice, IReadOnlyList<(T What, double Weight)> from, params ReadOnlySpan<string> about)
    {
        var left = dice.Roll(about) * from.Sum(f => f.Weight);
        foreach (var (what, weight) in from)
        {
            left -= weight;
            if (left < 0)
            {
                return what;
            }
        }

        return from[^1].What;
    }
}
