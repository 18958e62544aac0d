using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages.Administration;

public sealed class LetterPageTests(ApiHost api)
{
    private const string List = "/verwaltung/unzustellbar";
    private const string Route = List + "/{id:guid}";

    private async Task<Guid> PutAsync(OrganisationId organisation, string type = "event", string reason = "no-receipt", long? sequence = 4)
    {
        var (id, at) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        var row = DeadLetters.UnreadableRow(organisation, type, id, at, reason, sequence);
        var append = new Append(new EventContext(at, "exchange", organisation.Value), [], [new RowChange.PutListRow(row)]);
        Assert.IsType<AppendResult.Appended>(await api.Services.GetRequiredService<IEventLog>().AppendAsync(append, TestContext.Current.CancellationToken));
        return id;
    }

    [Fact]
    [Covers("GET " + List, PageCase.Works)]
    [Covers("GET " + Route, PageCase.Works)]
    public async Task Letters_are_listed_by_reason_and_shown_to_their_organisation_only()
    {
        var home = await api.RegisteredAsync();
        var (sent, unreadable) = (await PutAsync(home), await PutAsync(home, "OfferV1", "malformed", null));
        var browser = await api.AdminAsync(home);
        var all = (await browser.Open(List)).Is(HttpStatusCode.OK);
        Assert.Contains("Nicht lesbar (1)", all.Text, StringComparison.Ordinal);
        Assert.Contains(unreadable.ToString(), (await browser.Open($"{List}?grund=malformed")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain(sent.ToString(), (await browser.Open($"{List}?grund=malformed")).Html, StringComparison.Ordinal);
        Assert.Equal("Angebot eines Auftrags", (await browser.Open($"{List}/{unreadable}")).Is(HttpStatusCode.OK).Heading);
        var stranger = await api.AdminAsync(await api.RegisteredAsync());
        (await stranger.Open($"{List}/{sent}")).Is(HttpStatusCode.NotFound);
        Assert.Contains("Nichts Unzustellbares", (await stranger.Open(List)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST " + Route + "/zustellen", PageCase.Works)]
    [Covers("POST " + Route + "/zustellen", PageCase.Refuses)]
    [Covers("POST " + Route + "/verwerfen", PageCase.Works)]
    [Covers("POST " + Route + "/verwerfen", PageCase.Refuses)]
    public async Task A_letter_is_delivered_again_or_thrown_away()
    {
        var home = await api.RegisteredAsync();
        var (sent, unreadable) = (await PutAsync(home), await PutAsync(home, "OfferV1", "malformed", null));
        var browser = await api.AdminAsync(home);
        var page = await browser.Open($"{List}/{sent}");
        (await browser.Send(page, $"{List}/{sent}/zustellen")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"dead-letter-redelivered {sent}", await api.LastEntryAsync(home));
        (await browser.Send(page, $"{List}/{sent}/zustellen")).Is(HttpStatusCode.NotFound);
        (await browser.Send(page, $"{List}/{sent}/verwerfen")).Is(HttpStatusCode.NotFound);

        page = await browser.Open($"{List}/{unreadable}");
        var refused = (await browser.Send(page, $"{List}/{unreadable}/zustellen")).Is(HttpStatusCode.Conflict);
        Assert.Contains("Sie war nicht lesbar", refused.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        (await browser.Send(page, $"{List}/{unreadable}/verwerfen")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"dead-letter-discarded {unreadable}", await api.LastEntryAsync(home));
    }

    [Fact]
    [Covers("POST " + List + "/zustellen", PageCase.Works)]
    [Covers("POST " + List + "/zustellen", PageCase.Refuses)]
    public async Task All_that_were_counted_are_delivered_again_and_no_others()
    {
        var home = await api.RegisteredAsync();
        await PutAsync(home);
        await PutAsync(home);
        await PutAsync(home, "OfferV1", "malformed", null);
        var browser = await api.AdminAsync(home);
        var page = await browser.Open($"{List}?grund=no-receipt");
        Assert.Contains("2 Nachrichten erneut zustellen", page.Text, StringComparison.Ordinal);
        await PutAsync(home);
        var changed = (await browser.Send(page, List + "/zustellen")).Is(HttpStatusCode.Conflict);
        Assert.Contains("3 Nachrichten erneut zustellen", changed.Text, StringComparison.Ordinal);
        var done = await browser.Follow((await browser.Send(changed, List + "/zustellen")).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Erneut zugestellt: 3", done.Text, StringComparison.Ordinal);
        Assert.Contains("OfferV1", (await browser.Open(List)).Html, StringComparison.Ordinal);
    }
}
