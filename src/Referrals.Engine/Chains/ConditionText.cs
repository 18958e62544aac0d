using System.Diagnostics;
using System.Globalization;

namespace Referrals.Engine.Chains;

/// <summary>
/// Conditions of a chain in words that people read, in both languages: <c>Mietrückstand in Monaten mindestens 2</c>. Files of other tools have words of their own,
/// which tell every condition apart and stay as they are (<c>Formats.ConditionWords</c>).
/// </summary>
/// <param name="chain">The chain that declares the facts and outcomes.</param>
public sealed class ConditionText(ChainVersion chain)
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The condition in words.</summary>
    public LocalText Of(Condition condition) => condition switch
    {
        Condition.Fact fact => Fact(fact),
        Condition.Outcome outcome => Outcome(outcome, "endet mit", "ends with"),
        Condition.All all => Join(all.Of, " und ", " and "),
        Condition.Any any => Join(any.Of, " oder ", " or "),
        Condition.Not { Of: Condition.Outcome outcome } => Outcome(outcome, "endet nicht mit", "does not end with"),
        Condition.Not not => Negated(Of(not.Of)),
        _ => throw new UnreachableException(),
    };

    /// <summary>A fact's value in words.</summary>
    public static LocalText Value(FactDeclaration? declared, FactValue value) => value switch
    {
        FactValue.Code code => (declared?.Type as FactType.CodeList)?.Codes.FirstOrDefault(c => c.Code == code.Value)?.Title ?? new LocalText(code.Value),
        FactValue.Number number => new LocalText(number.Value.ToString(CultureInfo.InvariantCulture)),
        FactValue.YesNo yesNo => yesNo.Value ? new LocalText("ja", "yes") : new LocalText("nein", "no"),
        FactValue.Month month => new LocalText(month.First.ToString("MMMM yyyy", German), month.First.ToString("MMMM yyyy", English)),
        _ => throw new UnreachableException(),
    };

    private static LocalText Negated(LocalText words) => new($"nicht ({words.De})", $"not ({In(words)})");

    private LocalText Fact(Condition.Fact fact)
    {
        var declared = chain.FindFact(fact.Name);
        if (fact is { Is: Comparison.NotEqual, Value: FactValue.YesNo yesNo })
        {
            return Fact(fact with { Is = Comparison.Equal, Value = new FactValue.YesNo(!yesNo.Value) });
        }

        var title = declared?.Title ?? new LocalText(fact.Name);
        var value = fact.Value is { } known ? Value(declared, known) : new LocalText(fact.Is == Comparison.Unknown ? "" : "?");
        var (de, en) = Compared(fact.Is, fact.Value is FactValue.Month);
        return new LocalText($"{title.De}{de} {value.De}".TrimEnd(), $"{In(title)}{en} {In(value)}".TrimEnd());
    }

    private static (string De, string En) Compared(Comparison comparison, bool month) => comparison switch
    {
        Comparison.Equal => (":", ":"),
        Comparison.NotEqual => (" außer", " other than"),
        Comparison.Less => month ? (" vor", " before") : (" unter", " below"),
        Comparison.AtMost => month ? (" bis", " until") : (" höchstens", " at most"),
        Comparison.AtLeast => month ? (" ab", " from") : (" mindestens", " at least"),
        Comparison.Greater => month ? (" nach", " after") : (" über", " above"),
        Comparison.Unknown => (" unbekannt", " unknown"),
        _ => throw new UnreachableException(),
    };

    private LocalText Outcome(Condition.Outcome outcome, string de, string en)
    {
        var step = chain.FindStep(outcome.Step)?.Title ?? new LocalText(outcome.Step.Value);
        var titles = outcome.In.Select(chain.TitleOf).ToList();
        return new LocalText(
            $"„{step.De}“ {de} {string.Join(" oder ", titles.Select(t => $"„{t.De}“"))}", $"“{In(step)}” {en} {string.Join(" or ", titles.Select(t => $"“{In(t)}”"))}");
    }

    private LocalText Join(IReadOnlyList<Condition> of, string de, string en)
    {
        var parts = of.Select(Part).ToList();
        return new LocalText(string.Join(de, parts.Select(p => p.De)), string.Join(en, parts.Select(In)));
    }

    private LocalText Part(Condition condition)
    {
        var words = Of(condition);
        return condition is Condition.All { Of.Count: > 1 } or Condition.Any { Of.Count: > 1 } ? new LocalText($"({words.De})", $"({In(words)})") : words;
    }

    private static string In(LocalText text) => text.En ?? text.De;
}
