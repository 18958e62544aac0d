using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// How long visits took, month by month, as a cloud of dots. No dot is one visit: those that count with a month are ordered by how long they took and
/// cut into groups of at least the threshold; each group is one dot at its mean. So the shape of the distribution is seen, and a dot never
/// stands for fewer than the threshold.
/// </summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Dots">Dots in order of months and days.</param>
public sealed record Dotted(Frame Frame, IReadOnlyList<Dot> Dots);

/// <summary>A dot.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Days">Mean of those it stands for, from the offer to the end without pauses, to the hour.</param>
/// <param name="N">How many it stands for.</param>
public sealed record Dot(DateOnly Month, double Days, int N);

/// <summary>Makes the <see cref="Dotted"/> chart.</summary>
internal static class DottedFigures
{
    private const int MostDots = 3_000;
    private const double Hours = 24;

    public static Dotted Of(Scope scope, int step, int partner)
    {
        var steps = step < 0 ? scope.StepKeys(0) : scope.OnlyStep(step);
        var partners = partner < 0 ? scope.PartnerKeys() : scope.OnlyPartner(partner);
        using var took = Scan.Gather(scope.Table, scope.Visits(scope.MonthCount, steps, partners, 1), default(Took));
        var most = took.Total / MostDots;
        var dots = new List<Dot>();
        for (var month = 0; month < took.Groups; month++)
        {
            if (scope.Law.TellsMean(took[month]))
            {
                var first = Months.First(scope.First + month);
                var size = Math.Max(scope.Law.Width(took[month]), most);
                dots.AddRange(ToldCurves.Batches(took[month].Seconds, size).Select(b => new Dot(first, Math.Round(b.Mean / Moments.Day * Hours) / Hours, b.N)));
            }
        }

        return new(scope.Frame, dots);
    }
}
