using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>Facts of a case in words.</summary>
public static class FactWords
{
    /// <summary>A value as people write it.</summary>
    public static string Of(FactValue value, FactDeclaration? declaration, Words words, Dates dates) => value switch
    {
        FactValue.Code code => declaration?.Type is FactType.CodeList list && list.Codes.FirstOrDefault(c => c.Code == code.Value) is { } known
            ? Words.Of(known.Title) : code.Value,
        FactValue.Number number => number.Value.ToString(CultureInfo.CurrentCulture),
        FactValue.YesNo yesNo => words[yesNo.Value ? "Referral.Yes" : "Referral.No"],
        FactValue.Month month => dates.Month(month.First),
        _ => throw new UnreachableException(),
    };

    /// <summary>The facts in the order in which the chain declares them, each with its title.</summary>
    public static IEnumerable<(string Title, string Value)> All(IReadOnlyDictionary<string, FactValue> facts, ChainVersion chain, Words words, Dates dates) =>
        from declaration in chain.Facts
        where facts.ContainsKey(declaration.Name)
        select (Words.Of(declaration.Title), Of(facts[declaration.Name], declaration, words, dates));
}
