using System.Diagnostics;

namespace Referrals.Engine.Chains;

/// <summary>
/// Finds everything that is wrong with a chain version. A chain without faults is sound by construction: every referral on it
/// can end, and every branch of it can be reached.
/// </summary>
public static class ChainValidation
{
    /// <summary>All faults, those of the chain as a whole first, then those of its nodes in the order of the drawing.</summary>
    public static IReadOnlyList<ChainFault> Check(ChainVersion chain)
    {
        var faults = new FaultList();
        CheckHead(chain, faults);
        CheckFacts(chain.Facts, faults);
        CheckOutcomes(chain.Outcomes, faults);
        if (chain.Nodes().Take(ChainLimits.Nodes + 1).Count() > ChainLimits.Nodes)
        {
            faults.Add("root", "nodes-too-many", $"Die Kette hat mehr als {ChainLimits.Nodes} Teile.", $"The chain has more than {ChainLimits.Nodes} nodes.");
        }
        else
        {
            new NodeChecks(chain, faults).Run();
        }

        return faults.All;
    }

    private static void CheckHead(ChainVersion chain, FaultList faults)
    {
        CheckCode("id", chain.Id.Value, faults);
        if (chain.Id.Value == "neu")
        {
            // Where chains stand under their codes, this one begins another.
            faults.Add("id", "id-reserved", "„neu“ kann keine Kette heißen.", "No chain can be called “neu”.");
        }

        if (chain.Version < 1)
        {
            faults.Add("version", "version-range", "Die Nummer der Fassung beginnt bei 1.", "The number of the version starts at 1.");
        }

        CheckText("title", chain.Title, ChainLimits.Title, faults);
        if (chain.Description is { } description)
        {
            CheckText("description", description, ChainLimits.Description, faults);
        }

        if (!WorkingCalendar.Knows(chain.FederalState))
        {
            var states = string.Join(", ", PublicHolidays.FederalStates);
            faults.Add(
                "federalState",
                "federal-state-unknown",
                $"„{chain.FederalState}“ ist kein Kürzel eines Bundeslandes ({states}).",
                $"“{chain.FederalState}” is not the code of a federal state ({states}).");
        }

        CheckCode("coordinator", chain.Coordinator.Value, faults);
    }

    private static void CheckFacts(IReadOnlyList<FactDeclaration> facts, FaultList faults)
    {
        CheckLength("facts", facts.Count, faults);
        var seen = new HashSet<string>();
        for (var i = 0; i < facts.Count; i++)
        {
            var (fact, path) = (facts[i], $"facts[{i}]");
            CheckCode($"{path}.name", fact.Name, faults);
            if (!seen.Add(fact.Name))
            {
                faults.Add($"{path}.name", "fact-declared-twice", $"Die Angabe „{fact.Name}“ ist zweimal erklärt.", $"The fact “{fact.Name}” is declared twice.");
            }

            CheckText($"{path}.title", fact.Title, ChainLimits.Title, faults);
            CheckType($"{path}.type", fact, faults);
        }
    }

    private static void CheckType(string path, FactDeclaration fact, FaultList faults)
    {
        switch (fact.Type)
        {
            case FactType.CodeList list:
                CheckCodeList($"{path}.codes", fact, list.Codes, faults);
                break;
            case FactType.WholeNumber { Min: var min, Max: var max } when min > max:
                faults.Add(
                    $"{path}.min",
                    "bounds-reversed",
                    $"Angabe „{fact.Title.De}“: Die untere Grenze {min} liegt über der oberen {max}.",
                    $"Fact “{fact.Title.En ?? fact.Title.De}”: the lower bound {min} is above the upper bound {max}.");
                break;
            case FactType.WholeNumber or FactType.YesNo or FactType.Month:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void CheckCodeList(string path, FactDeclaration fact, IReadOnlyList<CodeTitle> codes, FaultList faults)
    {
        CheckLength(path, codes.Count, faults);
        if (codes.Count == 0)
        {
            faults.Add(
                path,
                "codes-empty",
                $"Angabe „{fact.Title.De}“: Es gibt nichts auszuwählen.",
                $"Fact “{fact.Title.En ?? fact.Title.De}”: there is nothing to choose from.");
        }

        CheckCodeTitles(path, codes, faults);
    }

    private static void CheckOutcomes(IReadOnlyList<CodeTitle> outcomes, FaultList faults)
    {
        CheckLength("outcomes", outcomes.Count, faults);
        CheckCodeTitles("outcomes", outcomes, faults);
        for (var i = 0; i < outcomes.Count; i++)
        {
            var code = outcomes[i].Code;
            if (OutcomeCodes.Common.Contains(code) || OutcomeCodes.Reserved.Contains(code))
            {
                faults.Add(
                    $"outcomes[{i}].code",
                    "outcome-reserved",
                    $"Das Ergebnis „{code}“ hat schon in jeder Kette eine feste Bedeutung und wird nicht eigens erklärt.",
                    $"The outcome “{code}” has a fixed meaning in every chain already and isn't declared.");
            }
        }
    }

    private static void CheckCodeTitles(string path, IReadOnlyList<CodeTitle> codes, FaultList faults)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < codes.Count; i++)
        {
            CheckCode($"{path}[{i}].code", codes[i].Code, faults);
            CheckText($"{path}[{i}].title", codes[i].Title, ChainLimits.Title, faults);
            if (!seen.Add(codes[i].Code))
            {
                faults.Add($"{path}[{i}].code", "code-twice", $"„{codes[i].Code}“ steht zweimal in der Liste.", $"“{codes[i].Code}” is in the list twice.");
            }
        }
    }

    internal static void CheckCode(string path, string code, FaultList faults)
    {
        if (!Codes.IsCode(code))
        {
            faults.Add(
                path,
                "code-invalid",
                $"„{code}“ ist kein Kürzel: 1 bis {Codes.MaxLength} Zeichen aus a–z, 0–9 und einzelnen Bindestrichen, zuerst ein Buchstabe.",
                $"“{code}” is not a code: 1 to {Codes.MaxLength} characters of a–z, 0–9 and single hyphens, a letter first.");
        }
    }

    internal static void CheckLength(string path, int count, FaultList faults)
    {
        if (count > ChainLimits.Entries)
        {
            faults.Add(path, "list-too-long", $"Die Liste hat mehr als {ChainLimits.Entries} Einträge.", $"The list has more than {ChainLimits.Entries} entries.");
        }
    }

    internal static void CheckText(string path, LocalText text, int max, FaultList faults)
    {
        CheckText($"{path}.de", text.De, max, faults);
        if (text.En is { } en)
        {
            CheckText($"{path}.en", en, max, faults);
        }
    }

    private static void CheckText(string path, string text, int max, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(path, "text-missing", "Der Text ist leer.", "The text is empty.");
        }
        else if (text.Length > max)
        {
            faults.Add(path, "text-too-long", $"Der Text hat mehr als {max} Zeichen.", $"The text has more than {max} characters.");
        }
        else if (text.Any(c => char.IsControl(c) && c is not '\n'))
        {
            faults.Add(path, "text-control-character", "Der Text enthält ein Steuerzeichen.", "The text has a control character.");
        }
    }
}
