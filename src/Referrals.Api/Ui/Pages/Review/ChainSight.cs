using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>A chain that is looked at.</summary>
/// <param name="Sight">What is looked at.</param>
/// <param name="Chain">The chain, as it stands in the path.</param>
/// <param name="ByFrequency">Whether the map is coloured by how often a step was passed; else by how long it took.</param>
public sealed record ChainSight(ReviewSight Sight, string Chain, bool ByFrequency)
{
    /// <summary>The word for colouring by frequency.</summary>
    public const string Frequency = "haeufigkeit";

    /// <summary>The filter with this chain.</summary>
    public ReviewFilter Filter => Sight.Filter with { Chain = new ChainId(Chain) };
}

/// <summary>A chain in force of which nothing was referred yet.</summary>
/// <param name="Sight">What is looked at.</param>
/// <param name="Version">The version in force.</param>
public sealed record UnusedChainSight(ReviewSight Sight, ChainVersion Version);
