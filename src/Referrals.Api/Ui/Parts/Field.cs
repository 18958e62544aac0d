using Microsoft.AspNetCore.Components;
using Referrals.Api.Ui.Forms;

namespace Referrals.Api.Ui.Parts;

/// <summary>A field of a form with label, hint and what is wrong with it.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>The texts.</summary>
    [Inject]
    protected Words W { get; set; } = default!;

    /// <summary>The form with the values as typed.</summary>
    [Parameter, EditorRequired]
    public FormInput Form { get; set; } = default!;

    /// <summary>Name of the field.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Label.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Help under the label.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Marks the field as one that may stay empty.</summary>
    [Parameter]
    public bool Optional { get; set; }

    /// <summary>Id when one form stands several times in a page.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Id of the input.</summary>
    protected string InputId => Id ?? PageForm.Id(Name);

    /// <summary>What is wrong, or null.</summary>
    protected string? Fault => Form.FaultOf(Name);

    /// <summary>Ids of the texts that describe the input.</summary>
    protected string? DescribedBy => (Hint, Fault) switch
    {
        (null, null) => null,
        (_, null) => InputId + "-hint",
        (null, _) => InputId + "-fault",
        _ => $"{InputId}-hint {InputId}-fault",
    };

    /// <summary>A class with its variant for a field that something is wrong with.</summary>
    protected string Class(string name) => Fault is null ? name : $"{name} {name}--error";
}
