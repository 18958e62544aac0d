using System.Diagnostics;
using Referrals.Engine.Chains;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>Facts of a case as they are likely.</summary>
internal static class CaseFacts
{
    /// <summary>What is known at the start.</summary>
    public static Dictionary<string, FactValue> AtStart(Dice dice, ChainVersion chain, DateOnly day) =>
        chain.Facts.Where(f => f.Required || dice.Chance(0.92, "knows", f.Name)).ToDictionary(f => f.Name, f => Value(dice, f, day, "start"));

    /// <summary>What a partner finds out.</summary>
    public static Dictionary<string, FactValue> Found(Dice dice, ChainVersion chain, ChainNode.Step step, DateOnly day, string at) =>
        step.ReturnFacts.Where(f => dice.Chance(0.85, "finds", f, at)).ToDictionary(f => f, f => Value(dice, chain.FindFact(f)!, day, at));

    private static FactValue Value(Dice dice, FactDeclaration fact, DateOnly day, string at) => (fact.Name, fact.Type) switch
    {
        ("children", _) => new FactValue.Number(dice.Weighted([(1, 5.0), (2, 3.5), (3, 1.2), (4, 0.3)], "children", at)),
        ("age-of-youngest", _) => new FactValue.Number((int)Math.Min(17, dice.Exponential(4, "age", at))),
        ("rent-arrears", _) => new FactValue.Number(dice.Weighted([(0, 6.0), (1, 2.0), (2, 1.2), (3, 0.8)], "arrears", at)),
        ("separation", _) => new FactValue.YesNo(dice.Chance(0.35, "separation", at)),
        ("weekly-hours", _) => new FactValue.Number(dice.Weighted([(12, 1.6), (20, 3.0), (25, 2.5), (30, 2.0), (38, 0.9)], "hours", at)),
        ("months-out-of-work", _) => new FactValue.Number((int)Math.Min(120, dice.Exponential(22, "months", at))),
        ("car", _) => new FactValue.YesNo(dice.Chance(0.55, "car", at)),
        (_, FactType.CodeList list) => new FactValue.Code(dice.Pick(list.Codes, "fact", fact.Name, at).Code),
        (_, FactType.WholeNumber bounds) => new FactValue.Number(dice.Between(bounds.Min, bounds.Max, "fact", fact.Name, at)),
        (_, FactType.YesNo) => new FactValue.YesNo(dice.Chance(0.5, "fact", fact.Name, at)),
        (_, FactType.Month) => new FactValue.Month(new DateOnly(day.Year, day.Month, 1).AddMonths(dice.Between(1, 8, "fact", fact.Name, at))),
        _ => throw new UnreachableException(),
    };
}
