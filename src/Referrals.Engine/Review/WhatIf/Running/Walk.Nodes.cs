using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>How a walk goes from node to node.</summary>
internal partial class Walk<TSelf>
    where TSelf : Walk<TSelf>
{
    private void Begin(int index)
    {
        var node = Plan.Nodes[index];
        switch (node.Node)
        {
            case ChainNode.Sequence:
                _stage[index] = 0;
                Begin(node.Children[0]);
                break;
            case ChainNode.Parallel:
                _stage[index] = node.Children.Length;
                foreach (var child in node.Children)
                {
                    Begin(child);
                }

                break;
            case ChainNode.Choice:
                var branch = _world.Branch((TSelf)this, index);
                if (branch < node.Children.Length)
                {
                    Begin(node.Children[branch]);
                }
                else
                {
                    End(index);
                }

                break;
            case ChainNode.Optional:
                _world.AskForPart((TSelf)this, index);
                break;
            case ChainNode.Repeat:
                BeginRound(index, 1);
                break;
            case ChainNode.Step:
                BeginStep(node.FirstStep);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void BeginStep(int step)
    {
        _content++;
        _runs[step] = default;
        if (!_world.TakeOver((TSelf)this, step))
        {
            OfferNext(step);
        }
    }

    private void BeginRound(int index, int round)
    {
        (_stage[index], _contentBefore[index]) = (round, _content);
        Begin(Plan.Nodes[index].Children[0]);
    }

    private void End(int index)
    {
        var parent = Plan.Nodes[index].Parent;
        if (parent < 0)
        {
            _world.Close((TSelf)this);
            return;
        }

        var above = Plan.Nodes[parent];
        switch (above.Node)
        {
            case ChainNode.Sequence when ++_stage[parent] < above.Children.Length:
                Begin(above.Children[_stage[parent]]);
                break;
            case ChainNode.Parallel when --_stage[parent] > 0:
                break;
            case ChainNode.Repeat repeat when GoesRoundAgain(repeat, parent):
                BeginRound(parent, _stage[parent] + 1);
                break;
            default:
                End(parent);
                break;
        }
    }

    // A round without a step or a decision has changed nothing, so that the next one would be the same.
    private bool GoesRoundAgain(ChainNode.Repeat repeat, int index) =>
        _stage[index] < repeat.MaxRounds && !_world.IsEnough((TSelf)this, index, _stage[index]) && _content > _contentBefore[index];
}
