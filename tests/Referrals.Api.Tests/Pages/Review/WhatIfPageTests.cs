using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Tests.Pages.Review;

public sealed class WhatIfPageTests(ApiHost api) : IAsyncLifetime
{
    private const string List = "/steuerung/was-waere-wenn";
    private const string New = List + "/neu";

    private ReviewStory _story = null!;
    private OrganisationId _own;
    private PageClient _me = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Room => $"{_story.Partner}/care";

    public async ValueTask InitializeAsync()
    {
        _story = await ReviewStory.TellAsync(api);
        _me = await api.SignedInAsync(_own = await api.RegisteredAsync(), NetworkRoles.Steering);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    [Covers("GET /steuerung/was-waere-wenn/neu", PageCase.Works)]
    [Covers("POST /steuerung/was-waere-wenn/neu", PageCase.Works)]
    [Covers("POST /steuerung/was-waere-wenn", PageCase.Works)]
    [Covers("GET /steuerung/was-waere-wenn/{id:guid}", PageCase.Works)]
    [Covers("GET /steuerung/was-waere-wenn", PageCase.Works)]
    public async Task A_question_is_put_together_asked_and_waits_in_the_list()
    {
        var page = (await _me.Open(New)).Is(HttpStatusCode.OK);
        Assert.Contains(page.Document.QuerySelectorAll("select[name='kette'] option"), o => o.GetAttribute("value") == _story.Chain.Value);
        page = await AddAsync(await _me.Open($"{New}?kette={_story.Chain}&art=plaetze"), ("platz", Room), ("um", "2"));
        page = await AddAsync(await _me.Open(Link(page, "Mehr oder weniger Überleitungen")), ("prozent", "−10"), ("wo", "alle"));
        page = await AddAsync(await _me.Open(Link(page, "Vereinbarte Zeiten")), ("schritt", "care"), ("bestaetigen", "2"), ("erledigen", ""));
        Assert.Equal(3, page.Document.QuerySelectorAll("ol.app-entries li").Length);
        page = await _me.Open(Link(page, "Entfernen"));
        var left = page.Document.QuerySelectorAll("ol.app-entries li").Select(l => l.TextContent).ToList();
        Assert.Equal(2, left.Count);
        Assert.Contains("10 % weniger Überleitungen", left[0], StringComparison.Ordinal);
        Assert.Contains("bestätigen binnen 2 Arbeitstagen", left[1], StringComparison.Ordinal);

        var asked = (await _me.Send(page, List, ("dauer", "250"))).Is(HttpStatusCode.SeeOther);
        var job = (await _me.Follow(asked)).Is(HttpStatusCode.OK);
        Assert.NotNull(job.Document.QuerySelector("[data-progress] progress"));
        var kept = (await Jobs.FindAsync(IdOf(asked.Location!), Ct))!.Question;
        Assert.Equal((250, 2, _story.Chain), (kept.Days, kept.Changes.Count, kept.Chains[0]));
        Assert.Equal(0.9, Assert.IsType<Change.Arrivals>(kept.Changes[0]).Times, 6);

        var row = Assert.Single((await _me.Open(List)).Is(HttpStatusCode.OK).Document.QuerySelectorAll("tbody tr"), r => r.InnerHtml.Contains(asked.Location!, StringComparison.Ordinal));
        Assert.Contains("Wartet", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_change_can_be_put_together_and_is_told_in_words()
    {
        var start = $"{New}?kette={_story.Chain}";

        // Pages keep the directory for some seconds; whoever has just joined comes into it then.
        await Wait.UntilAsync(async () => (await _me.Open($"{start}&art=partner")).Html.Contains($"value=\"{_own}\"", StringComparison.Ordinal));
        var joined = await AddAsync(await _me.Open($"{start}&art=partner"), ("schritt", "care"), ("partner", _own.Value), ("tat", "dazu"));
        Assert.Contains($"care: gefragt werden Organisation {_story.Partner}, Organisation {_own}", joined.Text, StringComparison.Ordinal);
        await AddAsync(await _me.Open($"{start}&art=angebot"), ("schritt", "advice"), ("weise", "first-to-accept"));
        var page = await AddAsync(await _me.Open($"{start}&art=reihenfolge"), ("folge", "tauschen/all/care"));
        Assert.Contains("Beratung – care", page.Text, StringComparison.Ordinal);
        page = await AddAsync(await _me.Open($"{start}&art=reihenfolge"), ("folge", "zugleich/all/care"));
        Assert.Contains("Zugleich: care + Beratung", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /steuerung/was-waere-wenn/neu", PageCase.Refuses)]
    public async Task What_makes_no_sense_is_told_and_what_was_typed_stays()
    {
        foreach (var (kind, values, faults) in ((string, (string, string?)[], int)[])
            [
                ("plaetze", [("platz", ""), ("um", "viele")], 2), ("plaetze", [("platz", Room), ("um", "-900")], 1), ("partner", [("schritt", ""), ("partner", "")], 3),
                ("partner", [("schritt", "care"), ("partner", _story.Partner.Value), ("tat", "weg")], 1), ("partner", [("schritt", "care"), ("partner", _story.Partner.Value), ("tat", "dazu")], 1),
                ("angebot", [("schritt", "")], 2), ("zeiten", [("schritt", "care"), ("bestaetigen", "0")], 1), ("zeiten", [("schritt", "care")], 1), ("reihenfolge", [("folge", "")], 1),
                ("menge", [("prozent", "")], 1),
            ])
        {
            var page = await _me.Open($"{New}?kette={_story.Chain}&art={kind}&aenderung=%7B%22kind%22%3A%22arrivals%22%2C%22times%22%3A1.1%7D");
            var refused = (await _me.Send(page, New, values)).Is(HttpStatusCode.UnprocessableEntity);
            Assert.True(refused.Faults.Count == faults, $"{kind}: {string.Join(" ", refused.Faults)}");
            Assert.Single(refused.Document.QuerySelectorAll("ol.app-entries li"));
            Assert.All(values.Where(v => v.Item1 is "um" or "bestaetigen"), v => Assert.Equal(v.Item2, refused.Value(v.Item1)));
        }
    }

    [Fact]
    [Covers("POST /steuerung/was-waere-wenn", PageCase.Refuses)]
    public async Task Nothing_at_all_or_too_much_at_once_is_not_asked()
    {
        const string Once = "?aenderung=%7B%22kind%22%3A%22arrivals%22%2C%22times%22%3A1.1%7D";
        var page = await _me.Open($"{New}{Once}&kette={_story.Chain}");
        var refused = (await _me.Send(page, List, ("aenderung", null))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Fügen Sie mindestens eine Änderung hinzu."], refused.Faults);
        for (var i = 0; i < WhatIfLimits.MostOpen; i++)
        {
            (await _me.Send(page, List)).Is(HttpStatusCode.SeeOther);
        }

        refused = (await _me.Send(page, List)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("schon 5 Fragen", Assert.Single(refused.Faults), StringComparison.Ordinal);
        Assert.Single(refused.Document.QuerySelectorAll("ol.app-entries li"));
    }

    [Fact]
    [Covers("GET /steuerung/was-waere-wenn/{id:guid}/werte.csv", PageCase.Works)]
    public async Task The_answer_says_what_changes_with_its_intervals_and_can_be_taken_along()
    {
        var id = await AskAsync(_own, new Change.Capacity(_story.Partner, "care", By: 3), new Change.Arrivals(1.3, _story.Chain));
        await WhatIfSide.AnswerAsync(api, id);
        var page = (await _me.Open($"{List}/{id}")).Is(HttpStatusCode.OK);
        Assert.Null(page.Document.QuerySelector("[data-progress]"));
        Assert.Contains("3 Plätze mehr", page.Text, StringComparison.Ordinal);
        Assert.Contains("Unterschied", page.Text, StringComparison.Ordinal);
        Assert.Contains("An 12 Stellen", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll("main table tbody tr"));
        Assert.NotEmpty(page.Document.QuerySelectorAll("main svg"));
        var again = await _me.Open(Link(page, "Frage ändern und noch einmal"));
        Assert.Equal(2, again.Document.QuerySelectorAll("ol.app-entries li").Length);

        var table = (await _me.Open($"{List}/{id}/werte.csv")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv", table.ContentType);
        Assert.Contains($"{_story.Chain};care;{_story.Partner};;in-work;", table.Html, StringComparison.Ordinal);
        (await _me.Open($"{List}/{Guid.NewGuid()}/werte.csv")).Is(HttpStatusCode.NotFound);
        (await _me.Open($"{List}/{Guid.NewGuid()}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST /steuerung/was-waere-wenn/{id:guid}/abbrechen", PageCase.Works)]
    [Covers("POST /steuerung/was-waere-wenn/{id:guid}/abbrechen", PageCase.Refuses)]
    public async Task Who_asked_cancels_a_question_and_nobody_else_or_twice()
    {
        var page = await _me.Open($"{New}?kette={_story.Chain}&aenderung=%7B%22kind%22%3A%22arrivals%22%2C%22times%22%3A1.1%7D");
        var id = IdOf((await _me.Send(page, List)).Is(HttpStatusCode.SeeOther).Location!);
        var cancel = $"{List}/{id}/abbrechen";
        var mine = await _me.Open($"{List}/{id}");
        var other = await api.SignedInAsync(await api.RegisteredAsync(), NetworkRoles.Steering);
        var theirs = await other.Open($"{List}/{id}");
        Assert.DoesNotContain(theirs.Document.Forms, f => f.GetAttribute("action") == cancel);
        var form = theirs.Document.QuerySelector("input[name='__RequestVerificationToken']")?.GetAttribute("value") ?? "";
        (await other.Post(cancel, [new("__RequestVerificationToken", form)])).Is(HttpStatusCode.Conflict);
        Assert.Equal(WhatIfState.Queued, (await Jobs.FindAsync(id, Ct))!.State);

        var done = (await _me.Follow((await _me.Send(mine, cancel)).Is(HttpStatusCode.SeeOther))).Is(HttpStatusCode.OK);
        Assert.Contains("Diese Frage wurde abgebrochen.", done.Text, StringComparison.Ordinal);
        (await _me.Send(mine, cancel)).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_question_that_failed_says_why()
    {
        foreach (var reason in (string[])[WhatIfFailures.Fault, WhatIfFailures.NoLongerFits, WhatIfFailures.TookTooLong, WhatIfFailures.TooLittleHistory, WhatIfFailures.WorkerDied])
        {
            var id = await AskAsync(_own, new Change.Arrivals(1.3));
            await api.ExecuteAsync($"update referrals.what_if_jobs set state = 'failed', ended_at = now(), reason = '{reason}' where id = '{id}'");
            Assert.NotEmpty((await _me.Open($"{List}/{id}")).Is(HttpStatusCode.OK).Document.QuerySelectorAll(".kern-alert--danger p"));
        }
    }

    [Fact]
    public async Task Suggestions_begin_where_people_wait_and_lead_into_the_form()
    {
        var page = (await _me.Open($"{New}?kette={_story.Chain}")).Is(HttpStatusCode.OK);
        var first = page.Document.QuerySelectorAll("main ul.kern-list--bullet a")[0];
        Assert.Contains($"{_story.Partner}", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 Plätze mehr", first.TextContent, StringComparison.Ordinal);
        Assert.Single((await _me.Open(first.GetAttribute("href")!)).Is(HttpStatusCode.OK).Document.QuerySelectorAll("ol.app-entries li"));
    }

    [Fact]
    public async Task Only_the_steering_group_asks()
    {
        var others = await api.SignedInAsync(await api.RegisteredAsync(), NetworkRoles.Partner, NetworkRoles.Caseworker, NetworkRoles.Coordinator, NetworkRoles.Admin);
        foreach (var path in (string[])[List, New, $"{List}/{Guid.NewGuid()}"])
        {
            (await others.Open(path)).Is(HttpStatusCode.Forbidden);
        }
    }

    private IWhatIfJobs Jobs => api.Services.GetRequiredService<IWhatIfJobs>();

    private static Guid IdOf(string location) => Guid.Parse(location.Split('/')[^1].Split('?')[0]);

    private static string Link(PageAnswer page, string text) => page.Document.QuerySelectorAll("main a").First(a => a.TextContent.Trim() == text).GetAttribute("href")!;

    private async Task<PageAnswer> AddAsync(PageAnswer page, params (string, string?)[] values) =>
        (await _me.Follow((await _me.Send(page.Is(HttpStatusCode.OK), New, values)).Is(HttpStatusCode.SeeOther))).Is(HttpStatusCode.OK);

    private async Task<Guid> AskAsync(OrganisationId organisation, params Change[] changes)
    {
        var id = Guid.NewGuid();
        Assert.True(await Jobs.AskAsync(id, new Actor("test", organisation), new WhatIfQuestion(changes, [_story.Chain]) { Replications = 5, Days = 125 }, Ct));
        return id;
    }
}
