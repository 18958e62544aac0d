using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests;

public sealed class LogTests(ApiHost api)
{
    private const string Root = "/api/v1/review/logs";
    private const string Table = "Ticket,Step,When\n1,Antrag,03/02/2026 09:00\n1,Bescheid,03/05/2026 09:00\n,Bescheid,03/05/2026 09:00\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string NewName() => $"log-{Guid.NewGuid():n}";

    private static async Task<Answer> Put(HttpClient client, string path, string content, string type = "application/octet-stream")
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await Http.Read(await client.PutAsync(new Uri(path, UriKind.Relative), body, Ct));
    }

    [Fact]
    public async Task A_log_is_imported_shown_exported_and_deleted_and_both_deeds_are_written_down()
    {
        var own = await api.RegisteredAsync();
        var (client, name) = (api.ClientOf(own, NetworkRoles.Steering), NewName());
        var made = (await Put(client, $"{Root}/{name}?title=Tickets&case=Ticket&time=When&timeFormat=MM/dd/yyyy%20HH:mm", Table)).Is(HttpStatusCode.Created);
        Assert.Equal($"{Root}/{name}", made.Raw.Headers.Location?.ToString());
        var log = (await client.Get($"{Root}/{name}")).Ok();
        Assert.Equal(("Tickets", "csv", 1, 2, 2), (log.Text("title"), log.Text("format"), log.Json.GetProperty("cases").GetInt32(), log.Json.GetProperty("events").GetInt32(), log.Json.GetProperty("activities").GetInt32()));
        Assert.Equal("row-without-case", Assert.Single(log.Json.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
        Assert.Contains((await client.Get(Root)).Ok().Json.GetProperty("items").EnumerateArray(), l => l.GetProperty("name").GetString() == name);
        Assert.Contains("concept:name", await client.GetStringAsync(new Uri($"{Root}/{name}/file?format=xes", UriKind.Relative), Ct), StringComparison.Ordinal);
        using var file = await client.GetAsync(new Uri($"{Root}/{name}/file?format=xes", UriKind.Relative), Ct);
        Assert.Equal("application/xml; charset=utf-8", file.Content.Headers.ContentType?.ToString());
        (await client.Get($"/api/v1/review/overview?log={name}")).Ok();

        (await client.Ask(HttpMethod.Delete, $"{Root}/{name}", null)).Is(HttpStatusCode.NoContent);
        (await client.Ask(HttpMethod.Delete, $"{Root}/{name}", null)).Refused(HttpStatusCode.NotFound, "review-log-not-found");
        (await client.Get($"{Root}/{name}")).Refused(HttpStatusCode.NotFound, "review-log-not-found");
        (await client.Get($"{Root}/{name}/file")).Refused(HttpStatusCode.NotFound, "review-log-not-found");
        var entries = await api.Services.GetRequiredService<AuditStore>().ListAsync([own], new AuditFilter(Subject: name), null, 10, Ct);
        Assert.Equal([AuditCodes.LogDeleted, AuditCodes.LogImported], entries.Select(e => e.What));
    }

    [Fact]
    public async Task What_can_not_be_imported_is_refused_and_leaves_nothing()
    {
        var (client, name) = (api.ClientOf(await api.RegisteredAsync(), NetworkRoles.Steering), NewName());
        var unread = (await Put(client, $"{Root}/{name}", "<!DOCTYPE log [<!ENTITY a 'aaaa'>]><log>&a;</log>")).Refused(HttpStatusCode.UnprocessableEntity, "review-log-unreadable");
        Assert.Equal([": entities"], unread.Faults);
        Assert.Equal([": column-unknown"], (await Put(client, $"{Root}/{name}", Table)).Refused(HttpStatusCode.UnprocessableEntity, "review-log-unreadable").Faults);
        var wrong = (await Put(client, $"{Root}/{name}?timeZone=Nowhere&separator=dot&timeFormat=%25&extra=1", Table)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        Assert.Equal(["extra: unknown-parameter", "separator: wrong-value", "timeFormat: wrong-value", "timeZone: wrong-value"], wrong.Faults.Order(StringComparer.Ordinal));
        (await Put(client, $"{Root}/No", Table)).Refused(HttpStatusCode.UnprocessableEntity, "review-log-name");
        (await Put(client, $"{Root}/{name}", Table, "application/json")).Refused(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await client.Get($"{Root}/{name}")).Refused(HttpStatusCode.NotFound, "review-log-not-found");
        (await Put(client, $"{Root}/{name}?case=Ticket&time=When&timeFormat=MM/dd/yyyy%20HH:mm", Table)).Is(HttpStatusCode.Created);
        (await Put(client, $"{Root}/{name}?case=Ticket&time=When&timeFormat=MM/dd/yyyy%20HH:mm", Table)).Refused(HttpStatusCode.Conflict, "review-log-exists");
        (await api.ClientOf(api.Organisation(), NetworkRoles.Caseworker).Get(Root)).Refused(HttpStatusCode.Forbidden, "role-missing");
    }
}
