using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Network;

/// <summary>The directory.</summary>
/// <param name="Form">The filters.</param>
/// <param name="Lines">The organisations of this page.</param>
/// <param name="Count">How many there are with these filters.</param>
/// <param name="Fields">Policy fields to choose from.</param>
/// <param name="Services">Services to choose from.</param>
public sealed record DirectoryModel(
    FormInput Form, IReadOnlyList<OrganisationListItem> Lines, int Count, IReadOnlyList<Choice> Fields, IReadOnlyList<Choice> Services)
{
    /// <summary>Address of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>Address of the page after.</summary>
    public string? After { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsNarrow => Form["suche"].Length + Form["feld"].Length + Form["leistung"].Length > 0;
}

/// <summary>One organisation.</summary>
/// <param name="Organisation">What the network knows of it.</param>
/// <param name="MayEdit">Whether the visitor may change it.</param>
public sealed record OrganisationModel(OrganisationListItem Organisation, bool MayEdit);

/// <summary>The own organisation's entry as forms.</summary>
/// <param name="Id">The organisation.</param>
/// <param name="Organisation">What stands there now.</param>
/// <param name="Version">Its version.</param>
/// <param name="Services">Services to choose from.</param>
public sealed record EditModel(OrganisationId Id, OrganisationState Organisation, long Version, IReadOnlyList<Choice> Services)
{
    /// <summary>The part that was sent and has faults, or met a change; null: none.</summary>
    public string? Sent { get; init; }

    /// <summary>What was typed.</summary>
    public FormInput Form { get; init; } = new();

    /// <summary>Whether somebody else changed something meanwhile.</summary>
    public bool IsChanged { get; init; }
}
