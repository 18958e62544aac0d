using System.Globalization;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>What can be different in a chain, after the changes that are there already: what the drop-downs offer.</summary>
public sealed class WhatIfChoices
{
    /// <summary>Between the parts of a choice's value; no code has one.</summary>
    public const char Between = '/';

    /// <summary>Two parts in the other order.</summary>
    public const string Swapped = "tauschen";

    /// <summary>Two parts at once.</summary>
    public const string AtOnce = "zugleich";

    private readonly WhatIfBasis _basis;
    private readonly WhatIfNames _names;
    private readonly Words _words;

    /// <summary>The choices for a chain of the network as it would be.</summary>
    public WhatIfChoices(WhatIfBasis basis, WhatIfNames names, Words words, ChainId chain, IReadOnlyList<Change> changes)
    {
        (_basis, _names, _words, Chain) = (basis, names, words, chain);
        Model = changes.Count > 0 && basis.Apply(changes).Model is { } changed ? changed : basis.Model;
        Version = (Model.Find(chain) ?? basis.Model.Find(chain))?.Current;
    }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>The network with the changes so far.</summary>
    public NetworkModel Model { get; }

    /// <summary>The chain with the changes so far; null where nothing is known of it.</summary>
    public ChainVersion? Version { get; }

    /// <summary>Its steps.</summary>
    public IReadOnlyList<Choice> Steps => [.. AllSteps.Select(s => new Choice(s.Id.Value, _words.StepTitle(s)))];

    /// <summary>The steps with their agreed times.</summary>
    public IReadOnlyList<Choice> Times => [.. AllSteps.Select(s => new Choice(s.Id.Value, s.CompleteWithin is { } complete
        ? _words["WhatIf.StepTimes", _words.StepTitle(s), s.AcknowledgeWithin, complete] : _words["WhatIf.StepTime", _words.StepTitle(s), s.AcknowledgeWithin]))];

    /// <summary>The steps with the way they are offered.</summary>
    public IReadOnlyList<Choice> Offers => [.. AllSteps.Where(s => s.Partners.Count > 1).Select(s => new Choice(s.Id.Value, $"{_words.StepTitle(s)} ({_words.Code("WhatIf.Mode", CodeOf(s.Offer))})"))];

    /// <summary>Partners' services that have a step here, with their places.</summary>
    public IReadOnlyList<Choice> Places => [.. AllSteps.SelectMany(s => s.Partners.Select(p => new PoolKey(p.Value, s.Service))).Distinct()
        .Where(k => Model.Capacity.ContainsKey(k) && _basis.MayBeTold(new(null, null, k.Partner, k.Service)))
        .Select(k => new Choice($"{k.Partner}{Between}{k.Service}", _words["WhatIf.Room", _names.Partner(k.Partner), _words.Service(k.Service), Model.Capacity[k].Places]))
        .OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    /// <summary>Every organisation that could be a partner.</summary>
    public IReadOnlyList<Choice> Partners => _names.Partners;

    /// <summary>Parts that follow one another: the other way round, or at once.</summary>
    public IReadOnlyList<Choice> Orders => Version is null ? [] :
    [
        .. Version.Nodes().OfType<ChainNode.Sequence>().SelectMany(s => s.Children.Zip(s.Children.Skip(1), (a, b) => (Sequence: s, First: a, Second: b))).SelectMany(p => (Choice[])
        [
            new(Pair(Swapped, p), _words["WhatIf.SwapThem", _names.Node(p.Second), _names.Node(p.First)]),
            new(Pair(AtOnce, p), _words["WhatIf.AtOnce", _names.Node(p.First), _names.Node(p.Second)]),
        ]),
    ];

    /// <summary>The chain's other versions.</summary>
    public IReadOnlyList<Choice> Versions =>
    [
        .. _basis.Versions.Keys.Where(k => k.Id == Chain && k.Version != _basis.Model.Find(Chain)?.Current.Version).Select(k => k.Version).OrderDescending()
            .Select(v => new Choice(v.ToString(CultureInfo.InvariantCulture), _words["WhatIf.VersionN", v])),
    ];

    /// <summary>The ways of offering.</summary>
    public IReadOnlyList<Choice> Modes => [.. Enum.GetValues<OfferMode>().Select(m => new Choice(CodeOf(m), _words.Code("WhatIf.Mode", CodeOf(m))))];

    /// <summary>A step of the chain as it would be, or null.</summary>
    public ChainNode.Step? Step(string id) => AllSteps.FirstOrDefault(s => s.Id.Value == id);

    /// <summary>The change that a choice of <see cref="Orders"/> stands for, or null.</summary>
    public Change? Order(string value)
    {
        if (value.Split(Between) is not [var way, var sequence, var first] || Version?.Nodes().OfType<ChainNode.Sequence>().FirstOrDefault(s => s.Id.Value == sequence) is not { } known)
        {
            return null;
        }

        var parts = known.Children.Select(c => c.Id).ToList();
        var at = parts.FindIndex(p => p.Value == first);
        if (at < 0 || at + 1 >= parts.Count)
        {
            return null;
        }

        if (way == AtOnce)
        {
            return new Change.Together(Chain, known.Id, [parts[at], parts[at + 1]]);
        }

        (parts[at], parts[at + 1]) = (parts[at + 1], parts[at]);
        return new Change.Order(Chain, known.Id, parts);
    }

    /// <summary>A way of offering as a code.</summary>
    public static string CodeOf(OfferMode mode) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(mode.ToString());

    private IEnumerable<ChainNode.Step> AllSteps => Version?.Steps() ?? [];

    private static string Pair(string way, (ChainNode.Sequence Sequence, ChainNode First, ChainNode Second) pair) =>
        $"{way}{Between}{pair.Sequence.Id}{Between}{pair.First.Id}";
}
