namespace Referrals.Browser.Tests.Scenery;

/// <summary>A page in one state, as one person sees it: what screenshots and accessibility checks go through.</summary>
/// <param name="Name">Name of the picture.</param>
/// <param name="Route">Pattern of the page's route as mapped.</param>
/// <param name="Who">Login of who looks; null: nobody is signed in.</param>
/// <param name="Reach">Opens the page in that state, signed in already.</param>
internal sealed record Scene(string Name, string Route, string? Who, Func<Person, Task> Reach)
{
    /// <summary>Whether it is seen in the network that has a year behind it, rather than in the one of the story.</summary>
    public bool AfterAYear { get; init; }

    /// <summary>A page at an address.</summary>
    /// <param name="name">Name of the picture.</param>
    /// <param name="route">Pattern of its route.</param>
    /// <param name="who">Who looks.</param>
    /// <param name="url">The address; null: the pattern, which then has no parameters.</param>
    public static Scene At(string name, string route, string? who = null, string? url = null) => new(name, route, who, person => person.OpenAsync(url ?? route));

    /// <summary>A page that a link in a list leads to: the first one whose row holds this text.</summary>
    public static Scene Row(string name, string route, string who, string list, string text, Func<Person, Task>? then = null) => new(name, route, who, async person =>
    {
        await person.OpenAsync(list);
        await person.Page.Locator("main table tbody tr", new PageLocatorOptions { HasText = text }).Locator("a").First.ClickAsync();
        await person.Page.WaitForURLAsync(u => !new Uri(u).PathAndQuery.Equals(list, StringComparison.Ordinal));
        await (then?.Invoke(person) ?? Task.CompletedTask);
    });

    /// <inheritdoc/>
    public override string ToString() => Name;
}
