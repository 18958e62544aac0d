using System.Net;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages;

public sealed class InboxTests(ApiHost api) : IAsyncLifetime
{
    private PartnerDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await PartnerDesk.OpenAsync(api);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    [Fact]
    [Covers("GET /eingang", PageCase.Works)]
    public async Task The_list_shows_what_is_open_by_due_date_and_what_is_overdue()
    {
        var empty = (await _desk.Me.Open("/eingang")).Is(HttpStatusCode.OK);
        Assert.Contains("Keine offenen Aufträge", empty.Text, StringComparison.Ordinal);

        var later = await _desk.ReceiveAsync(Now.AddDays(9));
        var late = await _desk.ReceiveAsync(Now.AddDays(-3));
        var done = await _desk.ReceiveAsync();
        await _desk.DoAsync(done, new AssignmentCommand.Decline("no-capacity"));
        var page = (await _desk.Me.Open("/eingang")).Is(HttpStatusCode.OK);
        Assert.Equal("Eingang", page.Heading);
        Assert.Equal([$"A-{late}", $"A-{later}"], page.Document.QuerySelectorAll("tbody th").Select(e => e.TextContent.Trim()));
        Assert.Contains("1 Auftrag ist seit", page.Text, StringComparison.Ordinal);
        Assert.Contains($"A-{late} öffnen", page.Text, StringComparison.Ordinal);
        Assert.Contains("Überfällig", page.Document.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 Aufträge · sortiert nach Frist", page.Text, StringComparison.Ordinal);
        Assert.Contains("Offen (2)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Abgelehnt (1)", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nummer=A-{0}", true)]
    [InlineData("nummer={0}", true)]
    [InlineData("nummer=A-2026-9999", false)]
    [InlineData("status=neu", true)]
    [InlineData("status=angenommen", false)]
    [InlineData("status=alle", true)]
    [InlineData("leistung=care", true)]
    [InlineData("leistung=advice", false)]
    [InlineData("von=sender", true)]
    [InlineData("von=somebody", false)]
    [InlineData("person=niemand", true)]
    [InlineData("person=meine", false)]
    [InlineData("frist=ueberfaellig", false)]
    [InlineData("frist=heute", false)]
    [InlineData("frist=woche", true)]
    [InlineData("frist=nonsense&status=nonsense&nach=nonsense", true)]
    public async Task Filters_stand_in_the_address(string filter, bool found)
    {
        var number = await _desk.ReceiveAsync(Now.AddDays(4));
        var page = (await _desk.Me.Open("/eingang?" + string.Format(System.Globalization.CultureInfo.InvariantCulture, filter, number))).Is(HttpStatusCode.OK);
        Assert.Equal(found ? [$"A-{number}"] : [], page.Document.QuerySelectorAll("tbody th").Select(e => e.TextContent.Trim()));
        Assert.Equal(!found, page.Text.Contains("Nichts gefunden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_be_no_number_is_told_at_its_field() =>
        Assert.Equal(["Eine Auftragsnummer sieht so aus: A-2026-0412."], (await _desk.Me.Open("/eingang?nummer=kita")).Is(HttpStatusCode.OK).Faults);

    [Fact]
    public async Task Pages_follow_each_other_and_go_back()
    {
        for (var i = 0; i < 51; i++)
        {
            await _desk.ReceiveAsync(Now.AddDays(1).AddMinutes(i));
        }

        var first = await _desk.Me.Open("/eingang?frist=woche");
        Assert.Equal(50, first.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Null(first.Document.QuerySelector("[rel=prev]"));
        var second = await _desk.Me.Open(first.Document.QuerySelector("[rel=next]")!.GetAttribute("href")!);
        Assert.Single(second.Document.QuerySelectorAll("tbody tr"));
        Assert.Null(second.Document.QuerySelector("[rel=next]"));
        var back = await _desk.Me.Open(second.Document.QuerySelector("[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(50, back.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Null(back.Document.QuerySelector("[rel=prev]"));
    }

    [Fact]
    [Covers("GET /eingang/liste.csv", PageCase.Works)]
    public async Task The_list_comes_as_a_table_for_spreadsheets()
    {
        var number = await _desk.ReceiveAsync();
        await _desk.DoAsync(await _desk.ReceiveAsync(), new AssignmentCommand.Decline("no-capacity"));
        using var answer = await _desk.Me.Http.GetAsync(new Uri("/eingang/liste.csv", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("attachment; filename=\"eingang-", answer.Content.Headers.ContentDisposition?.ToString() ?? answer.Content.Headers.GetValues("Content-Disposition").Single(), StringComparison.Ordinal);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Auftrag;Leistung;Schritt;Von;Status;", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"A-{number};care;care;sender;Neu;nein;nein;", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /eingang/auswahl", PageCase.Works)]
    public async Task Several_are_acknowledged_after_a_page_that_names_them_and_it_can_be_undone()
    {
        var (one, two) = (await _desk.ReceiveAsync(), await _desk.ReceiveAsync());
        var list = await _desk.Me.Open("/eingang");
        var sure = (await _desk.Me.Send(list, "/eingang/auswahl", ("nr", one), ("nr", two), ("tun", "bestaetigen"))).Is(HttpStatusCode.OK);
        Assert.Equal("2 Aufträge bestätigen?", sure.Heading);
        Assert.Contains("A-" + one, sure.Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentStatus.Received, (await _desk.StateAsync(one)).Status);

        var done = await _desk.Me.Follow((await _desk.Me.Send(sure, "/eingang/auswahl", ("tun", "bestaetigen"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("2 Aufträge sind bestätigt.", done.Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentStatus.Acknowledged, (await _desk.StateAsync(two)).Status);

        var undo = done.Document.Forms.First(f => f.QuerySelector("button[value=rueckgaengig]") is not null);
        Assert.Matches("möglich bis [0-9]{2}:[0-9]{2} Uhr", undo.TextContent);
        var undone = await _desk.Me.Follow((await _desk.Me.Send(done, "/eingang/auswahl", ("tun", "rueckgaengig"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("2 Bestätigungen zurückgenommen.", undone.Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentStatus.Received, (await _desk.StateAsync(one)).Status);
    }

    [Fact]
    public async Task Who_saw_the_count_in_the_button_is_not_asked_again_and_a_row_acknowledges_itself()
    {
        var (one, two) = (await _desk.ReceiveAsync(), await _desk.ReceiveAsync());
        var list = await _desk.Me.Open("/eingang");
        (await _desk.Me.Send(list, "/eingang/auswahl", ("nr", one), ("anzahl", "1"), ("tun", "bestaetigen"))).Is(HttpStatusCode.SeeOther);
        (await _desk.Me.Send(list, "/eingang/auswahl", ("nur", two))).Is(HttpStatusCode.SeeOther);
        Assert.Equal(AssignmentStatus.Acknowledged, (await _desk.StateAsync(one)).Status);
        Assert.Equal(AssignmentStatus.Acknowledged, (await _desk.StateAsync(two)).Status);
    }

    [Fact]
    public async Task Several_are_taken_over()
    {
        var number = await _desk.ReceiveAsync();
        var list = await _desk.Me.Open("/eingang");
        var sure = (await _desk.Me.Send(list, "/eingang/auswahl", ("nr", number), ("tun", "uebernehmen"))).Is(HttpStatusCode.OK);
        Assert.Equal("1 Auftrag übernehmen?", sure.Heading);
        var done = await _desk.Me.Follow((await _desk.Me.Send(sure, "/eingang/auswahl", ("tun", "uebernehmen"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("1 Auftrag übernommen.", done.Text, StringComparison.Ordinal);
        Assert.Equal(_desk.Login, (await _desk.StateAsync(number)).Assignee);
        Assert.Single((await _desk.Me.Open("/eingang?person=meine")).Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    [Covers("POST /eingang/auswahl", PageCase.Refuses)]
    public async Task One_that_cannot_be_done_is_told_and_does_not_hold_up_the_others()
    {
        var (one, two) = (await _desk.ReceiveAsync(), await _desk.ReceiveAsync());
        var list = await _desk.Me.Open("/eingang");
        Assert.Equal(
            ["Wählen Sie mindestens einen und höchstens 50 Aufträge aus."],
            (await _desk.Me.Send(list, "/eingang/auswahl", ("tun", "bestaetigen"))).Is(HttpStatusCode.UnprocessableEntity).Faults);

        await _desk.HearAsync(one, new AssignmentCommand.ReceiveWithdrawal("rerouted"));
        var answer = (await _desk.Me.Send(list, "/eingang/auswahl", ("nr", one), ("nr", two), ("nr", "2026-9999"), ("anzahl", "3"), ("tun", "bestaetigen"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("2 Aufträge blieben unverändert", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"A-{one}: Die absendende Stelle hat den Auftrag zurückgenommen.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("A-2026-9999: Diesen Auftrag gibt es in Ihrer Organisation nicht.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("1 Auftrag ist bestätigt.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentStatus.Acknowledged, (await _desk.StateAsync(two)).Status);
    }

    [Fact]
    public async Task Only_partners_see_it_and_each_only_its_own()
    {
        (await (await _desk.PersonAsync(NetworkRoles.Caseworker)).Open("/eingang")).Is(HttpStatusCode.Forbidden);
        await (await PartnerDesk.OpenAsync(api)).ReceiveAsync();
        Assert.Empty((await _desk.Me.Open("/eingang?status=alle")).Document.QuerySelectorAll("tbody tr"));
    }
}
