using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Referrals.Benchmarks.Measuring;
using Referrals.Benchmarks.Pages;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.LocalServers;
using Referrals.Workers.Commands;
using Referrals.Workers.Commands.Network;

namespace Referrals.Benchmarks.Review;

/// <summary>The API with its pages as a process of its own on the data set, and somebody of the steering group with a browser and a program.</summary>
internal sealed class ReviewHost : IAsyncDisposable
{
    private const string Login = "ida.leuchtturm";
    private const string Client = "sozialverband-elbaue.bench";
    private static readonly OrganisationId Steering = new("sozialverband-elbaue");

    private readonly HttpClient _pages;
    private readonly HttpClient _api;
    private readonly string _data;

    private ReviewHost(ServiceProcess process, HttpClient pages, HttpClient api, string data) => (Process, _pages, _api, _data) = (process, pages, api, data);

    /// <summary>The process.</summary>
    public ServiceProcess Process { get; }

    /// <summary>Makes the people who ask, once for a data set.</summary>
    public static async Task PrepareAsync(string owner, CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text, ["ConnectionStrings:Owner"] = owner }).Build();
        await using var session = new EngineSession(configuration, TimeProvider.System);
        await DemoPeople.MakeAsync(session, await DemoPeople.ReadAsync(Repository.Path("deploy", "demo"), ct), ct);
        if (await session.Clients.AuthenticateAsync(Client, DemoNetwork.Secret, ct) is null)
        {
            await session.Clients.CreateAsync(Steering, Client, DemoNetwork.Secret, [NetworkRoles.Steering], "bench", Guid.NewGuid(), ct);
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="owner">Connects to the data set.</param>
    /// <param name="refreshAfter">How old what it shows may be.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<ReviewHost> StartAsync(string owner, TimeSpan refreshAfter, CancellationToken ct)
    {
        var data = Directory.CreateTempSubdirectory("referrals-review-").FullName;
        var process = ServiceProcess.Start(Program("Referrals.Api"), [], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Referrals__MasterKeys__Text"] = TestMasterKeys.Text,
            ["ConnectionStrings__Owner"] = owner,
            ["Referrals__Data"] = data,
            ["Review__RefreshAfter"] = refreshAfter.ToString("c", CultureInfo.InvariantCulture),
            ["Limits__RequestsPerSecond"] = "100000",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        });
        var line = await process.LineAsync("Now listening on: ", ct);
        var address = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
        var pages = await PageSite.SignInAsync(PageSite.NewClient(address), Login, ct);
        return new ReviewHost(process, pages, await TokenAsync(new HttpClient { BaseAddress = address }, ct), data);
    }

    /// <summary>Where a program of the product lies that was built together with this one.</summary>
    public static string Program(string name) => Repository.Path("src", name, "bin", "Release", "net10.0", $"{name}.dll");

    /// <summary>Asks until the history has been read; gives how long that took, in seconds.</summary>
    public async Task<double> ReadAsync(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await _api.GetAsync(new Uri("/api/v1/review/overview", UriKind.Relative), ct);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return Stopwatch.GetElapsedTime(began).TotalSeconds;
            }
        }
    }

    /// <summary>Asks for figures.</summary>
    public Task<JsonElement> FigureAsync(string path, CancellationToken ct) => _api.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), ct);

    /// <summary>Asks for a page or for figures; gives from request to last byte in milliseconds, and the size in bytes.</summary>
    public async Task<(double Milliseconds, int Bytes)> AskAsync(string path, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await (path.StartsWith("/api/", StringComparison.Ordinal) ? _api : _pages).GetAsync(new Uri(path, UriKind.Relative), ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? (took, body.Length) : throw new InvalidOperationException($"{path}: {answer.StatusCode} {answer.Headers.Location}");
    }

    public async ValueTask DisposeAsync()
    {
        _pages.Dispose();
        _api.Dispose();
        await Process.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<HttpClient> TokenAsync(HttpClient client, CancellationToken ct)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri("/connect/token", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{DemoNetwork.Secret}"))) },
        };
        using var answer = await client.SendAsync(asked, ct);
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
