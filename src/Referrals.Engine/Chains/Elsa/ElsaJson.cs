using System.Text.Json;
using System.Text.Json.Nodes;
using Referrals.Engine.History;
using static Referrals.Engine.Chains.Elsa.ElsaNames;

namespace Referrals.Engine.Chains.Elsa;

/// <summary>Activities, inputs, outputs and variables as Elsa 3 writes them.</summary>
internal static class ElsaJson
{
    public const int Width = 180;
    public const int Height = 60;

    /// <summary>An activity; its inputs and outputs come before the fields that all have.</summary>
    public static JsonObject Activity(string type, string id, string parent, string? words, string? description, (int X, int Y) at, string? role, params (string Name, JsonNode Value)[] inputs)
    {
        var activity = new JsonObject();
        foreach (var (name, value) in inputs)
        {
            activity[name] = value;
        }

        var metadata = new JsonObject();
        Put(metadata, "displayText", words);
        Put(metadata, "description", description);
        metadata["designer"] = new JsonObject
        {
            ["position"] = new JsonObject { ["x"] = at.X, ["y"] = at.Y },
            ["size"] = new JsonObject { ["width"] = Width, ["height"] = Height },
        };
        var properties = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false };
        Put(properties, Role, role);
        activity["id"] = id;
        activity["nodeId"] = $"{parent}:{id}";
        activity["name"] = id;
        activity["type"] = type;
        activity["version"] = 1;
        activity["customProperties"] = properties;
        activity["metadata"] = metadata;
        return activity;
    }

    /// <summary>A connection from a port of one activity to another activity.</summary>
    public static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };

    /// <summary>An input with a fixed value.</summary>
    public static JsonObject Literal(string typeName, JsonNode value) => Input(typeName, "Literal", value);

    /// <summary>An input whose value is JSON text.</summary>
    public static JsonObject Data(string typeName, JsonNode value) => Input(typeName, "Object", value.ToJsonString(EventCodec.Json));

    /// <summary>An input that is a yes-no variable.</summary>
    public static JsonObject Reading(string variable) => Input("Boolean", "Variable", Reference(variable, "Boolean"));

    /// <summary>A variable where it is named.</summary>
    public static JsonObject Reference(string variable, string typeName) => new() { ["id"] = $"v-{variable}", ["name"] = variable, ["typeName"] = typeName };

    /// <summary>An output that goes into a variable.</summary>
    public static JsonObject Into(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = $"v-{variable}" } };

    /// <summary>A variable where it is declared; without the storage driver its value would be lost at the next wait.</summary>
    public static JsonObject Variable(string variable, string typeName) => new()
    {
        ["id"] = $"v-{variable}",
        ["name"] = variable,
        ["typeName"] = typeName,
        ["isArray"] = false,
        ["value"] = typeName == "Boolean" ? "false" : "",
        ["storageDriverTypeName"] = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core",
    };

    /// <summary>Any value of ours as JSON.</summary>
    public static JsonNode Node<T>(T value) => JsonSerializer.SerializeToNode(value, EventCodec.Json)!;

    private static JsonObject Input(string typeName, string type, JsonNode value) =>
        new() { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    private static void Put(JsonObject into, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            into[name] = value;
        }
    }
}
