using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.History;
using static Referrals.Engine.Chains.Bpmn.BpmnNames;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>
/// Chains as BPMN 2.0 (OMG, formal/2011-01-03) with diagram interchange: one pool with the control flow, one closed pool for each partner. The whole chain
/// also stands in an extension element, so that reading the file again gives the same chain.
/// </summary>
public static class BpmnWriter
{
    private const string ProcessId = "process";
    private static readonly JsonSerializerOptions Embedded = new(EventCodec.Json) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The file as UTF-8. Any chain can be written, drafts with faults too.</summary>
    /// <param name="chain">What to draw.</param>
    /// <param name="name">How an organisation is called on its pool; null: by its code.</param>
    public static byte[] Write(ChainVersion chain, Func<OrganisationId, string>? name = null)
    {
        name ??= organisation => organisation.Value;
        var layout = new BpmnLayout(chain, name);
        var semantics = new XElement(
            Model + "definitions",
            new XAttribute(XNamespace.Xmlns + "bpmn", Model), new XAttribute(XNamespace.Xmlns + "bpmndi", Diagram), new XAttribute(XNamespace.Xmlns + "dc", Bounds),
            new XAttribute(XNamespace.Xmlns + "di", Edge), new XAttribute(XNamespace.Xmlns + "xsi", Instance), new XAttribute(XNamespace.Xmlns + "referrals", Own),
            new XAttribute("id", "definitions"), new XAttribute("targetNamespace", Own.NamespaceName), new XAttribute("exporter", "referrals"),
            Collaboration(chain, layout), Process(chain, layout, name), BpmnDiagramWriter.Of(layout));
        return Bytes(new XDocument(new XDeclaration("1.0", "UTF-8", null), semantics));
    }

    private static XElement Collaboration(ChainVersion chain, BpmnLayout layout) => new(
        Model + "collaboration", new XAttribute("id", "collaboration"),
        layout.Messages.Count == 0 && layout.Pools.Count > 0
            ? Documentation($"Mehr als {BpmnLayout.MessagePairs} Nachrichtenflüsse: sie sind nicht gezeichnet; die Partner stehen an den Schritten.")
            : null,
        new XElement(Model + "participant", new XAttribute("id", "holder"), new XAttribute("name", Holder), new XAttribute("processRef", ProcessId)),
        layout.Pools.Select(pool => new XElement(
            Model + "participant", new XAttribute("id", pool.Id), Text("name", pool.Name),
            Extension(new XElement(Own + "organisation", Text("id", pool.Partner.Value))))),
        layout.Messages.Select(m => new XElement(
            Model + "messageFlow", new XAttribute("id", m.Id), new XAttribute("sourceRef", m.IsOffer ? m.Step.Id : m.Pool.Id), new XAttribute("targetRef", m.IsOffer ? m.Pool.Id : m.Step.Id))));

    private static XElement Process(ChainVersion chain, BpmnLayout layout, Func<OrganisationId, string> name) => new(
        Model + "process", new XAttribute("id", ProcessId), Text("name", chain.Title.De), new XAttribute("isExecutable", "false"),
        chain.Description is { } description ? Documentation(description.De) : null,
        Extension(new XElement(Own + "chain", "\n", Clean(JsonSerializer.Serialize(chain, Embedded)), "\n")),
        Elements(layout, null, chain, name));

    private static IEnumerable<XElement> Elements(BpmnLayout layout, Shape? within, ChainVersion chain, Func<OrganisationId, string> name) =>
        layout.Shapes.Where(s => s.Within == within).Select(s => Element(layout, s, chain, name))
            .Concat(layout.Flows.Where(f => f.From.Within == within).Select(f => Flow(f, chain)));

    private static XElement Element(BpmnLayout layout, Shape shape, ChainVersion chain, Func<OrganisationId, string> name) => new(
        Model + shape.Element, new XAttribute("id", shape.Id), shape.Name is null ? null : Text("name", shape.Name),
        shape.Host is { } host ? new object[] { new XAttribute("cancelActivity", "false"), new XAttribute("attachedToRef", host.Id) } : null,
        layout.Flows.FirstOrDefault(f => f.From == shape && f.IsDefault) is { } otherwise ? new XAttribute("default", otherwise.Id) : null,
        shape.Node is ChainNode.Step step ? Documentation(StepWords.Of(step, chain, name)) : null,
        shape.Node is { } node ? Extension(new XElement(Own + "node", Text("id", node.Id.Value))) : null,
        layout.Flows.Where(f => f.To == shape).Select(f => new XElement(Model + "incoming", f.Id)),
        layout.Flows.Where(f => f.From == shape).Select(f => new XElement(Model + "outgoing", f.Id)),
        shape.Host is null ? null : Timer(shape, chain),
        shape is { Element: "subProcess", Node: ChainNode.Repeat repeat } ? new[] { Loop(repeat, chain) }.Concat(Elements(layout, shape, chain, name)) : null);

    // BPMN has no working days: the duration is the number, and the meaning stands beside it.
    private static XElement Timer(Shape shape, ChainVersion chain) => new(
        Model + "timerEventDefinition", new XAttribute("id", $"{shape.Id}_timer"),
        Documentation($"{StepWords.Days(shape.Days)} (Montag bis Freitag ohne Feiertage, {chain.FederalState})"),
        Extension(new XElement(Own + "workingDays", new XAttribute("days", shape.Days), Text("federalState", chain.FederalState))),
        Expression("timeDuration", string.Create(CultureInfo.InvariantCulture, $"P{shape.Days}D")));

    private static XElement Loop(ChainNode.Repeat repeat, ChainVersion chain) => new(
        Model + "standardLoopCharacteristics", new XAttribute("testBefore", "false"), repeat.MaxRounds > 0 ? new XAttribute("loopMaximum", repeat.MaxRounds) : null,
        Expression("loopCondition", $"nicht ({ConditionWords.Of(repeat.Until, chain)})"));

    private static XElement Flow(SequenceFlow flow, ChainVersion chain) => new(
        Model + "sequenceFlow", new XAttribute("id", flow.Id), flow.Name is null ? null : Text("name", flow.Name),
        new XAttribute("sourceRef", flow.From.Id), new XAttribute("targetRef", flow.To.Id),
        flow.Condition is null ? null : Expression("conditionExpression", flow.Condition));

    private static XElement Expression(string element, string words) => new(Model + element, new XAttribute(Instance + "type", "bpmn:tFormalExpression"), Clean(words));

    private static XElement Documentation(string words) => new(Model + "documentation", Clean(words));

    private static XElement Extension(XElement content) => new(Model + "extensionElements", content);

    private static XAttribute Text(string name, string value) => new(name, Clean(value));

    // Drafts may hold characters that XML can't; the embedded JSON has them escaped.
    private static string Clean(string text) => text.All(c => XmlConvert.IsXmlChar(c))
        ? text
        : new string([.. text.Select(c => XmlConvert.IsXmlChar(c) ? c : ' ')]);

    private static byte[] Bytes(XDocument document)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            document.Save(writer);
        }

        return buffer.ToArray();
    }
}
