namespace Referrals.Browser.Tests;

/// <summary>A page in one state, as one person sees it: what screenshots and accessibility checks go through.</summary>
/// <param name="Name">Name of the picture.</param>
/// <param name="Route">Pattern of the page's route as mapped.</param>
/// <param name="Who">Login of who looks; null: nobody is signed in.</param>
/// <param name="Reach">Opens the page in that state, signed in already.</param>
internal sealed record Scene(string Name, string Route, string? Who, Func<IPage, Task> Reach)
{
    /// <summary>A page at an address without parameters.</summary>
    public static Scene At(string name, string route, string? who = null) => new(name, route, who, page => page.GotoAsync(route));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
