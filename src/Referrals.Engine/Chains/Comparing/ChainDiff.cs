namespace Referrals.Engine.Chains.Comparing;

/// <summary>
/// The difference of two versions of a chain, by step and in words. Steps and the parts around them are matched by their ids. The
/// number of the version is no difference; where nothing else differs there is none.
/// </summary>
public static class ChainDiff
{
    /// <summary>Every difference: of the chain as a whole, then in the order of the later version, then what stands elsewhere.</summary>
    /// <param name="before">The earlier version.</param>
    /// <param name="after">The later version.</param>
    /// <param name="names">What organisations and services are called; null: as their codes.</param>
    public static IReadOnlyList<ChainDifference> Of(ChainVersion before, ChainVersion after, ChainNames? names = null)
    {
        var found = new Differences(before, after, names ?? ChainNames.Codes);
        HeadDiff.Compare(found);
        TreeDiff.Compare(found);
        PlaceDiff.Compare(found);
        return found.All;
    }

    /// <summary>What of it changes something for a partner: its steps, what is around them, the facts that it learns, and the chain as a whole.</summary>
    public static IReadOnlyList<ChainDifference> For(this IReadOnlyList<ChainDifference> differences, OrganisationId partner) =>
        [.. differences.Where(d => d.Partners.Contains(partner))];
}
