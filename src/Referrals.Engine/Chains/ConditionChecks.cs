using System.Diagnostics;
using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains;

/// <summary>Checks conditions: that each part can be asked where it stands, and that it can ever hold.</summary>
internal sealed class ConditionChecks(ChainVersion chain, FaultList faults)
{
    private readonly Dictionary<string, FactDeclaration> _facts = chain.Facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name);
    private readonly Dictionary<NodeId, ChainNode.Step> _steps = chain.Steps().DistinctBy(s => s.Id).ToDictionary(s => s.Id);

    /// <summary>The same words for conditions that always give the same answer because they are written alike.</summary>
    public static string Key(Condition condition) => condition switch
    {
        Condition.Fact fact => $"fact({fact.Name},{fact.Is},{JsonSerializer.Serialize(fact.Value, EventCodec.Json)})",
        Condition.Outcome outcome => $"outcome({outcome.Step},{string.Join('|', outcome.In.Distinct().Order(StringComparer.Ordinal))})",
        Condition.All all => Keys("all", all.Of),
        Condition.Any any => Keys("any", any.Of),
        Condition.Not not => Opposite(Key(not.Of)),
        _ => throw new UnreachableException(),
    };

    /// <summary>The words of a condition's opposite.</summary>
    public static string Opposite(string key) => key.StartsWith('!') ? key[1..] : "!" + key;

    public void Check(Condition condition, string path, ChainNode about, ConditionScope scope) => Check(condition, path, about, scope, 1);

    private static string Keys(string word, IReadOnlyList<Condition> of)
    {
        var keys = of.Select(Key).Distinct().Order(StringComparer.Ordinal).ToList();
        return keys.Count == 1 ? keys[0] : $"{word}({string.Join('&', keys)})";
    }

    private void Check(Condition condition, string path, ChainNode about, ConditionScope scope, int depth)
    {
        if (depth > ChainLimits.ConditionDepth)
        {
            faults.Add(path, "condition-too-deep", about, $"Die Bedingung ist tiefer als {ChainLimits.ConditionDepth} Ebenen.", $"the condition is deeper than {ChainLimits.ConditionDepth} levels.");
            return;
        }

        switch (condition)
        {
            case Condition.Fact fact:
                CheckFact(fact, path, about);
                break;
            case Condition.Outcome outcome:
                CheckOutcome(outcome, path, about, scope);
                break;
            case Condition.All all:
                CheckParts(all.Of, path, about, scope, depth);
                break;
            case Condition.Any any:
                CheckParts(any.Of, path, about, scope, depth);
                break;
            case Condition.Not not:
                Check(not.Of, $"{path}.of", about, scope, depth + 1);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void CheckParts(IReadOnlyList<Condition> of, string path, ChainNode about, ConditionScope scope, int depth)
    {
        ChainValidation.CheckLength($"{path}.of", of.Count, faults);
        if (of.Count == 0)
        {
            faults.Add($"{path}.of", "condition-empty", about, "Die Bedingung enthält nichts.", "the condition holds nothing.");
        }

        for (var i = 0; i < of.Count; i++)
        {
            Check(of[i], $"{path}.of[{i}]", about, scope, depth + 1);
        }
    }

    private void CheckFact(Condition.Fact fact, string path, ChainNode about)
    {
        if (!_facts.TryGetValue(fact.Name, out var declared))
        {
            faults.Add($"{path}.name", "fact-undeclared", about, $"Die Angabe „{fact.Name}“ ist in der Kette nicht erklärt.", $"the fact “{fact.Name}” is not declared in the chain.");
            return;
        }

        if (fact.Is == Comparison.Unknown)
        {
            CheckUnknown(fact, declared, path, about);
        }
        else if (fact.Is is not (Comparison.Equal or Comparison.NotEqual) && declared.Type is not (FactType.WholeNumber or FactType.Month))
        {
            faults.Add($"{path}.is", "comparison-mismatch", about, $"Größer und kleiner gibt es bei „{declared.Title.De}“ nicht, nur bei Zahlen und Monaten.", $"“{declared.Title.En ?? declared.Title.De}” has no greater or less; only numbers and months have.");
        }
        else if (fact.Value is null)
        {
            faults.Add($"{path}.value", "value-missing", about, $"Der Wert, mit dem „{declared.Title.De}“ verglichen wird, fehlt.", $"the value that “{declared.Title.En ?? declared.Title.De}” is compared with is missing.");
        }
        else if (!declared.Type.Allows(fact.Value))
        {
            faults.Add($"{path}.value", "value-not-allowed", about, $"Diesen Wert kann „{declared.Title.De}“ nicht haben.", $"“{declared.Title.En ?? declared.Title.De}” can't have this value.");
        }
        else if (NeverHolds(fact, declared.Type))
        {
            Never(path, about);
        }
    }

    private void CheckUnknown(Condition.Fact fact, FactDeclaration declared, string path, ChainNode about)
    {
        if (fact.Value is not null)
        {
            faults.Add($"{path}.value", "value-superfluous", about, "Ob eine Angabe unbekannt ist, wird ohne Wert gefragt.", "whether a fact is unknown is asked without a value.");
        }

        if (declared.Required)
        {
            Never(path, about);
        }
    }

    private void Never(string path, ChainNode about) =>
        faults.Add(path, "condition-never", about, "Diese Bedingung kann nie zutreffen.", "this condition can never hold.");

    private static bool NeverHolds(Condition.Fact fact, FactType type) => (type, fact.Value) switch
    {
        (FactType.WholeNumber bounds, FactValue.Number number) =>
            (fact.Is == Comparison.Less && number.Value == bounds.Min)
            || (fact.Is == Comparison.Greater && number.Value == bounds.Max)
            || (fact.Is == Comparison.NotEqual && bounds.Min == bounds.Max),
        (FactType.CodeList list, _) => fact.Is == Comparison.NotEqual && list.Codes.Count == 1,
        _ => false,
    };

    private void CheckOutcome(Condition.Outcome outcome, string path, ChainNode about, ConditionScope scope)
    {
        ChainValidation.CheckLength($"{path}.in", outcome.In.Count, faults);
        if (outcome.In.Count == 0)
        {
            faults.Add($"{path}.in", "condition-empty", about, "Es ist kein Ergebnis genannt.", "no outcome is named.");
        }

        if (!_steps.TryGetValue(outcome.Step, out var step))
        {
            faults.Add($"{path}.step", "step-unknown", about, $"Einen Schritt „{outcome.Step}“ gibt es nicht.", $"there is no step “{outcome.Step}”.");
            return;
        }

        if (scope.SameTime.Contains(step.Id))
        {
            faults.Add($"{path}.step", "step-at-same-time", about, $"Der Schritt „{step.Title?.De}“ läuft gleichzeitig; sein Ergebnis steht hier nur zufällig fest.", $"the step “{step.Title?.En ?? step.Title?.De}” runs at the same time; whether its outcome is known here hangs on chance.");
        }
        else if (!scope.Before.Contains(step.Id))
        {
            faults.Add($"{path}.step", "step-not-before", about, $"Der Schritt „{step.Title?.De}“ kann hier noch nicht beendet sein.", $"the step “{step.Title?.En ?? step.Title?.De}” can't have ended here.");
        }

        CheckCodes(outcome, step, path, about);
    }

    private void CheckCodes(Condition.Outcome outcome, ChainNode.Step step, string path, ChainNode about)
    {
        var reported = step.Outcomes.Select(o => OutcomeCodes.Reported(o, step.Feedback)).ToHashSet();
        var seen = new HashSet<string>();
        for (var i = 0; i < outcome.In.Count; i++)
        {
            var code = outcome.In[i];
            var tookPlace = code == OutcomeCodes.TookPlace && step.Outcomes.Any(OutcomeCodes.MeansTookPlace);
            if (!seen.Add(code))
            {
                faults.Add($"{path}.in[{i}]", "code-twice", about, $"Das Ergebnis „{code}“ ist zweimal genannt.", $"the outcome “{code}” is named twice.");
            }
            else if (code == OutcomeCodes.Skipped || tookPlace || reported.Contains(code))
            {
                continue;
            }
            else if (step.Outcomes.Contains(code))
            {
                faults.Add($"{path}.in[{i}]", "outcome-masked", about, $"„{code}“ wird von „{step.Title?.De}“ nicht gemeldet, nur dass es stattgefunden hat (took-place).", $"“{code}” is not reported by “{step.Title?.En ?? step.Title?.De}”, only that it took place (took-place).");
            }
            else
            {
                faults.Add($"{path}.in[{i}]", "outcome-impossible", about, $"„{code}“ ist kein Ergebnis des Schritts „{step.Title?.De}“.", $"“{code}” is not an outcome of the step “{step.Title?.En ?? step.Title?.De}”.");
            }
        }
    }
}
