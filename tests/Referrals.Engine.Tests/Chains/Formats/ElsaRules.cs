using System.Text.Json.Nodes;

namespace Referrals.Engine.Tests.Chains.Formats;

/// <summary>What Elsa 3 needs of a workflow definition, and would pass over in silence or fault on where it is not so.</summary>
internal static class ElsaRules
{
    private static readonly Dictionary<string, string[]> Inputs = new()
    {
        ["Elsa.Start"] = [],
        ["Elsa.End"] = [],
        ["Elsa.RunTask"] = ["taskName", "payload"],
        ["Elsa.SetVariable"] = ["value"],
        ["Elsa.FlowDecision"] = ["condition"],
        ["Elsa.FlowFork"] = ["branches"],
        ["Elsa.FlowJoin"] = ["mode"],
        ["Elsa.While"] = ["condition"],
        ["Elsa.Flowchart"] = [],
        ["Elsa.FlowSwitch"] = ["mode"],
        ["Elsa.Event"] = ["eventName"],
        ["Elsa.Delay"] = ["timeSpan"],
    };

    private static readonly string[] Types = ["String", "Boolean", "Int32", "Int64", "Decimal", "DateTimeOffset", "TimeSpan", "Object", "ObjectDictionary"];

    public static IReadOnlyList<string> Check(JsonObject definition)
    {
        var faults = new List<string>();
        var variables = definition["variables"]!.AsArray().Select(v => v!.AsObject()).ToList();
        Expect(Version.TryParse(Text(definition["toolVersion"]), out _), "toolVersion is no .NET version");
        Expect(variables.Select(v => Text(v["id"])).Distinct().Count() == variables.Count, "a variable is there twice");
        Expect(variables.Select(v => Text(v["name"])).Distinct().Count() == variables.Count, "a variable's name is there twice");
        foreach (var variable in variables)
        {
            Expect(Text(variable["storageDriverTypeName"]) == "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", $"{variable["id"]} is lost at the next wait");
            Expect(Types.Contains(Text(variable["typeName"])), $"{variable["id"]} has no known type");
            Expect(variable["value"]?.GetValueKind() == System.Text.Json.JsonValueKind.String, $"{variable["id"]} has a value that is no text");
        }

        var ids = new HashSet<string>();
        Flowchart(definition["root"]!.AsObject(), "Workflow1", ids);
        return faults;

        void Expect(bool holds, string otherwise)
        {
            if (!holds)
            {
                faults.Add(otherwise);
            }
        }

        void Flowchart(JsonObject flowchart, string parent, HashSet<string> seen)
        {
            Activity(flowchart, parent, seen);
            var path = $"{parent}:{flowchart["id"]}";
            var activities = flowchart["activities"]!.AsArray().Select(a => a!.AsObject()).ToList();
            activities.ForEach(a => Activity(a, path, seen));
            var byId = activities.DistinctBy(a => Text(a["id"])).ToDictionary(a => Text(a["id"]));
            Expect(activities.Count(a => Text(a["type"]) == "Elsa.Start") == 1, $"{path} has not one start");
            foreach (var connection in flowchart["connections"]!.AsArray())
            {
                var (from, port, to) = (Text(connection!["source"]!["activity"]), Text(connection["source"]!["port"]), Text(connection["target"]!["activity"]));
                Expect(byId.ContainsKey(to) && Text(connection["target"]!["port"]) == "In", $"{from} leads nowhere");
                Expect(byId.TryGetValue(from, out var source) && Ports(source).Contains(port), $"{from} has no port {port}");
            }

            foreach (var activity in activities.Where(a => a["body"] is JsonObject))
            {
                Flowchart(activity["body"]!.AsObject(), $"{path}:{activity["id"]}", seen);
            }
        }

        void Activity(JsonObject activity, string parent, HashSet<string> seen)
        {
            var id = Text(activity["id"]);
            Expect(id.Length > 0 && seen.Add(id), $"{id} is there twice");
            Expect(Text(activity["nodeId"]) == $"{parent}:{id}", $"{id} has the node id {activity["nodeId"]}");
            Expect(activity["version"]?.GetValue<int>() == 1, $"{id} has no version");
            if (!Inputs.TryGetValue(Text(activity["type"]), out var inputs))
            {
                faults.Add($"{id} is of the unknown type {activity["type"]}");
                return;
            }

            foreach (var input in inputs)
            {
                Expect(Text(activity[input]?["typeName"]).Length > 0 && activity[input]?["expression"]?["value"] is not null, $"{id}.{input} is silently null");
                if (Text(activity[input]?["expression"]?["type"]) == "Variable")
                {
                    Reference(activity[input]!["expression"]!["value"]!, id);
                }
            }

            if (activity["variable"] is { } set)
            {
                Reference(set, id);
            }

            if (activity["result"] is { } result)
            {
                Expect(variables.Any(v => Text(v["id"]) == Text(result["memoryReference"]?["id"])), $"{id} puts its result nowhere");
            }
        }

        void Reference(JsonNode reference, string id) => Expect(
            variables.Any(v => Text(v["id"]) == Text(reference["id"]) && Text(v["name"]) == Text(reference["name"]) && Text(v["typeName"]) == Text(reference["typeName"])),
            $"{id} names a variable that is not there");
    }

    private static IEnumerable<string> Ports(JsonObject activity) => Text(activity["type"]) switch
    {
        "Elsa.FlowDecision" => ["True", "False"],
        "Elsa.FlowFork" => JsonNode.Parse(Text(activity["branches"]!["expression"]!["value"]))!.AsArray().Select(b => Text(b)),
        "Elsa.FlowSwitch" => activity["cases"]!.AsArray().Select(c => Text(c!["label"])).Append("Default"),
        "Elsa.End" => [],
        _ => ["Done"],
    };

    private static string Text(JsonNode? node) => node?.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : "";
}
