using System.Net;
using System.Reflection;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages;

public sealed partial class AssignmentPageTests(ApiHost api) : IAsyncLifetime
{
    private PartnerDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await PartnerDesk.OpenAsync(api);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Path(string number, string? act = null) => $"/auftraege/{number}" + (act is null ? "" : "/" + act);

    private async Task<(PageClient Me, string Number)> Received(params IReadOnlyList<AssignmentCommand> done)
    {
        var number = await _desk.ReceiveAsync(note: "Kita-Platz ab 7 Uhr");
        foreach (var command in done)
        {
            await _desk.DoAsync(number, command);
        }

        return (_desk.Me, number);
    }

    private static async Task<PageAnswer> Do(PageClient me, string number, string act, params (string, string?)[] values) =>
        await me.Send(await me.Open(Path(number)), Path(number, act), values);

    [Fact]
    [Covers("GET /auftraege/{nr}", PageCase.Works)]
    public async Task The_page_shows_what_was_passed_on_and_offers_what_the_state_allows()
    {
        var (me, number) = await Received();
        var page = (await me.Open(Path(number))).Is(HttpStatusCode.OK);
        Assert.Equal($"A-{number} · care", page.Heading);
        Assert.Contains("Kita-Platz ab 7 Uhr", page.Text, StringComparison.Ordinal);
        Assert.Equal("Kinder2", page.Document.QuerySelector(".app-facts div")!.TextContent);
        Assert.Contains("eingegangen", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["bestaetigen", "annehmen", "rueckfrage", "ablehnen", "uebernehmen"],
            page.Document.QuerySelectorAll("main form[action^='/auftraege/']").Select(f => f.GetAttribute("action")!.Split('/')[^1]));

        await _desk.DoAsync(number, new AssignmentCommand.Decline("no-capacity"));
        var ended = await me.Open(Path(number));
        Assert.Empty(ended.Document.QuerySelectorAll("main form"));
        Assert.Contains("Keine freien Plätze", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/bestaetigen", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/annehmen", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/beginnen", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/erstkontakt", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/pausieren", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/fortsetzen", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/abschliessen", PageCase.Works)]
    public async Task An_assignment_goes_from_receipt_to_completion()
    {
        var (me, number) = await Received();
        foreach (var (act, said, status) in new[]
        {
            ("bestaetigen", "Der Eingang ist bestätigt.", AssignmentStatus.Acknowledged),
            ("annehmen", "Der Auftrag ist angenommen.", AssignmentStatus.Accepted),
            ("beginnen", "Die Arbeit hat begonnen.", AssignmentStatus.Started),
            ("erstkontakt", "Der Erstkontakt ist festgehalten.", AssignmentStatus.Started),
            ("pausieren", "Die Arbeit ist pausiert.", AssignmentStatus.Paused),
            ("fortsetzen", "Die Arbeit geht weiter.", AssignmentStatus.Started),
        })
        {
            var page = await me.Follow((await Do(me, number, act)).Is(HttpStatusCode.SeeOther));
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
            Assert.Equal(status, (await _desk.StateAsync(number)).Status);
        }

        var open = await me.Open(Path(number));
        Assert.Contains("erfährt das Ergebnis und die Angaben", open.Text, StringComparison.Ordinal);
        var done = await me.Follow((await me.Send(open, Path(number, "abschliessen"), ("ergebnis", "helped"), ("angabe-care-from", "02.2027"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Februar 2027", done.Text, StringComparison.Ordinal);
        var state = await _desk.StateAsync(number);
        Assert.Equal((AssignmentStatus.Completed, "helped", new FactValue.Month(new DateOnly(2027, 2, 1))), (state.Status, state.Outcome, state.Facts["care-from"]));
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/rueckfrage", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/ablehnen", PageCase.Works)]
    public async Task A_question_is_answered_and_an_assignment_declined()
    {
        var (me, number) = await Received();
        var asked = await me.Follow((await Do(me, number, "rueckfrage", ("frage", "Auch samstags?"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Noch keine Antwort von sender.", asked.Text, StringComparison.Ordinal);
        Assert.Contains("Rückfrage offen", asked.Text, StringComparison.Ordinal);
        var question = (await _desk.StateAsync(number)).Questions.Keys.Single();
        await _desk.HearAsync(number, new AssignmentCommand.ReceiveAnswer(new QuestionId(question), PartnerDesk.Note("Nein, nur wochentags.")));
        Assert.Contains("Nein, nur wochentags.", (await me.Open(Path(number))).Text, StringComparison.Ordinal);

        (await Do(me, number, "ablehnen", ("grund", "other"), ("grundtext", "Die Gruppe schließt im Sommer."))).Is(HttpStatusCode.SeeOther);
        Assert.Equal((AssignmentStatus.Declined, "other"), ((await _desk.StateAsync(number)).Status, (await _desk.StateAsync(number)).Reason));
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/uebernehmen", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/freigeben", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/uebergeben", PageCase.Works)]
    [Covers("POST /auftraege/{nr}/uebergeben", PageCase.Refuses)]
    public async Task It_is_taken_over_handed_to_a_colleague_and_released()
    {
        var colleague = await api.PersonAsync(_desk.Organisation, "Mira Sommer");
        var (me, number) = await Received();
        (await Do(me, number, "uebernehmen")).Is(HttpStatusCode.SeeOther);
        Assert.Equal(_desk.Login, (await _desk.StateAsync(number)).Assignee);
        Assert.Equal(["Wählen Sie eine Person Ihrer Organisation aus."], (await Do(me, number, "uebergeben", ("person", "stranger"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var given = await me.Follow((await Do(me, number, "uebergeben", ("person", colleague))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Mira Sommer kümmert sich darum", given.Text, StringComparison.Ordinal);
        (await Do(me, number, "freigeben")).Is(HttpStatusCode.SeeOther);
        Assert.Null((await _desk.StateAsync(number)).Assignee);
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/rueckgaengig", PageCase.Works)]
    public async Task An_acknowledgement_and_an_acceptance_are_taken_back_in_time()
    {
        var (me, number) = await Received(new AssignmentCommand.Acknowledge());
        var page = await me.Open(Path(number));
        Assert.Matches("Bestätigung zurücknehmen \\(bis [0-9]{2}:[0-9]{2} Uhr\\)", page.Text);
        (await me.Send(page, Path(number, "rueckgaengig"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal(AssignmentStatus.Received, (await _desk.StateAsync(number)).Status);

        (await Do(me, number, "annehmen")).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Annahme zurücknehmen (bis", (await me.Open(Path(number))).Text, StringComparison.Ordinal);
        (await Do(me, number, "rueckgaengig")).Is(HttpStatusCode.SeeOther);
        Assert.Equal(AssignmentStatus.Acknowledged, (await _desk.StateAsync(number)).Status);
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/rueckgaengig", PageCase.Refuses)]
    public async Task After_the_set_time_nothing_is_taken_back()
    {
        var clock = new MovedClock();
        await using var app = api.WithClock(clock);
        var desk = await PartnerDesk.OpenAsync(api, app);
        var number = await desk.ReceiveAsync();
        await desk.DoAsync(number, new AssignmentCommand.Acknowledge());
        var page = await desk.Me.Open(Path(number));
        clock.Move(TimeSpan.FromMinutes(11));
        Assert.DoesNotContain("zurücknehmen (bis", (await desk.Me.Open(Path(number))).Text, StringComparison.Ordinal);
        var late = (await desk.Me.Send(page, Path(number, "rueckgaengig"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Die Zeit zum Zurücknehmen ist abgelaufen.", late.Text, StringComparison.Ordinal);
        Assert.Equal(AssignmentStatus.Acknowledged, (await desk.StateAsync(number)).Status);
    }

    [Fact]
    [Covers("POST /auftraege/{nr}/ablehnen", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/rueckfrage", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/abschliessen", PageCase.Refuses)]
    public async Task Wrong_input_is_told_at_its_field_and_kept()
    {
        var (me, number) = await Received();
        Assert.Equal(["Wählen Sie einen Grund aus."], (await Do(me, number, "ablehnen")).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var other = (await Do(me, number, "ablehnen", ("grund", "other"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Beschreiben Sie den Grund in eigenen Worten."], other.Faults);
        Assert.Equal("other", other.Value("grund"));
        Assert.True(other.Document.QuerySelector("details:has(form[action$='/ablehnen'])")!.HasAttribute("open"));

        var blocked = (await Do(me, number, "rueckfrage", ("frage", "Bitte an a@example.org schreiben"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Bitte an a@example.org schreiben", blocked.Value("frage"));
        Assert.StartsWith("a@example.org", Assert.Single(blocked.Document.QuerySelectorAll("details[open] mark")).TextContent, StringComparison.Ordinal);

        await _desk.DoAsync(number, new AssignmentCommand.Accept());
        var wrong = (await Do(me, number, "abschliessen", ("angabe-care-from", "bald"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Wählen Sie ein Ergebnis aus.", "Betreuung ab: Geben Sie Monat und Jahr an, zum Beispiel 02.2027."], wrong.Faults);
        Assert.Equal("bald", wrong.Value("angabe-care-from"));
    }

    [Fact]
    public async Task Who_gets_only_that_it_took_place_is_named_before_completing()
    {
        var number = await _desk.ReceiveAsync(feedback: Feedback.TookPlace);
        await _desk.DoAsync(number, new AssignmentCommand.Accept());
        Assert.Contains("sender erfährt nur, ob der Schritt stattgefunden hat", (await _desk.Me.Open(Path(number))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_organisations_and_roles_see_nothing_of_it()
    {
        var (_, number) = await Received();
        var other = await PartnerDesk.OpenAsync(api);
        (await other.Me.Open(Path(number))).Is(HttpStatusCode.NotFound);
        (await (await _desk.PersonAsync(NetworkRoles.Caseworker)).Open(Path(number))).Is(HttpStatusCode.Forbidden);
        (await _desk.Me.Open("/auftraege/2026-9999")).Is(HttpStatusCode.NotFound);
        (await _desk.Me.Open("/auftraege/nonsense")).Is(HttpStatusCode.NotFound);
        (await _desk.Me.Open("/auftraege/nonsense")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Every_refusal_has_words()
    {
        var words = new Words();
        var codes = typeof(AssignmentRefusal).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(AssignmentRefusal))
            .Select(f => ((AssignmentRefusal)f.GetValue(null)!).Code).Append(AssignmentRefusal.FactNotAllowed("some").Code);
        Assert.All(codes, c => Assert.NotNull(words.Find($"Assignment.Refusal.{c}")));
        Assert.All(DeclineReasons.All, r => Assert.NotNull(words.Find($"Assignment.Reason.{r}")));
        Assert.All(Enum.GetValues<AssignmentStatus>(), s => Assert.NotNull(words.Find($"Assignment.Status.{AssignmentBoard.StatusCode(s)}")));
    }
}
