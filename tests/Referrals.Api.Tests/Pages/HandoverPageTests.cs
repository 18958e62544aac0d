using System.Net;
using Referrals.Api.Tests.Pages.Casework;
using Referrals.Engine.Assignments;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages;

/// <summary>Handing a client over with a code, in the pages of both sides.</summary>
public sealed class HandoverPageTests(ApiHost api)
{
    private const string Slip = "/ueberleitungen/uebergabecode";
    private const string Inbox = "/eingang/uebergabecode";

    [Fact]
    [Covers("POST /ueberleitungen/uebergabecode", PageCase.Works)]
    [Covers("POST /ueberleitungen/uebergabecode", PageCase.Refuses)]
    public async Task A_slip_shows_the_code_once_and_nothing_of_the_case()
    {
        var one = await Case.StartAsync(api, ""","note":"Betreuung ab sechs Uhr." """);
        var page = await one.Page();
        var slip = (await one.Browser.Send(page, Slip)).Is(HttpStatusCode.OK);
        var code = slip.Document.QuerySelector(".app-slip__code")!.TextContent;
        Assert.NotNull(HandoverCode.Read(code));
        Assert.NotNull(slip.Document.QuerySelector(".app-slip .app-qr svg"));
        var printed = slip.Document.QuerySelector(".app-slip")!.TextContent + slip.Document.Title;
        Assert.Contains("care-one", printed, StringComparison.Ordinal);
        foreach (var secret in new[] { one.Number, "2026-0815", "Betreuung", one.Id.ToString(), (await one.Assignment()).ToString() })
        {
            Assert.DoesNotContain(secret, printed, StringComparison.OrdinalIgnoreCase);
        }

        // The same page sent again makes no second code.
        var again = (await one.Browser.Send(page, Slip)).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich geändert", again.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(code, (await one.Page()).Html, StringComparison.Ordinal);
        Assert.Contains("gilt bis", (await one.Page()).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/uebergabecode-widerrufen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/uebergabecode-widerrufen", PageCase.Refuses)]
    public async Task A_code_is_revoked_until_the_person_has_arrived()
    {
        var one = await Case.StartAsync(api);
        await one.Browser.Send(await one.Page(), Slip);
        Assert.Contains("für ungültig erklärt", (await one.Do("uebergabecode-widerrufen")).Text, StringComparison.Ordinal);

        await one.Browser.Send(await one.Page(), Slip);
        var page = await one.Page();
        await one.Hear(new PartnerSaid.Received(), new PartnerSaid.HandedOver());
        var late = (await one.Send(page, "uebergabecode-widerrufen")).Is(HttpStatusCode.Conflict);
        Assert.Contains("schon mit einem Code beim Partner angekommen", late.Text, StringComparison.Ordinal);
        var now = await one.Page();
        Assert.Contains("Die Person ist mit dem Übergabecode angekommen", now.Text, StringComparison.Ordinal);
        Assert.Contains("Übergabecode bei care-one eingelöst", now.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/uebergabecode", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/uebergabecode", PageCase.Refuses)]
    public async Task A_partner_redeems_the_code_at_its_assignment()
    {
        var desk = await PartnerDesk.OpenAsync(api);
        var number = await desk.ReceiveAsync();
        var path = $"/auftraege/{number}/uebergabecode";
        Assert.DoesNotContain("Übergabecode", (await desk.Me.Open($"/auftraege/{number}")).Text, StringComparison.Ordinal);
        var code = await desk.HandoverAsync(number);
        var page = await desk.Me.Open($"/auftraege/{number}");

        var mistyped = (await desk.Me.Send(page, path, ("code", "KX7-4MP-T28"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("ein Zeichen fehlt oder ist falsch", Assert.Single(mistyped.Faults), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("KX7-4MP-T28", mistyped.Value("code"));
        Assert.Equal(5, (await desk.StateAsync(number)).Handover!.TriesLeft);

        var wrong = (await desk.Me.Send(mistyped, path, ("code", HandoverCode.New().ToString()))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Dieser Code gehört nicht zu diesem Auftrag."], wrong.Faults);
        Assert.Contains("Nach 4 falschen Eingaben", wrong.Text, StringComparison.Ordinal);

        var done = await desk.Me.Follow((await desk.Me.Send(wrong, path, ("code", code.Plain.ToLowerInvariant()))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Der Übergabecode gehört zu diesem Auftrag", done.Text, StringComparison.Ordinal);
        Assert.NotNull((await desk.StateAsync(number)).Handover!.RedeemedAt);
    }

    [Fact]
    public async Task After_too_many_wrong_codes_or_a_withdrawal_the_page_says_so()
    {
        var desk = await PartnerDesk.OpenAsync(api);
        var number = await desk.ReceiveAsync();
        await desk.HandoverAsync(number);
        var page = await desk.Me.Open($"/auftraege/{number}");
        for (var i = 0; i < 4; i++)
        {
            await desk.DoAsync(number, new AssignmentCommand.Redeem($"p{i:x48}"));
        }

        var blocked = (await desk.Me.Send(page, $"/auftraege/{number}/uebergabecode", ("code", HandoverCode.New().ToString()))).Is(HttpStatusCode.Conflict);
        Assert.Contains("nach mehreren falschen Eingaben gesperrt", blocked.Text, StringComparison.Ordinal);

        await desk.HandoverAsync(number, issue: 2);
        page = await desk.Me.Open($"/auftraege/{number}");
        await desk.HearAsync(number, new AssignmentCommand.ReceiveHandoverRevocation(2));
        var revoked = (await desk.Me.Send(page, $"/auftraege/{number}/uebergabecode", ("code", HandoverCode.New().ToString()))).Is(HttpStatusCode.Conflict);
        Assert.Contains("für ungültig erklärt", revoked.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /eingang/uebergabecode", PageCase.Works)]
    [Covers("POST /eingang/uebergabecode", PageCase.Refuses)]
    public async Task Who_comes_with_the_slip_alone_is_found()
    {
        var desk = await PartnerDesk.OpenAsync(api);
        var numbers = new List<string>();
        var codes = new List<HandoverCode>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add(await desk.ReceiveAsync());
            codes.Add(await desk.HandoverAsync(numbers[i]));
        }

        var page = await desk.Me.Open("/eingang");
        var mistyped = (await desk.Me.Send(page, Inbox, ("code", "KX7-4MP"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("KX7-4MP", mistyped.Value("code"));
        Assert.Single(mistyped.Faults);
        var unknown = (await desk.Me.Send(page, Inbox, ("code", HandoverCode.New().ToString()))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("gehört zu keinem offenen Auftrag", Assert.Single(unknown.Faults), StringComparison.Ordinal);

        var found = (await desk.Me.Send(page, Inbox, ("code", codes[1].ToString()))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"/auftraege/{numbers[1]}", found.Location);
        Assert.Null((await desk.StateAsync(numbers[0])).Handover!.RedeemedAt);

        await desk.HearAsync(numbers[2], new AssignmentCommand.ReceiveWithdrawal("rerouted"));
        (await desk.Me.Send(page, Inbox, ("code", codes[2].ToString()))).Is(HttpStatusCode.UnprocessableEntity);
        (await desk.Me.Send(page, Inbox, ("code", codes[1].ToString()))).Is(HttpStatusCode.UnprocessableEntity);
    }
}
