using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Capacity;

/// <summary>Reports free places of the own organisation: a number and a click, or two clicks.</summary>
internal static class CapacityPages
{
    /// <summary>The number.</summary>
    public const string Places = "plaetze";

    /// <summary>The unit.</summary>
    public const string Unit = "einheit";

    /// <summary>Added to the number by the buttons beside it.</summary>
    public const string By = "um";

    private const int Most = 100_000;

    public static void Map(RouteGroupBuilder members)
    {
        var own = members.MapGroup("").RequireAuthorization(Policies.OwnOrganisation);
        own.MapGet(Links.Capacity, ShowAsync);
        own.MapPost(Links.CapacityOf("{leistung}"), ReportAsync);
    }

    private static async Task<IResult> ShowAsync(Visitor me, OrganisationService organisations, TimeProvider time, CancellationToken ct) =>
        await FindAsync(me, organisations, time, ct) is { } model ? Answer.With<CapacityPage>(model) : Answer.NotFound();

    private static async Task<IResult> ReportAsync(
        string leistung, FormInput form, Visitor me, OrganisationService organisations, NetworkNames names, Words words, TimeProvider time, CancellationToken ct)
    {
        if (await FindAsync(me, organisations, time, ct) is not { } model || model.Services.All(s => s.Service != leistung))
        {
            return Answer.NotFound();
        }

        var unit = form[Unit];
        var by = form[By] is "1" or "-1" ? int.Parse(form[By], CultureInfo.InvariantCulture) : 0;
        if (!int.TryParse(form[Places], NumberStyles.None, CultureInfo.InvariantCulture, out var places) || places + by is < 0 or > Most)
        {
            form.Fault(Field(leistung), words["Capacity.PlacesWrong", words.Service(leistung), Most]);
        }

        if (!Codes.IsCode(unit))
        {
            form.Fault(Field(leistung), words["Capacity.UnitWrong"]);
        }

        if (!form.IsValid)
        {
            return Answer.Invalid<CapacityPage>(model with { Sent = leistung, Form = form });
        }

        var command = new OrganisationCommand.ReportCapacity(leistung, new Engine.Network.Organisations.Capacity(places + by, unit, model.Today));
        switch (await organisations.DoAsync(me.Actor, me.Organisation, command, form.Version, ct))
        {
            case OrganisationOutcome.Done:
                names.Forget();
                return Answer.Go(Links.Capacity + "#" + Field(leistung), "Capacity.Saved", words.Service(leistung), (places + by).ToString("N0", CultureInfo.CurrentCulture), words.Unit(unit));
            case OrganisationOutcome.Refused refused:
                form.Fault(Field(leistung), words.Code("Network.Refusal", refused.Refusal.Code));
                return Answer.Invalid<CapacityPage>(model with { Sent = leistung, Form = form });
            case OrganisationOutcome.Stale:
                var now = await FindAsync(me, organisations, time, ct);
                return now is null ? Answer.NotFound() : Answer.Changed<CapacityPage>(now with { Sent = leistung, Form = form, IsChanged = true });
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Id of the line of a service, which faults lead to.</summary>
    public static string Field(string service) => "plaetze-" + service;

    private static async Task<CapacityModel?> FindAsync(Visitor me, OrganisationService organisations, TimeProvider time, CancellationToken ct) =>
        await organisations.FindAsync(me.Organisation, ct) is var (own, version)
            ? new CapacityModel(
                [.. own.Services.Select(s => new ServiceItem(s, own.Capacities.GetValueOrDefault(s)))], version, WorkingCalendar.LocalDay(time.GetUtcNow()))
            : null;
}
