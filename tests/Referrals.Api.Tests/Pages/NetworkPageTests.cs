using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Tests.Pages;

/// <summary>The directory, the own entry in it, and the free places.</summary>
public sealed class NetworkPageTests(ApiHost api) : IAsyncLifetime
{
    private readonly OrganisationId _own = api.Organisation("net");
    private PageClient _me = null!;

    private OrganisationService Organisations => api.Services.GetRequiredService<OrganisationService>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Page => $"/netzwerk/{_own}";

    public async ValueTask InitializeAsync()
    {
        await DoAsync(new OrganisationCommand.Register(new OrganisationProfile
        {
            Name = $"Kita {_own}",
            Kind = "childcare-office",
            Municipality = "Lindenfurt",
            PolicyFields = ["social-services"],
            Roles = [NetworkRoles.Partner],
        }));
        await DoAsync(new OrganisationCommand.OfferServices(["childcare", "childminding"]));
        api.Services.GetRequiredService<NetworkNames>().Forget();
        _me = await api.SignedInAsync(_own, NetworkRoles.Partner);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task DoAsync(OrganisationCommand command) =>
        Assert.IsType<OrganisationOutcome.Done>(await Organisations.DoAsync(new Actor("test", _own), _own, command, null, Ct));

    private async Task<OrganisationState> StateAsync() => (await Organisations.FindAsync(_own, Ct))!.Value.Organisation;

    [Fact]
    [Covers("GET /netzwerk", PageCase.Works)]
    public async Task The_directory_finds_by_words_field_and_service()
    {
        await DoAsync(new OrganisationCommand.ReportCapacity("childcare", new Capacity(1234, "places", new DateOnly(2026, 11, 2))));
        api.Services.GetRequiredService<NetworkNames>().Forget();
        var found = (await _me.Open($"/netzwerk?suche={_own}+lindenfurt&feld=social-services&leistung=childcare")).Is(HttpStatusCode.OK);
        Assert.Equal("Netzwerk", found.Heading);
        Assert.StartsWith($"Kita {_own}", Assert.Single(found.Document.QuerySelectorAll("tbody th")).TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("1.234 Plätze frei", found.Text, StringComparison.Ordinal);
        Assert.Contains("Stand 02.11.2026", found.Text, StringComparison.Ordinal);
        Assert.Contains("Nichts gefunden", (await _me.Open($"/netzwerk?suche={_own}&leistung=mentoring")).Text, StringComparison.Ordinal);
        (await _me.Open("/netzwerk?seite=99&feld=%00&leistung=;")).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Covers("GET /netzwerk/{code}", PageCase.Works)]
    public async Task An_organisation_has_a_page_for_everybody_and_its_own_people_may_edit_it()
    {
        var page = (await _me.Open(Page)).Is(HttpStatusCode.OK);
        Assert.Equal($"Kita {_own}", page.Heading);
        Assert.Contains("Kinderbetreuung", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"a[href='{Page}/bearbeiten']"));
        var stranger = await (await api.SignedInAsync(api.Organisation(), NetworkRoles.Caseworker)).Open(Page);
        Assert.Null(stranger.Is(HttpStatusCode.OK).Document.QuerySelector($"a[href='{Page}/bearbeiten']"));
        (await _me.Open("/netzwerk/nobody-here")).Is(HttpStatusCode.NotFound);
        (await _me.Open("/netzwerk/NOT-A-CODE")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /netzwerk/{code}/bearbeiten", PageCase.Works)]
    [Covers("POST /netzwerk/{code}/profil", PageCase.Works)]
    [Covers("POST /netzwerk/{code}/leistungen", PageCase.Works)]
    [Covers("POST /netzwerk/{code}/analyse", PageCase.Works)]
    public async Task The_own_entry_is_changed_part_by_part()
    {
        var form = (await _me.Open(Page + "/bearbeiten")).Is(HttpStatusCode.OK);
        Assert.Equal($"Kita {_own}", form.Value("name"));
        var saved = await _me.Follow((await _me.Send(form, Page + "/profil", ("ort", "Falkenrode"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Das Profil ist gespeichert.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(("Falkenrode", NetworkRoles.Partner), ((await StateAsync()).Profile.Municipality, (await StateAsync()).Profile.Roles.Single()));

        form = await _me.Open(Page + "/bearbeiten");
        (await _me.Send(form, Page + "/leistungen", ("leistung", "mentoring"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal(["mentoring"], (await StateAsync()).Services);

        form = await _me.Open(Page + "/bearbeiten");
        (await _me.Send(form, Page + "/analyse", ("zustaendigkeit", "Kitas der Gemeinde"), ("potenzial", "Randzeiten"), ("aktivitaet", "Eingewöhnung"), ("aktivitaet-en", "Settling in")))
            .Is(HttpStatusCode.SeeOther);
        Assert.Equal(new LocalText("Eingewöhnung", "Settling in"), (await StateAsync()).Analysis?.Activity);
    }

    [Fact]
    [Covers("POST /netzwerk/{code}/profil", PageCase.Refuses)]
    [Covers("POST /netzwerk/{code}/leistungen", PageCase.Refuses)]
    [Covers("POST /netzwerk/{code}/analyse", PageCase.Refuses)]
    public async Task Wrong_input_and_changes_meanwhile_are_told_and_what_was_typed_is_kept()
    {
        var form = await _me.Open(Page + "/bearbeiten");
        var empty = (await _me.Send(form, Page + "/profil", ("name", ""), ("ort", "Falkenrode"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Füllen Sie dieses Feld aus; der Text darf nicht zu lang sein."], empty.Faults);
        Assert.Equal("Falkenrode", empty.Value("ort"));
        Assert.Equal(["Wählen Sie einen Eintrag aus."], (await _me.Send(form, Page + "/leistungen", ("leistung", "NOT A CODE"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        Assert.Equal(3, (await _me.Send(form, Page + "/analyse")).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);

        await DoAsync(new OrganisationCommand.OfferServices(["mentoring"]));
        var late = (await _me.Send(form, Page + "/profil", ("name", "Kita Neu"))).Is(HttpStatusCode.Conflict);
        Assert.Equal("Kita Neu", late.Value("name"));
        Assert.Contains("Inzwischen wurde der Eintrag geändert", late.Text, StringComparison.Ordinal);
        (await _me.Send(late, Page + "/profil")).Is(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Nobody_changes_the_entry_of_another_organisation_or_without_the_role()
    {
        var stranger = await api.SignedInAsync(await api.RegisteredAsync(NetworkRoles.Partner), NetworkRoles.Partner);
        (await stranger.Open(Page + "/bearbeiten")).Is(HttpStatusCode.NotFound);
        var caseworker = await api.SignedInAsync(_own, NetworkRoles.Caseworker);
        (await caseworker.Open(Page + "/bearbeiten")).Is(HttpStatusCode.Forbidden);
        (await caseworker.Open("/kapazitaet")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Covers("GET /kapazitaet", PageCase.Works)]
    [Covers("POST /kapazitaet/{leistung}", PageCase.Works)]
    public async Task Free_places_are_reported_with_a_click_or_a_number()
    {
        var page = (await _me.Open("/kapazitaet")).Is(HttpStatusCode.OK);
        Assert.Contains("noch nichts gemeldet", page.Text, StringComparison.Ordinal);
        var more = await _me.Follow((await _me.Send(page, "/kapazitaet/childcare", ("um", "1"))).Is(HttpStatusCode.SeeOther) switch { var a => a with { Location = a.Location!.Split('#')[0] } });
        Assert.Contains("Kinderbetreuung: 1 Plätze gemeldet.", more.Text, StringComparison.Ordinal);
        (await _me.Send(more, "/kapazitaet/childcare", ("plaetze", "12"), ("einheit", "appointments-per-month"))).Is(HttpStatusCode.SeeOther);
        var capacity = (await StateAsync()).Capacities["childcare"];
        Assert.Equal((12, "appointments-per-month", WorkingCalendar.LocalDay(DateTimeOffset.UtcNow)), (capacity.OpenPlaces, capacity.Unit, capacity.AsOf));
        Assert.Contains("12 Termine im Monat frei", (await _me.Open(Page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /kapazitaet/{leistung}", PageCase.Refuses)]
    public async Task A_wrong_number_and_a_change_meanwhile_are_told_and_what_was_typed_is_kept()
    {
        var page = await _me.Open("/kapazitaet");
        var wrong = (await _me.Send(page, "/kapazitaet/childcare", ("plaetze", "viele"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Kinderbetreuung: Geben Sie eine ganze Zahl von 0 bis 100.000 ein."], wrong.Faults);
        Assert.Equal("viele", wrong.Value("plaetze"));
        (await _me.Send(page, "/kapazitaet/childcare", ("um", "-1"))).Is(HttpStatusCode.UnprocessableEntity);

        await DoAsync(new OrganisationCommand.ReportCapacity("childcare", new Capacity(7, "places", new DateOnly(2026, 11, 2))));
        var late = (await _me.Send(page, "/kapazitaet/childcare", ("plaetze", "3"))).Is(HttpStatusCode.Conflict);
        Assert.Equal("3", late.Value("plaetze"));
        Assert.Contains("7 Plätze", late.Text, StringComparison.Ordinal);
        (await _me.Post("/kapazitaet/mentoring", [new("__RequestVerificationToken", page.Value("__RequestVerificationToken")!)])).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Every_refusal_has_words()
    {
        var words = new Words();
        var codes = typeof(OrganisationRefusal).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(OrganisationRefusal))
            .Select(f => ((OrganisationRefusal)f.GetValue(null)!).Code);
        Assert.All(codes, c => Assert.NotNull(words.Find($"Network.Refusal.{c}")));
        Assert.All(NetworkWords.Services, s => Assert.NotNull(words.Find($"Network.Service.{s}")));
        Assert.All(NetworkWords.Kinds, k => Assert.NotNull(words.Find($"Network.Kind.{k}")));
        Assert.All(NetworkWords.PolicyFields, f => Assert.NotNull(words.Find($"Network.Field.{f}")));
        Assert.All(NetworkWords.Units, u => Assert.NotNull(words.Find($"Network.Unit.{u}")));
    }
}
