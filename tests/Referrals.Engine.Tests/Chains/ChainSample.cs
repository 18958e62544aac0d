using System.Text.Json.Nodes;

namespace Referrals.Engine.Tests.Chains;

/// <summary>A small valid chain as JSON, and what becomes of it when something in it is changed.</summary>
public static class ChainSample
{
    public const string Valid = """
        {
          "id": "work-with-child", "version": 1, "title": { "de": "Arbeit mit Kind", "en": "Work with a child" },
          "federalState": "BB", "coordinator": "jobcenter",
          "facts": [
            { "name": "children", "title": { "de": "Kinder", "en": "Children" }, "type": { "kind": "number", "min": 0, "max": 12 }, "required": true },
            { "name": "care", "title": { "de": "Betreuung" }, "type": { "kind": "codes", "codes": [ { "code": "none", "title": { "de": "Keine" } }, { "code": "full", "title": { "de": "Ganz" } } ] } },
            { "name": "from", "title": { "de": "Ab" }, "type": { "kind": "month" } }
          ],
          "outcomes": [ { "code": "instalments", "title": { "de": "Raten" } } ],
          "root": { "kind": "sequence", "id": "main", "children": [
            { "kind": "step", "id": "childcare", "title": { "de": "Kinderbetreuung", "en": "Childcare" }, "service": "childcare",
              "partners": [ "kita-a", "kita-b" ], "acknowledgeWithin": 2, "completeWithin": 20, "remindBefore": 1, "escalateAfter": 1,
              "outcomes": [ "placed", "waiting-list", "not-eligible" ], "passFacts": [ "children" ] },
            { "kind": "choice", "id": "after", "branches": [
              { "when": { "kind": "outcome", "step": "childcare", "in": [ "took-place" ] },
                "then": { "kind": "step", "id": "debt", "title": { "de": "Schuldnerberatung" }, "service": "debt-counselling", "partners": [ "debt-a" ],
                  "acknowledgeWithin": 3, "outcomes": [ "advice-given", "instalments" ], "feedback": "outcome-and-facts", "returnFacts": [ "care" ] } },
              { "when": { "kind": "fact", "name": "children", "is": "greater", "value": 3 },
                "then": { "kind": "repeat", "id": "again", "maxRounds": 3, "until": { "kind": "outcome", "step": "family", "in": [ "helped" ] },
                  "child": { "kind": "step", "id": "family", "title": { "de": "Familie" }, "service": "family", "partners": [ "family-a" ],
                    "acknowledgeWithin": 3, "outcomes": [ "helped", "no-effect" ], "feedback": "outcome-and-facts" } } } ] },
            { "kind": "parallel", "id": "both", "children": [
              { "kind": "optional", "id": "maybe", "title": { "de": "Sport" }, "child": { "kind": "step", "id": "sport", "title": { "de": "Sport" }, "service": "sport",
                "partners": [ "club" ], "acknowledgeWithin": 3, "outcomes": [ "helped" ] } },
              { "kind": "step", "id": "course", "title": { "de": "Kurs" }, "service": "course", "partners": [ "school", "academy" ], "offer": "first-to-accept",
                "acknowledgeWithin": 3, "outcomes": [ "helped" ] } ] }
          ] }
        }
        """;

    // Sets, or with null removes, what is at a place such as facts[0].type.
    public static string With(string place, string? value)
    {
        var root = JsonNode.Parse(Valid)!;
        var keys = place.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = keys[..^1].Aggregate(root, (node, key) => key[0] == '[' ? node[int.Parse(key[1..^1], null)]! : node[key]!);
        var last = keys[^1];
        if (value is null)
        {
            parent.AsObject().Remove(last);
        }
        else if (last[0] == '[')
        {
            parent[int.Parse(last[1..^1], null)] = JsonNode.Parse(value);
        }
        else
        {
            parent[last] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
