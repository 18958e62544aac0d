using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>What differs in a chain outside of its tree.</summary>
internal static class HeadDiff
{
    /// <summary>Notes every difference. The number of the version is none.</summary>
    public static void Compare(Differences found)
    {
        var (was, now) = (found.Before, found.After);
        Change(DifferenceParts.Id, was.Id.Value, now.Id.Value, "Kennung der Kette", "code of the chain");
        Texts(DifferenceParts.Title, was.Title, now.Title, "Titel der Kette", "title of the chain");
        Texts(DifferenceParts.Description, was.Description, now.Description, "Beschreibung der Kette", "description of the chain");
        Change(DifferenceParts.FederalState, was.FederalState, now.FederalState, "Bundesland, dessen Feiertage zählen", "federal state whose public holidays count");
        if (was.KeepsNames != now.KeepsNames)
        {
            found.Add(
                DifferenceKind.Changed, null, DifferenceParts.KeepsNames, was.KeepsNames ? "true" : "false", now.KeepsNames ? "true" : "false", found.Everybody,
                now.KeepsNames ? "Namen von Fachkräften und Einrichtungen dürfen jetzt mit Begründung in Notizen stehen." : "Namen dürfen nicht mehr in Notizen stehen.",
                now.KeepsNames ? "Names of professionals and services may now stay in notes, with a reason." : "Names may stay in notes no more.");
        }

        if (was.Coordinator != now.Coordinator)
        {
            var (old, young) = (found.Names.Organisation(was.Coordinator), found.Names.Organisation(now.Coordinator));
            found.Add(
                DifferenceKind.Changed, null, DifferenceParts.Coordinator, was.Coordinator.Value, now.Coordinator.Value,
                found.Everybody.Append(was.Coordinator).Append(now.Coordinator),
                $"Koordinierende Stelle: bisher {old}, jetzt {young}.", $"Coordinator: {old} before, now {young}.");
        }

        Facts(found);
        Outcomes(found);

        void Texts(string what, LocalText? old, LocalText? young, string de, string en)
        {
            if (old != young)
            {
                found.Add(
                    DifferenceKind.Changed, null, what, old?.De, young?.De, found.Everybody,
                    $"{Upper(de)}: bisher {Quoted(old?.De, "keine")}, jetzt {Quoted(young?.De, "keine")}{(old?.De == young?.De ? " (englisch geändert)" : "")}.",
                    $"{Upper(en)}: {Quoted(old?.En(), "none")} before, now {Quoted(young?.En(), "none")}.");
            }
        }

        void Change(string what, string old, string young, string de, string en)
        {
            if (old != young)
            {
                found.Add(DifferenceKind.Changed, null, what, old, young, found.Everybody, $"{Upper(de)}: bisher {old}, jetzt {young}.", $"{Upper(en)}: {old} before, now {young}.");
            }
        }
    }

    private static void Facts(Differences found)
    {
        var (was, now) = (found.Before, found.After);
        found.Lists(
            null, DifferenceParts.Fact, [.. was.Facts.Select(f => f.Name)], [.. now.Facts.Select(f => f.Name)], name => Concerned(found, name),
            name => new($"Neue Angabe zum Fall: „{Wording.Fact(now, name).De}“.", $"New fact of a case: “{Wording.Fact(now, name).En()}”."),
            name => new($"Die Angabe „{Wording.Fact(was, name).De}“ entfällt.", $"The fact “{Wording.Fact(was, name).En()}” is gone."),
            () => new("Die Angaben zum Fall stehen in anderer Reihenfolge.", "The facts of a case are in another order."));
        foreach (var (old, young) in was.Facts.Join(now.Facts, f => f.Name, f => f.Name, (a, b) => (a, b)))
        {
            var (a, b) = (JsonSerializer.Serialize(old, EventCodec.Json), JsonSerializer.Serialize(young, EventCodec.Json));
            if (a != b)
            {
                var required = old.Required == young.Required ? new LocalText("", "")
                    : young.Required ? new LocalText(" Sie muss jetzt vor dem Start bekannt sein.", " It must now be known before a referral starts.")
                    : new LocalText(" Sie muss vor dem Start nicht mehr bekannt sein.", " It need no longer be known before a referral starts.");
                found.Add(
                    DifferenceKind.Changed, null, DifferenceParts.Fact, a, b, Concerned(found, young.Name),
                    $"Die Angabe „{young.Title.De}“ ist anders festgelegt.{required.De}", $"The fact “{young.Title.En()}” is declared otherwise.{required.En()}");
            }
        }
    }

    private static void Outcomes(Differences found)
    {
        var (was, now) = (found.Before, found.After);
        found.Lists(
            null, DifferenceParts.Outcome, [.. was.Outcomes.Select(o => o.Code)], [.. now.Outcomes.Select(o => o.Code)], code => Reporting(found, code),
            code => new($"Neues eigenes Ergebnis der Kette: „{now.TitleOf(code).De}“.", $"New outcome of the chain: “{now.TitleOf(code).En()}”."),
            code => new($"Das eigene Ergebnis „{was.TitleOf(code).De}“ entfällt.", $"The outcome “{was.TitleOf(code).En()}” is gone."),
            () => new("Die eigenen Ergebnisse der Kette stehen in anderer Reihenfolge.", "The chain's own outcomes are in another order."));
        foreach (var (old, young) in was.Outcomes.Join(now.Outcomes, o => o.Code, o => o.Code, (a, b) => (a, b)).Where(p => p.a.Title != p.b.Title))
        {
            found.Add(
                DifferenceKind.Changed, null, DifferenceParts.Outcome, old.Title.De, young.Title.De, Reporting(found, young.Code),
                $"Ein eigenes Ergebnis heißt anders: bisher „{old.Title.De}“, jetzt „{young.Title.De}“.",
                $"An outcome is called otherwise: “{old.Title.En()}” before, now “{young.Title.En()}”.");
        }
    }

    private static IEnumerable<OrganisationId> Concerned(Differences found, string fact) =>
        Steps(found).Where(s => s.PassFacts.Contains(fact) || s.ReturnFacts.Contains(fact)).SelectMany(s => s.Partners);

    private static IEnumerable<OrganisationId> Reporting(Differences found, string outcome) =>
        Steps(found).Where(s => s.Outcomes.Contains(outcome)).SelectMany(s => s.Partners);

    private static IEnumerable<ChainNode.Step> Steps(Differences found) => found.Before.Steps().Concat(found.After.Steps());

    private static string Quoted(string? text, string none) => text is null ? none : $"„{text}“";

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
