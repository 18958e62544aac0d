using System.Net;
using Referrals.Engine;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages.Review;

public sealed class MeasurePageTests(ApiHost api) : IAsyncLifetime
{
    private const string List = "/steuerung/massnahmen";
    private const string New = List + "/neu";

    private OrganisationId _own;
    private PageClient _me = null!;

    public async ValueTask InitializeAsync() => _me = await api.SignedInAsync(_own = await api.RegisteredAsync(), NetworkRoles.Steering);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (string, string?)[] Plan(string what, string who = "Leitstelle") =>
        [("was", what), ("wer", who), ("ab", "2026-06-01"), ("bis", "2026-08-31"), ("ort", $"{ApiHost.Chain}/care")];

    // Measures belong to the network: the text tells this test's from those of others.
    private async Task<string> NoteAsync(string what)
    {
        var answer = (await _me.Send(await _me.Open(New), New, Plan(what))).Is(HttpStatusCode.SeeOther);
        Assert.StartsWith(List + "/", answer.Location, StringComparison.Ordinal);
        return answer.Location!.Split('?')[0];
    }

    private static string Some() => $"Zweite Ansprechperson {Guid.NewGuid().ToString()[..4].ToUpperInvariant()}";

    [Fact]
    [Covers("GET /steuerung/massnahmen", PageCase.Works)]
    [Covers("GET /steuerung/massnahmen/neu", PageCase.Works)]
    [Covers("POST /steuerung/massnahmen/neu", PageCase.Works)]
    [Covers("GET /steuerung/massnahmen/{id:guid}", PageCase.Works)]
    public async Task A_measure_is_noted_with_where_and_for_whom_and_stands_in_the_list()
    {
        var what = Some();
        // Pages keep the directory for some seconds; whoever has just joined comes into it then.
        var url = $"{New}?ort={ApiHost.Chain}%2Fcare&partner={_own}";
        await Wait.UntilAsync(async () => (await _me.Open(url)).Value("partner") == _own.Value);
        var ask = (await _me.Open(url)).Is(HttpStatusCode.OK);
        Assert.Equal($"{ApiHost.Chain}/care", ask.Value("ort"));
        Assert.Equal(_own.Value, ask.Value("partner"));
        Assert.NotEmpty(ask.Value("ab")!);

        var noted = (await _me.Send(ask, New, Plan(what))).Is(HttpStatusCode.SeeOther);
        var page = (await _me.Follow(noted)).Is(HttpStatusCode.OK);
        Assert.Equal(what, page.Heading);
        Assert.Contains("Die Maßnahme ist festgehalten.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Betreuung und Beratung", page.Text, StringComparison.Ordinal);
        Assert.Contains($"Organisation {_own}", page.Text, StringComparison.Ordinal);

        var row = Assert.Single((await _me.Open(List)).Is(HttpStatusCode.OK).Document.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains(what, StringComparison.Ordinal));
        Assert.Contains("Leitstelle", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /steuerung/massnahmen/neu", PageCase.Refuses)]
    public async Task All_faults_of_a_measure_come_at_once_and_what_was_typed_stays()
    {
        var page = await _me.Open(New);
        var empty = (await _me.Send(page, New, ("was", ""), ("wer", ""), ("ab", ""), ("bis", "gestern"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(4, empty.Faults.Count);
        Assert.Equal("gestern", empty.Document.QuerySelector("[name='bis']")!.GetAttribute("value"));

        var wrong = await _me.Post(New, [
            .. Fields(page), new("was", "Mehr Zeit"), new("wer", "Leitstelle"), new("ab", "2026-06-01"), new("bis", "2026-05-01"),
            new("ort", "no-such-chain/step"), new("partner", "no-such-partner")]);
        Assert.Equal(
            ["Wählen Sie eine Kette oder einen Schritt aus der Liste.", "Wählen Sie einen Partner aus der Liste.", "Das Ende liegt vor dem Beginn."],
            wrong.Is(HttpStatusCode.UnprocessableEntity).Faults);
    }

    [Fact]
    [Covers("POST /steuerung/massnahmen/neu", PageCase.Refuses)]
    public async Task Texts_that_could_tell_who_a_person_is_are_shown_and_not_kept()
    {
        var answer = await _me.Send(await _me.Open(New), New, Plan("Frau Muster unter m.muster@example.org fragen", "Herr Müller, 0170 1234567"));
        Assert.Equal(2, answer.Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        Assert.Equal("Frau Muster unter m.muster@example.org fragen", answer.Value("was"));
        Assert.Contains(answer.Document.QuerySelectorAll("mark"), m => m.TextContent.Contains("m.muster@example.org", StringComparison.Ordinal));
        Assert.DoesNotContain("m.muster", (await _me.Open(List)).Html, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /steuerung/massnahmen/{id:guid}", PageCase.Works)]
    public async Task A_measure_is_followed_up_and_its_looks_are_kept()
    {
        var path = await NoteAsync(Some());
        (await _me.Send(await _me.Open(path), path, ("stand", "laeuft"), ("beobachtung", "Noch keine Wirkung."))).Is(HttpStatusCode.SeeOther);
        var done = await _me.Follow((await _me.Send(await _me.Open(path), path, ("stand", "erledigt"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Der Stand ist festgehalten.", done.Text, StringComparison.Ordinal);
        Assert.Contains("Noch keine Wirkung.", done.Text, StringComparison.Ordinal);
        Assert.Equal("erledigt", done.Value("stand"));
    }

    [Fact]
    [Covers("POST /steuerung/massnahmen/{id:guid}", PageCase.Refuses)]
    public async Task A_look_that_is_wrong_or_comes_late_is_told_and_not_lost()
    {
        var path = await NoteAsync(Some());
        var page = await _me.Open(path);
        var blocked = (await _me.Send(page, path, ("stand", "erledigt"), ("beobachtung", "Siehe m.muster@example.org"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Single(blocked.Faults);
        Assert.Equal("Siehe m.muster@example.org", blocked.Value("beobachtung"));
        Assert.Single((await _me.Send(page, path, ("stand", "vielleicht"))).Is(HttpStatusCode.UnprocessableEntity).Faults);

        (await _me.Send(page, path, ("stand", "verworfen"))).Is(HttpStatusCode.SeeOther);
        var late = (await _me.Send(page, path, ("stand", "erledigt"), ("beobachtung", "Es wirkt."))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Jemand anderes hat inzwischen", late.Text, StringComparison.Ordinal);
        Assert.Equal("Es wirkt.", late.Value("beobachtung"));
        Assert.Equal("erledigt", late.Value("stand"));
    }

    [Fact]
    public async Task Only_the_steering_group_sees_measures()
    {
        var path = await NoteAsync(Some());
        var partner = await api.SignedInAsync(_own, NetworkRoles.Partner, NetworkRoles.Coordinator);
        foreach (var url in (string[])[List, New, path])
        {
            (await partner.Open(url)).Is(HttpStatusCode.Forbidden);
        }

        (await _me.Open($"{List}/{Guid.NewGuid()}")).Is(HttpStatusCode.NotFound);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(PageAnswer page) => [new("__RequestVerificationToken", page.Value("__RequestVerificationToken")!)];
}
