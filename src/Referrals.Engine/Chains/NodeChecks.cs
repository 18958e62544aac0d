using System.Collections.Immutable;
using System.Diagnostics;

namespace Referrals.Engine.Chains;

/// <summary>Checks the tree of a chain, and at each condition which steps can have ended before it is asked.</summary>
internal sealed class NodeChecks(ChainVersion chain, FaultList faults)
{
    private readonly HashSet<NodeId> _ids = [];
    private readonly StepChecks _steps = new(chain, faults);
    private readonly ConditionChecks _conditions = new(chain, faults);

    public void Run() => Visit(chain.Root, "root", 1, ConditionScope.Empty);

    private void Visit(ChainNode node, string path, int depth, ConditionScope scope)
    {
        if (depth > ChainLimits.Depth)
        {
            faults.Add(path, "too-deep", node, $"liegt tiefer als {ChainLimits.Depth} Ebenen.", $"lies deeper than {ChainLimits.Depth} levels.");
            return;
        }

        CheckIdentity(node, path);
        switch (node)
        {
            case ChainNode.Sequence sequence:
                VisitSequence(sequence, path, depth, scope);
                break;
            case ChainNode.Parallel parallel:
                VisitParallel(parallel, path, depth, scope);
                break;
            case ChainNode.Choice choice:
                VisitChoice(choice, path, depth, scope);
                break;
            case ChainNode.Optional optional:
                Visit(optional.Child, $"{path}.child", depth + 1, scope);
                break;
            case ChainNode.Repeat repeat:
                VisitRepeat(repeat, path, depth, scope);
                break;
            case ChainNode.Step step:
                _steps.Check(step, path);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void CheckIdentity(ChainNode node, string path)
    {
        ChainValidation.CheckCode($"{path}.id", node.Id.Value, faults);
        if (!_ids.Add(node.Id))
        {
            faults.Add($"{path}.id", "id-twice", node, $"Die Kennung „{node.Id}“ gibt es schon.", $"the id “{node.Id}” is used already.");
        }

        if (node.Title is { } title)
        {
            ChainValidation.CheckText($"{path}.title", title, ChainLimits.Title, faults);
        }
        else if (node is ChainNode.Step or ChainNode.Optional)
        {
            faults.Add($"{path}.title", "title-missing", node, "Die Bezeichnung fehlt.", "the title is missing.");
        }
    }

    private void VisitSequence(ChainNode.Sequence sequence, string path, int depth, ConditionScope scope)
    {
        if (sequence.Children.Count == 0)
        {
            faults.Add($"{path}.children", "children-too-few", sequence, "enthält nichts.", "holds nothing.");
        }

        foreach (var (place, child) in sequence.Parts())
        {
            Visit(child, $"{path}.{place}", depth + 1, scope);
            scope = scope with { Before = scope.Before.Union(StepsIn(child)) };
        }
    }

    private void VisitParallel(ChainNode.Parallel parallel, string path, int depth, ConditionScope scope)
    {
        if (parallel.Children.Count < 2)
        {
            faults.Add($"{path}.children", "children-too-few", parallel, "braucht mindestens zwei Teile.", "needs at least two parts.");
        }

        for (var i = 0; i < parallel.Children.Count; i++)
        {
            var others = parallel.Children.Where((_, other) => other != i).SelectMany(StepsIn);
            Visit(parallel.Children[i], $"{path}.children[{i}]", depth + 1, scope with { SameTime = scope.SameTime.Union(others) });
        }
    }

    private void VisitChoice(ChainNode.Choice choice, string path, int depth, ConditionScope scope)
    {
        ChainValidation.CheckLength($"{path}.branches", choice.Branches.Count, faults);
        if (choice.Branches.Count == 0)
        {
            faults.Add($"{path}.branches", "children-too-few", choice, "hat keinen Zweig.", "has no branch.");
        }

        var asked = new HashSet<string>();
        for (var i = 0; i < choice.Branches.Count; i++)
        {
            var branch = choice.Branches[i];
            if (Exhausted(asked) || !asked.Add(ConditionChecks.Key(branch.When)))
            {
                faults.Add(
                    $"{path}.branches[{i}].when", "branch-unreachable", choice,
                    $"Der {i + 1}. Zweig wird nie erreicht, weil ein früherer dasselbe fragt oder alles abdeckt.",
                    $"branch {i + 1} is never reached, because an earlier one asks the same or covers everything.");
            }

            _conditions.Check(branch.When, $"{path}.branches[{i}].when", choice, scope);
            Visit(branch.Then, $"{path}.branches[{i}].then", depth + 1, scope);
        }

        if (choice.Otherwise is { } otherwise)
        {
            if (Exhausted(asked))
            {
                faults.Add($"{path}.otherwise", "branch-unreachable", choice, "„Sonst“ wird nie erreicht, weil die Zweige alles abdecken.", "“otherwise” is never reached, because the branches cover everything.");
            }

            Visit(otherwise, $"{path}.otherwise", depth + 1, scope);
        }
    }

    private void VisitRepeat(ChainNode.Repeat repeat, string path, int depth, ConditionScope scope)
    {
        if (repeat.MaxRounds is < 1 or > ChainLimits.Rounds)
        {
            faults.Add($"{path}.maxRounds", "rounds-range", repeat, $"Die Zahl der Runden liegt zwischen 1 und {ChainLimits.Rounds}.", $"the number of rounds is between 1 and {ChainLimits.Rounds}.");
        }

        var after = scope with { Before = scope.Before.Union(StepsIn(repeat.Child)) };
        Visit(repeat.Child, $"{path}.child", depth + 1, repeat.MaxRounds > 1 ? after : scope);
        _conditions.Check(repeat.Until, $"{path}.until", repeat, after);
    }

    // A condition and its opposite leave nothing over.
    private static bool Exhausted(HashSet<string> asked) => asked.Any(key => asked.Contains(ConditionChecks.Opposite(key)));

    private static IEnumerable<NodeId> StepsIn(ChainNode node) =>
        node is ChainNode.Step ? [node.Id] : node.Parts().SelectMany(part => StepsIn(part.Node));
}

/// <summary>What a condition may ask for.</summary>
/// <param name="Before">Steps that can have ended before it is asked.</param>
/// <param name="SameTime">Steps that run at the same time, so that the answer would hang on chance.</param>
internal sealed record ConditionScope(ImmutableHashSet<NodeId> Before, ImmutableHashSet<NodeId> SameTime)
{
    public static ConditionScope Empty { get; } = new([], []);
}
