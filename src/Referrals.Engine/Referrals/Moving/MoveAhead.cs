using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>What still lies ahead of a referral on the version that it would move to: steps that nobody has been offered yet, decisions not yet taken, rounds that may come.</summary>
internal sealed class MoveAhead
{
    private readonly ReferralState _before;
    private readonly ReferralState _after;
    private readonly ChainVersion _from;
    private readonly ChainVersion _to;
    private readonly HashSet<NodeId> _nodes = [];

    /// <summary>Looks how far it has come.</summary>
    public MoveAhead(ReferralState before, ChainVersion from, ReferralState after, ChainVersion to)
    {
        (_before, _from, _after, _to) = (before, from, after, to);
        Walk(to.Root, "");
    }

    /// <summary>Terms of what lies ahead that the new version agrees on otherwise. What comes in addition or no longer comes is not among them.</summary>
    public IEnumerable<ChainDifference> Terms(ChainNames names)
    {
        var steps = _from.Steps().Concat(_to.Steps()).Select(s => s.Id).ToHashSet();
        return ChainDiff.Of(_from, _to, names).Where(d => d.Node is { } node
            ? !(d.What == DifferenceParts.Node && steps.Contains(node)) && IsAhead(node)
            : d.What is DifferenceParts.FederalState or DifferenceParts.Coordinator && _nodes.Count > 0);
    }

    /// <summary>Steps for which the client's consent, given for the version before, doesn't count.</summary>
    public IEnumerable<NodeId> NeedConsent() => _before.Consent is not { } given ? []
        : Steps(s => !_after.Overridden.ContainsKey(s.Id) && _after.Consent?.Steps?.Contains(s.Id) == false
            && (_from.FindStep(s.Id) is null || given.Steps?.Contains(s.Id) != false));

    /// <summary>Steps for which a release from professional secrecy is needed now.</summary>
    public IEnumerable<NodeId> NeedRelease() => Steps(s => s.Secrecy && _after.Release?.Steps.Contains(s.Id) != true
        && (_from.FindStep(s.Id) is not { Secrecy: true } || _before.Release?.Steps.Contains(s.Id) == true));

    private IEnumerable<NodeId> Steps(Func<ChainNode.Step, bool> which) => _to.Steps().Where(s => _nodes.Contains(s.Id) && which(s)).Select(s => s.Id);

    // A part that the new version no longer has lies ahead with the steps that were in it.
    private bool IsAhead(NodeId node) => _nodes.Contains(node)
        || (!_to.Nodes().Any(n => n.Id == node) && _from.Nodes().First(n => n.Id == node).SelfAndDescendants().Any(n => _nodes.Contains(n.Id)));

    // Whether anything of it lies ahead.
    private bool Walk(ChainNode node, string prefix) => node switch
    {
        ChainNode.Step step => Note(step, IsAhead(Place.Of(prefix, step.Id))),
        ChainNode.Choice choice => Walk(choice, prefix),
        ChainNode.Optional optional => Walk(optional, prefix),
        ChainNode.Repeat repeat => Walk(repeat, prefix),
        _ => Note(node, node.Children().Aggregate(false, (any, child) => Walk(child, prefix) || any)),
    };

    private bool Walk(ChainNode.Choice choice, string prefix)
    {
        if (!_after.Branches.TryGetValue(Place.Of(prefix, choice.Id), out var taken))
        {
            foreach (var child in choice.Children())
            {
                Walk(child, prefix);
            }

            return Note(choice, true);
        }

        var way = taken is not { } branch ? null : branch < choice.Branches.Count ? choice.Branches[branch].Then : choice.Otherwise;
        return way is not null && Walk(way, prefix);
    }

    private bool Walk(ChainNode.Optional optional, string prefix)
    {
        var known = _after.Parts.TryGetValue(Place.Of(prefix, optional.Id), out var included) || _after.Start.Parts.TryGetValue(optional.Id, out included);
        return (!known || included) && Note(optional, Walk(optional.Child, prefix) || !known);
    }

    private bool Walk(ChainNode.Repeat repeat, string prefix)
    {
        var rounds = _after.Repeats.TryGetValue(Place.Of(prefix, repeat.Id), out var known) ? known : new Rounds(0, Again: true);
        var round = rounds.Again ? rounds.Ended + 1 : rounds.Ended;
        var ahead = Walk(repeat.Child, $"{prefix}{repeat.Id.Value}.{round}/");
        return rounds.Again
            ? Note(repeat, (round < repeat.MaxRounds && Walk(repeat.Child, $"{prefix}{repeat.Id.Value}.{round + 1}/")) || ahead || round < repeat.MaxRounds)
            : ahead;
    }

    // What is with a partner stays as it was offered.
    private bool IsAhead(Place place)
    {
        var run = _after.Run(place);
        return run.End is null && !run.Offers.Any(o => _before.Offers.TryGetValue(o, out var offer) && offer.IsOpen);
    }

    private bool Note(ChainNode node, bool ahead)
    {
        if (ahead)
        {
            _nodes.Add(node.Id);
        }

        return ahead;
    }
}
