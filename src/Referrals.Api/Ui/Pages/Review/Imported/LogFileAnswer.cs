using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Review.Imported;

/// <summary>An event log as a file to download. Written to disk first, so that it begins to come only when it is whole.</summary>
internal sealed class LogFileAnswer(EventLog log, LogFormat format, string name) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (type, end) = format switch
        {
            LogFormat.Xes => ("application/xml; charset=utf-8", "xes"),
            LogFormat.Ocel => ("application/json", "jsonocel"),
            _ => ("text/csv; charset=utf-8", "csv"),
        };
        await using var file = TemporaryFile.Create();
        EventLogWriter.Write(log, format, file);
        file.Position = 0;
        var response = httpContext.Response;
        response.ContentType = type;
        response.ContentLength = file.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{end}\"";
        await file.CopyToAsync(response.Body, httpContext.RequestAborted);
    }
}

/// <summary>Files that are gone when they are closed, and that nobody else reads.</summary>
internal static class TemporaryFile
{
    private const int Buffer = 1 << 16;

    /// <summary>A new one.</summary>
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = Buffer,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }
}
