using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Chains.Bpmn.BpmnNames;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>Reads BPMN 2.0: files of ours, and files that people drew in a modeler.</summary>
public static class BpmnReader
{
    /// <summary>Reads a file. Any bytes are fine: whatever is wrong with them comes back as faults.</summary>
    /// <param name="file">The file.</param>
    /// <param name="organisation">The organisation that is called so on a pool or lane; null: only codes of organisations are recognised.</param>
    public static ChainImport Read(ReadOnlyMemory<byte> file, Func<string, OrganisationId?>? organisation = null)
    {
        var faults = new DrawnFaults();
        return Draw(file, faults, organisation) is { } drawn
            ? DrawnImport.Import(ChainFormat.Bpmn, drawn, faults, Know)
            : new ChainImport(ChainFormat.Bpmn, null, faults.All);
    }

    private static KnownDrawing Know(ChainVersion chain)
    {
        var drawn = Draw(BpmnWriter.Write(chain), new DrawnFaults(), null)!;
        var nodes = new BpmnLayout(chain, organisation => organisation.Value).Shapes.Where(s => s.Node is not null).Select(s => (s.Id, s.Node!));
        return new KnownDrawing(drawn, new KnownChain(chain, drawn, nodes, condition => ConditionWords.Of(condition, chain)));
    }

    private static DrawnChain? Draw(ReadOnlyMemory<byte> file, DrawnFaults faults, Func<string, OrganisationId?>? organisation)
    {
        if (BpmnXml.Read(file, faults)?.Root is not { } root)
        {
            return null;
        }

        if (root.Name != Model + "definitions" || MainProcess(root, faults) is not { } process)
        {
            if (faults.All.Count == 0)
            {
                faults.Add("", "not-bpmn", "Das ist keine BPMN-2.0-Datei mit einem Ablauf.", "This is no BPMN 2.0 file with a process.");
            }

            return null;
        }

        Doubled(process, faults);
        var partners = new BpmnPartners(root, process, organisation ?? (_ => null), faults);
        var participant = root.Descendants(Model + "participant").FirstOrDefault(p => p.Attribute("processRef")?.Value == process.Attribute("id")?.Value);
        var title = process.Attribute("name")?.Value ?? participant?.Attribute("name")?.Value;
        return new DrawnChain(
            process.Attribute("id")?.Value, title, process.Element(Model + "documentation")?.Value, new BpmnScopeReader(partners, faults).Read(process),
            process.Element(Model + "extensionElements")?.Element(Own + "chain")?.Value);
    }

    // Two figures of one id can't be told apart by the arrows that name them.
    private static void Doubled(XElement process, DrawnFaults faults)
    {
        foreach (var twice in process.Descendants().Where(e => BpmnScopeReader.IsFlowNode(e.Name)).GroupBy(e => e.Attribute("id")?.Value ?? "").Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            var names = string.Join(", ", twice.Skip(1).Select(e => $"„{e.Attribute("name")?.Value ?? twice.Key}“"));
            faults.Add(
                twice.Key, "id-twice", $"Mehrere Figuren haben die Kennung „{twice.Key}“; nur die erste wird gelesen, nicht: {names}.",
                $"Several figures have the id “{twice.Key}”; only the first is read, not: {names}.");
        }
    }

    // A file may show what partners do inside; the chain is the process that carries ours, else the largest.
    private static XElement? MainProcess(XElement root, DrawnFaults faults)
    {
        var processes = root.Elements(Model + "process").Where(p => p.Elements().Any(e => BpmnScopeReader.IsFlowNode(e.Name))).ToList();
        var main = processes.FirstOrDefault(p => p.Element(Model + "extensionElements")?.Element(Own + "chain") is not null)
            ?? processes.MaxBy(p => p.Descendants().Count(e => BpmnScopeReader.IsFlowNode(e.Name)));
        foreach (var other in processes.Where(p => p != main))
        {
            var name = root.Descendants(Model + "participant").FirstOrDefault(p => p.Attribute("processRef")?.Value == other.Attribute("id")?.Value)?.Attribute("name")?.Value
                ?? other.Attribute("name")?.Value ?? other.Attribute("id")?.Value;
            faults.Add(
                other.Attribute("id")?.Value ?? "", "several-processes", $"Der Ablauf in „{name}“ ist nicht Teil der Kette; sie steht in einem einzigen Ablauf.",
                $"The process in “{name}” is not part of the chain; it stands in one single process.");
        }

        return main;
    }
}
