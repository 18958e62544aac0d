using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains;

/// <summary>What a fact of a chain may be, in words.</summary>
internal static class FactWords
{
    /// <summary>The values that a type allows: bounds, the titles of its codes, or its kind.</summary>
    public static string Values(this Words words, FactType type) => type switch
    {
        FactType.WholeNumber number => words["Designer.FactNumber", number.Min, number.Max],
        FactType.CodeList list => words["Designer.FactCodes", string.Join(", ", list.Codes.Select(c => Words.Of(c.Title)))],
        FactType.Month => words["Designer.FactKind.month"],
        _ => words["Designer.FactKind.yes-no"],
    };
}
