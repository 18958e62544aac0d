using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains.Formats;

/// <summary>The shape of a tree as text. Sequences within sequences, and sequences of one, are no shape of their own: a drawing doesn't show them.</summary>
internal static class Shapes
{
    public static string Of(ChainNode node)
    {
        var parts = Parts(node).ToList();
        return parts.Count == 1 ? parts[0] : $"seq({string.Join(' ', parts)})";
    }

    private static IEnumerable<string> Parts(ChainNode node) => node switch
    {
        ChainNode.Sequence sequence => sequence.Children.SelectMany(Parts),
        ChainNode.Parallel parallel => [$"par({string.Join(' ', parallel.Children.Select(Of))})"],
        ChainNode.Choice choice => [$"choice({string.Join(' ', choice.Branches.Select(b => Of(b.Then)))} else {(choice.Otherwise is { } otherwise ? Of(otherwise) : "")})"],
        ChainNode.Optional optional => [$"optional({Of(optional.Child)})"],
        ChainNode.Repeat repeat => [$"repeat{repeat.MaxRounds}({Of(repeat.Child)})"],
        ChainNode.Step step => [$"step[{step.Title?.De}]"],
        _ => throw new UnreachableException(),
    };
}
