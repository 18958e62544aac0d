namespace Referrals.Api.Ui.Pages.Help;

/// <summary>The help: for everybody, what concerns the own work first.</summary>
internal static class HelpPages
{
    public static void Map(RouteGroupBuilder open) => open.MapGet(Links.Help, Show);

    private static IResult Show(string? q, Visitor visitor, Words words)
    {
        var search = (q ?? "").Trim();
        var found = HelpArticle.All.Where(a => a.Mentions(search.Split(' ', StringSplitOptions.RemoveEmptyEntries), words)).ToLookup(
            a => a.Roles.Count == 0 || visitor.Has(a.Roles));
        return Answer.With<HelpPage>(new HelpModel(search, [.. found[true]], [.. found[false]]));
    }
}
