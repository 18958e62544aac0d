using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.LocalServers.Leaks;

namespace Referrals.Browser.Tests.Journeys;

/// <summary>
/// Whoever isn't of the organisation that holds the referrals opens every page and file that can be reached by links: none of them, no address, header,
/// line of the log or trace tells which referral or case it is. The messages and tables are looked through by the tests of the workers.
/// </summary>
public sealed partial class OutsiderTests(ITestOutputHelper output)
{
    private const int Referrals = 12;
    private const int MostOfAKind = 4;
    private const string Reference = "qxz7wv9k-";
    private static readonly byte[] Ids = Convert.FromHexString("c0ffee425a174c0d");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_file_address_log_or_trace_tells_an_outsider_which_case_it_is()
    {
        var log = new Lines();
        await using var product = new Product { Log = log };
        await product.StartAsync(Ct, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        await using var browser = new Browser();
        await browser.StartAsync();
        var ids = await StartAsync(product);
        var (search, seen) = (Search(), new HashSet<string>(StringComparer.Ordinal));
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        foreach (var login in (string[])[Demo.Partner, Demo.Debts, Demo.Steering, Demo.Administrator])
        {
            var kinds = await LookAsync(product, browser, login, search);
            seen.UnionWith(kinds.Keys);
            output.WriteLine($"{login}: {kinds.Values.Sum()} pages and files of {kinds.Count} kinds");
        }

        // The holder's own people: what they open leaves no address behind.
        await LookAtOwnAsync(product, browser, ids[0]);
        foreach (var line in log.All)
        {
            search.Search("log", line);
        }

        foreach (var activity in activities)
        {
            search.Search("trace", $"{activity.OperationName} {activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}");
        }

        output.WriteLine($"{log.All.Count} lines of the log, {activities.Count} activities, {search.Characters / 1e6:0.0} million characters");
        Assert.True(search.Leaks.Count == 0, string.Join('\n', search.Leaks.Take(20).Select(l => $"{l.Canary} in {l.Channel}: {l.Context}")));

        // What was to be looked at was there.
        Assert.Contains("/auftraege/#", seen);
        Assert.Contains(seen, kind => kind.EndsWith("/liste.csv", StringComparison.Ordinal));
        Assert.Contains(seen, kind => kind.StartsWith("/steuerung/", StringComparison.Ordinal));
        Assert.Contains(activities, a => a.TagObjects.Any(t => t is { Key: "url.path", Value: "/api/v1/referrals/{id:guid}/" }));
        Assert.Contains(log.All, l => l.Contains("Kita", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_page_that_told_would_be_noticed()
    {
        var search = Search();
        search.Search("page", $"<a href='/x/{new Guid([.. Ids, .. new byte[8]], bigEndian: true)}'>");
        search.Search("page", Reference.ToUpperInvariant() + "12");
        Assert.Equal(["referral id", "case reference"], search.Leaks.Select(l => l.Canary).Distinct());
    }

    private static LeakSearch Search() => new([Canary.OfBytes("referral id", Ids), Canary.OfText("case reference", Reference)]);

    private static async Task<IReadOnlyList<ReferralId>> StartAsync(Product product)
    {
        var referrals = product.Services.GetRequiredService<ReferralService>();
        var ids = new List<ReferralId>();
        for (var i = 0; i < Referrals; i++)
        {
            var id = new ReferralId(new Guid([.. Ids, .. Guid.NewGuid().ToByteArray()[8..]], bigEndian: true));
            var outcome = await referrals.StartAsync(
                new Actor(Demo.Caseworker, Story.Jobcenter), new ChainId("arbeit-mit-kind"),
                chain => new ReferralCommand.Start(
                    id, Story.Jobcenter, chain.ContentHash, $"{Reference}{i % 9}", new Consent(ConsentForm.Written, DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime).AddDays(-1), "chain-support"),
                    new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2), ["age-of-youngest"] = new FactValue.Number(3) },
                    new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(), null, Demo.Caseworker),
                Ct);
            Assert.True(outcome is ReferralOutcome.Done, outcome.ToString());
            ids.Add(id);
        }

        foreach (var id in ids)
        {
            await Wait.UntilAsync(
                async () => (await referrals.FindAsync(Story.Jobcenter, id, Ct))!.State.OpenOffers.All(o => o.Status != OfferStatus.Offered) ? "arrived" : null, Ct);
        }

        return ids;
    }

    // Follows every link of this site, of each kind of address only so many.
    private static async Task<Dictionary<string, int>> LookAsync(Product product, Browser browser, string login, LeakSearch search)
    {
        var page = await browser.OpenAsync(product.Address, Screen.Desk);
        await new Person(page).SignInAsync(login);
        var (kinds, queue, known) = (new Dictionary<string, int>(StringComparer.Ordinal), new Queue<string>(["/"]), new HashSet<string>(["/", "/abmelden"], StringComparer.Ordinal));
        while (queue.TryDequeue(out var path))
        {
            var kind = Number().Replace(path.Split('?')[0], "#");
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            var answer = await page.Context.APIRequest.GetAsync(path);
            Assert.True(answer.Status is 200 or 403 or 404 or 409, $"{login}: {path} gave {answer.Status}");
            var body = await answer.TextAsync();
            search.Search($"{login} {path}", $"{answer.Url} {string.Join(' ', answer.Headers)} {body}");
            foreach (var next in Link().Matches(body).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value)))
            {
                if (known.Add(next) && kinds.GetValueOrDefault(Number().Replace(next.Split('?')[0], "#")) + queue.Count(q => SameKind(q, next)) < MostOfAKind)
                {
                    queue.Enqueue(next);
                }
            }
        }

        await page.Context.CloseAsync();
        return kinds;
    }

    private static bool SameKind(string one, string other) => Number().Replace(one.Split('?')[0], "#") == Number().Replace(other.Split('?')[0], "#");

    private static async Task LookAtOwnAsync(Product product, Browser browser, ReferralId id)
    {
        var page = await browser.OpenAsync(product.Address, Screen.Desk);
        await new Person(page).SignInAsync(Demo.Caseworker);
        Assert.Contains(Reference, await (await page.Context.APIRequest.GetAsync($"/ueberleitungen?suche={Reference}")).TextAsync(), StringComparison.Ordinal);
        Assert.Contains(Reference, await (await page.Context.APIRequest.GetAsync("/ueberleitungen/liste.csv")).TextAsync(), StringComparison.Ordinal);
        Assert.Equal(401, (await page.Context.APIRequest.GetAsync($"/api/v1/referrals/{id}")).Status);
        await page.Context.CloseAsync();
    }

    [GeneratedRegex("href=\"(/[^\"#]*)")]
    private static partial Regex Link();

    [GeneratedRegex("(?<=/)(?:[0-9]{4}-[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+)(?=/|$)")]
    private static partial Regex Number();

    private sealed class Lines : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Line(Lines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => lines._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var text = new System.Text.StringBuilder($"{category} {formatter(state, exception)} {exception}");
                lines._scopes.ForEachScope((scope, all) => all.Append(' ').Append(scope), text);
                lines.All.Enqueue(text.ToString());
            }
        }
    }
}
