using System.Xml.Linq;
using static Referrals.Engine.Chains.Bpmn.BpmnNames;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>The places of all figures as BPMN diagram interchange.</summary>
internal static class BpmnDiagramWriter
{
    public static XElement Of(BpmnLayout layout)
    {
        var main = layout.Main;
        return new XElement(
            Diagram + "BPMNDiagram", new XAttribute("id", "diagram"),
            new XElement(
                Diagram + "BPMNPlane", new XAttribute("id", "plane"), new XAttribute("bpmnElement", "collaboration"),
                Participant("holder", main.X, main.Y, main.Width, main.Height),
                layout.Shapes.Select(Shape),
                layout.Flows.Select(Flow),
                layout.Pools.Select(pool => Participant(pool.Id, pool.X, layout.PoolsTop, pool.Width, BpmnLayout.PoolHeight)),
                layout.Messages.Select(message => Line(message.Id, message.Waypoints, null))));
    }

    private static XElement Participant(string id, int x, int y, int width, int height) => new(
        Diagram + "BPMNShape", new XAttribute("id", $"{id}_di"), new XAttribute("bpmnElement", id), new XAttribute("isHorizontal", "true"), Box(x, y, width, height));

    private static XElement Shape(Shape shape) => new(
        Diagram + "BPMNShape", new XAttribute("id", $"{shape.Id}_di"), new XAttribute("bpmnElement", shape.Id),
        shape.Element == "subProcess" ? new XAttribute("isExpanded", "true") : null,
        shape.Element == "exclusiveGateway" ? new XAttribute("isMarkerVisible", "true") : null,
        Box(shape.X, shape.Top, shape.Width, shape.Height),
        shape.Label is { } label ? Words(label, shape.X) : null);

    private static XElement Flow(SequenceFlow flow) => Line(flow.Id, flow.Waypoints, flow.Label is { } label ? Words(label, flow.From.Centre) : null);

    private static XElement Line(string id, IReadOnlyList<Point> way, XElement? words) => new(
        Diagram + "BPMNEdge", new XAttribute("id", $"{id}_di"), new XAttribute("bpmnElement", id),
        way.Select(point => new XElement(Edge + "waypoint", new XAttribute("x", point.X), new XAttribute("y", point.Y))), words);

    private static XElement Words(Label label, int left) => new(Diagram + "BPMNLabel", Box(left + label.Inset, label.Top, label.Width, label.Height));

    private static XElement Box(int x, int y, int width, int height) =>
        new(Bounds + "Bounds", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", width), new XAttribute("height", height));
}
