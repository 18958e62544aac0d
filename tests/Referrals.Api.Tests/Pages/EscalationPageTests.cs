using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Api.Tests.Pages;

public sealed class EscalationPageTests(ApiHost api) : IAsyncLifetime
{
    private readonly OrganisationId _own = api.Organisation("coordinator");
    private PageClient _me = null!;

    public async ValueTask InitializeAsync() => _me = await api.SignedInAsync(_own, NetworkRoles.Coordinator);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Guid> EscalatedAsync(string deadline = "acknowledge", string partner = "care-one")
    {
        var (id, now) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        var message = new EscalationV1(
            new Code("sender"), new Code(_own.Value), id, new Code(ApiHost.Chain.Value), 1, new Code("care"), new Code(partner), new Code(deadline), now.AddDays(-3), now);
        var log = api.Services.GetRequiredService<IEventLog>();
        var row = new RowChange.PutListRow(Escalations.Row(message, id));
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync(new Append(new Actor("exchange", _own).At(now), [], [row]), TestContext.Current.CancellationToken));
        return id;
    }

    [Fact]
    [Covers("GET /eskalationen", PageCase.Works)]
    [Covers("POST /eskalationen/{id:guid}/erledigt", PageCase.Works)]
    public async Task Missed_times_are_shown_without_the_case_and_marked_as_handled()
    {
        Assert.Contains("Keine offenen Eskalationen", (await _me.Open("/eskalationen")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        var id = await EscalatedAsync();
        await EscalatedAsync("complete", "care-two");
        var page = await _me.Open("/eskalationen?partner=care-one");
        var line = Assert.Single(page.Document.QuerySelectorAll("tbody tr")).TextContent;
        Assert.Contains("Betreuung und Beratung", line, StringComparison.Ordinal);
        Assert.Contains("Frist zur Bestätigung", line, StringComparison.Ordinal);
        Assert.Contains("seit 3 Tagen", line, StringComparison.Ordinal);

        var done = (await _me.Send(page, $"/eskalationen/{id}/erledigt")).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/eskalationen?partner=care-one", done.Location);
        Assert.Contains("Die Eskalation ist als erledigt markiert.", (await _me.Follow(done)).Text, StringComparison.Ordinal);
        Assert.Contains("erledigt von Robin Beispiel", (await _me.Open("/eskalationen?status=erledigt")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await _me.Open("/eskalationen?status=alle&kette=care-and-advice&nach=nonsense")).Document.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    [Covers("POST /eskalationen/{id:guid}/erledigt", PageCase.Refuses)]
    public async Task What_is_not_there_or_not_for_the_role_is_refused()
    {
        await EscalatedAsync();
        var page = await _me.Open("/eskalationen");
        (await _me.Post($"/eskalationen/{Guid.NewGuid()}/erledigt", [new("__RequestVerificationToken", page.Value("__RequestVerificationToken")!)])).Is(HttpStatusCode.NotFound);
        (await (await api.SignedInAsync(_own, NetworkRoles.Partner)).Open("/eskalationen")).Is(HttpStatusCode.Forbidden);
    }
}
