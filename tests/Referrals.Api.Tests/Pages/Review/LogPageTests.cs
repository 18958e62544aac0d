using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests.Pages.Review;

public sealed class LogPageTests(ApiHost api)
{
    private const string List = "/steuerung/protokolle";

    private async Task<PageClient> SteeringAsync(OrganisationId? home = null) => await api.SignedInAsync(home ?? await api.RegisteredAsync(), NetworkRoles.Steering);

    private static string Xes(int cases) => "<log xes.version=\"1849.2016\">" + string.Concat(Enumerable.Range(1, cases).Select(c =>
        $"<trace><string key=\"concept:name\" value=\"{c}\"/>{Event("Antrag", $"2026-01-{c:00}", "Amt")}{Event("Bescheid", $"2026-02-{c:00}", "Stelle")}<event/></trace>")) + "</log>";

    private static string Event(string what, string day, string group) =>
        $"<event><string key=\"concept:name\" value=\"{what}\"/><date key=\"time:timestamp\" value=\"{day}T08:00:00Z\"/><string key=\"org:group\" value=\"{group}\"/></event>";

    private static async Task<PageAnswer> Upload(PageClient me, string name, byte[] content, string title = "")
    {
        var page = (await me.Open(List)).Is(HttpStatusCode.OK);
        return await me.SendFile(page, List, "datei", name, content, ("bezeichnung", title));
    }

    private static Task<PageAnswer> Upload(PageClient me, string name, string content, string title = "") => Upload(me, name, Encoding.UTF8.GetBytes(content), title);

    private static IEnumerable<string> Counts(PageAnswer page) => page.Document.QuerySelectorAll("main dd").Skip(2).Take(4).Select(d => d.TextContent);

    [Fact]
    [Covers("POST /steuerung/protokolle", PageCase.Works)]
    [Covers("GET /steuerung/protokolle/{protokoll}", PageCase.Works)]
    public async Task A_file_is_uploaded_counted_and_reviewed_with_the_same_pages()
    {
        var me = await SteeringAsync();
        var sent = (await Upload(me, $"Bauamt {Guid.NewGuid():n}.xes", Xes(6), "Bauamt 2026")).Is(HttpStatusCode.SeeOther);
        var page = (await me.Follow(sent)).Is(HttpStatusCode.OK);
        Assert.Equal("Bauamt 2026", page.Heading);
        Assert.Contains("6 × Ein Ereignis hat keinen Zeitpunkt und wurde weggelassen. (zuerst in Zeile 1)", page.Text, StringComparison.Ordinal);
        Assert.Equal(["6", "12", "2", "0"], Counts(page));
        var name = sent.Location!.Split('/')[^1];
        Assert.Contains("Bescheid", (await me.Open($"/steuerung?log={name}")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        Assert.Contains("Bescheid", (await me.Open($"/steuerung/ketten/{name}?log={name}")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await me.Open($"{List}/no-such-log")).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [Covers("POST /steuerung/protokolle", PageCase.Refuses)]
    [InlineData("x.xes", "<!DOCTYPE log [<!ENTITY a 'aaaa'>]><log>&a;</log>", "Dokumenttyp-Definition")]
    [InlineData("x.xes", "<html/>", "kein XES-Protokoll")]
    [InlineData("x.json", "{", "JSON-Datei ist fehlerhaft")]
    [InlineData("x.json", "{\"ocel:global-log\":{}}", "OCEL 1.0")]
    [InlineData("x.zip", "PK\u0003\u0004", "Archiv")]
    [InlineData("x.csv", "\n\n", "Tabelle ist leer")]
    [InlineData("x.xes", "<log xes.version='1.0'><trace><event><string key='concept:name' value='a'/></event></trace></log>", "Ein Ereignis hat keinen Zeitpunkt")]
    [InlineData("x.csv", "", "Wählen Sie eine Datei aus.")]
    public async Task What_is_no_log_is_refused_in_plain_words(string name, string content, string fault)
    {
        var page = (await Upload(await SteeringAsync(), name, content)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(fault, Assert.Single(page.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_refused()
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packing.Write(Encoding.UTF8.GetBytes("<log>" + new string(' ', 30_000_000)));
        }

        var page = (await Upload(await SteeringAsync(), "x.xes.gz", packed.ToArray())).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("beim Entpacken zu groß", Assert.Single(page.Faults), StringComparison.Ordinal);
    }

    [Fact]
    [Covers("GET /steuerung/protokolle/spalten/{id:guid}", PageCase.Works)]
    [Covers("POST /steuerung/protokolle/spalten/{id:guid}", PageCase.Works)]
    public async Task Of_a_table_a_person_says_which_column_means_what_and_the_upload_waits()
    {
        var (home, name) = (await api.RegisteredAsync(), $"tickets-{Guid.NewGuid():n}");
        var me = await SteeringAsync(home);
        var table = "Fallnummer;Schritt;Erledigt;Wer;Team\n" + string.Join('\n', Enumerable.Range(1, 6).Select(c => $"{c};Antrag;0{c}.03.2026 09:00;Kim;Amt"));
        var sent = (await Upload(me, $"{name}.csv", table)).Is(HttpStatusCode.SeeOther);
        var page = (await me.Follow(sent)).Is(HttpStatusCode.OK);
        Assert.Equal(("Fallnummer", "Schritt", "", "", "Team"), (page.Value("fall"), page.Value("taetigkeit"), page.Value("zeit"), page.Value("bearbeitung"), page.Value("gruppe")));
        Assert.Equal(5, page.Document.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("04.03.2026 09:00", page.Text, StringComparison.Ordinal);

        // Nobody else goes on with it, and nothing is lost by a wrong answer.
        (await (await SteeringAsync()).Open(sent.Location!)).Is(HttpStatusCode.NotFound);
        var again = (await me.Send(page, sent.Location!)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Wählen Sie die Spalte für: Zeitpunkt"], again.Faults);
        var wrong = (await me.Send(again, sent.Location!, ("zeit", "Team"), ("gruppe", ""))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Zeitpunkt einer Zeile fehlt", Assert.Single(wrong.Faults), StringComparison.Ordinal);
        var done = (await me.Send(wrong, sent.Location!, ("zeit", "Erledigt"), ("gruppe", "Team"), ("bearbeitung", "Wer"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"{List}/{name}", done.Location);
        Assert.Equal(["6", "6", "1", "1"], Counts(await me.Follow(done)));
        (await me.Open(sent.Location!)).Is(HttpStatusCode.NotFound);
        await AssertAudited(home, AuditCodes.LogImported, name);
    }

    [Fact]
    [Covers("POST /steuerung/protokolle/spalten/{id:guid}", PageCase.Refuses)]
    [Covers("POST /steuerung/protokolle/spalten/{id:guid}/verwerfen", PageCase.Works)]
    [Covers("POST /steuerung/protokolle/spalten/{id:guid}/verwerfen", PageCase.Refuses)]
    public async Task An_upload_can_be_thrown_away()
    {
        var me = await SteeringAsync();
        var sent = (await Upload(me, "x.csv", "a;b;c\n1;2;3\n")).Is(HttpStatusCode.SeeOther);
        var page = await me.Follow(sent);
        var twice = (await me.Send(page, sent.Location!, ("fall", "a"), ("taetigkeit", "a"), ("zeit", "c"), ("zeitformat", "%"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(2, twice.Faults.Count);
        Assert.Equal(List, (await me.Send(page, $"{sent.Location}/verwerfen")).Is(HttpStatusCode.SeeOther).Location);
        (await me.Send(page, $"{sent.Location}/verwerfen")).Is(HttpStatusCode.NotFound);
        (await me.Send(page, sent.Location!, ("fall", "a"))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST /steuerung/protokolle/{protokoll}/loeschen", PageCase.Works)]
    [Covers("POST /steuerung/protokolle/{protokoll}/loeschen", PageCase.Refuses)]
    public async Task A_log_is_deleted_for_everybody_and_it_is_written_down_who_did_it()
    {
        var home = await api.RegisteredAsync();
        var me = await SteeringAsync(home);
        var sent = (await Upload(me, $"{Guid.NewGuid():n}.xes", Xes(2))).Is(HttpStatusCode.SeeOther);
        var page = await me.Follow(sent);
        Assert.NotNull(page.Document.QuerySelector("form .app-consequence"));
        Assert.Equal(List, (await me.Send(page, $"{sent.Location}/loeschen")).Is(HttpStatusCode.SeeOther).Location);
        (await me.Send(page, $"{sent.Location}/loeschen")).Is(HttpStatusCode.NotFound);
        (await me.Open(sent.Location!)).Is(HttpStatusCode.NotFound);
        await AssertAudited(home, AuditCodes.LogDeleted, sent.Location!.Split('/')[^1]);
    }

    [Theory]
    [Covers("GET /steuerung/protokolle/{protokoll}/datei/{format}", PageCase.Works)]
    [InlineData("xes", "application/xml")]
    [InlineData("ocel", "application/json")]
    [InlineData("csv", "text/csv")]
    public async Task A_log_is_downloaded_and_read_again(string format, string type)
    {
        var me = await SteeringAsync();
        var sent = (await Upload(me, $"{Guid.NewGuid():n}.xes", Xes(3))).Is(HttpStatusCode.SeeOther);
        var file = (await me.Open($"{sent.Location}/datei/{format}")).Is(HttpStatusCode.OK);
        Assert.Equal(type, file.ContentType);
        using var again = new MemoryStream(Encoding.UTF8.GetBytes(file.Html));
        var log = Engine.Review.Logs.EventLogReader.Read(again, "log." + format, new Engine.Review.Logs.LogOptions(), TestContext.Current.CancellationToken).Log;
        Assert.Equal((3, 6), (log.Cases.Length, log.Events.Length));
        (await me.Open($"{sent.Location}/datei/pdf")).Is(HttpStatusCode.NotFound);
    }

    private async Task AssertAudited(OrganisationId home, string what, string subject) => Assert.Single(
        await api.Services.GetRequiredService<AuditStore>().ListAsync([home], new AuditFilter([what], Subject: subject), null, 10, TestContext.Current.CancellationToken));
}
