using System.Globalization;
using System.Text;
using Referrals.Api.Security.Looks;

namespace Referrals.Api.Ui.Parts;

/// <summary>
/// A table as CSV that German spreadsheets open as it is: UTF-8 with byte order mark, semicolons, CRLF, sent line by line. A value that
/// a spreadsheet would take for a formula begins with an apostrophe; a negative number is none.
/// </summary>
/// <param name="name">File name without ending; the day is added.</param>
/// <param name="head">Titles of the columns.</param>
/// <param name="rows">The lines, read while they are sent.</param>
/// <param name="count">How many lines there are, where that was counted before.</param>
public sealed class CsvAnswer(string name, IReadOnlyList<string> head, IAsyncEnumerable<IReadOnlyList<string?>> rows, int? count = null) : IResult, ILists
{
    private const int FlushChars = 16_000;

    /// <inheritdoc/>
    public int? Listed => count;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var today = Engine.Chains.WorkingCalendar.LocalDay(httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{name}-{today:yyyy-MM-dd}.csv\"");
        var text = new StringBuilder("\uFEFF");
        Add(text, head);
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
        {
            Add(text, row);
            if (text.Length > FlushChars)
            {
                await SendAsync(httpContext, text);
            }
        }

        await SendAsync(httpContext, text);
    }

    private static async Task SendAsync(HttpContext httpContext, StringBuilder text)
    {
        await httpContext.Response.WriteAsync(text.ToString(), Encoding.UTF8, httpContext.RequestAborted);
        text.Clear();
    }

    private static void Add(StringBuilder text, IReadOnlyList<string?> values) => text.AppendJoin(';', values.Select(Cell)).Append("\r\n");

    internal static string Cell(string? value)
    {
        var plain = value ?? "";
        var safe = plain is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !IsNegativeNumber(plain) ? "'" + plain : plain;
        return safe.AsSpan().IndexOfAny(";\"\r\n") >= 0 ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : safe;
    }

    private static bool IsNegativeNumber(string text) =>
        text is ['-', >= '0' and <= '9', ..] && text.Skip(1).All(c => char.IsAsciiDigit(c) || c == ',') && text.Count(c => c == ',') <= 1;
}
