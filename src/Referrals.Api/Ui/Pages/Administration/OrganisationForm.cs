using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>The list of the network's organisations.</summary>
/// <param name="Scope">The operator.</param>
/// <param name="Filter">What is looked for.</param>
/// <param name="Lines">This page of them.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Fields">Policy fields to choose from.</param>
/// <param name="Before">Address of the page before.</param>
/// <param name="After">Address of the page after.</param>
public sealed record OrganisationsModel(
    AdminScope Scope, FormInput Filter, IReadOnlyList<OrganisationListItem> Lines, int Count, IReadOnlyList<string> Fields, string? Before, string? After);

/// <summary>An organisation's entry, or a new one.</summary>
/// <param name="Scope">The operator.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Organisation">The organisation as it is; null: a new one.</param>
/// <param name="Meanwhile">What somebody else did meanwhile.</param>
public sealed record OrganisationEditModel(AdminScope Scope, FormInput Form, OrganisationState? Organisation, Meanwhile? Meanwhile)
{
    /// <summary>Field that says what the organisation becomes.</summary>
    public const string Becomes = "nach";

    /// <summary>It leaves the network.</summary>
    public const string Left = "ausgetreten";

    /// <summary>It belongs to the network again.</summary>
    public const string Member = "mitglied";

    /// <summary>Its version.</summary>
    public long? Version { get; init; }

    /// <summary>Kinds to choose from.</summary>
    public IEnumerable<string> Kinds => NetworkWords.Kinds.Union(Organisation is null ? [] : [Organisation.Profile.Kind]);

    /// <summary>Policy fields to choose from.</summary>
    public IEnumerable<string> Fields => NetworkWords.PolicyFields.Union(Organisation?.Profile.PolicyFields ?? []);
}

/// <summary>An organisation's profile as a form.</summary>
internal static class OrganisationForm
{
    private const int MaxText = 120;

    /// <summary>The form of a profile.</summary>
    public static FormInput Of(OrganisationProfile p) => FormInput.Of(
    [
        ("name", p.Name), ("art", p.Kind), ("ort", p.Municipality), ("koordiniert", p.Coordinates),
        .. p.PolicyFields.Select(f => ("felder", (string?)f)), .. p.Roles.Select(r => ("rollen", (string?)r)),
    ]);

    /// <summary>The profile of a form.</summary>
    public static OrganisationProfile Read(FormInput form) => new()
    {
        Name = form["name"],
        Kind = form["art"],
        Municipality = form["ort"],
        PolicyFields = [.. form.All("felder").Distinct()],
        Roles = [.. NetworkRoles.All.Where(form.All("rollen").Contains)],
        Coordinates = form["koordiniert"] is { Length: > 0 } field ? field : null,
    };

    /// <summary>Notes everything that is wrong, in the order of the page.</summary>
    public static void Check(FormInput form, Words w)
    {
        Need(form["name"].Length is > 0 and <= MaxText, "name", "AdminOrganisations.NameFault");
        Need(form["art"].Length > 0, "art", "AdminOrganisations.KindFault");
        Need(form["ort"].Length is > 0 and <= MaxText, "ort", "AdminOrganisations.PlaceFault");
        Need(form.All("felder").Count > 0, "felder", "AdminOrganisations.FieldsFault");
        Need(form.All("rollen").Count > 0, "rollen", "Admin.RoleMissing");
        Need(form["koordiniert"].Length == 0 || form.All("felder").Contains(form["koordiniert"]), "koordiniert", "AdminOrganisations.CoordinatesFault");

        void Need(bool right, string field, string key)
        {
            if (!right)
            {
                form.Fault(field, w[key]);
            }
        }
    }

    /// <summary>Notes what the engine refused.</summary>
    public static void Fault(FormInput form, OrganisationRefusal refusal, Words w)
    {
        if (refusal.Code == OrganisationRefusal.AlreadyRegistered.Code)
        {
            form.Fault("code", w["AdminOrganisations.CodeTaken"]);
            return;
        }

        foreach (var field in refusal.Faults.Append(refusal).Select(f => f.Field?.Split('[')[0]).OfType<string>().Distinct())
        {
            form.Fault(FieldOf(field), w["AdminOrganisations.OtherFault"]);
        }

        if (form.IsValid)
        {
            form.Fault("", w["AdminOrganisations.OtherFault"]);
        }
    }

    private static string FieldOf(string path) => path switch
    {
        "id" => "code",
        "profile.name" => "name",
        "profile.kind" => "art",
        "profile.municipality" => "ort",
        "profile.policyFields" => "felder",
        "profile.roles" => "rollen",
        "profile.coordinates" => "koordiniert",
        _ => "",
    };
}
