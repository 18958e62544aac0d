using System.Diagnostics;
using System.Globalization;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>Conditions of a chain in words that people read: <c>Mietrückstand in Monaten mindestens 2</c>.</summary>
/// <param name="chain">The chain that declares the facts and outcomes.</param>
/// <param name="words">The reader's language.</param>
public sealed class ConditionWords(ChainVersion chain, Words words)
{
    private readonly Dates _dates = new(words);

    /// <summary>The condition in words.</summary>
    public string Of(Condition condition) => condition switch
    {
        Condition.Fact fact => Fact(fact),
        Condition.Outcome outcome => words["Condition.Outcome", StepTitle(outcome), Either(outcome.In.Select(code => Words.Of(chain.TitleOf(code))))],
        Condition.All all => string.Join(words["Condition.And"], all.Of.Select(Part)),
        Condition.Any any => string.Join(words["Condition.Or"], any.Of.Select(Part)),
        Condition.Not { Of: Condition.Outcome outcome } =>
            words["Condition.OutcomeNot", StepTitle(outcome), Either(outcome.In.Select(code => Words.Of(chain.TitleOf(code))))],
        Condition.Not not => words["Condition.Not", Of(not.Of)],
        _ => throw new UnreachableException(),
    };

    /// <summary>A fact's value in words.</summary>
    public string Value(FactDeclaration? declared, FactValue value) => value switch
    {
        FactValue.Code code => (declared?.Type as FactType.CodeList)?.Codes.FirstOrDefault(c => c.Code == code.Value) is { } title
            ? Words.Of(title.Title)
            : code.Value,
        FactValue.Number number => number.Value.ToString(CultureInfo.CurrentCulture),
        FactValue.YesNo yesNo => words[yesNo.Value ? "Condition.Yes" : "Condition.No"],
        FactValue.Month month => _dates.Month(month.First),
        _ => throw new UnreachableException(),
    };

    private string Part(Condition condition) =>
        condition is Condition.All { Of.Count: > 1 } or Condition.Any { Of.Count: > 1 } ? $"({Of(condition)})" : Of(condition);

    private string Fact(Condition.Fact fact)
    {
        var declared = chain.FindFact(fact.Name);
        var title = declared is null ? fact.Name : Words.Of(declared.Title);
        return fact switch
        {
            { Is: Comparison.NotEqual, Value: FactValue.YesNo yesNo } => words["Condition.Equal", title, Value(declared, new FactValue.YesNo(!yesNo.Value))],
            { Value: FactValue.Month month } => words[MonthKey(fact.Is), title, _dates.Month(month.First)],
            _ => words[Key(fact.Is), title, fact.Value is { } value ? Value(declared, value) : ""],
        };
    }

    private static string Key(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "Condition.Equal",
        Comparison.NotEqual => "Condition.NotEqual",
        Comparison.Less => "Condition.Less",
        Comparison.AtMost => "Condition.AtMost",
        Comparison.AtLeast => "Condition.AtLeast",
        Comparison.Greater => "Condition.Greater",
        Comparison.Unknown => "Condition.Unknown",
        _ => throw new UnreachableException(),
    };

    private static string MonthKey(Comparison comparison) => comparison switch
    {
        Comparison.Less => "Condition.Before",
        Comparison.AtMost => "Condition.Until",
        Comparison.AtLeast => "Condition.From",
        Comparison.Greater => "Condition.After",
        _ => Key(comparison),
    };

    private string StepTitle(Condition.Outcome outcome) =>
        chain.FindStep(outcome.Step)?.Title is { } title ? Words.Of(title) : outcome.Step.Value;

    private string Either(IEnumerable<string> of) => string.Join(words["Condition.Or"], of.Select(word => words["Condition.Quoted", word]));
}
