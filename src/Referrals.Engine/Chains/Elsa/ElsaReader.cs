using System.Text.Json;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Chains.Elsa;

/// <summary>Reads workflow definitions of Elsa 3: files of ours, and flowcharts of others that are made of blocks.</summary>
public static class ElsaReader
{
    private const int MaxDepth = 512;

    /// <summary>Reads a file. Any bytes are fine: whatever is wrong with them comes back as faults.</summary>
    public static ChainImport Read(ReadOnlyMemory<byte> file)
    {
        var faults = new DrawnFaults();
        return Draw(file, faults) is { } drawn ? DrawnImport.Import(ChainFormat.Elsa, drawn, faults, Know) : new ChainImport(ChainFormat.Elsa, null, faults.All);
    }

    /// <summary>Whether JSON looks like a workflow definition rather than a chain.</summary>
    public static bool IsWorkflow(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.Has("toolVersion") || document.RootElement.Has("definitionId") || document.RootElement.Get("root")?.Text("type") is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static KnownDrawing Know(ChainVersion chain)
    {
        var (file, nodes) = ElsaWriter.Draw(chain);
        var drawn = Draw(file, new DrawnFaults())!;
        return new KnownDrawing(drawn, new KnownChain(chain, drawn, nodes, condition => ConditionWords.Of(condition, chain)));
    }

    private static DrawnChain? Draw(ReadOnlyMemory<byte> file, DrawnFaults faults)
    {
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var definition = document.RootElement;
            if (definition.Get("root") is { ValueKind: JsonValueKind.Object } root && new ElsaScopeReader(faults).Read(root) is { } scope)
            {
                var description = definition.Text("description");
                return new DrawnChain(
                    definition.Text("definitionId"), definition.Text("name"), string.IsNullOrEmpty(description) ? null : description, scope,
                    definition.Get("customProperties")?.Text(ElsaNames.Chain));
            }
        }
        catch (JsonException exception)
        {
            var (line, column) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            faults.Add("", "not-json", $"Das ist kein gültiges JSON (Zeile {line}, Stelle {column}).", $"This is not valid JSON (line {line}, position {column}).");
            return null;
        }

        faults.Add("", "not-elsa", "Das ist keine Workflow-Definition von Elsa 3 mit einem Flowchart.", "This is no workflow definition of Elsa 3 with a flowchart.");
        return null;
    }
}

/// <summary>Looks into JSON that may have any shape.</summary>
internal static class ElsaLook
{
    /// <summary>The last property of this name, or null.</summary>
    public static JsonElement? Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Whether there is such a property.</summary>
    public static bool Has(this JsonElement json, string name) => json.Get(name) is not null;

    /// <summary>A property that is text, or null.</summary>
    public static string? Text(this JsonElement json, string name) => json.Get(name) is { ValueKind: JsonValueKind.String } text ? Words(text) : null;

    /// <summary>The items of a property that is a list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) => json.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The items of a property that is a list, those that are text.</summary>
    public static IEnumerable<string> Texts(this JsonElement json, string name) => json.Items(name).Where(i => i.ValueKind == JsonValueKind.String).Select(Words).OfType<string>();

    /// <summary>The fixed value of an input, as text.</summary>
    public static string? Input(this JsonElement activity, string name) =>
        activity.Get(name)?.Get("expression") is { } expression && expression.Text("type") is "Literal" or "Object" ? activity.Get(name)!.Value.Get("expression")!.Value.Text("value") : null;

    // Half of a surrogate pair is valid JSON, but no text.
    private static string? Words(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
