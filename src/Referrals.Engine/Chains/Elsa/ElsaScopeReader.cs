using System.Globalization;
using System.Text.Json;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Chains.Elsa.ElsaNames;

namespace Referrals.Engine.Chains.Elsa;

/// <summary>Reads the activities and connections of a flowchart or sequence. What has no meaning in a chain is named as a fault, not passed over.</summary>
internal sealed class ElsaScopeReader(DrawnFaults faults)
{
    /// <summary>The figures and arrows; null: it is neither a flowchart nor a sequence.</summary>
    public DrawnScope? Read(JsonElement container)
    {
        var activities = container.Items("activities").Where(a => a.Text("id") is not null).ToList();
        switch (container.Text("type"))
        {
            case Flowchart:
                var nodes = activities.Select(Node).ToList();
                return new DrawnScope(nodes, [.. Flows(container, activities)]);
            case Sequence:
                var steps = activities.Select(Node).ToList();
                return new DrawnScope(steps, [.. steps.Zip(steps.Skip(1)).Select(pair => new DrawnFlow($"{pair.First.Id}>{pair.Second.Id}", pair.First.Id, pair.Second.Id))]);
            default:
                return null;
        }
    }

    private DrawnNode Node(JsonElement activity)
    {
        var (id, name) = (activity.Text("id")!, activity.Get("metadata")?.Text("displayText") ?? activity.Text("name"));
        name = name == id || string.IsNullOrWhiteSpace(name) ? null : name;
        if (activity.Get("customProperties")?.Text(Role) == Helper)
        {
            return new DrawnNode(id, DrawnKind.Pass, name);
        }

        switch (activity.Text("type"))
        {
            case Start:
                return new DrawnNode(id, DrawnKind.Start, name);
            case End or "Elsa.Finish" or "Elsa.Complete":
                return new DrawnNode(id, DrawnKind.End, name);
            case RunTask:
                return Step(activity, id, name ?? activity.Input("taskName"));
            case Decision or Switch:
                return new DrawnNode(id, DrawnKind.Exclusive, name) { Asks = BpmnNames.Included(name), PartOf = activity.Get("customProperties")?.Text(Role) };
            case Fork:
                return new DrawnNode(id, DrawnKind.Parallel, name);
            case Join:
                return JoinNode(activity, id, name);
            case While:
                return Group(activity, id, name, activity.Get("body")) with { Loops = true, Rounds = Rounds(activity), LoopWords = activity.Get("metadata")?.Text("description") };
            case Flowchart or Sequence:
                return Group(activity, id, name, activity);
            default:
                return Unknown(id, name, activity.Text("type") ?? "?");
        }
    }

    // The payload of a task of ours is the step.
    private static DrawnNode Step(JsonElement activity, string id, string? name)
    {
        var step = Payload(activity);
        return new DrawnNode(id, DrawnKind.Step, name)
        {
            Service = activity.Input("taskName"),
            Partners = [.. step.Texts("partners").Where(Codes.IsCode)],
            Acknowledge = Days(step, "acknowledgeWithin"),
            Complete = Days(step, "completeWithin"),
            Escalate = Days(step, "escalateAfter"),
        };
    }

    // How often at most stands in the task that asks whether there is another round.
    private static int? Rounds(JsonElement loop) => loop.Get("body") is { } body
        && body.Items("activities").FirstOrDefault(a => a.Input("taskName") == AskAgain) is { ValueKind: JsonValueKind.Object } ask ? Days(Payload(ask), "maxRounds") : null;

    private static int? Days(JsonElement from, string name) => from.Get(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var days) ? days : null;

    private static JsonElement Payload(JsonElement activity)
    {
        try
        {
            using var payload = JsonDocument.Parse(activity.Input("payload") ?? "null");
            return payload.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static DrawnNode JoinNode(JsonElement activity, string id, string? name) => activity.Input("mode") switch
    {
        WaitAll => new DrawnNode(id, DrawnKind.Parallel, name),
        WaitAllActive => new DrawnNode(id, DrawnKind.Exclusive, name) { JoinsAll = true },
        _ => new DrawnNode(id, DrawnKind.Exclusive, name),
    };

    private DrawnNode Group(JsonElement activity, string id, string? name, JsonElement? inner)
    {
        // A body may be a single activity.
        var scope = inner is { ValueKind: JsonValueKind.Object } content
            ? Read(content) ?? (content.GetRawText() != activity.GetRawText() && content.Text("id") is not null ? new DrawnScope([Node(content)], []) : null)
            : null;
        return scope is null ? Unknown(id, name, activity.Text("type") ?? "?") : new DrawnNode(id, DrawnKind.Group, name) { Inner = scope };
    }

    private DrawnNode Unknown(string id, string? name, string type)
    {
        var node = new DrawnNode(id, DrawnKind.Pass, name ?? id);
        faults.Add(
            id, "figure-not-possible", $"„{name ?? id}“ ({type}) hat in einer Kette keine Bedeutung.", $"“{name ?? id}” ({type}) has no meaning in a chain.");
        return node;
    }

    private IEnumerable<DrawnFlow> Flows(JsonElement flowchart, List<JsonElement> activities)
    {
        var byId = activities.DistinctBy(a => a.Text("id")).ToDictionary(a => a.Text("id")!, StringComparer.Ordinal);
        var number = 0;
        foreach (var connection in flowchart.Items("connections"))
        {
            var (from, to) = (connection.Get("source")?.Text("activity") ?? "", connection.Get("target")?.Text("activity") ?? "");
            var port = connection.Get("source")?.Text("port") ?? Done;
            var id = string.Create(CultureInfo.InvariantCulture, $"{from}:{port}:{++number}");
            if (!byId.TryGetValue(from, out var source) || !byId.ContainsKey(to))
            {
                faults.Add(
                    id, "connection-unknown", $"Eine Verbindung von „{from}“ zu „{to}“ nennt eine Aktivität, die es nicht gibt.",
                    $"A connection from “{from}” to “{to}” names an activity that is not there.");
                continue;
            }

            yield return source.Text("type") switch
            {
                Decision when port == True => new DrawnFlow($"{from}:{port}", from, to, source.Get("metadata")?.Text("displayText") ?? port),
                Decision => new DrawnFlow($"{from}:{port}", from, to, null, null, IsDefault: true),
                Switch => new DrawnFlow($"{from}:{port}", from, to, port, port == Default ? null : port, port == Default),
                _ => new DrawnFlow(id, from, to),
            };
        }
    }
}
