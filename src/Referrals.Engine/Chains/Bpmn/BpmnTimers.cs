using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Chains.Bpmn.BpmnNames;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>
/// Reads timers on the edges of tasks: which time each means is told by its words, and its duration counts in working days. What hangs on them leads out of
/// the chart of the chain and must end at once.
/// </summary>
internal sealed partial class BpmnTimers
{
    private static readonly (string Part, string[] Words)[] Meanings =
    [
        (BpmnSteps.Escalate, ["eskal", "escal", "koordin", "coordin"]),
        (BpmnSteps.Acknowledge, ["annahm", "annehm", "bestätig", "antwort", "acknowl", "accept", "respon"]),
        (BpmnSteps.Complete, ["abschl", "erledig", "beend", "fertig", "complet", "finish", "done"]),
    ];

    private readonly DrawnFaults _faults;
    private readonly Dictionary<(string Task, string Part), int> _days = [];

    public BpmnTimers(List<XElement> elements, List<DrawnFlow> flows, DrawnFaults faults)
    {
        _faults = faults;
        var byId = elements.DistinctBy(e => e.Attribute("id")!.Value).ToDictionary(e => e.Attribute("id")!.Value, StringComparer.Ordinal);
        var boundaries = elements.Where(e => e.Name.LocalName == "boundaryEvent").ToList();
        var ids = boundaries.Select(e => e.Attribute("id")!.Value).ToHashSet(StringComparer.Ordinal);
        Flows = flows.Where(f => ids.Contains(f.From)).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var ends = flows.Where(f => ids.Contains(f.From)).Select(f => f.To).ToHashSet(StringComparer.Ordinal);
        Ends = ends.Where(id => byId.TryGetValue(id, out var e) && e.Name == Model + "endEvent" && flows.All(f => f.To != id || ids.Contains(f.From))).ToHashSet(StringComparer.Ordinal);
        foreach (var boundary in boundaries)
        {
            Read(boundary, byId.GetValueOrDefault(boundary.Attribute("attachedToRef")?.Value.Trim() ?? ""));
            foreach (var flow in flows.Where(f => f.From == boundary.Attribute("id")!.Value && !Ends.Contains(f.To) && byId.ContainsKey(f.To)))
            {
                Leads(boundary, byId[flow.To]);
            }
        }
    }

    /// <summary>Ids of the arrows that start at timers.</summary>
    public IReadOnlySet<string> Flows { get; }

    /// <summary>Ids of the end events behind timers.</summary>
    public IReadOnlySet<string> Ends { get; }

    /// <summary>The step with its times.</summary>
    public DrawnNode Put(DrawnNode step) => step with
    {
        Acknowledge = Days(step.Id, BpmnSteps.Acknowledge),
        Complete = Days(step.Id, BpmnSteps.Complete),
        Escalate = Days(step.Id, BpmnSteps.Escalate),
    };

    private int? Days(string task, string part) => _days.TryGetValue((task, part), out var days) ? days : null;

    private void Read(XElement boundary, XElement? host)
    {
        var node = Node(boundary);
        var duration = boundary.Element(Model + "timerEventDefinition")?.Element(Model + "timeDuration")?.Value.Trim();
        if (host is null || host.Name.LocalName is "subProcess" or "transaction" || duration is null || DaysOf(duration) is not { } days)
        {
            _faults.Add(
                node.Id, "timer-unreadable", $"Was an {DrawnFaults.De(node)} geschieht, ist keine Frist eines Schritts in Tagen wie P3D; andere gibt es in Ketten nicht.",
                $"What happens at {DrawnFaults.En(node)} is no time of a step in days such as P3D; chains have no others.");
        }
        else if (Part(boundary) is not { } part)
        {
            _faults.Add(
                node.Id, "timer-unclear", $"Ob {DrawnFaults.De(node)} die Frist für Annahme, Abschluss oder Eskalation ist, geht aus dem Namen nicht hervor.",
                $"The name doesn't tell whether {DrawnFaults.En(node)} is the time for acceptance, completion or escalation.");
        }
        else if (!_days.TryAdd((host.Attribute("id")!.Value, part), days))
        {
            _faults.Add(
                node.Id, "timer-twice", $"{DrawnFaults.De(node)} ist an diesem Schritt die zweite Frist derselben Art; es zählt die erste.",
                $"{DrawnFaults.En(node)} is the second time of the same kind at this step; the first one counts.");
        }
    }

    private void Leads(XElement boundary, XElement target)
    {
        var (from, to) = (Node(boundary), Node(target));
        _faults.Add(
            from.Id, "timer-leads-on", $"Von der Frist {DrawnFaults.De(from)} führt ein Pfeil zu {DrawnFaults.De(to)}. Was nach einer Frist geschieht, ist am Schritt vereinbart und wird nicht gezeichnet.",
            $"From the time {DrawnFaults.En(from)} an arrow leads to {DrawnFaults.En(to)}. What happens after a time is agreed with the step and not drawn.");
    }

    private static string? Part(XElement boundary)
    {
        var name = boundary.Attribute("name")?.Value.ToLowerInvariant() ?? "";
        var id = boundary.Attribute("id")!.Value;
        return Meanings.FirstOrDefault(m => m.Words.Any(w => name.Contains(w, StringComparison.Ordinal))).Part
            ?? Meanings.FirstOrDefault(m => id.EndsWith($"_{m.Part}", StringComparison.Ordinal)).Part;
    }

    // A week has five working days. Months have no fixed number of them.
    private static int? DaysOf(string duration)
    {
        var match = Duration().Match(duration);
        if (!match.Success || match.Length < 3)
        {
            return null;
        }

        var (weeks, days, hours) = (Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]));
        return hours % 24 == 0 ? (5 * weeks) + days + (hours / 24) : null;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static DrawnNode Node(XElement element) => new(element.Attribute("id")!.Value, DrawnKind.Step, element.Attribute("name")?.Value);

    [GeneratedRegex(@"^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(\d{1,6})H)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
