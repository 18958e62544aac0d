using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Referrals.Api.Answers;
using Referrals.Api.Security;
using Referrals.Engine;

namespace Referrals.Api.Requests;

/// <summary>
/// Honours <c>Idempotency-Key</c> on every POST: the same request gets the same answer, however often it comes and whatever crashes
/// between doing and remembering.
/// </summary>
public sealed class Idempotency(RequestDelegate next, AnswerStore store, AnswerCipher cipher)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Tells that an answer is a repeated one.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int MaxKeyLength = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "Cache-Control"];

    /// <summary>Handles a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var (request, given) = (context.Request, context.Request.Headers[Header]);
        if (!HttpMethods.IsPost(request.Method) || given.Count == 0 || !context.User.IsMember() || context.GetEndpoint() is null)
        {
            return next(context);
        }

        return given is [{ Length: > 0 and <= MaxKeyLength } key] && key.All(c => c is > ' ' and <= '~')
            ? HandleAsync(context, key)
            : RefuseAsync(context, HttpErrors.HeaderInvalid, [
                new Fault(Header, "idempotency-key-invalid", $"The key is given once and has 1 to {MaxKeyLength} visible ASCII characters.")]);
    }

    private async Task HandleAsync(HttpContext context, string key)
    {
        var tenant = context.User.Organisation();
        var id = Codes.StableGuid(tenant.Value, context.User.Subject(), key);
        var fingerprint = await FingerprintAsync(context);
        switch (await BeginAsync(tenant, id, fingerprint, context.RequestAborted))
        {
            case Beginning.Mine mine:
                await DoAsync(context, tenant, new Remembered(id, mine.IsRetry));
                break;
            case Beginning.Answered answered:
                await ReplayAsync(context, id, answered.Answer);
                break;
            case Beginning.InProgress:
                context.Response.Headers.RetryAfter = "1";
                await RefuseAsync(context, HttpErrors.InProgress);
                break;
            case Beginning.OtherRequest:
                await RefuseAsync(context, HttpErrors.KeyReused);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // The same request may be running right now: wait a little for its answer.
    private async Task<Beginning> BeginAsync(OrganisationId tenant, Guid id, byte[] fingerprint, CancellationToken ct)
    {
        var until = TimeProvider.System.GetTimestamp();
        for (var pause = 10; ; pause = Math.Min(2 * pause, 200))
        {
            var beginning = await store.BeginAsync(tenant, id, fingerprint, ct);
            if (beginning is not Beginning.InProgress || TimeProvider.System.GetElapsedTime(until) > Patience)
            {
                return beginning;
            }

            await Task.Delay(pause, ct);
        }
    }

    private async Task DoAsync(HttpContext context, OrganisationId tenant, Remembered remembered)
    {
        context.Features.Set(remembered);
        var (response, outer) = (context.Response, context.Response.Body);
        using var buffer = new MemoryStream();
        response.Body = buffer;
        try
        {
            await next(context);
        }
        catch
        {
            await store.ReleaseAsync(tenant, remembered.Id, CancellationToken.None);
            throw;
        }
        finally
        {
            response.Body = outer;
        }

        // Once done it is remembered, also when the caller has gone.
        await (IsFinal(response.StatusCode) && cipher.CanKeep(context)
            ? store.CompleteAsync(tenant, remembered.Id, cipher.Seal(context, remembered.Id, Kept(response, buffer.ToArray())), CancellationToken.None)
            : store.ReleaseAsync(tenant, remembered.Id, CancellationToken.None));
        await WriteAsync(context, buffer.ToArray());
    }

    // What a later try may answer otherwise without any change of the request doesn't count.
    private static bool IsFinal(int status) =>
        status is < 500 and not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests);

    private static KeptAnswer Kept(HttpResponse response, byte[] body) => new(
        response.StatusCode,
        KeptHeaders.Where(response.Headers.ContainsKey).ToDictionary(h => h, h => response.Headers[h].ToString()),
        body);

    private async Task ReplayAsync(HttpContext context, Guid id, KeptAnswer kept)
    {
        var (response, answer) = (context.Response, cipher.Open(context, id, kept));
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.Headers[ReplayedHeader] = "true";
        await WriteAsync(context, answer.Body);
    }

    // An empty answer stays open: the pipeline gives an empty error its problem.
    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        if (body.Length > 0)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    // Method, address, version asked for and body make the request.
    private static async Task<byte[]> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        request.EnableBuffering(RawBody.MaxBytes);
        var body = await RawBody.ReadAsync(context);
        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string[])[request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", request.Headers.IfMatch.ToString()])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        hash.AppendData(body.Span);
        return hash.GetHashAndReset();
    }

    private static Task RefuseAsync(HttpContext context, ErrorCode error, IReadOnlyList<Fault>? faults = null) =>
        new ProblemResult(Problem.Of(error, null, faults)).ExecuteAsync(context);
}
