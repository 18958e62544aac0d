using System.Globalization;
using Microsoft.Net.Http.Headers;
using Referrals.Api.Security.Looks;

namespace Referrals.Api.Answers;

/// <summary>Answers with a resource, its entity tag, and its address when it is new.</summary>
public sealed class Shown<T>(T body, long? version = null, string? location = null, bool recorded = false) : IResult, IShows
    where T : notnull
{
    /// <inheritdoc/>
    public object Body => body;

    /// <inheritdoc/>
    public bool Recorded => recorded;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.CacheControl = "no-store";
        if (version is { } number)
        {
            response.Headers.ETag = ETags.Of(number);
            response.Headers.CacheControl = "private, no-cache";
            if (HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch.ToString() == ETags.Of(number))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        response.StatusCode = StatusCodes.Status200OK;
        if (location is not null)
        {
            response.StatusCode = StatusCodes.Status201Created;
            response.Headers.Location = location;
        }

        return response.WriteAsJsonAsync(body, ApiJson.Options, httpContext.RequestAborted);
    }
}

/// <summary>Entity tags: the version of the stream in quotes.</summary>
public static class ETags
{
    /// <summary>The tag of a version.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version that an <c>If-Match</c> asks for: null for <c>*</c>, -1 for a tag that was never ours. False when the header can't be
    /// read as one strong tag.
    /// </summary>
    public static bool TryRead(string header, out long? version)
    {
        version = null;
        if (header == "*")
        {
            return true;
        }

        if (!EntityTagHeaderValue.TryParse(header, out var tag) || tag.IsWeak)
        {
            return false;
        }

        version = long.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        return true;
    }
}
