using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains.Elsa;

/// <summary>
/// Chains as workflow definitions of Elsa 3, made of its built-in activities only, so that a stock server loads them: a task for each step, and a task that
/// asks whoever runs the chain wherever a condition or a person decides. The chain itself goes along in the custom properties, so that nothing is lost.
/// </summary>
public static class ElsaWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, MaxDepth = 512, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The file as UTF-8. Any chain can be written, drafts with faults too.</summary>
    public static byte[] Write(ChainVersion chain) => Draw(chain).File;

    /// <summary>The file, and which activity stands for which node.</summary>
    internal static (byte[] File, IReadOnlyList<(string Id, ChainNode Node)> Nodes) Draw(ChainVersion chain)
    {
        var whole = new ElsaChain(chain);
        var root = ElsaFlowchart.Of(whole, "flow", "Workflow1:flow", chain.Root, null);
        ElsaCheck.Assure(root);
        var definition = new JsonObject
        {
            ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
            ["id"] = $"{chain.Id}-v{chain.Version}",
            ["definitionId"] = chain.Id.Value,
            ["name"] = chain.Title.De,
            ["description"] = chain.Description?.De ?? "",
            ["createdAt"] = "1970-01-01T00:00:00+00:00",
            ["version"] = chain.Version,
            ["toolVersion"] = "3.8.0.0",
            ["variables"] = new JsonArray([.. whole.Variables]),
            ["inputs"] = new JsonArray([.. chain.Facts.DistinctBy(f => f.Name).Select(Input)]),
            ["outputs"] = new JsonArray(),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject { [ElsaNames.Chain] = JsonSerializer.Serialize(chain, EventCodec.Json) },
            ["isReadonly"] = false,
            ["isSystem"] = false,
            ["isLatest"] = true,
            ["isPublished"] = true,
            ["options"] = new JsonObject { ["usableAsActivity"] = false, ["autoUpdateConsumingWorkflows"] = false },
            ["root"] = root,
        };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, MaxDepth = 512, Encoder = Indented.Encoder }))
        {
            definition.WriteTo(writer, Indented);
        }

        return (buffer.ToArray(), whole.Nodes);
    }

    private static JsonObject Input(FactDeclaration fact) => new()
    {
        ["type"] = fact.Type switch
        {
            FactType.WholeNumber => "Int32",
            FactType.YesNo => "Boolean",
            _ => "String",
        },
        ["name"] = fact.Name,
        ["displayName"] = fact.Title.De,
        ["description"] = "",
        ["category"] = "",
        ["uiHint"] = "single-line",
    };
}

/// <summary>What a workflow definition gathers while its flowcharts are drawn.</summary>
internal sealed class ElsaChain(ChainVersion chain)
{
    private readonly List<(string Id, ChainNode Node)> _nodes = [];
    private readonly List<JsonObject> _variables = [];
    private readonly Dictionary<ChainNode.Repeat, string> _again = new(ReferenceEqualityComparer.Instance);

    public ChainVersion Chain { get; } = chain;

    public FigureIds Ids { get; } = new();

    /// <summary>Which activity stands for which node.</summary>
    public IReadOnlyList<(string Id, ChainNode Node)> Nodes => _nodes;

    public IReadOnlyList<JsonObject> Variables => _variables;

    /// <summary>The variable into which a task puts its answer.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    public string Know(string id, ChainNode node)
    {
        _nodes.Add((id, node));
        return id;
    }

    public string Declare(string variable, string typeName)
    {
        _variables.Add(ElsaJson.Variable(variable, typeName));
        return variable;
    }

    /// <summary>The variable that tells whether there is another round.</summary>
    public string AgainOf(ChainNode.Repeat repeat)
    {
        if (!_again.TryGetValue(repeat, out var variable))
        {
            _again[repeat] = variable = Declare(Ids.For("again", repeat.Id.Value), "Boolean");
        }

        return variable;
    }
}
