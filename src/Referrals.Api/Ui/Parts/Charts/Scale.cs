namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>A scale from 0 up to a round number, with a few round marks.</summary>
public sealed record Scale
{
    private static readonly double[] Rounds = [1, 2, 2.5, 5, 10];

    /// <summary>The scale that holds all values up to <paramref name="most"/>.</summary>
    /// <param name="most">The largest value; 0 or less gives a scale to 1.</param>
    public Scale(double most)
    {
        var rough = (most > 0 ? most : 1) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Rounds.First(r => r * power >= rough) * power;
        var count = (int)Math.Ceiling(Math.Max(most, step) / step - 1e-9);
        Top = count * step;
        Marks = [.. Enumerable.Range(0, count + 1).Select(i => i * step)];
    }

    /// <summary>The end of the scale.</summary>
    public double Top { get; }

    /// <summary>The marks, 0 and <see cref="Top"/> among them.</summary>
    public IReadOnlyList<double> Marks { get; }
}
