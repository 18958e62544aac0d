using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>A question that suggests itself.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Change">What would be different.</param>
public sealed record WhatIfSuggestion(ChainId Chain, Change Change);

/// <summary>Questions that begin where people wait most, so that a group needn't start from nothing.</summary>
internal static class WhatIfSuggestions
{
    private const int Places = 2;

    /// <summary>The questions, the one that is likely to help most first.</summary>
    /// <param name="sight">What is known of waiting.</param>
    /// <param name="basis">The network.</param>
    /// <param name="chain">Only for this chain; empty: for all.</param>
    public static IReadOnlyList<WhatIfSuggestion> Of(ReviewSight sight, WhatIfBasis basis, string chain)
    {
        var filter = chain.Length > 0 ? sight.Filter with { Chain = new(chain), Version = null } : sight.Filter;
        var worst = sight.Figures.Ranking(filter, RankBy.StepAndPartner).Rows.Where(r => r is { Step: not null, Partner: not null, Waiting.Total: > 0 })
            .Select(r => (Row: r, Step: basis.Model.Find(r.Step!.Chain)?.Current.Steps().FirstOrDefault(s => s.Id.Value == r.Step.Step && s.Partners.Any(p => p.Value == r.Partner))))
            .Where(r => r.Step is not null).Select(r => (Chain: r.Row.Step!.Chain, Step: r.Step!, Partner: r.Row.Partner!)).ToList();
        if (worst.Count == 0)
        {
            return [];
        }

        var (first, second) = (worst[0], worst.FirstOrDefault(w => w.Partner != worst[0].Partner));
        return [.. new[] { More(basis, first), second.Step is null ? null : More(basis, second), Offer(first.Chain, first.Step), AtOnce(basis, first.Chain, first.Step), new(first.Chain, new Change.Arrivals(1.2, first.Chain)) }.OfType<WhatIfSuggestion>()];
    }

    private static WhatIfSuggestion? More(WhatIfBasis basis, (ChainId Chain, ChainNode.Step Step, string Partner) at) =>
        basis.Model.Capacity.ContainsKey(new PoolKey(at.Partner, at.Step.Service)) ? new(at.Chain, new Change.Capacity(new(at.Partner), at.Step.Service, By: Places)) : null;

    private static WhatIfSuggestion? Offer(ChainId chain, ChainNode.Step step) =>
        step is { Partners.Count: > 1, Offer: not OfferMode.FirstToAccept } ? new(chain, new Change.Offered(chain, step.Id, OfferMode.FirstToAccept)) : null;

    private static WhatIfSuggestion? AtOnce(WhatIfBasis basis, ChainId chain, ChainNode.Step step)
    {
        foreach (var sequence in basis.Model.Find(chain)!.Current.Nodes().OfType<ChainNode.Sequence>())
        {
            var at = sequence.Children.ToList().FindIndex(c => c.Id == step.Id);
            if (at >= 0 && sequence.Children.Count > 1)
            {
                var from = Math.Min(at, sequence.Children.Count - 2);
                return new(chain, new Change.Together(chain, sequence.Id, [sequence.Children[from].Id, sequence.Children[from + 1].Id]));
            }
        }

        return null;
    }
}
