using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using Referrals.Api.Endpoints;
using Referrals.Engine.Network;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Tests;

public sealed class ReviewTests(ApiHost api)
{
    private const string Root = "/api/v1/review/";
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Steering() => api.ClientOf(api.Organisation(), NetworkRoles.Steering);

    private static async Task<(string Type, IReadOnlyList<string[]> Lines)> Csv(HttpClient client, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        using var answer = await client.SendAsync(request, Ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        return (answer.Content.Headers.ContentType!.ToString(),
            [.. System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(';'))]);
    }

    private static string? At(JsonElement figure, string path) => path.Split('.').Aggregate((JsonElement?)figure, (at, name) =>
        at is { ValueKind: not JsonValueKind.Null } ? int.TryParse(name, out var index) ? at.Value[index] : at.Value.GetProperty(name) : at) is { ValueKind: not JsonValueKind.Null } value
            ? value.ToString() : null;

    // What is attacked in the figures (the Engine's AttackerTests) is thereby attacked in the files: they can hold nothing else.
    [Fact]
    public void Tables_are_made_of_a_figure_and_nothing_else()
    {
        var figures = typeof(ReviewFigures).GetMethods().Select(m => m.ReturnType).ToHashSet();
        var tables = typeof(ReviewTables).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.Name == nameof(ReviewTables.Of)).ToList();
        Assert.NotEmpty(tables);
        Assert.All(tables, t => Assert.Contains(Assert.Single(t.GetParameters()).ParameterType, figures));
    }

    [Fact]
    public async Task The_overview_and_the_ranking_tell_of_referrals_made_here()
    {
        var story = await ReviewStory.TellAsync(api);
        var overview = (await Steering().Get($"{Root}overview?chain={story.Chain}")).Ok().Json;
        ReviewStory.AssertOpen(At(overview, "running"));
        ReviewStory.AssertOpen(At(overview, "stuck"));
        Assert.Equal("working-days", At(overview, "frame.unit"));
        Assert.Equal("5", At(overview, "throughput.n"));

        var ranking = (await Steering().Get($"{Root}ranking?chain={story.Chain}&by=step-and-partner")).Ok().Json;
        Assert.Equal(story.Partner.Value, At(ranking, "rows.0.partner"));
        Assert.Equal("care", At(ranking, "rows.0.step.step"));
        Assert.Equal("care", At(ranking, "rows.0.step.title.de"));
        Assert.InRange(double.Parse(At(ranking, "rows.0.waiting.mean")!, CultureInfo.InvariantCulture), 5, 10);
    }

    [Fact]
    public async Task What_too_few_stand_for_is_null()
    {
        var story = await ReviewStory.TellAsync(api);
        var ranking = (await Steering().Get($"{Root}ranking?chain={story.Chain}")).Ok().Json;
        Assert.Equal(JsonValueKind.Null, ranking.GetProperty("rows")[0].GetProperty("waiting").GetProperty("p90").ValueKind);
        Assert.Equal(JsonValueKind.Null, ranking.GetProperty("rows")[0].GetProperty("partner").ValueKind);
    }

    [Fact]
    public async Task As_csv_the_numbers_are_the_same()
    {
        var story = await ReviewStory.TellAsync(api);
        var (client, path) = (Steering(), $"{Root}ranking?chain={story.Chain}&by=step-and-partner");
        var json = (await client.Get(path)).Ok().Json.GetProperty("rows").EnumerateArray().ToList();
        var (type, lines) = await Csv(client, path + "&format=csv");
        Assert.Equal("text/csv; charset=utf-8", type);
        var head = lines[0].ToList();
        Assert.Equal(json.Count, lines.Count - 1);
        foreach (var (row, line) in json.Zip(lines.Skip(1)))
        {
            Assert.Equal(At(row, "partner") ?? "", line[head.IndexOf("partner")]);
            Assert.Equal(row.GetProperty("waiting").GetProperty("mean").GetDouble(), double.Parse(line[head.IndexOf("waitingMean")], German), 9);
            Assert.Equal(At(row, "waiting.p90") ?? "", line[head.IndexOf("waitingP90")]);
            Assert.Equal(At(row, "late.count"), line[head.IndexOf("lateCount")]);
        }

        Assert.Equal(lines, (await Csv(client, path, "text/csv")).Lines);
        Assert.Equal("month", (await Csv(client, $"{Root}overview?chain={story.Chain}&format=csv&table=trend")).Lines[0][0]);
    }

    [Theory]
    [InlineData("overview")]
    [InlineData("ranking?by=partner")]
    [InlineData("stuck")]
    [InlineData("warnings")]
    [InlineData("chain-map")]
    [InlineData("heat-table")]
    [InlineData("flows")]
    [InlineData("funnel")]
    [InlineData("loops")]
    [InlineData("control-chart?measure=throughput")]
    [InlineData("dotted")]
    [InlineData("findings")]
    [InlineData("comparison")]
    public async Task Every_figure_comes_in_every_form_also_where_there_is_nothing(string figure)
    {
        await api.CatchUpAsync();
        var client = Steering();
        var with = figure + (figure.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        foreach (var chain in (string[])["", "chain=no-such-chain", $"chain={ApiHost.Chain}&version=1&from=2020-01&to=2020-12"])
        {
            Assert.Equal(JsonValueKind.Object, (await client.Get($"{Root}{with}{chain}")).Ok().Json.ValueKind);
            Assert.NotEmpty((await Csv(client, $"{Root}{with}format=csv&{chain}")).Lines);
        }
    }

    [Fact]
    public async Task A_step_is_told_in_depth_in_all_its_tables()
    {
        var (story, client) = (await ReviewStory.TellAsync(api), Steering());
        var step = (await client.Get($"{Root}steps/{story.Chain}/care?chain={story.Chain}")).Ok().Json;
        Assert.Equal("3", At(step, "acknowledgeDays"));
        Assert.Equal("helped", At(step, "fates.0.reason"));
        Assert.Equal(story.Partner.Value, At(step, "partners.0.partner"));
        foreach (var table in (string[])["figures", "partners", "fates", "percentiles", "waiting-curve", "duration-curve", "months"])
        {
            Assert.NotEmpty((await Csv(client, $"{Root}steps/{story.Chain}/care?format=csv&table={table}")).Lines);
        }

        (await client.Get($"{Root}steps/{story.Chain}/nowhere")).Refused(HttpStatusCode.NotFound, "review-step-not-found");
        (await client.Get($"{Root}control-chart?chain={story.Chain}&step=nowhere")).Refused(HttpStatusCode.NotFound, "review-step-not-found");
        var chart = (await client.Get($"{Root}control-chart?chain={story.Chain}&step=care&partner={story.Partner}&measure=acknowledged-in-time")).Ok().Json;
        Assert.Equal("acknowledged-in-time", At(chart, "measure"));
        Assert.Equal("care", At(chart, "subject.step.step"));
    }

    [Fact]
    public async Task Periods_and_versions_are_compared_with_what_is_asked()
    {
        var (story, client) = (await ReviewStory.TellAsync(api), Steering());
        var month = Referrals.Engine.Chains.WorkingCalendar.LocalDay(DateTimeOffset.UtcNow).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var periods = (await client.Get($"{Root}comparison?chain={story.Chain}&to={month}&againstFrom=2020-01&againstTo=2020-06")).Ok().Json;
        Assert.Equal("0", At(periods, "throughput.first.n"));
        Assert.Equal("5", At(periods, "throughput.second.n"));
        Assert.Null(At(periods, "throughput.median.value"));
        var versions = (await client.Get($"{Root}comparison?chain={story.Chain}&version=1&againstVersion=2")).Ok().Json;
        Assert.Equal(("0", "5"), (At(versions, "throughput.first.n"), At(versions, "throughput.second.n")));
        Assert.Equal(["againstTo: wrong-value"], (await client.Get($"{Root}comparison?againstFrom=2020-05&againstTo=2020-04")).Faults);
        Assert.Equal(["againstVersion: wrong-value"], (await client.Get($"{Root}comparison?againstVersion=1")).Faults);
    }

    [Fact]
    public async Task A_partner_sees_its_own_figures_as_the_steering_group_does_and_no_others()
    {
        var story = await ReviewStory.TellAsync(api);
        var path = $"{Root}partners/{story.Partner}?chain={story.Chain}";
        var own = (await api.ClientOf(story.Partner, NetworkRoles.Partner).Get(path)).Ok().Json;
        Assert.Equal(At((await Steering().Get(path)).Ok().Json, "waiting"), At(own, "waiting"));
        ReviewStory.AssertOpen(At(own, "load.open.stuck"));
        Assert.NotEmpty((await Csv(api.ClientOf(story.Partner, NetworkRoles.Partner), path + "&format=csv&table=fates")).Lines);

        (await api.ClientOf(story.Holder, NetworkRoles.Partner).Get(path)).Refused(HttpStatusCode.NotFound, "review-partner-not-found");
        (await Steering().Get($"{Root}partners/nobody")).Refused(HttpStatusCode.NotFound, "review-partner-not-found");
    }

    [Fact]
    public async Task All_wrong_parameters_are_named()
    {
        var client = Steering();
        var answer = await client.Get($"{Root}ranking?by=colour&from=2026-13&to=gestern&version=0&format=pdf&table=none&farbe=rot");
        Assert.Equal(
            ["by: wrong-value", "farbe: unknown-parameter", "format: wrong-value", "from: wrong-value", "table: wrong-value", "to: wrong-value", "version: wrong-value"],
            answer.Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults.Order(StringComparer.Ordinal));
        Assert.Equal(["version: wrong-value", "to: wrong-value"], (await client.Get($"{Root}overview?version=1&from=2026-05&to=2026-04")).Faults);
        (await client.Get($"{Root}overview?log=no-such-log")).Refused(HttpStatusCode.NotFound, "review-log-not-found");
    }

    [Fact]
    public async Task Only_the_steering_group_asks()
    {
        var others = api.ClientOf(api.Organisation(), NetworkRoles.Partner, NetworkRoles.Caseworker, NetworkRoles.Coordinator, NetworkRoles.Admin);
        foreach (var path in (string[])["overview", "ranking", "steps/a/b", "measures"])
        {
            (await others.Get(Root + path)).Refused(HttpStatusCode.Forbidden, "role-missing");
        }
    }

    [Fact]
    public async Task While_nothing_was_read_it_is_said_when_to_come_again()
    {
        await using var app = api.Start(await api.CreateDatabaseAsync($"review{Guid.NewGuid():n}"));
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = api.ClientOf(api.Organisation(), NetworkRoles.Steering).DefaultRequestHeaders.Authorization;
        var answer = (await client.Get(Root + "overview")).Refused(HttpStatusCode.ServiceUnavailable, "review-preparing");
        Assert.Equal("2", answer.Raw.Headers.RetryAfter?.ToString());
    }
}
