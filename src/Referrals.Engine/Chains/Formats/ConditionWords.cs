using System.Diagnostics;
using System.Globalization;

namespace Referrals.Engine.Chains.Formats;

/// <summary>Conditions as people read them on a drawing, in German: titles where the chain has them, else the codes.</summary>
public static class ConditionWords
{
    /// <summary>The words of a condition, such as <c>Kinder im Haushalt mindestens 3</c>.</summary>
    public static string Of(Condition condition, ChainVersion chain) => condition switch
    {
        Condition.Fact fact => Of(fact, chain),
        Condition.Outcome outcome => Of(outcome, chain),
        Condition.All all => Join(all.Of, " und ", chain),
        Condition.Any any => Join(any.Of, " oder ", chain),
        Condition.Not not => $"nicht ({Of(not.Of, chain)})",
        _ => throw new UnreachableException(),
    };

    private static string Join(IReadOnlyList<Condition> of, string word, ChainVersion chain) => of.Count == 0
        ? "(noch offen)"
        : string.Join(word, of.Select(part => part is Condition.All or Condition.Any ? $"({Of(part, chain)})" : Of(part, chain)));

    private static string Of(Condition.Fact fact, ChainVersion chain)
    {
        var declared = chain.Facts.FirstOrDefault(f => f.Name == fact.Name);
        var title = declared?.Title.De ?? fact.Name;
        var value = Value(fact.Value, declared);
        var month = fact.Value is FactValue.Month;
        return fact.Is switch
        {
            Comparison.Unknown => $"{title} nicht bekannt",
            Comparison.Equal => $"{title}: {value}",
            Comparison.NotEqual => $"{title} nicht: {value}",
            Comparison.Less => month ? $"{title} vor {value}" : $"{title} weniger als {value}",
            Comparison.AtMost => month ? $"{title} spätestens {value}" : $"{title} höchstens {value}",
            Comparison.AtLeast => month ? $"{title} frühestens {value}" : $"{title} mindestens {value}",
            Comparison.Greater => month ? $"{title} nach {value}" : $"{title} mehr als {value}",
            _ => throw new UnreachableException(),
        };
    }

    private static string Value(FactValue? value, FactDeclaration? declared) => value switch
    {
        null => "?",
        FactValue.Code code => (declared?.Type as FactType.CodeList)?.Codes.FirstOrDefault(c => c.Code == code.Value)?.Title.De ?? code.Value,
        FactValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FactValue.YesNo yesNo => yesNo.Value ? "ja" : "nein",
        FactValue.Month month => month.First.ToString("MM/yyyy", CultureInfo.InvariantCulture),
        _ => throw new UnreachableException(),
    };

    private static string Of(Condition.Outcome outcome, ChainVersion chain)
    {
        var step = chain.Steps().FirstOrDefault(s => s.Id == outcome.Step)?.Title?.De ?? outcome.Step.Value;
        return $"{step}: {string.Join(" oder ", outcome.In.Select(code => OutcomeTitle(code, chain)))}";
    }

    /// <summary>The German title of an outcome code in this chain, or the code itself.</summary>
    internal static string OutcomeTitle(string code, ChainVersion chain) =>
        (OutcomeCodes.TitleOf(code) ?? chain.Outcomes.FirstOrDefault(o => o.Code == code)?.Title)?.De ?? code;
}
