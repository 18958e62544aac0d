using System.Text.Json;
using System.Text.Json.Serialization;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Parts;

namespace Referrals.Api.Answers;

/// <summary>A figure as JSON, in which null stands for what too few cases stand for; or one of its tables as CSV.</summary>
internal sealed class FigureAnswer<T>(T figure, FigureTable? table, string name) : IResult, IShows
    where T : notnull
{
    /// <inheritdoc/>
    public object Body => figure;

    /// <inheritdoc/>
    public bool Recorded => false;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        return table is null
            ? response.WriteAsJsonAsync(figure, FigureJson.Options, httpContext.RequestAborted)
            : new CsvAnswer($"{name}-{table.Name}", table.Head, table.Rows.ToAsyncEnumerable()).ExecuteAsync(httpContext);
    }
}

/// <summary>How figures are written: as everything else, but what has no value is null.</summary>
internal static class FigureJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
