using System.Diagnostics;
using System.Globalization;

namespace Referrals.Engine.Chains.Formats;

/// <summary>What is agreed of a step, as a few German lines for the documentation field of other tools.</summary>
internal static class StepWords
{
    private const string Service = "Leistung: ";

    /// <summary>The code of the service that such lines name; null: they name none.</summary>
    public static string? ServiceIn(string? words) => words?.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(Service, StringComparison.Ordinal)) is { } line
        && Codes.IsCode(line[Service.Length..]) ? line[Service.Length..] : null;

    public static string Of(ChainNode.Step step, ChainVersion chain, Func<OrganisationId, string> name)
    {
        var lines = new List<string> { Service + step.Service, $"Partner: {string.Join(", ", step.Partners.Select(name))} ({Offer(step.Offer)})" };
        lines.Add($"Bei Ablehnung: {Decline(step.OnDecline)}");
        lines.Add($"Annehmen oder ablehnen: binnen {Days(step.AcknowledgeWithin)}");
        lines.AddRange(
        [
            .. step.CompleteWithin is { } complete ? [$"Abschließen: binnen {Days(complete)} nach der Annahme"] : Array.Empty<string>(),
            .. step.RemindBefore is { } remind ? [$"Erinnern: {Days(remind)} vor Ablauf"] : Array.Empty<string>(),
            .. step.EscalateAfter is { } escalate ? [$"Koordination informieren: {Days(escalate)} nach versäumter Frist"] : Array.Empty<string>(),
        ]);
        lines.Add($"Ergebnisse: {string.Join(", ", step.Outcomes.Select(code => ConditionWords.OutcomeTitle(code, chain)))}");
        AddFacts(lines, "Mitgegebene Angaben", step.PassFacts, chain);
        AddFacts(lines, "Zurückgemeldete Angaben", step.ReturnFacts, chain);
        lines.Add($"Rückmeldung: {(step.Feedback == Feedback.TookPlace ? "nur, dass es stattgefunden hat" : "Ergebnis und Angaben")}");
        if (step.Secrecy)
        {
            lines.Add("Schweigepflicht: nur mit Entbindung (§ 203 StGB)");
        }

        return string.Join('\n', lines);
    }

    public static string Days(int days) => days == 1 ? "1 Arbeitstag" : string.Create(CultureInfo.InvariantCulture, $"{days} Arbeitstage");

    private static void AddFacts(List<string> lines, string what, IReadOnlyList<string> facts, ChainVersion chain)
    {
        if (facts.Count > 0)
        {
            lines.Add($"{what}: {string.Join(", ", facts.Select(fact => chain.Facts.FirstOrDefault(f => f.Name == fact)?.Title.De ?? fact))}");
        }
    }

    private static string Offer(OfferMode offer) => offer switch
    {
        OfferMode.InOrder => "nacheinander",
        OfferMode.FirstToAccept => "allen zugleich, die erste Annahme gilt",
        OfferMode.Chosen => "die Fachkraft wählt",
        _ => throw new UnreachableException(),
    };

    private static string Decline(DeclinePath path) => path switch
    {
        DeclinePath.NextPartner => "nächster Partner",
        DeclinePath.BackToCaseworker => "zurück zur Fachkraft",
        DeclinePath.Skip => "Schritt entfällt",
        _ => throw new UnreachableException(),
    };
}
