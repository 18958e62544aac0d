using System.Diagnostics;
using System.Globalization;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>Words for the parts of a chain, in both languages.</summary>
internal static class Wording
{
    /// <summary>English, where somebody wrote it.</summary>
    public static string En(this LocalText text) => text.En ?? text.De;

    /// <summary>What a node is called: its title, else its steps, else its code.</summary>
    public static LocalText Name(this ChainNode node)
    {
        if (node.Title is { } title)
        {
            return title;
        }

        var steps = node.SelfAndDescendants().OfType<ChainNode.Step>().Where(s => s.Title is not null).Select(s => s.Title!).Take(3).ToList();
        return steps.Count == 0
            ? new LocalText(node.Id.Value, node.Id.Value)
            : new LocalText(string.Join(" / ", steps.Select(s => s.De)), string.Join(" / ", steps.Select(s => s.En())));
    }

    /// <summary>What kind of node it is.</summary>
    public static LocalText Form(ChainNode node) => node switch
    {
        ChainNode.Sequence => new("Abfolge", "sequence"),
        ChainNode.Parallel => new("gleichzeitiger Teil", "parallel part"),
        ChainNode.Choice => new("Auswahl", "choice"),
        ChainNode.Optional => new("optionaler Teil", "optional part"),
        ChainNode.Repeat => new("Wiederholung", "repeat"),
        ChainNode.Step => new("Schritt", "step"),
        _ => throw new UnreachableException(),
    };

    /// <summary>A number of working days.</summary>
    public static LocalText Days(int days) => days == 1 ? new("1 Arbeitstag", "1 working day") : new($"{days} Arbeitstage", $"{days} working days");

    /// <summary>Who is offered a step.</summary>
    public static LocalText Offer(OfferMode mode) => mode switch
    {
        OfferMode.InOrder => new("nacheinander", "one after the other"),
        OfferMode.FirstToAccept => new("allen zugleich, wer zuerst zusagt", "all at once, the first to accept"),
        OfferMode.Chosen => new("wen die Fachkraft auswählt", "whom the caseworker chooses"),
        _ => throw new UnreachableException(),
    };

    /// <summary>What happens when a partner declines.</summary>
    public static LocalText Decline(DeclinePath path) => path switch
    {
        DeclinePath.NextPartner => new("der nächste Partner wird gefragt", "the next partner is asked"),
        DeclinePath.BackToCaseworker => new("zurück zur Fachkraft", "back to the caseworker"),
        DeclinePath.Skip => new("der Schritt entfällt", "the step is skipped"),
        _ => throw new UnreachableException(),
    };

    /// <summary>How much comes back.</summary>
    public static LocalText Feedback(Feedback feedback) => feedback switch
    {
        Chains.Feedback.TookPlace => new("nur, ob es stattfand", "only whether it took place"),
        Chains.Feedback.OutcomeAndFacts => new("Ergebnis und Angaben", "outcome and facts"),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether a release from professional secrecy is needed.</summary>
    public static LocalText Secrecy(bool isNeeded) => isNeeded ? new("nötig", "needed") : new("nicht nötig", "not needed");

    /// <summary>A fact's title; its name where it is not declared.</summary>
    public static LocalText Fact(ChainVersion chain, string name) => chain.FindFact(name)?.Title ?? new LocalText(name, name);

    /// <summary>A number as data; empty for none.</summary>
    public static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
