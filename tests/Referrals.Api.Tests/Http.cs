using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Referrals.Api.Tests;

/// <summary>An answer with its JSON.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Json, HttpResponseMessage Raw)
{
    public string? ETag => Raw.Headers.ETag?.ToString();

    public string Code => Json.GetProperty("code").GetString()!;

    /// <summary>Fields and codes of all faults.</summary>
    public IReadOnlyList<string> Faults =>
        [.. Json.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("field").GetString()}: {e.GetProperty("code").GetString()}")];

    public string Text(string property) => Json.GetProperty(property).GetString()!;

    /// <summary>The answer, which must be a problem with this status and code.</summary>
    public Answer Refused(HttpStatusCode status, string code)
    {
        Assert.True(Status == status, $"{Status}: {Json}");
        Assert.Equal("application/problem+json", Raw.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, Code);
        Assert.Equal((int)status, Json.GetProperty("status").GetInt32());
        Assert.Equal($"urn:referrals:problem:{code}", Text("type"));
        Assert.NotEmpty(Text("title"));
        Assert.NotEmpty(Text("detail"));
        return this;
    }

    public Answer Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{Status}: {Json}");
        return this;
    }

    public Answer Ok() => Is(HttpStatusCode.OK);
}

public static class Http
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<Answer> Get(this HttpClient client, string path) => client.Ask(HttpMethod.Get, path, null);

    public static Task<Answer> Post(this HttpClient client, string path, string? json = null, string? key = null, string? ifMatch = null) =>
        client.Ask(HttpMethod.Post, path, json, key, ifMatch);

    public static Task<Answer> Put(this HttpClient client, string path, string json, string? ifMatch = null) =>
        client.Ask(HttpMethod.Put, path, json, null, ifMatch);

    public static async Task<Answer> Ask(this HttpClient client, HttpMethod method, string path, string? json, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        Add(request, "Idempotency-Key", key);
        Add(request, "If-Match", ifMatch);
        return await Read(await client.SendAsync(request, Ct));
    }

    public static async Task<Answer> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        return new Answer(response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, response);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
