using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Referrals.Api.Ui;

namespace Referrals.Api.Tests.Pages;

/// <summary>The connection of an open page, as a browser has it.</summary>
internal sealed class LiveReading : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private LiveReading(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) => (_answer, _items) = (answer, items);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The position that the last event named.</summary>
    public string? LastId { get; private set; }

    /// <summary>Asks as a page does; what came is not read yet.</summary>
    public static Task<HttpResponseMessage> AskAsync(PageClient browser, string page, long? from = null, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, from is { } position ? Links.Live(page, position) : Links.With(Links.LivePath, ("seite", page)));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        return browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>Connects, and has heard that it is.</summary>
    public static async Task<LiveReading> OpenAsync(PageClient browser, string page, long? from = null, string? lastId = null)
    {
        var answer = await AskAsync(browser, page, from, lastId);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var reading = new LiveReading(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct).GetAsyncEnumerator(Ct));
        Assert.Equal("alive", (await reading.NextAsync()).EventType);
        return reading;
    }

    /// <summary>The next sentence; the signal of a commit brings it, for the tests' host looks by itself only every hour.</summary>
    public async Task<string> HearAsync()
    {
        var item = await NextAsync();
        while (item.EventType == "alive")
        {
            item = await NextAsync();
        }

        Assert.Equal("changed", item.EventType);
        return JsonDocument.Parse(item.Data).RootElement.GetProperty("text").GetString()!;
    }

    /// <summary>Whether the connection ends, with nothing more said.</summary>
    public async Task<bool> EndsAsync() => !await _items.MoveNextAsync().AsTask().WaitAsync(Patience, Ct);

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        try
        {
            await _items.DisposeAsync();
        }
        catch (Exception e) when (e is NotSupportedException or IOException or OperationCanceledException)
        {
            // A test that ended while the next event was awaited.
        }
    }

    private async Task<SseItem<string>> NextAsync()
    {
        Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(Patience, Ct), "the connection ended");
        LastId = _items.Current.EventId ?? LastId;
        return _items.Current;
    }
}
