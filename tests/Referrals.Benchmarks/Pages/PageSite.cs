using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Referrals.Api;
using Referrals.Engine.History;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Network;

namespace Referrals.Benchmarks.Pages;

/// <summary>The pages on a port of this machine, with the demo network, and people who have signed in.</summary>
internal sealed partial class PageSite : IAsyncDisposable
{
    public const string Caseworker = "mara.birkenfeld";
    private const string Partner = "piet.moorland";

    private readonly WebApplication _app;
    private readonly string _data;
    private readonly string _owner;
    private readonly Dictionary<string, HttpClient> _people = [];
    private HttpClient _anybody = new();

    private PageSite(WebApplication app, string data, string owner) => (_app, _data, _owner) = (app, data, owner);

    public IServiceProvider Services => _app.Services;

    public static async Task<PageSite> StartAsync(string owner, CancellationToken ct)
    {
        var data = Directory.CreateTempSubdirectory("referrals-pages-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = owner,
            ["Referrals:Data"] = data,
            ["Referrals:Demo"] = "true",
            ["Referrals:DemoFolder"] = Repository.Path("deploy", "demo"),
            ["Limits:RequestsPerSecond"] = "100000",
        });
        builder.Logging.AddFilter(null, LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddReferralsApi(builder.Configuration);
        var app = builder.Build();
        app.MapReferralsApi();
        await DemoNetwork.LoadAsync(app.Configuration, ct);
        await app.StartAsync(ct);
        var site = new PageSite(app, data, owner);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        site._anybody = NewClient(address);
        foreach (var login in (string[])[Caseworker, Partner])
        {
            site._people[login] = await SignInAsync(NewClient(address), login, ct);
        }

        return site;
    }

    /// <summary>The pages that people work from; the first one is the floor.</summary>
    public async Task<IReadOnlyList<BenchPage>> PagesAsync(IEventLog log, CancellationToken ct)
    {
        var referral = (await log.QueryRowsAsync(new ListQuery(FullTenant.Holder.Value, "referrals") { Statuses = ["question-open"], Limit = 1 }, ct))[0].CaseNumber;
        var assignment = (await log.QueryRowsAsync(new ListQuery(FullTenant.Partner.Value, "assignments") { Statuses = ["received"], Limit = 1 }, ct))[0].CaseNumber;
        return
        [
            new("floor: imprint", "/impressum", null),
            new("overview", "/", Caseworker),
            new("referrals, newest", "/ueberleitungen", Caseworker),
            new("referrals, overdue", "/ueberleitungen?frist=ueberfaellig", Caseworker),
            new("referrals, search", "/ueberleitungen?suche=AE-0123", Caseworker),
            new("referral", $"/ueberleitungen/{referral}", Caseworker),
            new("start, first page", "/ueberleitungen/neu/kette", Caseworker),
            new("inbox", "/eingang", Partner),
            new("assignment", $"/auftraege/{assignment}", Partner),
            new("notifications", "/benachrichtigungen", Partner),
            new("network", "/netzwerk", Partner),
        ];
    }

    /// <summary>Asks for a page; gives its size in bytes.</summary>
    public async Task<int> AskAsync(BenchPage page, CancellationToken ct)
    {
        using var answer = await (page.Login is null ? _anybody : _people[page.Login]).GetAsync(new Uri(page.Path, UriKind.Relative), ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        return answer.StatusCode == HttpStatusCode.OK ? body.Length : throw new InvalidOperationException($"{page.Path}: {answer.StatusCode} {answer.Headers.Location}");
    }

    /// <summary>Brings the database's statistics up to date, as its own housekeeping does within minutes.</summary>
    public async Task AnalyseAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_owner);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values.Append(_anybody))
        {
            person.Dispose();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A browser for one person.</summary>
    public static HttpClient NewClient(Uri address) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = address };

    /// <summary>Signs somebody of the demo network in.</summary>
    public static async Task<HttpClient> SignInAsync(HttpClient client, string login, CancellationToken ct)
    {
        var page = await client.GetStringAsync(new Uri("/anmelden", UriKind.Relative), ct);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(page[page.IndexOf("<main", StringComparison.Ordinal)..]).Groups[1].Value,
            ["login"] = login,
            ["kennwort"] = DemoNetwork.Password,
        });
        using var answer = await client.PostAsync(new Uri("/anmelden", UriKind.Relative), form, ct);
        return answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Found ? client : throw new InvalidOperationException($"{login} could not sign in: {answer.StatusCode}");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
