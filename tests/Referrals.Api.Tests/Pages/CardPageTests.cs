using System.Net;
using Referrals.Api.Tests.Cards;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages;

/// <summary>Sealed contact cards and their keys, in the pages of both sides; what the script does is tried in a browser.</summary>
public sealed class CardPageTests(ApiHost api)
{
    private const string Keys = "/organisation/schluessel";

    [Fact]
    [Covers("GET /organisation/schluessel", PageCase.Works)]
    [Covers("POST /organisation/schluessel", PageCase.Works)]
    [Covers("POST /organisation/schluessel", PageCase.Refuses)]
    [Covers("POST /organisation/schluessel/widerrufen", PageCase.Works)]
    [Covers("POST /organisation/schluessel/widerrufen", PageCase.Refuses)]
    public async Task Keys_are_published_replaced_and_revoked()
    {
        var organisation = await api.RegisteredAsync();
        var me = await api.SignedInAsync(organisation);
        var page = (await me.Open(Keys)).Is(HttpStatusCode.OK);
        Assert.Contains("Es gibt noch keinen", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("[data-card-create][hidden]"));
        var none = (await me.Send(page, Keys)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("kein öffentlicher Schlüssel", none.Text, StringComparison.Ordinal);

        var (first, second) = (CardStory.NewKey(), CardStory.NewKey());
        var done = await me.Follow((await me.Send(page, Keys, ("oeffentlich", first))).Is(HttpStatusCode.SeeOther));
        Assert.Contains(SealedCard.Readable(SealedCard.PrintOf(first)!), done.Text, StringComparison.Ordinal);
        Assert.Contains("aktuell", done.Text, StringComparison.Ordinal);
        (await me.Send(page, Keys, ("oeffentlich", second))).Is(HttpStatusCode.Conflict);
        done = await me.Follow((await me.Send(done, Keys, ("oeffentlich", second))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("ersetzt", done.Text, StringComparison.Ordinal);

        (await me.Send(done, Keys + "/widerrufen", ("schluessel", "k0"))).Is(HttpStatusCode.UnprocessableEntity);
        done = await me.Follow((await me.Send(done, Keys + "/widerrufen", ("schluessel", SealedCard.PrintOf(second)))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("widerrufen", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/kontaktkarte", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/kontaktkarte", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/{nr}/kontaktkarte-zurueckziehen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/kontaktkarte-zurueckziehen", PageCase.Refuses)]
    public async Task A_sender_seals_and_takes_back_and_no_field_of_the_card_has_a_name()
    {
        var story = await CardStory.AcceptedAsync(api);
        var (me, path) = (await api.SignedInAsync(story.Holder), $"/ueberleitungen/{story.Number}");
        var page = (await me.Open(path)).Is(HttpStatusCode.OK);
        var part = page.Document.QuerySelector("[data-card-seal]")!;
        Assert.Equal((true, await story.KeyAsync()), (part.HasAttribute("hidden"), part.GetAttribute("data-key")));
        Assert.Equal(5, part.QuerySelectorAll("input[data-card-field]").Length);
        Assert.All(part.QuerySelectorAll("input[data-card-field]"), i => Assert.False(i.HasAttribute("name")));
        Assert.Contains(SealedCard.Readable(await story.KeyAsync()), part.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nehmen Sie den Übergabecode", page.Document.QuerySelector("[data-card-unable]")!.TextContent, StringComparison.Ordinal);

        // Without a script nothing is sealed, so nothing is taken.
        var empty = (await me.Send(page, path + "/kontaktkarte")).Is(HttpStatusCode.Conflict);
        Assert.Contains("keine versiegelte Karte", empty.Text, StringComparison.Ordinal);

        var done = await me.Follow((await me.Send(page, path + "/kontaktkarte", ("versiegelt", CardStory.Ciphertext()))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("versiegelt, zu öffnen bis", done.Text, StringComparison.Ordinal);
        var stale = (await me.Send(page, path + "/kontaktkarte", ("versiegelt", CardStory.Ciphertext()))).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich geändert", stale.Text, StringComparison.Ordinal);

        var taken = await me.Follow((await me.Send(done, path + "/kontaktkarte-zurueckziehen")).Is(HttpStatusCode.SeeOther));
        Assert.Contains("zurückgezogen, gelöscht", taken.Text, StringComparison.Ordinal);
        Assert.Equal(0, await story.KeptAsync());
        await story.SealedAsync(issue: 2);
        page = await me.Open(path);
        await story.TellAsync(new PartnerSaid.CardOpened(2));
        var late = (await me.Send(page, path + "/kontaktkarte-zurueckziehen")).Is(HttpStatusCode.Conflict);
        Assert.Contains("wurde schon geöffnet", late.Text, StringComparison.Ordinal);
        Assert.Contains("geöffnet am", (await me.Open(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_of_the_partner_the_page_says_so()
    {
        var story = await CardStory.AcceptedAsync(api, withKey: false);
        var page = await (await api.SignedInAsync(story.Holder)).Open($"/ueberleitungen/{story.Number}");
        Assert.Contains("hat keinen Schlüssel für Kontaktkarten", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("[data-card-seal]"));
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/kontaktkarte", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/kontaktkarte", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/kontaktkarte-geoeffnet", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/kontaktkarte-geoeffnet", PageCase.Refuses)]
    public async Task A_partner_fetches_and_the_card_is_deleted_when_it_could_be_opened()
    {
        var story = await CardStory.AcceptedAsync(api);
        var (me, path) = (await api.SignedInAsync(story.Partner), $"/auftraege/{await story.AtPartnerAsync()}");
        Assert.DoesNotContain("Kontaktkarte", (await me.Open(path)).Text, StringComparison.Ordinal);
        var ciphertext = await story.SealedAsync();
        var page = await me.Open(path);
        Assert.Equal(await story.KeyAsync(), page.Document.QuerySelector("[data-card-open][hidden]")!.GetAttribute("data-key"));
        Assert.DoesNotContain(ciphertext, page.Html, StringComparison.Ordinal);
        var token = page.Value("__RequestVerificationToken")!;

        (await me.Post(path + "/kontaktkarte-geoeffnet", Fields(token, "1"))).Is(HttpStatusCode.Conflict);
        var fetched = (await me.Send(page, path + "/kontaktkarte")).Is(HttpStatusCode.OK);
        Assert.Equal("application/json", fetched.ContentType);
        Assert.Contains(ciphertext, System.Text.Json.JsonDocument.Parse(fetched.Html).RootElement.GetProperty("sealed").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await story.KeptAsync());
        (await me.Post(path + "/kontaktkarte-geoeffnet", Fields(token, "1"))).Is(HttpStatusCode.NoContent);
        Assert.Equal(0, await story.KeptAsync());
        Assert.Contains("schon geöffnet", (await me.Send(page, path + "/kontaktkarte")).Is(HttpStatusCode.Conflict).Text, StringComparison.Ordinal);
        Assert.Contains("Die Karte wurde geöffnet", (await me.Open(path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/kontaktkarte-zurueckgeben", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/kontaktkarte-zurueckgeben", PageCase.Refuses)]
    public async Task A_partner_gives_back_what_it_can_not_open()
    {
        var story = await CardStory.AcceptedAsync(api);
        var (me, path) = (await api.SignedInAsync(story.Partner), $"/auftraege/{await story.AtPartnerAsync()}");
        await story.SealedAsync();
        var page = await me.Open(path);
        (await me.Send(page, path + "/kontaktkarte-zurueckgeben", ("karte", "7"))).Is(HttpStatusCode.Conflict);
        var done = await me.Follow((await me.Send(page, path + "/kontaktkarte-zurueckgeben")).Is(HttpStatusCode.SeeOther));
        Assert.Contains("ungeöffnet zurückgegeben", done.Text, StringComparison.Ordinal);
        Assert.Equal(0, await story.KeptAsync());
        await story.TellAsync(new PartnerSaid.CardReturned(1));
        Assert.Contains("konnte nicht geöffnet werden", (await (await api.SignedInAsync(story.Holder)).Open($"/ueberleitungen/{story.Number}")).Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Fields(string token, string issue) => new() { ["__RequestVerificationToken"] = token, ["karte"] = issue };
}
