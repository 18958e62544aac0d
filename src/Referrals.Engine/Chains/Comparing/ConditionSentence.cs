using System.Diagnostics;
using System.Globalization;

namespace Referrals.Engine.Chains.Comparing;

/// <summary>Conditions of a chain in words, in both languages.</summary>
internal static class ConditionSentence
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The condition in words.</summary>
    public static LocalText Of(Condition condition, ChainVersion chain) => condition switch
    {
        Condition.Fact fact => Fact(fact, chain),
        Condition.Outcome outcome => Outcome(outcome, chain, negated: false),
        Condition.All all => Join(all.Of, chain, " und ", " and "),
        Condition.Any any => Join(any.Of, chain, " oder ", " or "),
        Condition.Not { Of: Condition.Outcome outcome } => Outcome(outcome, chain, negated: true),
        Condition.Not not => Negated(Of(not.Of, chain)),
        _ => throw new UnreachableException(),
    };

    private static LocalText Negated(LocalText words) => new($"nicht: {words.De}", $"not: {words.En()}");

    private static LocalText Fact(Condition.Fact fact, ChainVersion chain)
    {
        var (title, value) = (Wording.Fact(chain, fact.Name), fact.Value is { } v ? Value(chain.FindFact(fact.Name), v) : new LocalText(""));
        var (de, en) = fact.Is switch
        {
            Comparison.Equal => ("ist", "is"),
            Comparison.NotEqual => ("ist nicht", "is not"),
            Comparison.Less => ("weniger als", "less than"),
            Comparison.AtMost => ("höchstens", "at most"),
            Comparison.AtLeast => ("mindestens", "at least"),
            Comparison.Greater => ("mehr als", "more than"),
            Comparison.Unknown => ("nicht bekannt", "not known"),
            _ => throw new UnreachableException(),
        };
        return new($"{title.De} {de} {value.De}".TrimEnd(), $"{title.En()} {en} {value.En()}".TrimEnd());
    }

    private static LocalText Value(FactDeclaration? declared, FactValue value) => value switch
    {
        FactValue.Code code => (declared?.Type as FactType.CodeList)?.Codes.FirstOrDefault(c => c.Code == code.Value)?.Title ?? new(code.Value),
        FactValue.Number number => new(number.Value.ToString(CultureInfo.InvariantCulture)),
        FactValue.YesNo { Value: true } => new("ja", "yes"),
        FactValue.YesNo => new("nein", "no"),
        FactValue.Month month => new(month.First.ToString("MMMM yyyy", German), month.First.ToString("MMMM yyyy", English)),
        _ => throw new UnreachableException(),
    };

    private static LocalText Outcome(Condition.Outcome outcome, ChainVersion chain, bool negated)
    {
        var step = chain.FindStep(outcome.Step)?.Title ?? new LocalText(outcome.Step.Value);
        var titles = outcome.In.Select(chain.TitleOf).ToList();
        var (de, en) = (string.Join(" oder ", titles.Select(t => $"„{t.De}“")), string.Join(" or ", titles.Select(t => $"“{t.En()}”")));
        return negated ? new($"„{step.De}“ endete nicht mit {de}", $"“{step.En()}” did not end with {en}") : new($"„{step.De}“ endete mit {de}", $"“{step.En()}” ended with {en}");
    }

    private static LocalText Join(IReadOnlyList<Condition> of, ChainVersion chain, string de, string en)
    {
        var parts = of.Select(c => (Of(c, chain), Nested: c is Condition.All { Of.Count: > 1 } or Condition.Any { Of.Count: > 1 })).ToList();
        return new(
            string.Join(de, parts.Select(p => p.Nested ? $"({p.Item1.De})" : p.Item1.De)),
            string.Join(en, parts.Select(p => p.Nested ? $"({p.Item1.En()})" : p.Item1.En())));
    }
}
