using Referrals.Engine.Chains;

namespace Referrals.Api.Tests.Ui;

/// <summary>Gives a chain titles as people may write them at worst: compounds without end, blanks only, other scripts, markup.</summary>
public sealed class WildTitles(int seed)
{
    private static readonly string[] Pieces =
    [
        "Schuldner- und Insolvenzberatungsstelle", "Ausbildungsvorbereitung", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        "Kita", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "iiiii", "Übergang", "Straße/Weg/Pfad-zum-Ziel", "<b>&amp;\"'", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "漢字漢字漢字", "e\u0301\u0301\u0301",
        "§ 16a SGB II", "\u00ad\u200b", "Vor­ran­gig", "\ud83d", "ΑΒΓΔΕΖΗΘ", "–—…", "Psychosoziale Betreuung und Suchtberatung für Alleinerziehende im Landkreis",
    ];

    private readonly Random _random = new(seed);

    public ChainVersion Of(ChainVersion chain) => chain with { Title = Text(), Root = Node(chain.Root) };

    private ChainNode Node(ChainNode node) => node switch
    {
        ChainNode.Sequence s => s with { Title = Text(), Children = [.. s.Children.Select(Node)] },
        ChainNode.Parallel p => p with { Title = Text(), Children = [.. p.Children.Select(Node)] },
        ChainNode.Choice c => c with
        {
            Title = Text(),
            Branches = [.. c.Branches.Select(b => b with { Then = Node(b.Then) })],
            Otherwise = c.Otherwise is { } other ? Node(other) : null,
        },
        ChainNode.Optional o => o with { Title = Text(), Child = Node(o.Child) },
        ChainNode.Repeat r => r with { Title = Text(), Child = Node(r.Child) },
        ChainNode.Step s => s with { Title = Text() },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public LocalText Text() => new(string.Concat(Enumerable.Range(0, _random.Next(1, 7)).Select(_ =>
        Pieces[_random.Next(Pieces.Length)] + (_random.Next(3) == 0 ? "" : " "))));
}
