using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace Referrals.Workers.Commands.Drive;

/// <summary>An answer: what it shows and its version.</summary>
internal sealed record Answer<T>(T Body, string? Version);

/// <summary>The resource has changed since the version that was named.</summary>
internal sealed class ChangedMeanwhileException : Exception;

/// <summary>One organisation's client of the API: signs in, repeats what may be repeated, notes how long each call took.</summary>
internal sealed class ApiClient(HttpClient http, string clientId, string secret, CallLog log) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _signingIn = new(1);
    private readonly ResiliencePipeline<HttpResponseMessage> _retries = Retries(log);
    private (string Token, long Until)? _token;

    /// <summary>Reads a resource.</summary>
    public async Task<Answer<T>> GetAsync<T>(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), ct);
        return await ReadAsync<T>(answer, ct);
    }

    /// <summary>Does something. Repeating it with the same key does it once.</summary>
    /// <exception cref="ChangedMeanwhileException">The resource is no longer at this version.</exception>
    public async Task<Answer<T>> PostAsync<T>(string path, object body, string key, string? version, CancellationToken ct)
    {
        using var answer = await SendAsync(() => Post(path, body, key, version), ct);
        return answer.StatusCode == HttpStatusCode.PreconditionFailed ? throw new ChangedMeanwhileException() : await ReadAsync<T>(answer, ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _signingIn.Dispose();

    private static HttpRequestMessage Post(string path, object body, string key, string? version)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType(), options: ApiShapes.Json) };
        request.Headers.Add("Idempotency-Key", key);
        if (version is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(version));
        }

        return request;
    }

    private static async Task<Answer<T>> ReadAsync<T>(HttpResponseMessage answer, CancellationToken ct)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new DriveException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.AbsolutePath} was answered with {(int)answer.StatusCode} {await CodeOfAsync(answer, ct)}");
        }

        return new Answer<T>((await answer.Content.ReadFromJsonAsync<T>(ApiShapes.Json, ct))!, answer.Headers.ETag?.ToString());
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        // As bytes, because it may be asked a second time: a stream is read once.
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        try
        {
            return JsonSerializer.Deserialize<ApiShapes.Problem>(body, ApiShapes.Json)?.Code;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken ct) =>
        await _retries.ExecuteAsync(
            async token =>
            {
                var bearer = await TokenAsync(token);
                var message = request();
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
                return await TimedAsync(message, token);
            },
            ct);

    private async Task<HttpResponseMessage> TimedAsync(HttpRequestMessage message, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await http.SendAsync(message, ct);
        log.Add(began);
        return answer;
    }

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        if (_token is { } known && Stopwatch.GetTimestamp() < known.Until)
        {
            return known.Token;
        }

        await _signingIn.WaitAsync(ct);
        try
        {
            if (_token is { } other && Stopwatch.GetTimestamp() < other.Until)
            {
                return other.Token;
            }

            using var answer = await _retries.ExecuteAsync(async token => await TimedAsync(SignIn(), token), ct);
            var given = (await ReadAsync<ApiShapes.Token>(answer, ct)).Body;
            _token = (given.AccessToken, Stopwatch.GetTimestamp() + (long)((given.ExpiresIn - Early.TotalSeconds) * Stopwatch.Frequency));
            return given.AccessToken;
        }
        finally
        {
            _signingIn.Release();
        }
    }

    private HttpRequestMessage SignIn() => new(HttpMethod.Post, "/connect/token")
    {
        Content = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", secret)]),
    };

    // The same request may be at work right now, or have been when the server was killed: then it takes a minute until another may go on.
    private static ResiliencePipeline<HttpResponseMessage> Retries(CallLog log) => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 90,
            Delay = TimeSpan.FromSeconds(1),
            ShouldHandle = async call => call.Outcome.Result is { StatusCode: HttpStatusCode.Conflict } answer
                && await CodeOfAsync(answer, call.Context.CancellationToken) == "idempotency-in-progress",
            OnRetry = call => Again(call, log),
        })
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 12,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(5),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = call => ValueTask.FromResult(call.Outcome is { Exception: HttpRequestException }
                or { Result.StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout }),
            DelayGenerator = call => ValueTask.FromResult(call.Outcome.Result?.Headers.RetryAfter?.Delta),
            OnRetry = call => Again(call, log),
        })
        .Build();

    private static ValueTask Again(OnRetryArguments<HttpResponseMessage> call, CallLog log)
    {
        log.Again();
        call.Outcome.Result?.Dispose();
        return default;
    }
}
