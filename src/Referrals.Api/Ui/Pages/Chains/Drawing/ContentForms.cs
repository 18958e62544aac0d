using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>The form of what a chain is called and who coordinates it.</summary>
internal static class HeadForm
{
    public const string Title = "titel";
    public const string TitleEn = "titel-en";
    public const string Description = "beschreibung";
    public const string DescriptionEn = "beschreibung-en";
    public const string FederalState = "land";
    public const string Coordinator = "koordination";
    public const string KeepsNames = "namen";

    /// <summary>The form with what the chain says.</summary>
    public static FormInput Of(ChainVersion draft) => FormInput.Of(
        (Title, draft.Title.De), (TitleEn, draft.Title.En), (Description, draft.Description?.De), (DescriptionEn, draft.Description?.En),
        (FederalState, draft.FederalState), (Coordinator, draft.Coordinator.Value), (KeepsNames, draft.KeepsNames ? "ja" : null));

    /// <summary>The chain as the form says.</summary>
    public static ChainVersion Read(FormInput form, ChainVersion draft) => draft with
    {
        Title = TextForm.Read(form, Title, TitleEn),
        Description = TextForm.ReadOrNone(form, Description, DescriptionEn),
        FederalState = form[FederalState],
        KeepsNames = form.Holds(KeepsNames, "ja"),
        Coordinator = Codes.IsCode(form[Coordinator]) ? new OrganisationId(form[Coordinator]) : draft.Coordinator,
    };

    /// <summary>The field of a fault's path; null: of another page.</summary>
    public static string? FieldOf(string path) => path switch
    {
        "title.de" => Title,
        "title.en" => TitleEn,
        "description.de" => Description,
        "description.en" => DescriptionEn,
        "federalState" => FederalState,
        "coordinator" => Coordinator,
        "keepsNames" => KeepsNames,
        _ => null,
    };
}

/// <summary>The form of a fact.</summary>
internal static class FactForm
{
    public const string Title = "titel";
    public const string TitleEn = "titel-en";
    public const string Kind = "art";
    public const string Min = "von";
    public const string Max = "bis";
    public const string Values = "werte";
    public const string Required = "pflicht";

    /// <summary>Words of the language for types, in the order shown.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["yes-no", "number", "codes", "month"];

    /// <summary>The form with what a declaration says.</summary>
    public static FormInput Of(FactDeclaration fact) => FormInput.Of(
        (Title, fact.Title.De), (TitleEn, fact.Title.En), (Required, fact.Required ? "ja" : null),
        (Kind, fact.Type switch { FactType.CodeList => "codes", FactType.WholeNumber => "number", FactType.Month => "month", _ => "yes-no" }),
        (Min, (fact.Type as FactType.WholeNumber)?.Min.ToString(CultureInfo.InvariantCulture)), (Max, (fact.Type as FactType.WholeNumber)?.Max.ToString(CultureInfo.InvariantCulture)),
        (Values, fact.Type is FactType.CodeList list ? string.Join('\n', list.Codes.Select(c => c.Title.En is { } en ? $"{c.Title.De} | {en}" : c.Title.De)) : null));

    /// <summary>The declaration as the form says; what is wrong is noted in the form, and then there is none.</summary>
    public static FactDeclaration? Read(FormInput form, FactDeclaration? before, Words words)
    {
        if (form[Title].Length == 0)
        {
            form.Fault(Title, words["Designer.TitleMissing"]);
        }

        var type = Type(form, before?.Type as FactType.CodeList, words);
        return form.IsValid ? new FactDeclaration(before?.Name ?? "", TextForm.Read(form, Title, TitleEn), type!, form[Required] == "ja") : null;
    }

    private static FactType? Type(FormInput form, FactType.CodeList? before, Words words)
    {
        switch (form[Kind])
        {
            case "codes":
                return Contents.CodeList([.. form[Values].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Line)], before);
            case "number":
                var (min, max) = (Number(form, Min, words), Number(form, Max, words));
                return new FactType.WholeNumber(min, max);
            case "month":
                return new FactType.Month();
            case "yes-no":
                return new FactType.YesNo();
            default:
                form.Fault(Kind, words["Designer.KindMissing"]);
                return null;
        }
    }

    private static LocalText Line(string line)
    {
        var both = line.Split('|', 2, StringSplitOptions.TrimEntries);
        return new LocalText(both[0], both.Length > 1 && both[1].Length > 0 ? both[1] : null);
    }

    private static int Number(FormInput form, string field, Words words)
    {
        if (int.TryParse(form[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        form.Fault(field, words["Designer.NotANumber"]);
        return 0;
    }
}
