using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>
/// A node of a <see cref="ChainPlan"/>; its number is its place in <see cref="ChainPlan.Nodes"/>, parents before children. It knows the repeat around it
/// (-1: none) and which steps lie below it.
/// </summary>
internal sealed record PlanNode(ChainNode Node, int Parent, int Repeat, int[] Children, int FirstStep, int AfterSteps)
{
    /// <summary>Of a choice for each branch, of a repeat for its end: what decides on it; null where facts have a say, which no history tells.</summary>
    public Func<int[], bool>?[] Conditions { get; init; } = [];
}

/// <summary>A step of a <see cref="ChainPlan"/>.</summary>
internal sealed record PlanStep(ChainNode.Step Step, int Index, int Node, int Repeat)
{
    public bool GoesOn { get; } = Step is { Offer: OfferMode.InOrder, OnDecline: DeclinePath.NextPartner };
}

/// <summary>A chain version laid flat, so that thousands of referrals walk it quickly.</summary>
internal sealed class ChainPlan
{
    private readonly Words _outcomes;
    private readonly List<PlanNode> _nodes = [];
    private readonly List<PlanStep> _steps = [];
    private readonly Dictionary<NodeId, int> _stepsById = [];

    public ChainPlan(ChainVersion chain, Words outcomes)
    {
        (Chain, _outcomes) = (chain, outcomes);
        Skipped = outcomes.Of(OutcomeCodes.Skipped);
        foreach (var step in chain.Steps())
        {
            _stepsById.TryAdd(step.Id, _stepsById.Count);
        }

        Lay(chain.Root, -1, -1);
    }

    public ChainVersion Chain { get; }

    /// <summary>The number of the outcome "skipped".</summary>
    public int Skipped { get; }

    public IReadOnlyList<PlanNode> Nodes => _nodes;

    public IReadOnlyList<PlanStep> Steps => _steps;

    public int? FindStep(string id) => _stepsById.TryGetValue(new NodeId(id), out var index) ? index : null;

    /// <summary>Whether what comes at a step can only be reached when this node is over.</summary>
    public bool ComesAfter(int step, int node)
    {
        if (step < _nodes[node].AfterSteps)
        {
            return false;
        }

        var above = node;
        while (above >= 0 && !(step >= _nodes[above].FirstStep && step < _nodes[above].AfterSteps))
        {
            above = _nodes[above].Parent;
        }

        return above >= 0 && _nodes[above].Node is ChainNode.Sequence;
    }

    private int Lay(ChainNode node, int parent, int repeat)
    {
        var (index, first) = (_nodes.Count, _steps.Count);
        var own = new PlanNode(node, parent, repeat, [], first, first);
        _nodes.Add(own);
        if (node is ChainNode.Step step)
        {
            _steps.Add(new PlanStep(step, _steps.Count, index, repeat));
        }

        int[] children = [.. node.Children().Select(child => Lay(child, index, node is ChainNode.Repeat ? index : repeat))];
        _nodes[index] = own with { Children = children, AfterSteps = _steps.Count, Conditions = ConditionsOf(node) };
        return index;
    }

    private Func<int[], bool>?[] ConditionsOf(ChainNode node) => node switch
    {
        ChainNode.Choice choice => [.. choice.Branches.Select(b => Compile(b.When))],
        ChainNode.Repeat repeat => [Compile(repeat.Until)],
        _ => [],
    };

    private Func<int[], bool>? Compile(Condition condition)
    {
        switch (condition)
        {
            case Condition.Fact:
                return null;
            case Condition.Outcome outcome:
                return Compile(outcome);
            case Condition.All all:
                return all.Of.Select(Compile).ToArray() is var of && of.Contains(null) ? null : told => Array.TrueForAll(of, c => c!(told));
            case Condition.Any any:
                return any.Of.Select(Compile).ToArray() is var some && some.Contains(null) ? null : told => Array.Exists(some, c => c!(told));
            case Condition.Not not:
                return Compile(not.Of) is { } inner ? told => !inner(told) : null;
            default:
                throw new UnreachableException();
        }
    }

    private Func<int[], bool> Compile(Condition.Outcome outcome)
    {
        var step = _stepsById[outcome.Step];
        int[] named = [.. outcome.In.Select(_outcomes.Of)];
        return outcome.In.Contains(OutcomeCodes.TookPlace)
            ? told => told[step] >= 0 && (named.Contains(told[step]) || OutcomeCodes.MeansTookPlace(_outcomes[told[step]]))
            : told => told[step] >= 0 && named.Contains(told[step]);
    }
}
