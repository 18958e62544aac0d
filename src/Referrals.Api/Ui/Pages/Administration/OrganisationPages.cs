using System.Diagnostics;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>The network's organisations, for its operator.</summary>
internal static class OrganisationPages
{
    private const string Path = Links.AdminOrganisations + "/{code}";
    private const int PageSize = 25;

    public static void Map(RouteGroupBuilder operators)
    {
        operators.MapGet(Links.AdminOrganisations, ListAsync);
        operators.MapGet(Links.AdminOrganisationNew, (AdminScope scope) => Answer.With<OrganisationEditPage>(new OrganisationEditModel(scope, new FormInput(), null, null)));
        operators.MapPost(Links.AdminOrganisationNew, RegisterAsync);
        operators.MapGet(Path, ShowAsync);
        operators.MapPost(Path, ChangeAsync);
        operators.MapPost(Links.AdminMembership("{code}"), ChangeMembershipAsync);
    }

    private static async Task<IResult> ListAsync(string? q, string? feld, string? seite, AdminScope scope, NetworkNames names, CancellationToken ct)
    {
        var search = (q ?? "").Trim();
        var all = (await names.DirectoryAsync(ct)).Lines;
        var found = all.Where(o => Mentions(o, search) && (string.IsNullOrEmpty(feld) || o.Profile.PolicyFields.Contains(feld))).ToList();
        var part = PagePart.Of(found, seite, PageSize, page => Links.With(Links.AdminOrganisations, ("q", search), ("feld", feld), ("seite", page)));
        var fields = all.SelectMany(o => o.Profile.PolicyFields).Distinct().ToList();
        return Answer.With<OrganisationsPage>(new OrganisationsModel(scope, FormInput.Of(("q", search), ("feld", feld)), part.Items, found.Count, fields, part.Before, part.After));
    }

    private static async Task<IResult> RegisterAsync(
        FormInput form, AdminScope scope, OrganisationAdministration organisations, NetworkNames names, Visitor me, Words w, CancellationToken ct)
    {
        var code = form["code"];
        if (!Codes.IsCode(code))
        {
            form.Fault("code", w["AdminOrganisations.CodeFault"]);
        }

        OrganisationForm.Check(form, w);
        if (form.IsValid)
        {
            switch (await organisations.RegisterAsync(me.Actor, new OrganisationId(code), OrganisationForm.Read(form), 0, ct))
            {
                case OrganisationOutcome.Done:
                    names.Forget();
                    return Answer.Go(Links.AdminOrganisation(code), "AdminOrganisations.Registered");
                case OrganisationOutcome.Refused refused:
                    OrganisationForm.Fault(form, refused.Refusal, w);
                    break;
                case OrganisationOutcome.Stale:
                    form.Fault("code", w["AdminOrganisations.CodeTaken"]);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return Answer.Invalid<OrganisationEditPage>(new OrganisationEditModel(scope, form, null, null));
    }

    private static async Task<IResult> ShowAsync(string code, AdminScope scope, OrganisationService organisations, CancellationToken ct) =>
        Codes.IsCode(code) && await organisations.FindAsync(new OrganisationId(code), ct) is var (organisation, version)
            ? Answer.With<OrganisationEditPage>(new OrganisationEditModel(scope, OrganisationForm.Of(organisation.Profile), organisation, null) { Version = version })
            : Answer.NotFound();

    private static async Task<IResult> ChangeAsync(
        string code, FormInput form, AdminScope scope, OrganisationAdministration administration, OrganisationService organisations, AuditStore audit, NetworkNames names,
        Visitor me, Words w, CancellationToken ct)
    {
        if (!Codes.IsCode(code) || await organisations.FindAsync(new OrganisationId(code), ct) is not var (organisation, version))
        {
            return Answer.NotFound();
        }

        OrganisationForm.Check(form, w);
        if (form.IsValid)
        {
            switch (await administration.ChangeAsync(me.Actor, organisation.Id, OrganisationForm.Read(form), byNetwork: true, form.Version ?? 0, ct))
            {
                case OrganisationOutcome.Done:
                    names.Forget();
                    return Answer.Go(Links.AdminOrganisation(code), "AdminOrganisations.Changed");
                case OrganisationOutcome.Refused refused:
                    OrganisationForm.Fault(form, refused.Refusal, w);
                    break;
                case OrganisationOutcome.Stale:
                    return Answer.Changed<OrganisationEditPage>(
                        new OrganisationEditModel(scope, form, organisation, await Meanwhile.FindAsync(audit, organisation.Id, code, ct)) { Version = version });
                default:
                    throw new UnreachableException();
            }
        }

        return Answer.Invalid<OrganisationEditPage>(new OrganisationEditModel(scope, form, organisation, null) { Version = form.Version ?? version });
    }

    private static async Task<IResult> ChangeMembershipAsync(
        string code, FormInput form, AdminScope scope, OrganisationAdministration administration, OrganisationService organisations, NetworkNames names, Visitor me, Words w,
        CancellationToken ct)
    {
        if (!Codes.IsCode(code) || await organisations.FindAsync(new OrganisationId(code), ct) is not var (organisation, version))
        {
            return Answer.NotFound();
        }

        var leaves = form[OrganisationEditModel.Becomes] == OrganisationEditModel.Left;
        var outcome = leaves ? await administration.LeaveAsync(me.Actor, organisation.Id, null, ct)
            : await administration.RegisterAsync(me.Actor, organisation.Id, organisation.Profile, null, ct);
        names.Forget();
        if (leaves && outcome is OrganisationOutcome.Refused)
        {
            var shown = OrganisationForm.Of(organisation.Profile);
            shown.Fault("", w["AdminOrganisations.Coordinates"]);
            return Answer.Changed<OrganisationEditPage>(new OrganisationEditModel(scope, shown, organisation, null) { Version = version });
        }

        return outcome is OrganisationOutcome.Done
            ? Answer.Go(Links.AdminOrganisation(code), leaves ? "AdminOrganisations.LeftDone" : "AdminOrganisations.BackDone")
            : Answer.Go(Links.AdminOrganisation(code));
    }

    private static bool Mentions(OrganisationListItem o, string search) =>
        ((string[])[o.Profile.Name, o.Profile.Municipality, o.Id.Value]).Any(t => t.Contains(search, StringComparison.CurrentCultureIgnoreCase));
}
