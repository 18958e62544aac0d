using System.Globalization;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>What is compared: two periods, or two versions of a chain.</summary>
/// <param name="Sight">What is looked at; its months are the second period.</param>
/// <param name="ByVersion">Whether two versions are compared.</param>
/// <param name="First">The first side as a filter; null where there is nothing to compare.</param>
/// <param name="Second">The second side; null where there is nothing to compare.</param>
public sealed record ComparisonSight(ReviewSight Sight, bool ByVersion, ReviewFilter? First, ReviewFilter? Second)
{
    /// <summary>The word for comparing versions.</summary>
    public const string Versions = "fassungen";

    /// <summary>Reads what is compared; without a choice the period before, or the latest two versions.</summary>
    public static ComparisonSight Read(ReviewSight sight, IQueryCollection query)
    {
        if (query["art"] == Versions)
        {
            return OfVersions(sight, Number(query["erste"]), Number(query["zweite"]));
        }

        var second = sight.Filter with
        {
            FromMonth = (ushort)Math.Clamp(sight.Filter.FromMonth, sight.Frame.First, sight.Frame.Last),
            ToMonth = (ushort)Math.Clamp(sight.Filter.ToMonth, sight.Frame.First, sight.Frame.Last),
        };
        var asked = ReviewFilter.TryParse(sight.Scope.Chain, sight.Scope.Version, query["davon"], query["dabis"], out var first) && query["davon"].ToString().Length > 0;
        return new(sight, false, asked ? first : second.Before() is { } before && before.ToMonth >= sight.Frame.First ? before : null, second);
    }

    /// <summary>A month as the browser's field takes it.</summary>
    public static string Month(ushort month) => Months.First(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    // Versions are compared over the whole time: the old one has hardly any month in common with the new one.
    private static ComparisonSight OfVersions(ReviewSight sight, int first, int second)
    {
        var chain = sight.Figures.Chains().FirstOrDefault(c => c.Chain.Value == sight.Scope.Chain) ?? sight.Figures.Chains().FirstOrDefault(c => c.Versions.Count > 1);
        if (chain is not { Versions.Count: > 1 })
        {
            return new(sight, true, null, null);
        }

        var (one, other) = chain.Versions.Contains(first) && chain.Versions.Contains(second) && first != second ? (first, second) : (chain.Versions[^2], chain.Versions[^1]);
        ReviewFilter Of(int version) => ReviewFilter.All with { Chain = chain.Chain, Version = version };
        return new(sight with { Scope = sight.Scope with { Chain = chain.Chain.Value, Version = "" } }, true, Of(one), Of(other));
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
