using System.Globalization;
using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Chains.Bpmn.BpmnNames;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>Reads the figures and arrows of a process or sub-process. What has no meaning in a chain is named as a fault, not passed over.</summary>
internal sealed class BpmnScopeReader(BpmnPartners partners, DrawnFaults faults)
{
    private static readonly HashSet<string> Tasks =
        ["task", "userTask", "serviceTask", "sendTask", "receiveTask", "manualTask", "businessRuleTask", "scriptTask", "callActivity"];

    private static readonly HashSet<string> Others =
    [
        "startEvent", "endEvent", "subProcess", "transaction", "parallelGateway", "exclusiveGateway", "intermediateThrowEvent", "intermediateCatchEvent",
        "inclusiveGateway", "complexGateway", "eventBasedGateway", "adHocSubProcess", "boundaryEvent", "choreographyTask", "callChoreography", "subChoreography", "implicitThrowEvent", "event",
    ];

    // Notes and things beside the figures, which arrows don't lead to.
    private static readonly HashSet<string> Beside = ["textAnnotation", "dataObjectReference", "dataStoreReference"];

    /// <summary>Whether an element is a figure that arrows lead to or from.</summary>
    public static bool IsFlowNode(XName name) => name.Namespace == Model && (Tasks.Contains(name.LocalName) || Others.Contains(name.LocalName));

    /// <summary>Whether an element is a task, which is a step.</summary>
    public static bool IsTask(XName name) => name.Namespace == Model && Tasks.Contains(name.LocalName);

    /// <summary>The figures and arrows directly within an element.</summary>
    public DrawnScope Read(XElement scope)
    {
        var elements = scope.Elements().Where(e => IsFlowNode(e.Name) && Id(e).Length > 0).ToList();
        var defaults = elements.Select(e => e.Attribute("default")?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var flows = scope.Elements(Model + "sequenceFlow").Select(f => new DrawnFlow(
            Id(f), Reference(f, "sourceRef"), Reference(f, "targetRef"), Name(f), Body(f.Element(Model + "conditionExpression")), defaults.Contains(Id(f)))).ToList();
        var timers = new BpmnTimers(elements, flows, faults);
        var nodes = elements.Where(e => e.Name.LocalName != "boundaryEvent" && !timers.Ends.Contains(Id(e))).Select(e => Node(e, timers)).ToList();
        if (elements.Any(e => e.Name.LocalName == "parallelGateway"))
        {
            foreach (var end in elements.Where(e => e.Element(Model + "terminateEventDefinition") is not null))
            {
                Unknown(end, "beendet auch gleichzeitige Teile", "ends what runs at the same time as well");
            }
        }

        foreach (var beside in scope.Elements().Where(e => e.Name.Namespace == Model && Beside.Contains(e.Name.LocalName)))
        {
            Unknown(beside, "gehört nicht zum Ablauf und wird nicht übernommen", "does not belong to the process and is not taken over");
        }

        return new DrawnScope(nodes, [.. flows.Where(f => !timers.Flows.Contains(f.Id))]);
    }

    private DrawnNode Node(XElement element, BpmnTimers timers)
    {
        var (id, name) = (Id(element), Name(element));
        switch (element.Name.LocalName)
        {
            case var task when Tasks.Contains(task):
                var step = timers.Put(new DrawnNode(id, DrawnKind.Step, name) { Partners = partners.Of(id), ServiceInWords = StepWords.ServiceIn(element.Element(Model + "documentation")?.Value) });
                return Looped(element, step) ?? step;
            case "subProcess" or "transaction":
                return Group(element, id, name);
            case "startEvent":
                return new DrawnNode(id, DrawnKind.Start, name);
            case "endEvent":
                return new DrawnNode(id, DrawnKind.End, name);
            case "parallelGateway":
                return new DrawnNode(id, DrawnKind.Parallel, name);
            case "exclusiveGateway":
                return new DrawnNode(id, DrawnKind.Exclusive, name) { Asks = Included(name) };
            case "intermediateThrowEvent" when !HasDefinition(element) && name is null:
                return new DrawnNode(id, DrawnKind.Pass, name);
            case "inclusiveGateway" or "complexGateway" or "eventBasedGateway":
                Unknown(element, "ist ein Gateway, das es in Ketten nicht gibt; möglich sind parallele und exklusive", "is a gateway that chains don't have; parallel and exclusive ones are possible");
                return new DrawnNode(id, DrawnKind.Exclusive, name);
            default:
                Unknown(element, "hat in einer Kette keine Bedeutung", "has no meaning in a chain");
                return new DrawnNode(id, DrawnKind.Pass, name);
        }
    }

    private DrawnNode Group(XElement element, string id, string? name)
    {
        if (element.Attribute("triggeredByEvent")?.Value == "true")
        {
            Unknown(element, "ist ein Ereignis-Teilprozess, den es in Ketten nicht gibt", "is an event sub-process, which chains don't have");
        }

        var group = new DrawnNode(id, DrawnKind.Group, name) { Inner = Read(element) };
        return Loop(element) is var (rounds, words) ? group with { Loops = true, Rounds = rounds, LoopWords = words } : group;
    }

    // A task that repeats itself is a repeat around a step.
    private DrawnNode? Looped(XElement element, DrawnNode step) => Loop(element) is var (rounds, words)
        ? new DrawnNode(step.Id, DrawnKind.Group, null) { Inner = new DrawnScope([step], []), Loops = true, Rounds = rounds, LoopWords = words }
        : null;

    private (int? Rounds, string? Words)? Loop(XElement element)
    {
        if (element.Element(Model + "multiInstanceLoopCharacteristics") is not null)
        {
            Unknown(element, "läuft mehrfach nebeneinander, was es in Ketten nicht gibt", "runs several times side by side, which chains don't have");
        }

        return element.Element(Model + "standardLoopCharacteristics") is { } loop
            ? (int.TryParse(loop.Attribute("loopMaximum")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : null, Body(loop.Element(Model + "loopCondition")))
            : null;
    }

    private void Unknown(XElement element, string de, string en)
    {
        var node = new DrawnNode(Id(element), DrawnKind.Step, Name(element));
        faults.Add(node.Id, "figure-not-possible", $"{Capital(DrawnFaults.De(node))} {de}.", $"{Capital(DrawnFaults.En(node))} {en}.");
    }

    private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    private static bool HasDefinition(XElement element) => element.Elements().Any(e => e.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal) || e.Name.LocalName == "eventDefinitionRef");

    private static string Reference(XElement flow, string attribute) => flow.Attribute(attribute)?.Value.Trim() ?? "";

    private static string? Body(XElement? expression) => expression?.Value.Trim() is { Length: > 0 } words ? words : null;

    private static string Id(XElement element) => element.Attribute("id")?.Value ?? "";

    private static string? Name(XElement element) => (element.Attribute("name")?.Value ?? element.Element(Model + "text")?.Value.Trim()) is { } name && !string.IsNullOrWhiteSpace(name) ? name : null;
}
