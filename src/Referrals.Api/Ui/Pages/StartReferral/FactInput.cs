using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>Facts of a case as a form asks for them.</summary>
internal static class FactInput
{
    /// <summary>How the fields begin.</summary>
    public const string Prefix = "angabe-";

    /// <summary>Yes.</summary>
    public const string Yes = "ja";

    /// <summary>No.</summary>
    public const string No = "nein";

    /// <summary>The field of a fact.</summary>
    public static string Field(FactDeclaration fact) => Prefix + fact.Name;

    /// <summary>The facts typed; what is wrong is noted in the form.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="chain">Declares the facts.</param>
    /// <param name="words">For the faults.</param>
    /// <param name="lenient">What is missing is no fault.</param>
    public static IReadOnlyDictionary<string, FactValue> Read(FormInput form, ChainVersion chain, Words words, bool lenient)
    {
        var facts = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var fact in chain.Facts)
        {
            var (field, typed) = (Field(fact), form[Field(fact)]);
            if (typed.Length == 0)
            {
                if (fact.Required && !lenient)
                {
                    form.Fault(field, words["Start.FactMissing", Words.Of(fact.Title)]);
                }
            }
            else if (Value(fact.Type, typed) is { } value && fact.Type.Allows(value))
            {
                facts[fact.Name] = value;
            }
            else
            {
                form.Fault(field, Wrong(fact, words));
            }
        }

        return facts;
    }

    /// <summary>The value that was typed, whether or not the type's bounds allow it; null: it is none of this type.</summary>
    public static FactValue? Value(FactType type, string typed) => type switch
    {
        FactType.CodeList => new FactValue.Code(typed),
        FactType.WholeNumber => int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new FactValue.Number(number) : null,
        FactType.YesNo => typed switch { Yes => new FactValue.YesNo(true), No => new FactValue.YesNo(false), _ => null },
        FactType.Month => TypedDay.Month(typed) is { } first ? new FactValue.Month(first) : null,
        _ => throw new UnreachableException(),
    };

    private static string Wrong(FactDeclaration fact, Words words) => fact.Type switch
    {
        FactType.WholeNumber bounds => words["Start.FactNumberWrong", Words.Of(fact.Title), bounds.Min, bounds.Max],
        FactType.Month => words["Start.FactMonthWrong", Words.Of(fact.Title)],
        _ => words["Start.FactChoiceWrong", Words.Of(fact.Title)],
    };
}
