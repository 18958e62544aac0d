using Referrals.Engine.Network;

namespace Referrals.Api.Ui.Pages.Help;

/// <summary>An article of the help: its texts are <c>Help.Article.&lt;Id&gt;.Title</c>, <c>.1</c>, <c>.2</c> and so on.</summary>
/// <param name="Id">Part of the keys, and its place in the page.</param>
/// <param name="Roles">Whose work it explains; empty: everybody's.</param>
public sealed record HelpArticle(string Id, params IReadOnlyList<string> Roles)
{
    /// <summary>All of them, in the order of the work.</summary>
    public static IReadOnlyList<HelpArticle> All { get; } =
    [
        new("start", NetworkRoles.Caseworker),
        new("follow", NetworkRoles.Caseworker),
        new("answer", NetworkRoles.Caseworker),
        new("withdraw", NetworkRoles.Caseworker),
        new("inbox", NetworkRoles.Partner),
        new("respond", NetworkRoles.Partner),
        new("complete", NetworkRoles.Partner),
        new("capacity", NetworkRoles.Partner),
        new("agree", NetworkRoles.Partner, NetworkRoles.Coordinator),
        new("draw", NetworkRoles.Coordinator),
        new("escalations", NetworkRoles.Coordinator),
        new("card", NetworkRoles.Caseworker, NetworkRoles.Partner, NetworkRoles.Admin),
        new("people", NetworkRoles.Admin),
        new("letters", NetworkRoles.Admin),
        new("privacy"),
        new("account"),
        new("shortcuts"),
    ];

    /// <summary>What it says, in paragraphs.</summary>
    public IEnumerable<string> Paragraphs(Words words)
    {
        for (var i = 1; words.Find($"Help.Article.{Id}.{i}") is { } text; i++)
        {
            yield return text;
        }
    }

    /// <summary>Its title.</summary>
    public string Title(Words words) => words[$"Help.Article.{Id}.Title"];

    /// <summary>Whether it speaks of every word that is looked for.</summary>
    public bool Mentions(IEnumerable<string> search, Words words)
    {
        var text = string.Join(' ', [Title(words), .. Paragraphs(words)]);
        return search.All(w => text.Contains(w, StringComparison.CurrentCultureIgnoreCase));
    }
}

/// <summary>What the help shows.</summary>
/// <param name="Search">What is looked for, as typed.</param>
/// <param name="Own">Articles for the visitor's own work.</param>
/// <param name="Others">Articles for other people's work.</param>
public sealed record HelpModel(string Search, IReadOnlyList<HelpArticle> Own, IReadOnlyList<HelpArticle> Others);
