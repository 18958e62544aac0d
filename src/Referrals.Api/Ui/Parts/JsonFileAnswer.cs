using System.Globalization;
using System.Text.Json;
using Referrals.Api.Answers;
using Referrals.Api.Security.Looks;

namespace Referrals.Api.Ui.Parts;

/// <summary>Lines as a file with a JSON array, written while they are read.</summary>
/// <param name="name">File name without ending; the day is added.</param>
/// <param name="lines">The lines.</param>
/// <param name="count">How many there are.</param>
public sealed class JsonFileAnswer<T>(string name, IAsyncEnumerable<T> lines, int count) : IResult, ILists
{
    /// <inheritdoc/>
    public int? Listed => count;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var today = Engine.Chains.WorkingCalendar.LocalDay(httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{name}-{today:yyyy-MM-dd}.json\"");
        return JsonSerializer.SerializeAsync(httpContext.Response.Body, lines, ApiJson.Options, httpContext.RequestAborted);
    }
}
