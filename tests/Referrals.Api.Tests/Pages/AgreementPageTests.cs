using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Tests.Pages;

public sealed class AgreementPageTests(ApiHost api) : IAsyncLifetime
{
    private readonly OrganisationId _coordinator = api.Organisation("coordinator");
    private readonly OrganisationId _partner = api.Organisation("carer");
    private readonly OrganisationId _second = api.Organisation("carer");
    private PageClient _draws = null!;
    private PageClient _me = null!;

    private string Code => $"chain-of-{_coordinator}";

    private string Path => $"/ketten/{Code}";

    public async ValueTask InitializeAsync()
    {
        _draws = await api.SignedInAsync(_coordinator, NetworkRoles.Coordinator);
        _me = await api.SignedInAsync(_partner, NetworkRoles.Partner);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Covers("GET /vereinbarungen", PageCase.Works)]
    [Covers("GET /ketten/{kette}", PageCase.Works)]
    public async Task The_list_names_what_waits_for_my_word_and_drafts_are_for_the_coordinator_only()
    {
        await Do(new ChainCommand.SaveDraft(_coordinator, Chain(1)));
        (await _me.Open(Path)).Is(HttpStatusCode.NotFound);
        (await _me.Open("/ketten/gibt-es-nicht")).Is(HttpStatusCode.NotFound);
        Assert.Contains("Entwurf", (await _draws.Open(Path)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.Contains(Code, (await _draws.Open("/vereinbarungen")).Html, StringComparison.Ordinal);
        await Do(new ChainCommand.Propose(_coordinator, Chain(1)));
        var waits = (await _me.Open("/vereinbarungen")).Is(HttpStatusCode.OK).Document.QuerySelector("#mein-wort")!.ParentElement!;
        Assert.Contains($"{Path}/fassungen/1", waits.InnerHtml, StringComparison.Ordinal);
        var page = (await _me.Open(Path)).Is(HttpStatusCode.OK);
        Assert.Contains("0 von 2", page.Text, StringComparison.Ordinal);
        Assert.Contains("offen zur Zustimmung", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/fassungen/{nummer}", PageCase.Works)]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/zustimmung", PageCase.Works)]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/zustimmung", PageCase.Refuses)]
    public async Task A_partner_sees_what_it_takes_on_and_agrees_once()
    {
        await InForceAsync(Chain(1));
        await Do(new ChainCommand.Propose(_coordinator, Chain(2, days: 5)));
        var page = (await _me.Open($"{Path}/fassungen/2")).Is(HttpStatusCode.OK);
        Assert.Contains("Ein Angebot ist innerhalb von 5 Arbeitstagen zu bestätigen.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Zeit zum Bestätigen: bisher 3 Arbeitstage, jetzt 5 Arbeitstage.", page.Text, StringComparison.Ordinal);
        var done = (await _me.Send(page, $"{Path}/fassungen/2/zustimmung")).Is(HttpStatusCode.SeeOther);
        var after = await _me.Follow(done);
        Assert.Contains("Ihre Zustimmung ist festgehalten.", after.Html, StringComparison.Ordinal);
        Assert.Null(after.Document.QuerySelector($"form[action='{Path}/fassungen/2/zustimmung']"));
        await Do(new ChainCommand.RaiseObjection(_second, 2, NoteOf("Zu lang.")));
        var third = api.Organisation("stranger");
        var stranger = await api.SignedInAsync(third, NetworkRoles.Partner);
        var seen = await stranger.Open($"{Path}/fassungen/2");
        Assert.Empty(seen.Document.QuerySelectorAll("form[action$=zustimmung]"));
        var refused = await stranger.Post($"{Path}/fassungen/2/zustimmung", [new("__RequestVerificationToken", Token(await stranger.Open("/konto")))]);
        Assert.Contains("Ihre Organisation ist in dieser Fassung nicht genannt.", refused.Is(HttpStatusCode.Conflict).Text, StringComparison.Ordinal);
        (await stranger.Open($"{Path}/fassungen/7")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/widerspruch", PageCase.Works)]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/widerspruch", PageCase.Refuses)]
    public async Task An_objection_needs_a_reason_that_names_nobody_and_reopens_the_draft()
    {
        await Do(new ChainCommand.Propose(_coordinator, Chain(1)));
        var page = await _me.Open($"{Path}/fassungen/1");
        Assert.NotEmpty((await _me.Send(page, $"{Path}/fassungen/1/widerspruch")).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var found = (await _me.Send(page, $"{Path}/fassungen/1/widerspruch", ("widerspruch", "Fragen an a@example.org"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Fragen an a@example.org", found.Value("widerspruch"));
        (await _me.Send(page, $"{Path}/fassungen/1/widerspruch", ("widerspruch", "Drei Tage sind zu kurz."))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Drei Tage sind zu kurz.", (await _draws.Open(Path)).Text, StringComparison.Ordinal);
        Assert.Contains("Aus dem Entwurf wird Fassung 2.", (await _draws.Open($"{Path}/vorschlag")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/ruecktritt", PageCase.Works)]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/ruecktritt", PageCase.Refuses)]
    public async Task A_partner_withdraws_from_what_is_in_force_and_agrees_again()
    {
        await InForceAsync(Chain(1));
        var page = await _me.Open($"{Path}/fassungen/1");
        (await _me.Send(page, $"{Path}/fassungen/1/ruecktritt")).Is(HttpStatusCode.UnprocessableEntity);
        (await _me.Send(page, $"{Path}/fassungen/1/ruecktritt", ("ruecktritt", "Keine Plätze mehr."))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Diese Kette braucht eine neue Fassung", (await _draws.Open(Path)).Text, StringComparison.Ordinal);
        Assert.Contains("braucht neue Fassung", (await _draws.Open("/vereinbarungen")).Text, StringComparison.Ordinal);
        var again = await _me.Open($"{Path}/fassungen/1");
        Assert.Null(again.Document.QuerySelector("form[action$=ruecktritt]"));
        (await _me.Send(again, $"{Path}/fassungen/1/zustimmung")).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain("braucht eine neue Fassung", (await _draws.Open(Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/ausserkraft", PageCase.Works)]
    [Covers("POST /ketten/{kette}/fassungen/{nummer}/ausserkraft", PageCase.Refuses)]
    public async Task The_coordinator_takes_a_proposal_back()
    {
        await Do(new ChainCommand.Propose(_coordinator, Chain(1)));
        var page = await _draws.Open($"{Path}/fassungen/1");
        var other = await api.SignedInAsync(_partner, NetworkRoles.Coordinator);
        var token = Token(await other.Open("/konto"));
        (await other.Post($"{Path}/fassungen/1/ausserkraft", [new("__RequestVerificationToken", token)])).Is(HttpStatusCode.Conflict);
        (await _draws.Send(page, $"{Path}/fassungen/1/ausserkraft")).Is(HttpStatusCode.SeeOther);
        var taken = (await _draws.Open($"{Path}/fassungen/1")).Text;
        Assert.Contains("Diese Fassung wurde zurückgenommen, bevor sie in Kraft trat.", taken, StringComparison.Ordinal);
        Assert.DoesNotContain("außer Kraft", taken, StringComparison.Ordinal);
        Assert.DoesNotContain("begonnen haben", taken, StringComparison.Ordinal);
        var row = (await _draws.Open("/vereinbarungen")).Document.QuerySelectorAll("tbody tr").Single(r => r.InnerHtml.Contains(Path, StringComparison.Ordinal));
        Assert.Contains("zurückgenommen", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_was_retired_says_until_when_it_was_in_force()
    {
        await InForceAsync(Chain(1));
        Assert.Contains("seit ", (await _draws.Open($"{Path}/fassungen/1/dokument")).Text, StringComparison.Ordinal);
        await Do(new ChainCommand.Retire(_coordinator, 1));
        var document = (await _draws.Open($"{Path}/fassungen/1/dokument")).Text;
        Assert.Matches(@"In Kraft\s*von .+ bis ", document);
        Assert.Contains("Brandenburg", document, StringComparison.Ordinal);
        Assert.Contains("außer Kraft gesetzt", document, StringComparison.Ordinal);
        Assert.DoesNotContain("zurückgenommen", (await _draws.Open(Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/vorschlag", PageCase.Works)]
    [Covers("POST /ketten/{kette}/vorschlag", PageCase.Works)]
    [Covers("POST /ketten/{kette}/vorschlag", PageCase.Refuses)]
    public async Task A_draft_is_proposed_with_a_day_when_it_has_no_faults()
    {
        await Do(new ChainCommand.SaveDraft(_coordinator, Chain(1) with { FederalState = "XX" }));
        var faulty = (await _draws.Open($"{Path}/vorschlag")).Is(HttpStatusCode.OK);
        Assert.Contains("Ein Fehler steht dem Vorschlag im Weg", faulty.Text, StringComparison.Ordinal);
        Assert.Null(faulty.Document.QuerySelector($"form[action='{Path}/vorschlag']"));
        (await _me.Open($"{Path}/vorschlag")).Is(HttpStatusCode.Forbidden);

        await Do(new ChainCommand.SaveDraft(_coordinator, Chain(1)));
        var page = await _draws.Open($"{Path}/vorschlag");
        var wrong = (await _draws.Send(page, $"{Path}/vorschlag", ("ab", "bald"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("bald", wrong.Value("ab"));
        Assert.NotEmpty((await _draws.Send(page, $"{Path}/vorschlag", ("ab", "2026-01-01"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        await Do(new ChainCommand.SaveDraft(_coordinator, Chain(1, days: 4)));
        (await _draws.Send(page, $"{Path}/vorschlag")).Is(HttpStatusCode.Conflict);
        var day = WorkingCalendar.LocalDay(DateTimeOffset.UtcNow).AddDays(9);
        var done = (await _draws.Send(await _draws.Open($"{Path}/vorschlag"), $"{Path}/vorschlag", ("ab", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))))
            .Is(HttpStatusCode.SeeOther);
        Assert.Contains("In Kraft tritt sie frühestens am", (await _draws.Follow(done)).Text, StringComparison.Ordinal);
        Assert.Contains("Kein Entwurf", (await _draws.Open($"{Path}/vorschlag")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/vergleich", PageCase.Works)]
    [Covers("GET /ketten/{kette}/fassungen/{nummer}/dokument", PageCase.Works)]
    public async Task Versions_stand_side_by_side_and_the_document_has_the_record_and_the_hash()
    {
        await InForceAsync(Chain(1));
        await Do(new ChainCommand.Propose(_coordinator, Chain(2, days: 5)));
        await Do(new ChainCommand.SaveDraft(_coordinator, Chain(3, days: 6)));
        var page = (await _me.Open($"{Path}/vergleich?von=1&bis=2")).Is(HttpStatusCode.OK);
        Assert.Equal(2, page.Document.QuerySelectorAll(".app-beside .chain-picture").Length);
        Assert.Contains("bisher 3 Arbeitstage, jetzt 5 Arbeitstage", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nichts zu vergleichen", (await _me.Open($"{Path}/vergleich?von=1&bis=entwurf")).Text, StringComparison.Ordinal);
        Assert.Contains("jetzt 6 Arbeitstage", (await _draws.Open($"{Path}/vergleich")).Text, StringComparison.Ordinal);

        var document = (await _me.Open($"{Path}/fassungen/1/dokument")).Is(HttpStatusCode.OK);
        Assert.Contains(ChainJson.ContentHash(Chain(1)), document.Text, StringComparison.Ordinal);
        Assert.Contains("Ein Angebot ist innerhalb von 3 Arbeitstagen zu bestätigen.", document.Text, StringComparison.Ordinal);
        Assert.Contains("zugestimmt", document.Text, StringComparison.Ordinal);
        Assert.NotNull(document.Document.QuerySelector("details.chain-picture__table[open]"));
        Assert.All(document.Document.QuerySelectorAll("#angaben + ul li"), fact => Assert.Contains(": ", fact.TextContent, StringComparison.Ordinal));
        (await _me.Open($"{Path}/fassungen/entwurf/dokument")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/fassungen/{nummer}/datei", PageCase.Works)]
    public async Task A_version_is_given_as_a_file_in_every_format()
    {
        await InForceAsync(Chain(1));
        var links = (await _me.Open($"{Path}/fassungen/1")).Is(HttpStatusCode.OK).Document.QuerySelectorAll("a[href*='/datei?format=']").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(3, links.Count);
        foreach (var link in links)
        {
            var import = ChainFormats.Import(Encoding.UTF8.GetBytes((await _me.Open(link)).Is(HttpStatusCode.OK).Html));
            Assert.Equal(ChainJson.ContentHash(Chain(1)), ChainJson.ContentHash(import.Chain!));
        }

        (await _me.Open($"{Path}/fassungen/1/datei?format=doc")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_told_of_an_objection_is_led_to_the_chain_and_on_to_the_next_proposal()
    {
        await Do(new ChainCommand.Propose(_coordinator, Chain(1)));
        await Do(new ChainCommand.RaiseObjection(_partner, 1, NoteOf("Drei Tage sind zu kurz.")));
        var (login, store) = (await api.PersonAsync(_coordinator, roles: NetworkRoles.Coordinator), api.Services.GetRequiredService<NotificationStore>());
        var told = new NewNotification(login, Guid.NewGuid(), NotificationKinds.ChainObjected, null, Chain(1).Title, DateTimeOffset.UtcNow, null) { Chain = new ChainId(Code) };
        await store.PutAsync(_coordinator, [told], TestContext.Current.CancellationToken);
        var browser = api.App.Browser();
        (await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        var list = await browser.Open("/benachrichtigungen");
        var row = Assert.Single(list.Document.QuerySelectorAll("tbody tr"));
        Assert.Contains("Betreuung und Beratung", row.TextContent, StringComparison.Ordinal);
        var chain = (await browser.Follow(await browser.Open(row.QuerySelector("a")!.GetAttribute("href")!))).Is(HttpStatusCode.OK);
        var link = Assert.Single(chain.Document.QuerySelectorAll("main a"), a => a.GetAttribute("href") == $"{Path}/vorschlag");
        var proposal = (await browser.Open(link.GetAttribute("href")!)).Is(HttpStatusCode.OK);
        (await browser.Send(proposal, $"{Path}/vorschlag")).Is(HttpStatusCode.SeeOther);
        Assert.Contains("offen zur Zustimmung", (await browser.Open($"{Path}/fassungen/2")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    private static string Token(PageAnswer page) => page.Value("__RequestVerificationToken")!;

    private static Note NoteOf(string text) => System.Text.Json.JsonSerializer.Deserialize<Note>($"\"{text}\"")!;

    private ChainVersion Chain(int version, int days = 3)
    {
        var chain = TestChain.Make(Code, _coordinator.Value, version, _partner.Value, _second.Value);
        var step = (ChainNode.Step)((ChainNode.Sequence)chain.Root).Children[0];
        return chain with { Root = step with { AcknowledgeWithin = days } };
    }

    [Fact]
    public async Task A_version_is_compared_only_with_what_counted_before()
    {
        await Do(new ChainCommand.Propose(_coordinator, Chain(1, days: 4)));
        await Do(new ChainCommand.RaiseObjection(_partner, 1, NoteOf("Zu lang.")));
        await InForceAsync(Chain(2));
        Assert.Null((await _me.Open($"{Path}/fassungen/2")).Is(HttpStatusCode.OK).Document.QuerySelector($"a[href*='/vergleich?von=']"));
        Assert.DoesNotContain("bisher 4 Arbeitstage", (await _me.Open($"{Path}/fassungen/2")).Text, StringComparison.Ordinal);
        await Do(new ChainCommand.Propose(_coordinator, Chain(3, days: 9)));
        await Do(new ChainCommand.Retire(_coordinator, 3));
        await InForceAsync(Chain(4, days: 5));
        Assert.Contains("bisher 3 Arbeitstage, jetzt 5 Arbeitstage", (await _me.Open($"{Path}/fassungen/4")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coordinator", true, "Mio Muster", "Netzwerkpartner")]
    [InlineData("partner", true, "Koordination", "Kim Beispiel")]
    [InlineData("second", true, "Koordination", "Netzwerkpartner")]
    [InlineData("stranger", false, "Koordination", "Netzwerkpartner")]
    public async Task Reasons_are_for_those_named_and_names_for_ones_own_organisation(string who, bool reads, string proposed, string objected)
    {
        var (proposer, objector) = (await api.PersonAsync(_coordinator, "Mio Muster"), await api.PersonAsync(_partner, "Kim Beispiel"));
        await Do(new ChainCommand.Propose(_coordinator, Chain(1)), proposer);
        await Do(new ChainCommand.RaiseObjection(_partner, 1, NoteOf("Drei Tage sind zu kurz.")), objector);
        var reader = await api.SignedInAsync(
            who switch { "coordinator" => _coordinator, "partner" => _partner, "second" => _second, _ => api.Organisation(who) }, NetworkRoles.Caseworker);
        foreach (var page in (string[])["", "/fassungen/1", "/fassungen/1/dokument"])
        {
            var shown = (await reader.Open(Path + page)).Is(HttpStatusCode.OK);
            var people = shown.Document.QuerySelectorAll("td[data-label='Person']").Select(c => c.TextContent.Trim()).Order(StringComparer.Ordinal);
            Assert.Equal(((string[])[proposed, objected]).Order(StringComparer.Ordinal), people);
            Assert.Equal(reads, shown.Text.Contains("Drei Tage sind zu kurz.", StringComparison.Ordinal));
            Assert.Equal(!reads, shown.Text.Contains("nur für die genannten Partner und die Koordination", StringComparison.Ordinal));
            Assert.DoesNotContain(proposer, shown.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(objector, shown.Html, StringComparison.Ordinal);
        }

        var mine = (await api.ClientOf(_coordinator).Get($"/api/v1/chains/{Code}/versions/1/signatures")).Ok().Json.GetRawText();
        Assert.Contains("Mio Muster", mine, StringComparison.Ordinal);
        Assert.DoesNotContain(proposer, mine, StringComparison.Ordinal);
    }

    private async Task InForceAsync(ChainVersion version)
    {
        await Do(new ChainCommand.Propose(_coordinator, version));
        await Do(new ChainCommand.Agree(_partner, version.Version));
        await Do(new ChainCommand.Agree(_second, version.Version));
    }

    private async Task Do(ChainCommand command, string by = "test") => Assert.IsType<ChainOutcome.Done>(
        await api.Services.GetRequiredService<ChainService>().DoAsync(new Actor(by, command.By), new ChainId(Code), command, null, TestContext.Current.CancellationToken));
}
