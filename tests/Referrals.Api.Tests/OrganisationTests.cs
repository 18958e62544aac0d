using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests;

public sealed class OrganisationTests(ApiHost api)
{
    private const string Profile = """{"name":"Kita Sonnenhof","kind":"daycare","municipality":"Elbland","policyFields":["childcare"],"roles":["partner"]}""";
    private static readonly OrganisationId Operator = new("network-office");

    private async Task<(OrganisationId Id, string Path, HttpClient Own)> Registered()
    {
        var id = api.Organisation("kita");
        var path = $"/api/v1/organisations/{id}";
        (await api.ClientOf(Operator).Put(path, Profile)).Ok();
        return (id, path, api.ClientOf(id));
    }

    [Fact]
    public async Task An_organisation_is_registered_and_describes_itself()
    {
        var (id, path, own) = await Registered();
        (await own.Put(path + "/services", """{"services":["childcare"]}""")).Ok();
        (await own.Put(path + "/capacity/childcare", """{"openPlaces":4,"unit":"places","asOf":"2026-09-01"}""")).Ok();
        (await own.Put(path + "/initial-analysis", """{"responsibility":{"de":"Betreuung"},"potential":{"de":"Nachmittage"},"activity":{"de":"Eingewöhnung"}}""")).Ok();
        var changed = (await own.Put(path + "/profile", Profile.Replace("Elbland", "Elster", StringComparison.Ordinal))).Ok();
        Assert.Equal("\"5\"", changed.ETag);

        var seen = (await api.ClientOf(api.Organisation()).Get(path)).Ok();
        Assert.Equal("Elster", seen.Json.GetProperty("profile").GetProperty("municipality").GetString());
        Assert.Equal(4, seen.Json.GetProperty("services")[0].GetProperty("capacity").GetProperty("openPlaces").GetInt32());
        Assert.Contains((await own.Get("/api/v1/organisations?kind=daycare&policyField=childcare&limit=200")).Ok().Json.GetProperty("items").EnumerateArray(),
            o => o.GetProperty("id").GetString() == id.Value);
    }

    [Fact]
    public async Task Wrong_input_names_the_fields_of_the_body()
    {
        var (_, path, own) = await Registered();
        Assert.Equal(["name: text-unusable", "kind: not-a-code", "policyFields: list-unusable"],
            (await own.Put(path + "/profile", """{"name":"","kind":"Big Kita","municipality":"Elbland","policyFields":[],"roles":["partner"]}"""))
                .Refused(HttpStatusCode.UnprocessableEntity, "organisation-invalid").Faults);
        (await own.Put(path + "/capacity/childcare", """{"openPlaces":4,"unit":"places","asOf":"2026-09-01"}""")).Refused(HttpStatusCode.UnprocessableEntity, "service-not-offered");
        (await api.ClientOf(Operator).Put(path, Profile.Replace("Elbland", "Elster", StringComparison.Ordinal))).Refused(HttpStatusCode.Conflict, "organisation-already-registered");
    }

    [Fact]
    public async Task What_an_organisations_people_may_be_is_decided_by_the_network_and_written_down()
    {
        var (id, path, own) = await Registered();
        var more = Profile.Replace("[\"partner\"]", "[\"partner\",\"steering\"]", StringComparison.Ordinal);
        Assert.Equal(["roles: organisation-roles-foreign"], (await own.Put(path + "/profile", more)).Refused(HttpStatusCode.UnprocessableEntity, "organisation-roles-foreign").Faults);
        (await api.ClientOf(Operator, NetworkRoles.Partner).Put(path + "/profile", more)).Refused(HttpStatusCode.NotFound, "organisation-not-found");
        (await api.ClientOf(Operator, NetworkRoles.Admin).Put(path + "/profile", more)).Ok();
        var written = await api.Services.GetRequiredService<AuditStore>().ListAsync([id], new AuditFilter(), null, 10, TestContext.Current.CancellationToken);
        Assert.Equal([(AuditCodes.OrganisationChanged, "network-office.test"), (AuditCodes.OrganisationRegistered, "network-office.test")], written.Select(e => (e.What, e.Who)));
    }

    [Fact]
    public async Task Nobody_describes_another_organisation_and_only_the_operator_registers()
    {
        var (_, path, own) = await Registered();
        var stranger = api.ClientOf(api.Organisation());
        (await stranger.Put(path + "/profile", Profile)).Refused(HttpStatusCode.NotFound, "organisation-not-found");
        (await stranger.Put(path + "/services", """{"services":[]}""")).Refused(HttpStatusCode.NotFound, "organisation-not-found");
        (await stranger.Put(path, Profile)).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await api.ClientOf(Operator, NetworkRoles.Caseworker).Put(path, Profile)).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await own.Get("/api/v1/organisations/nobody-at-all")).Refused(HttpStatusCode.NotFound, "organisation-not-found");
    }
}
