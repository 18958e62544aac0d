using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>A row of the form of a condition. The outermost is a group.</summary>
/// <param name="Prefix">How the names of its fields begin.</param>
/// <param name="Path">Its place in the condition, as faults name it.</param>
/// <param name="Not">Whether the opposite is meant.</param>
public abstract record ConditionRow(string Prefix, string Path, bool Not)
{
    /// <summary>How the names of the outermost fields begin.</summary>
    public const string Root = "b";

    // A group that stands only in the form; no fault names it.
    private const string Nowhere = "-";

    /// <summary>Several rows: all of them, or one at least.</summary>
    public sealed record Group(string Prefix, string Path, bool Not, bool Any, IReadOnlyList<ConditionRow> Rows) : ConditionRow(Prefix, Path, Not);

    /// <summary>A fact compared with a value, as typed.</summary>
    public sealed record Fact(string Prefix, string Path, bool Not, string Name, Comparison Is, FactValue? Value) : ConditionRow(Prefix, Path, Not);

    /// <summary>How a step ended.</summary>
    public sealed record Outcome(string Prefix, string Path, bool Not, string Step, IReadOnlyList<string> In) : ConditionRow(Prefix, Path, Not);

    /// <summary>The rows of a condition.</summary>
    public static Group Of(Condition condition, string path) => Of(condition, Root, path, path, not: false) is Group { Not: false } group
        ? group
        : new Group(Root, Nowhere, false, false, [Of(condition, Root + ".0", path, path, not: false)]);

    /// <summary>The condition that the rows say.</summary>
    public static Condition Say(Group root) => root.Rows is [not Group and var only] ? Single(only) : Single(root);

    /// <summary>All rows, outer before inner.</summary>
    public IEnumerable<ConditionRow> All() => this is Group group ? group.Rows.SelectMany(r => r.All()).Prepend(this) : [this];

    /// <summary>The form with what the rows say.</summary>
    public static FormInput Form(Group root) => FormInput.Of(root.All().SelectMany(Fields));

    /// <summary>The rows that a form says.</summary>
    public static Group Read(FormInput form, ChainVersion draft) => Read(form, draft, Root) as Group ?? new Group(Root, Nowhere, false, false, []);

    /// <summary>The rows with another one in a group.</summary>
    public static Group Add(Group root, string group, Func<string, ConditionRow> row) => (Group)Change(
        root, group, r => r is Group g ? g with { Rows = [.. g.Rows, row($"{g.Prefix}.{g.Rows.Count}")] } : r)!;

    /// <summary>The rows without one.</summary>
    public static Group Remove(Group root, string row) => Change(root, row, _ => null) as Group ?? root with { Rows = [] };

    private static ConditionRow Of(Condition condition, string prefix, string start, string path, bool not) => condition switch
    {
        Condition.Not inner => Of(inner.Of, prefix, start, path + ".of", !not),
        Condition.All all => new Group(prefix, start, not, false, RowsOf(all.Of, prefix, path)),
        Condition.Any any => new Group(prefix, start, not, true, RowsOf(any.Of, prefix, path)),
        Condition.Fact fact => new Fact(prefix, start, not, fact.Name, fact.Is, fact.Value),
        Condition.Outcome outcome => new Outcome(prefix, start, not, outcome.Step.Value, outcome.In),
        _ => throw new UnreachableException(),
    };

    private static IReadOnlyList<ConditionRow> RowsOf(IReadOnlyList<Condition> of, string prefix, string path) =>
        [.. of.Select((c, i) => Of(c, $"{prefix}.{i}", $"{path}.of[{i}]", $"{path}.of[{i}]", not: false))];

    private static Condition Single(ConditionRow row)
    {
        Condition said = row switch
        {
            Group { Any: true } any => new Condition.Any([.. any.Rows.Select(Single)]),
            Group all => new Condition.All([.. all.Rows.Select(Single)]),
            Fact fact => new Condition.Fact(fact.Name, fact.Is, fact.Is == Comparison.Unknown ? null : fact.Value),
            Outcome outcome => new Condition.Outcome(new NodeId(outcome.Step), outcome.In),
            _ => throw new UnreachableException(),
        };
        return row.Not ? new Condition.Not(said) : said;
    }

    private static IEnumerable<(string Name, string? Value)> Fields(ConditionRow row)
    {
        (string, string?)[] own = row switch
        {
            Group group => [(row.Prefix + ".wie", group.Any ? "eine" : "alle")],
            Fact fact => [(row.Prefix + ".angabe", fact.Name), (row.Prefix + ".ist", StepForm.Code(fact.Is)), (row.Prefix + ".wert", Text(fact.Value))],
            Outcome outcome => [(row.Prefix + ".schritt", outcome.Step), .. outcome.In.Select(code => (row.Prefix + ".in", (string?)code))],
            _ => throw new UnreachableException(),
        };
        return row.Not ? own.Append((row.Prefix + ".nicht", "ja")) : own;
    }

    private static ConditionRow? Read(FormInput form, ChainVersion draft, string prefix)
    {
        var not = form[prefix + ".nicht"] == "ja";
        return form[prefix + ".art"] switch
        {
            "gruppe" => new Group(prefix, Nowhere, not, form[prefix + ".wie"] == "eine", [.. Inner(form, draft, prefix)]),
            "angabe" => new Fact(prefix, Nowhere, not, form[prefix + ".angabe"], Compared(form[prefix + ".ist"]), ValueOf(draft.FindFact(form[prefix + ".angabe"]), form[prefix + ".wert"])),
            "ergebnis" => new Outcome(prefix, Nowhere, not, form[prefix + ".schritt"], [.. form.All(prefix + ".in").Distinct()]),
            _ => null,
        };
    }

    private static IEnumerable<ConditionRow> Inner(FormInput form, ChainVersion draft, string prefix)
    {
        for (var i = 0; i < ChainLimits.Entries && prefix.Count(c => c == '.') < ChainLimits.ConditionDepth; i++)
        {
            if (Read(form, draft, string.Create(CultureInfo.InvariantCulture, $"{prefix}.{i}")) is not { } row)
            {
                yield break;
            }

            yield return row;
        }
    }

    private static ConditionRow? Change(ConditionRow row, string prefix, Func<ConditionRow, ConditionRow?> change) => row.Prefix == prefix
        ? change(row)
        : row is Group group ? group with { Rows = [.. group.Rows.Select(r => Change(r, prefix, change)).OfType<ConditionRow>()] } : row;

    private static Comparison Compared(string code) => Enum.GetValues<Comparison>().FirstOrDefault(c => StepForm.Code(c) == code);

    private static FactValue? ValueOf(FactDeclaration? fact, string typed) => fact?.Type switch
    {
        FactType.CodeList list => list.Codes.Any(c => c.Code == typed) ? new FactValue.Code(typed) : null,
        FactType.WholeNumber => int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new FactValue.Number(number) : null,
        FactType.YesNo => typed switch { "ja" => new FactValue.YesNo(true), "nein" => new FactValue.YesNo(false), _ => null },
        FactType.Month => TypedDay.Month(typed) is { } first ? new FactValue.Month(first) : null,
        _ => null,
    };

    private static string? Text(FactValue? value) => value switch
    {
        FactValue.Code code => code.Value,
        FactValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FactValue.YesNo yesNo => yesNo.Value ? "ja" : "nein",
        FactValue.Month month => month.First.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => null,
    };
}
