using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>What changes, places and measures are called.</summary>
public sealed class WhatIfNames(ReviewSight sight, Words words)
{
    private readonly Dictionary<(string Chain, string Step), string> _steps = sight.Figures.Steps(ReviewFilter.All).ToDictionary(s => (s.Chain.Value, s.Step), s => Words.Of(s.Title));

    /// <summary>Every organisation of the network.</summary>
    public IReadOnlyList<Choice> Partners => [.. sight.Directory.Lines.Select(o => new Choice(o.Id.Value, o.Profile.Name))];

    /// <summary>What was measured before an answer.</summary>
    public MeasuredLately Measured(DateTimeOffset asOf) => new(sight.Figures, asOf);

    /// <summary>A partner.</summary>
    public string Partner(string partner) => sight.NameOf(partner);

    /// <summary>A chain.</summary>
    public string Chain(string chain) => sight.ChainName(new ChainId(chain));

    /// <summary>A step.</summary>
    public string Step(string chain, string step) => _steps.GetValueOrDefault((chain, step)) ?? step;

    /// <summary>A part of a chain: its title, or its steps'.</summary>
    public string Node(ChainNode node) => node is ChainNode.Step step ? words.StepTitle(step)
        : node.Title is { } title ? Words.Of(title)
        : string.Join(" + ", node.Parts().Select(p => Node(p.Node)));

    /// <summary>What a row of an answer tells of; the chain only where several are told of.</summary>
    public string Scope(ResultScope scope, bool chains) => scope switch
    {
        { Service: { } service, Partner: { } partner } => words["WhatIf.At", words.Service(service), Partner(partner)],
        { Chain: { } chain, Step: { } step } => (scope.Partner is { } partner ? words["WhatIf.At", Step(chain, step), Partner(partner)] : Step(chain, step)) + (chains ? $" ({Chain(chain)})" : ""),
        { Chain: { } chain } => Chain(chain),
        _ => words["WhatIf.WholeNetwork"],
    };

    /// <summary>A change as a sentence without its full stop.</summary>
    public string Change(Change change) => change switch
    {
        Change.AgreedTimes c => string.Join(
            ", ", new[] { c.Acknowledge is { } a ? words["WhatIf.ToAcknowledge", a] : null, c.Complete is { } d ? words["WhatIf.ToComplete", d] : null }.OfType<string>()) is var times
            ? words["WhatIf.ChangedTimes", Step(c.Chain.Value, c.Step.Value), times] : "",
        Change.Capacity c => Capacity(c),
        Change.Partners c => words["WhatIf.ChangedPartners", Step(c.Chain.Value, c.Step.Value), string.Join(", ", c.Named.Select(p => Partner(p.Value)))],
        Change.Offered c => words["WhatIf.ChangedOffer", Step(c.Chain.Value, c.Step.Value), words.Code("WhatIf.Mode", WhatIfChoices.CodeOf(c.Mode))],
        Change.Order c => words["WhatIf.ChangedOrder", string.Join(" – ", c.Children.Select(n => Part(c.Chain, n)))],
        Change.Together c => words["WhatIf.ChangedTogether", string.Join(" + ", c.Children.Select(n => Part(c.Chain, n)))],
        Change.KnownVersion c => words["WhatIf.ChangedVersion", Chain(c.Chain.Value), c.Number],
        Change.Arrivals c => words[c.Times < 1 ? "WhatIf.FewerReferrals" : "WhatIf.MoreReferrals", Math.Abs(Math.Round((c.Times - 1) * 100)), c.Chain is { } one ? Chain(one.Value) : words["WhatIf.WholeNetwork"]],
        Change.Version c => words["WhatIf.ChangedVersion", Chain(c.Chain.Id.Value), c.Chain.Version],
        _ => throw new UnreachableException(),
    };

    /// <summary>The versions that parts without a step's name are looked up in.</summary>
    public IReadOnlyDictionary<(ChainId Id, int Version), ChainVersion> Versions { get; init; } = new Dictionary<(ChainId Id, int Version), ChainVersion>();

    private string Part(ChainId chain, NodeId node) =>
        Versions.Where(v => v.Key.Id == chain).OrderByDescending(v => v.Key.Version).SelectMany(v => v.Value.Nodes()).FirstOrDefault(n => n.Id == node) is { } known ? Node(known) : Step(chain.Value, node.Value);

    private string Capacity(Change.Capacity c)
    {
        var where = c.Service is { } service ? words["WhatIf.At", words.Service(service), Partner(c.Partner.Value)] : Partner(c.Partner.Value);
        return c switch
        {
            { By: { } by and > 0 } => words["WhatIf.MorePlaces", where, words.Count("WhatIf.Places", by)],
            { By: { } by } => words["WhatIf.FewerPlaces", where, words.Count("WhatIf.Places", -by)],
            { Places: { } places } => words["WhatIf.SoManyPlaces", where, words.Count("WhatIf.Places", places)],
            _ => words["WhatIf.TimesPlaces", where, (c.Times ?? 1).ToString("0.##", CultureInfo.CurrentCulture)],
        };
    }
}
