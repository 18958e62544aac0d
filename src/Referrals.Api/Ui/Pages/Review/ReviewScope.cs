using Referrals.Engine;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>What of the review is looked at, as it stands in the address of every page of it. What can't be read counts as not asked.</summary>
/// <param name="Log">Name of an imported log; empty: the network's own history.</param>
/// <param name="Chain">A chain, or empty.</param>
/// <param name="Version">A version of it, or empty.</param>
/// <param name="From">First month, such as <c>2026-03</c>, or empty.</param>
/// <param name="To">Last month, or empty.</param>
public sealed record ReviewScope(string Log = "", string Chain = "", string Version = "", string From = "", string To = "")
{
    private const int MaxText = 80;

    /// <summary>Reads it from an address.</summary>
    public static ReviewScope Read(IQueryCollection query)
    {
        var asked = new ReviewScope(Code(query["log"]), Code(query["kette"]), Text(query["fassung"]), Text(query["von"]), Text(query["bis"]));
        return ReviewFilter.TryParse(asked.Chain, asked.Version, asked.From, asked.To, out _) ? asked : asked with { Version = "", From = "", To = "" };
    }

    /// <summary>What stands in the address.</summary>
    public IEnumerable<(string Name, string? Value)> Query => [("log", Log), ("kette", Chain), ("fassung", Version), ("von", From), ("bis", To)];

    /// <summary>A page of the review that looks at the same.</summary>
    public string At(string path, params IEnumerable<(string Name, string? Value)> more) => Links.With(path, [.. Query, .. more]);

    /// <summary>The filter for a table. Without months the latest twelve of the own history, and all of an imported log.</summary>
    public ReviewFilter For(ReviewTable table)
    {
        ReviewFilter.TryParse(Chain, Version, From, To, out var asked);
        return From.Length > 0 || To.Length > 0 || Log.Length > 0 ? asked : ReviewFilter.Latest(table.AsOf) with { Chain = asked.Chain, Version = asked.Version };
    }

    private static string Code(string? text) => Codes.IsCode(text) ? text! : "";

    private static string Text(string? text) => text?.Trim() is { Length: <= MaxText } given && !given.Any(char.IsControl) ? given : "";
}
