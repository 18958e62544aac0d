using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Referrals.Api.Answers;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>The body of a request, read as JSON of this shape. An empty body stands for <c>{}</c>.</summary>
public sealed class Body<T> : IInput, IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private Body(T value) => _value = value;

    private Body(ErrorCode error, IReadOnlyList<Fault> faults) => (Error, Faults) = (error, faults);

    /// <summary>What was sent. Only asked for when there are no faults.</summary>
    public T Value => _value ?? throw new InvalidOperationException("the body has faults");

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; } = [];

    /// <inheritdoc/>
    public ErrorCode Error { get; } = HttpErrors.Invalid;

    /// <inheritdoc/>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var bytes = await RawBody.ReadAsync(context);
        try
        {
            using var json = JsonDocument.Parse(
                bytes.IsEmpty ? "{}"u8.ToArray() : bytes, new JsonDocumentOptions { MaxDepth = ApiJson.Options.MaxDepth });
            var faults = JsonFaults.Of(json.RootElement, typeof(T));
            return faults.Count > 0
                ? new Body<T>(HttpErrors.Invalid, faults)
                : new Body<T>(json.RootElement.Deserialize<T>(ApiJson.Options)!);
        }
        catch (JsonException exception)
        {
            return new Body<T>(HttpErrors.MalformedJson, [RawBody.NotJson(exception)]);
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>The bytes of a request's body.</summary>
public static class RawBody
{
    /// <summary>The largest body, in bytes, where a route doesn't say otherwise.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>All of it. Throws <see cref="BadHttpRequestException"/> with status 413 when it is larger than that many bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maxBytes = MaxBytes)
    {
        var request = context.Request;
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge();
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > maxBytes)
            {
                throw TooLarge();
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The fault of a text that is not JSON.</summary>
    public static Fault NotJson(JsonException exception) =>
        new("", HttpErrors.MalformedJson.Code, $"This is not valid JSON (line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}).");

    private static BadHttpRequestException TooLarge() => new(HttpErrors.TooLarge.Title, StatusCodes.Status413PayloadTooLarge);
}
