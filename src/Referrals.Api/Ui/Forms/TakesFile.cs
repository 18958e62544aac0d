using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Referrals.Api.Ui.Forms;

/// <summary>Marks a form with a file, and bounds what is read of it: while it is read, not afterwards.</summary>
/// <param name="maxBytes">The largest file.</param>
/// <param name="tooLarge">The answer to a larger one.</param>
public sealed class TakesFile(long maxBytes, Func<HttpContext, Task<IResult>> tooLarge) : IRequestSizeLimitMetadata
{
    // The other fields, and what stands between them.
    private const long Other = 1 << 20;

    /// <inheritdoc/>
    public long? MaxRequestBodySize => maxBytes + Other;

    /// <summary>Reads the form; files go to disk. The answer if it is too large, else null.</summary>
    internal async Task<IResult?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions { MultipartBodyLengthLimit = maxBytes }));
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            // Nothing of it is kept: the token against forgery needn't be known to say so.
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            return await tooLarge(context);
        }
    }
}
