using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Chains.Bpmn.BpmnNames;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>Which organisations a task has to do with: those of the pools to which messages go, else that of its lane.</summary>
internal sealed class BpmnPartners
{
    private readonly Func<string, OrganisationId?> _organisation;
    private readonly Dictionary<string, XElement> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _lanes = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _partners;

    public BpmnPartners(XElement root, XElement main, Func<string, OrganisationId?> organisation, DrawnFaults faults)
    {
        _organisation = organisation;
        var mainId = main.Attribute("id")?.Value;
        var processes = root.Elements(Model + "process").Where(p => p != main && p.Attribute("id") is not null)
            .GroupBy(p => p.Attribute("id")!.Value).ToDictionary(g => g.Key, g => g.First());
        foreach (var pool in root.Elements(Model + "collaboration").Elements(Model + "participant").Where(p => p.Attribute("processRef")?.Value is not { } id || id != mainId))
        {
            Add(pool, pool.Attribute("id")?.Value);
            if (pool.Attribute("processRef")?.Value is { } process && processes.TryGetValue(process, out var content))
            {
                content.DescendantsAndSelf().ToList().ForEach(e => Add(pool, e.Attribute("id")?.Value));
            }
        }

        foreach (var lane in main.Descendants(Model + "lane"))
        {
            foreach (var task in lane.Elements(Model + "flowNodeRef"))
            {
                _lanes[task.Value.Trim()] = lane.Attribute("name")?.Value ?? "";
            }
        }

        _partners = root.Elements(Model + "collaboration").Elements(Model + "messageFlow")
            .SelectMany(flow => Pairs(flow.Attribute("sourceRef")?.Value ?? "", flow.Attribute("targetRef")?.Value ?? ""))
            .ToLookup(pair => pair.Task, pair => pair.Partner);
        Name(root, main, faults);
    }

    // A pool or lane that stands for nobody the program knows, or with which no step has to do, says something that the chain won't.
    private void Name(XElement root, XElement main, DrawnFaults faults)
    {
        var hasMessages = root.Elements(Model + "collaboration").Elements(Model + "messageFlow").Any();
        foreach (var (id, name, code, serves) in Pools(hasMessages).Concat(Lanes(main)))
        {
            if (code is null)
            {
                faults.Add(
                    id, "partner-unknown", $"Welche Organisation „{name}“ ist, geht aus dem Namen nicht hervor; nötig ist ihr Kürzel. Die Partner fehlen an diesen Schritten.",
                    $"The name “{name}” doesn't tell which organisation it is; its code is needed. These steps lack their partners.");
            }
            else if (!serves)
            {
                faults.Add(
                    id, "partner-without-step", $"Mit „{name}“ tauscht kein Schritt Nachrichten aus; der Partner ist nicht übernommen.",
                    $"No step exchanges messages with “{name}”; the partner is not taken over.");
            }
        }
    }

    private IEnumerable<(string Id, string Name, string? Code, bool Serves)> Pools(bool hasMessages)
    {
        var named = _partners.SelectMany(p => p).ToHashSet(StringComparer.Ordinal);
        return _pools.Values.Distinct().Where(p => p.Name == Model + "participant").Select(p => (
            p.Attribute("id")?.Value ?? "", p.Attribute("name")?.Value ?? p.Attribute("id")?.Value ?? "", Code(p), !hasMessages || (Code(p) is { } code && named.Contains(code))));
    }

    // Only where a lane is what tells the partner of a task.
    private IEnumerable<(string Id, string Name, string? Code, bool Serves)> Lanes(XElement main)
    {
        var tasks = main.Descendants().Where(e => BpmnScopeReader.IsTask(e.Name)).Select(e => e.Attribute("id")?.Value).ToHashSet();
        return main.Descendants(Model + "lane")
            .Where(l => Code(l.Attribute("name")?.Value ?? "") is null && l.Elements(Model + "flowNodeRef").Any(t => tasks.Contains(t.Value.Trim()) && !_partners.Contains(t.Value.Trim())))
            .Select(l => (l.Attribute("id")?.Value ?? "", l.Attribute("name")?.Value ?? l.Attribute("id")?.Value ?? "", (string?)null, true));
    }

    /// <summary>The organisations of a task, each once, in the order of the messages.</summary>
    public IReadOnlyList<string> Of(string task) =>
        _partners[task].Distinct().ToList() is { Count: > 0 } partners ? partners : _lanes.TryGetValue(task, out var lane) && Code(lane) is { } code ? [code] : [];

    private void Add(XElement pool, string? id)
    {
        if (id is not null)
        {
            _pools.TryAdd(id, pool);
        }
    }

    private IEnumerable<(string Task, string Partner)> Pairs(string source, string target)
    {
        if (_pools.TryGetValue(target, out var to) && Code(to) is { } receiver)
        {
            yield return (source, receiver);
        }

        if (_pools.TryGetValue(source, out var from) && Code(from) is { } sender)
        {
            yield return (target, sender);
        }
    }

    private string? Code(XElement pool) =>
        pool.Element(Model + "extensionElements")?.Element(Own + "organisation")?.Attribute("id")?.Value ?? Code(pool.Attribute("name")?.Value ?? "");

    private string? Code(string name) => Codes.IsCode(name.Trim()) ? name.Trim() : _organisation(name.Trim())?.Value;
}
