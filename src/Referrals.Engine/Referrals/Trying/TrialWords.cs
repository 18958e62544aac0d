using System.Diagnostics;
using System.Globalization;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals.Trying;

/// <summary>What happens in a trial, in sentences: who gets what, by when.</summary>
/// <param name="trial">The trial.</param>
/// <param name="name">The name of an organisation.</param>
public sealed class TrialWords(Trial trial, Func<OrganisationId, string> name)
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private readonly Dictionary<AssignmentId, ReferralEvent.StepOffered> _offers =
        trial.Entries.Select(e => e.Happened).OfType<ReferralEvent.StepOffered>().ToDictionary(o => o.Assignment);

    /// <summary>What happened; null: nothing that anybody would notice.</summary>
    public LocalText? Of(ReferralEvent happened) => happened switch
    {
        ReferralEvent.Started => new("Die Überleitung beginnt.", "The referral begins."),
        ReferralEvent.StepOffered e => Offered(e),
        ReferralEvent.StepReceived => null,
        ReferralEvent.StepAcknowledged e => By(e.Assignment, "bestätigt", "acknowledges"),
        ReferralEvent.StepAccepted e => Accepted(e),
        ReferralEvent.StepDeclined e => By(e.Assignment, "lehnt ab:", "declines:"),
        ReferralEvent.StepCompleted e => Completed(e),
        ReferralEvent.StepReminded e => new($"{name(e.Partner)} wird erinnert: {De(Step(e.Assignment))}.", $"{name(e.Partner)} is reminded: {En(Step(e.Assignment))}."),
        ReferralEvent.StepEscalated e => new(
            $"{name(e.Coordinator)} erfährt, dass {name(e.Partner)} die Frist versäumt hat: {De(Step(e.Assignment))}.",
            $"{name(e.Coordinator)} is told that {name(e.Partner)} missed the time: {En(Step(e.Assignment))}."),
        ReferralEvent.OfferWithdrawn e => Withdrawn(e),
        ReferralEvent.StepSkipped e => new($"{De(Title(e.Step))} wird ausgelassen.", $"{En(Title(e.Step))} is left out."),
        ReferralEvent.PartDecided e => e.Included
            ? new($"{De(Title(e.Place.Node))} gehört dazu.", $"{En(Title(e.Place.Node))} is included.")
            : new($"{De(Title(e.Place.Node))} gehört nicht dazu.", $"{En(Title(e.Place.Node))} is not included."),
        ReferralEvent.PartnerChosen e => new($"Gewählt für {De(Title(e.Place.Node))}: {name(e.Partner)}.", $"Chosen for {En(Title(e.Place.Node))}: {name(e.Partner)}."),
        ReferralEvent.BranchTaken e => Branch(e),
        ReferralEvent.RoundEnded e => new(
            $"Runde {e.Round} ist zu Ende; {(e.Again ? "es folgt eine weitere" : "es folgt keine weitere")}.",
            $"Round {e.Round} has ended; {(e.Again ? "another one follows" : "no other follows")}."),
        ReferralEvent.Closed => new("Die Überleitung ist zu Ende.", "The referral has ended."),
        _ => throw new UnreachableException(),
    };

    /// <summary>A refusal of the engine in the words of a trial.</summary>
    internal static LocalText Of(ReferralRefusal refusal) => new(refusal.Code switch
    {
        "fact-missing" => "Eine Angabe fehlt, ohne die eine Überleitung nicht beginnen kann.",
        "fact-unknown" => "Diese Angabe kennt die Kette nicht.",
        "fact-value-not-allowed" => "Diese Angabe hat einen Wert, den die Kette nicht erlaubt.",
        "partner-not-agreed" => "Die Kette nennt diesen Partner für den Schritt nicht.",
        "step-with-partner" => "Der Schritt liegt schon bei einem Partner.",
        "part-decided" => "Darüber ist schon entschieden.",
        "step-ended" => "Der Schritt ist schon beendet.",
        _ => "Das geht an dieser Stelle nicht.",
    }, refusal.Message);

    private LocalText Offered(ReferralEvent.StepOffered e)
    {
        var (de, en) = (Facts(e.Facts, german: true), Facts(e.Facts, german: false));
        return new(
            $"{De(Title(e.Step))} wird {name(e.Partner)} angeboten, zu bestätigen bis {Day(e.AcknowledgeBy, German)}. {(de.Length == 0 ? "Erfährt keine Angaben." : $"Erfährt: {de}.")}",
            $"{En(Title(e.Step))} is offered to {name(e.Partner)}, to be acknowledged by {Day(e.AcknowledgeBy, CultureInfo.InvariantCulture)}. {(en.Length == 0 ? "Learns no facts." : $"Learns: {en}.")}");
    }

    private LocalText Accepted(ReferralEvent.StepAccepted e) => e.CompleteBy is { } by
        ? By(e.Assignment, "nimmt an:", "accepts:", $"; fertig bis {Day(by, German)}", $"; to be completed by {Day(by, CultureInfo.InvariantCulture)}")
        : By(e.Assignment, "nimmt an:", "accepts:");

    private LocalText Completed(ReferralEvent.StepCompleted e)
    {
        var (outcome, de, en) = (trial.Chain.TitleOf(e.Outcome), Facts(e.Facts, german: true), Facts(e.Facts, german: false));
        return By(e.Assignment, "schließt ab:", "completes:",
            $". Die Fallführung erfährt: {outcome.De}{(de.Length == 0 ? "" : $"; {de}")}", $". The case holder learns: {outcome.En ?? outcome.De}{(en.Length == 0 ? "" : $"; {en}")}");
    }

    private LocalText Withdrawn(ReferralEvent.OfferWithdrawn e) => e.Reason switch
    {
        WithdrawalReason.DeadlinePassed => new(
            $"{name(e.Partner)} hat nicht rechtzeitig bestätigt; das Angebot wird zurückgenommen: {De(Step(e.Assignment))}.",
            $"{name(e.Partner)} has not acknowledged in time; the offer is taken back: {En(Step(e.Assignment))}."),
        _ => new($"Das Angebot an {name(e.Partner)} wird zurückgenommen: {De(Step(e.Assignment))}.", $"The offer to {name(e.Partner)} is taken back: {En(Step(e.Assignment))}."),
    };

    private LocalText Branch(ReferralEvent.BranchTaken e)
    {
        var choice = (ChainNode.Choice)trial.Chain.Nodes().First(n => n.Id == e.Place.Node);
        var taken = e.Branch is not { } number ? null : number < choice.Branches.Count ? choice.Branches[number].Then : choice.Otherwise;
        var first = taken?.SelfAndDescendants().OfType<ChainNode.Step>().FirstOrDefault()?.Title;
        var (de, en) = (choice.Title is null ? "" : $" {De(choice.Title)}", choice.Title is null ? "" : $" {En(choice.Title)}");
        return first is null
            ? new($"Auswahl{de}: Keine Bedingung trifft zu, es geht ohne Schritt weiter.", $"Choice{en}: no condition holds, it goes on without a step.")
            : new($"Auswahl{de}: weiter mit {De(first)}.", $"Choice{en}: on with {En(first)}.");
    }

    private LocalText By(AssignmentId assignment, string de, string en, string andDe = "", string andEn = "") => new(
        $"{name(_offers[assignment].Partner)} {de} {De(Step(assignment))}{andDe}.", $"{name(_offers[assignment].Partner)} {en} {En(Step(assignment))}{andEn}.");

    private string Facts(IReadOnlyDictionary<string, FactValue> facts, bool german) => string.Join(", ", facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f =>
    {
        var declared = trial.Chain.FindFact(f.Key);
        var title = declared?.Title ?? new LocalText(f.Key);
        return $"{(german ? title.De : title.En ?? title.De)}: {Value(declared?.Type, f.Value, german)}";
    }));

    private static string Value(FactType? type, FactValue value, bool german) => value switch
    {
        FactValue.YesNo yes => (yes.Value, german) switch { (true, true) => "ja", (true, false) => "yes", (false, true) => "nein", _ => "no" },
        FactValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FactValue.Month month => month.First.ToString("MM/yyyy", CultureInfo.InvariantCulture),
        FactValue.Code code when (type as FactType.CodeList)?.Codes.FirstOrDefault(c => c.Code == code.Value)?.Title is { } title => german ? title.De : title.En ?? title.De,
        FactValue.Code code => code.Value,
        _ => throw new UnreachableException(),
    };

    // The day that a deadline ends.
    private static string Day(DateTimeOffset by, CultureInfo culture) => WorkingCalendar.LocalDay(by.AddTicks(-1)).ToString(culture == German ? "ddd dd.MM.yyyy" : "ddd yyyy-MM-dd", culture);

    private LocalText Step(AssignmentId assignment) => Title(_offers[assignment].Step);

    private LocalText Title(NodeId node) => trial.Chain.Nodes().FirstOrDefault(n => n.Id == node)?.Title ?? new LocalText(node.Value);

    private static string De(LocalText title) => $"„{title.De}“";

    private static string En(LocalText title) => $"“{title.En ?? title.De}”";
}
