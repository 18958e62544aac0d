using Mono.Cecil;

namespace Referrals.Engine.Tests.Layout;

/// <summary>Which layers below a root namespace may use which others. The root namespace itself is the layer "".</summary>
internal sealed record LayerRules(string Root, IReadOnlyDictionary<string, string[]> Allowed)
{
    /// <summary>
    /// Everything in a compiled module that breaks the rules, as "type uses type". A layer that the rules don't name is a breach too.
    /// </summary>
    public IReadOnlyList<string> Breaches(ModuleDefinition module) =>
        [.. module.Types.Where(t => LayerOf(t) is not null).SelectMany(Breaches).Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<string> Breaches(TypeDefinition type)
    {
        var layer = LayerOf(type)!;
        if (!Allowed.TryGetValue(layer, out var allowed))
        {
            return [$"{type.FullName} lies in '{layer}', which no rule names"];
        }

        return TypeUses.Of(type)
            .Where(used => LayerOf(used) is { } other && other != layer && !allowed.Contains(other))
            .Select(used => $"{type.FullName} uses {used.FullName}");
    }

    private string? LayerOf(TypeReference type)
    {
        var declared = TypeUses.NamespaceOf(type);
        return declared == Root ? ""
            : declared.StartsWith(Root + ".", StringComparison.Ordinal) ? declared[(Root.Length + 1)..].Split('.')[0]
            : null;
    }
}
