using Referrals.Engine.Network;

namespace Referrals.Api.Ui.Layout;

/// <summary>An entry of the main navigation.</summary>
/// <param name="Text">Key of its text.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Roles">Who sees it; empty: everybody.</param>
public sealed record NavigationItem(string Text, string Href, params IReadOnlyList<string> Roles)
{
    /// <summary>What its pages' addresses begin with beside its own; null: nothing else.</summary>
    public string? Also { get; init; }

    private static readonly NavigationItem[] All =
    [
        new("Shell.Home", Links.Home),
        new("Shell.Inbox", Links.Inbox, NetworkRoles.Partner),
        new("Shell.Referrals", Links.Referrals, NetworkRoles.Caseworker),
        new("Shell.Escalations", Links.Escalations, NetworkRoles.Coordinator),
        new("Shell.Network", Links.Network),
        new("Shell.Agreements", Links.Agreements) { Also = Links.Chains },
        new("Shell.Review", Links.Review, NetworkRoles.Steering),
        new("Shell.AccessLog", Links.AccessLog, NetworkRoles.Officer),
        new("Shell.Administration", Links.Administration, NetworkRoles.Admin),
    ];

    /// <summary>What a visitor may see.</summary>
    public static IEnumerable<NavigationItem> For(Visitor visitor) => All.Where(i => i.Roles.Count == 0 || visitor.Has(i.Roles));

    /// <summary>The value of <c>aria-current</c> on a page with this path.</summary>
    public string? Current(string path) =>
        path == Href ? "page"
        : Href != Links.Home && (path.StartsWith(Href + "/", StringComparison.Ordinal) || (Also is { } also && path.StartsWith(also + "/", StringComparison.Ordinal))) ? "true"
        : null;
}
