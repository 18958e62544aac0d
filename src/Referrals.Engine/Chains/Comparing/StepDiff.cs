using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>What differs in a step that both versions have.</summary>
internal static class StepDiff
{
    /// <summary>Notes every difference.</summary>
    public static void Compare(ChainNode.Step was, ChainNode.Step now, Differences found)
    {
        var (title, both) = (now.Name(), was.Partners.Concat(now.Partners).Distinct().ToList());
        var (de, en) = ($"Schritt „{title.De}“", $"Step “{title.En()}”");
        if (was.Service != now.Service)
        {
            var (old, young) = (found.Names.Service(was.Service), found.Names.Service(now.Service));
            Change(DifferenceParts.Service, was.Service, now.Service, "Leistung", "service", old, young);
        }

        Partners(was, now, found, de, en);
        Change(DifferenceParts.Offer, Code(was.Offer), Code(now.Offer), "angeboten wird", "offered to", Wording.Offer(was.Offer), Wording.Offer(now.Offer));
        Times(was, now, Change);
        Change(DifferenceParts.OnDecline, Code(was.OnDecline), Code(now.OnDecline), "bei Ablehnung", "when declined", Wording.Decline(was.OnDecline), Wording.Decline(now.OnDecline));
        found.Lists(
            now.Id, DifferenceParts.Outcome, was.Outcomes, now.Outcomes, _ => both,
            code => Words(code, found.After.TitleOf(code), "als Ergebnis ist neu möglich", "a new outcome is possible"),
            code => Words(code, found.Before.TitleOf(code), "als Ergebnis entfällt", "an outcome is gone"),
            () => new($"{de}: Die Ergebnisse stehen in anderer Reihenfolge.", $"{en}: the outcomes are in another order."));
        Facts(DifferenceParts.PassFact, was.PassFacts, now.PassFacts, "Partner erfahren zusätzlich", "partners also learn", "Partner erfahren nicht mehr", "partners no longer learn");
        Facts(DifferenceParts.ReturnFact, was.ReturnFacts, now.ReturnFacts, "zurück kommt zusätzlich", "what also comes back", "zurück kommt nicht mehr", "what no longer comes back");
        Change(DifferenceParts.Feedback, Code(was.Feedback), Code(now.Feedback), "Rückmeldung", "feedback", Wording.Feedback(was.Feedback), Wording.Feedback(now.Feedback));

        Change(DifferenceParts.Secrecy, was.Secrecy ? "true" : "", now.Secrecy ? "true" : "", "Entbindung von der Schweigepflicht", "release from professional secrecy", Wording.Secrecy(was.Secrecy), Wording.Secrecy(now.Secrecy));

        LocalText Words(string code, LocalText about, string german, string english) => new($"{de}: {german}: „{about.De}“.", $"{en}: {english}: “{about.En()}”.");

        void Facts(string what, IReadOnlyList<string> old, IReadOnlyList<string> young, string moreDe, string moreEn, string lessDe, string lessEn) => found.Lists(
            now.Id, what, old, young, _ => both,
            name => Words(name, Wording.Fact(found.After, name), moreDe, moreEn),
            name => Words(name, Wording.Fact(found.Before, name), lessDe, lessEn),
            () => new($"{de}: Die Angaben stehen in anderer Reihenfolge.", $"{en}: the facts are in another order."));

        void Change(string what, string old, string young, string german, string english, LocalText oldWords, LocalText newWords)
        {
            if (old != young)
            {
                found.Add(
                    DifferenceKind.Changed, now.Id, what, old.Length == 0 ? null : old, young.Length == 0 ? null : young, both,
                    $"{de}: {german}: bisher {oldWords.De}, jetzt {newWords.De}.", $"{en}: {english}: {oldWords.En()} before, now {newWords.En()}.");
            }
        }
    }

    private static void Times(ChainNode.Step was, ChainNode.Step now, Action<string, string, string, string, string, LocalText, LocalText> change)
    {
        Time(DifferenceParts.AcknowledgeWithin, was.AcknowledgeWithin, now.AcknowledgeWithin, "Zeit zum Bestätigen", "time for acknowledging", Within);
        Time(DifferenceParts.CompleteWithin, was.CompleteWithin, now.CompleteWithin, "Zeit bis zum Abschluss", "time for completing", Within);
        Time(DifferenceParts.RemindBefore, was.RemindBefore, now.RemindBefore, "Erinnerung", "reminder", Before);
        Time(DifferenceParts.EscalateAfter, was.EscalateAfter, now.EscalateAfter, "Meldung an die koordinierende Stelle", "escalation to the coordinator", After);

        void Time(string what, int? old, int? young, string de, string en, Func<int?, LocalText> words) =>
            change(what, Wording.Number(old), Wording.Number(young), de, en, words(old), words(young));
    }

    private static LocalText Within(int? days) => days is { } d ? Wording.Days(d) : new("keine vereinbart", "none agreed");

    private static LocalText Before(int? days) => days switch
    {
        null => new("keine", "none"),
        0 => new("am letzten Tag der Frist", "on the last day"),
        { } d => new($"{Wording.Days(d).De} vor Ablauf", $"{Wording.Days(d).En()} before the end"),
    };

    private static LocalText After(int? days) => days switch
    {
        null => new("keine", "none"),
        0 => new("sofort bei Ablauf", "at the deadline"),
        { } d => new($"{Wording.Days(d).De} nach Ablauf", $"{Wording.Days(d).En()} after the deadline"),
    };

    private static void Partners(ChainNode.Step was, ChainNode.Step now, Differences found, string de, string en)
    {
        var all = was.Partners.Concat(now.Partners).Distinct().ToList();
        found.Lists(
            now.Id, DifferenceParts.Partner, [.. was.Partners.Select(p => p.Value)], [.. now.Partners.Select(p => p.Value)], _ => all,
            code => new($"{de}: {found.Names.Organisation(new(code))} kommt als Partner dazu.", $"{en}: {found.Names.Organisation(new(code))} is a new partner."),
            code => new($"{de}: {found.Names.Organisation(new(code))} ist nicht mehr Partner.", $"{en}: {found.Names.Organisation(new(code))} is no partner any more."),
            () => new(
                $"{de}: andere Reihenfolge der Partner: {found.Names.List(now.Partners)}.", $"{en}: the partners are in another order: {found.Names.List(now.Partners)}."),
            DifferenceParts.PartnerOrder);
    }

    private static string Code<T>(T value)
        where T : struct, Enum => JsonSerializer.Serialize(value, EventCodec.Json).Trim('"');
}
