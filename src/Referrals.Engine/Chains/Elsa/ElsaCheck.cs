using System.Text.Json;
using System.Text.Json.Nodes;
using static Referrals.Engine.Chains.Elsa.ElsaNames;

namespace Referrals.Engine.Chains.Elsa;

/// <summary>
/// Elsa drops a connection whose activity or port it doesn't know, without a word, and the case then ends too early or hangs. So no file is written before
/// each was looked up.
/// </summary>
internal static class ElsaCheck
{
    /// <summary>Throws when a connection leads nowhere: our own fault, never that of a chain.</summary>
    public static void Assure(JsonObject flowchart) => Assure(flowchart, new HashSet<string>(StringComparer.Ordinal));

    private static void Assure(JsonObject flowchart, HashSet<string> all)
    {
        var activities = flowchart["activities"]!.AsArray().Select(a => a!.AsObject()).ToDictionary(a => a["id"]!.GetValue<string>(), StringComparer.Ordinal);
        foreach (var (id, activity) in activities)
        {
            Expect(all.Add(id), $"the activity {id} is there twice");
            if (activity["body"] is JsonObject body)
            {
                Assure(body, all);
            }
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in flowchart["connections"]!.AsArray())
        {
            var (from, port, to) = (Text(connection, "source", "activity"), Text(connection, "source", "port"), Text(connection, "target", "activity"));
            Expect(activities.ContainsKey(to), $"{from} leads to {to}, which is not there");
            Expect(activities.TryGetValue(from, out var source) && Ports(source).Contains(port), $"{from} has no port {port}");
            used.Add(from);
        }

        foreach (var (id, activity) in activities)
        {
            Expect(used.Contains(id) || activity["type"]!.GetValue<string>() == End, $"nothing comes after {id}");
        }
    }

    private static string[] Ports(JsonObject activity) => activity["type"]!.GetValue<string>() switch
    {
        Decision => [True, False],
        Fork => JsonSerializer.Deserialize<string[]>(activity["branches"]!["expression"]!["value"]!.GetValue<string>())!,
        End => [],
        _ => [Done],
    };

    private static string Text(JsonNode? connection, string side, string name) => connection![side]![name]!.GetValue<string>();

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"the workflow definition is not whole: {otherwise}");
        }
    }
}
