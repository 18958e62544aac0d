using System.Globalization;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>A page of a list that is small enough to be read whole.</summary>
/// <param name="Items">What stands on it.</param>
/// <param name="Before">Address of the page before, or null.</param>
/// <param name="After">Address of the page after, or null.</param>
public sealed record PagePart<T>(IReadOnlyList<T> Items, string? Before, string? After);

/// <summary>Cuts lists into pages.</summary>
public static class PagePart
{
    /// <summary>The page of that number, from 1; one that isn't there is the nearest that is.</summary>
    /// <param name="all">The list.</param>
    /// <param name="asked">The number as it stands in the address.</param>
    /// <param name="size">How many stand on a page.</param>
    /// <param name="url">Address of the page with that number; null: the first.</param>
    public static PagePart<T> Of<T>(IReadOnlyList<T> all, string? asked, int size, Func<string?, string> url)
    {
        var pages = Math.Max(1, (all.Count + size - 1) / size);
        var page = Math.Clamp(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1, 1, pages);
        string? Address(int to) => to < 1 || to > pages ? null : url(to == 1 ? null : to.ToString(CultureInfo.InvariantCulture));
        return new PagePart<T>([.. all.Skip((page - 1) * size).Take(size)], Address(page - 1), Address(page + 1));
    }
}
