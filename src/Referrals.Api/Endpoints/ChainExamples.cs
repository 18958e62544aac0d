using Referrals.Api.Requests;
using Referrals.Api.Ui.Pages.Chains.Agreeing;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Api.Endpoints;

/// <summary>Examples of chains in the OpenAPI document.</summary>
internal static class ChainExamples
{
    private static readonly DateTimeOffset Monday = new(2026, 8, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly ChainId Id = new("arbeit-mit-kind");
    private static readonly OrganisationId Coordinator = new("jobcenter-elbland");
    private static readonly OrganisationId Daycare = new("kita-sonnenhof");
    private static readonly LocalText Title = new("Arbeit mit Kind", "Work with a child");

    public static readonly ChainVersion Definition = new()
    {
        Id = Id,
        Version = 1,
        Title = Title,
        FederalState = "BB",
        Coordinator = Coordinator,
        Facts = [new FactDeclaration("children-under-three", new LocalText("Kinder unter drei", "Children under three"), new FactType.WholeNumber(0, 10), Required: true)],
        Root = new ChainNode.Step
        {
            Id = new NodeId("childcare"),
            Title = new LocalText("Kinderbetreuung", "Childcare"),
            Service = "childcare",
            Partners = [Daycare, new OrganisationId("kita-am-deich")],
            AcknowledgeWithin = 3,
            CompleteWithin = 20,
            Outcomes = ["placed", "waiting-list", "not-eligible"],
            PassFacts = ["children-under-three"],
        },
    };

    public static readonly ChainVersionResource Version = new(
        1, ChainStatus.Proposed, Title, "9f2c6e1b7d04b2a5c8e3f1907a6d5b4c3e2f10987a6b5c4d3e2f1a0b9c8d7e6f", Monday,
        [new AgreementResource(Daycare, Monday.AddDays(1))], [], [new OrganisationId("kita-am-deich")], [], Definition, new DateOnly(2026, 10, 1));

    public static readonly ChainResource Chain = new(Id, [Version with { Definition = null }], Coordinator);

    public static readonly Page<ChainLine> Page = new([new ChainLine(Id, Title, Coordinator, "proposed", false, Monday, Latest: 1, LatestStatus: ChainStatus.Proposed)]);

    public static readonly ObjectToChain Objection = new("Three working days are too short for us; five would do.");

    public static readonly WithdrawFromChain Withdrawal = new("We close our second house in autumn and have no places left.");

    public static readonly ChainComparisonResource Comparison = new(Id, "1", "2",
    [
        new ChainDifference(
            DifferenceKind.Changed, new NodeId("childcare"), DifferenceParts.AcknowledgeWithin, "3", "5",
            new LocalText(
                "Schritt „Kinderbetreuung“: Zeit zum Bestätigen: bisher 3 Arbeitstage, jetzt 5 Arbeitstage.",
                "Step “Childcare”: time for acknowledging: 3 working days before, now 5 working days."))
        {
            Partners = [Daycare],
        },
    ]);

    public static readonly ChainCommitmentsResource Takes = new(Id, 1, Daycare, Commitments.Of(Definition, Daycare));

    public static readonly ChainSignaturesResource Signatures = new(Id, 1, Version.ContentHash,
    [
        new ShownEntry(ChainAct.Proposed, 1, Version.ContentHash, Monday, Coordinator, ChainRole.Coordinator),
        new ShownEntry(ChainAct.Agreed, 1, Version.ContentHash, Monday.AddDays(1), Daycare, ChainRole.Partner, "Kim Beispiel"),
    ]);

    public static readonly ChainCheckResource Check = new(false, [new ChainFault(
        "root.acknowledgeWithin", "time-range",
        new LocalText("Die Frist zum Bestätigen liegt zwischen 1 und 60 Arbeitstagen.", "The time for acknowledging is 1 to 60 working days."))]);

    public static readonly ChainImportResource Import = new(
        false,
        [new ChainFault(
            "Flow_1", "condition-in-words",
            new LocalText(
                "Die Bedingung „ja“ an „Schulden?“ steht nur in Worten da; bitte aus Angaben und Ergebnissen zusammenstellen.",
                "The condition “ja” at “Schulden?” stands there in words only; please put it together from facts and outcomes."))],
        ChainFormat.Bpmn, Definition);
}
