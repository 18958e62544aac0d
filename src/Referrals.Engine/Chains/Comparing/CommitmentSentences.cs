using System.Diagnostics;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>What a partner takes on, in words to the partner.</summary>
internal static class CommitmentSentences
{
    /// <summary>One sentence for each thing.</summary>
    public static IEnumerable<LocalText> Of(Commitment c, ChainNames names, OrganisationId coordinator)
    {
        var service = names.Service(c.Service);
        yield return new($"Leistung: {service.De}.", $"Service: {service.En()}.");
        yield return Turn(c);
        var acknowledge = Wording.Days(c.AcknowledgeWithin);
        yield return new(
            $"Ein Angebot ist innerhalb von {Dative(acknowledge.De)} zu bestätigen.", $"An offer is to be acknowledged within {acknowledge.En()}.");
        yield return c.CompleteWithin is { } days
            ? new($"Nach der Zusage bleiben {Wording.Days(days).De} bis zum Abschluss.", $"After acceptance there are {Wording.Days(days).En()} to complete it.")
            : new("Für den Abschluss ist keine Frist vereinbart.", "No time for completing is agreed.");
        yield return c.RemindBefore switch
        {
            null => new("Eine Erinnerung gibt es nicht.", "There is no reminder."),
            0 => new("Erinnert wird am letzten Tag jeder Frist.", "There is a reminder on the last day of each deadline."),
            { } before => new($"Erinnert wird {Wording.Days(before).De} vor dem Ende jeder Frist.", $"There is a reminder {Wording.Days(before).En()} before each deadline."),
        };
        var told = names.Organisation(coordinator);
        yield return c.EscalateAfter switch
        {
            null => new("Eine verstrichene Frist wird niemandem gemeldet.", "Nobody is told of a missed deadline."),
            0 => new($"{told} erfährt sofort von einer verstrichenen Frist.", $"{told} is told of a missed deadline at once."),
            { } after => new(
                $"{told} erfährt {Wording.Days(after).De} nach Ablauf von einer verstrichenen Frist.", $"{told} is told of a missed deadline after {Wording.Days(after).En()}."),
        };
        yield return c.Learns.Count == 0
            ? new("Zum Fall ist nichts weiter bekannt als eine kurze Notiz, wo eine geschrieben wurde.", "Nothing is known of the case but a short note, where one was written.")
            : new($"Zum Fall ist bekannt: {De(c.Learns)}; dazu eine kurze Notiz, wo eine geschrieben wurde.", $"What is known of the case: {En(c.Learns)}; and a short note, where one was written.");
        yield return c.Feedback switch
        {
            Feedback.TookPlace => new(
                $"Gewählt wird am Ende eines von diesen Ergebnissen: {De(c.Outcomes)}. Die fallführende Stelle erfährt davon nur, ob die Leistung stattfand.",
                $"In the end one of these outcomes is chosen: {En(c.Outcomes)}. The case holder is told of it only whether the service took place."),
            Feedback.OutcomeAndFacts => new(
                $"Zurückgemeldet wird das Ergebnis ({De(c.Outcomes)}){(c.Returns.Count == 0 ? "" : $" und dazu: {De(c.Returns)}")}.",
                $"The outcome is reported ({En(c.Outcomes)}){(c.Returns.Count == 0 ? "" : $", and: {En(c.Returns)}")}."),
            _ => throw new UnreachableException(),
        };
        yield return Decline(c);
        if (c.Secrecy)
        {
            yield return new(
                "Angeboten wird nur, wenn die Person von der Schweigepflicht entbunden hat (§ 203 StGB).", "It is offered only where the client released from professional secrecy (§ 203 StGB).");
        }
    }

    /// <summary>Who may be offered the step, and how.</summary>
    public static LocalText Partners(ChainNode.Step step, ChainNames names)
    {
        var (offer, partners) = (Wording.Offer(step.Offer), names.List(step.Partners));
        return step.Partners.Count == 1
            ? new($"Partner: {partners}.", $"Partner: {partners}.")
            : new($"Partner: {partners}; gefragt werden sie so: {offer.De}.", $"Partners: {partners}; they are asked {offer.En()}.");
    }

    private static LocalText Turn(Commitment c) => c switch
    {
        { Partners: 1 } => new("Der Schritt wird nur hier angeboten.", "The step is offered to this organisation only."),
        { Offer: OfferMode.InOrder } => new($"Gefragt wird nacheinander, hier als {c.Place}. von {c.Partners}.", $"Partners are asked one after the other, this one as number {c.Place} of {c.Partners}."),
        { Offer: OfferMode.FirstToAccept } => new($"{c.Partners} Partner werden zugleich gefragt; die erste Zusage zählt.", $"{c.Partners} partners are asked at once; the first acceptance wins."),
        { Offer: OfferMode.Chosen } => new($"Die Fachkraft wählt unter {c.Partners} Partnern.", $"The caseworker chooses among {c.Partners} partners."),
        _ => throw new UnreachableException(),
    };

    // Where there is no other partner to ask, it comes back to the caseworker.
    private static LocalText Decline(Commitment c)
    {
        var decline = Wording.Decline(c.OnDecline);
        return c is { Partners: 1, OnDecline: DeclinePath.NextPartner }
            ? new("Bei einer Ablehnung entscheidet die Fachkraft, wie es weitergeht: Einen anderen Partner nennt die Kette hier nicht.", "When declined the caseworker decides how to go on: the chain names no other partner here.")
            : new($"Bei einer Ablehnung: {decline.De}.", $"When declined: {decline.En()}.");
    }

    private static string Dative(string days) => days.EndsWith("tag", StringComparison.Ordinal) ? days : days + "n";

    private static string De(IReadOnlyList<CodeTitle> titles) => string.Join(", ", titles.Select(t => t.Title.De));

    private static string En(IReadOnlyList<CodeTitle> titles) => string.Join(", ", titles.Select(t => t.Title.En()));
}
