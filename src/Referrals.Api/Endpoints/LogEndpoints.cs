using System.Security.Claims;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Review.Imported;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Endpoints;

/// <summary>Event logs of other programs, for the review.</summary>
internal static class LogEndpoints
{
    private const string Root = "/api/v1/review/logs";
    private const int ChunkBytes = 1 << 16;

    private static readonly ErrorCode NoLog = new("review-log-not-found", 404, "There is no imported log with this name.");
    private static readonly ErrorCode Taken = new("review-log-exists", 409, "There is an imported log with this name already.");
    private static readonly ErrorCode NotCode = new("review-log-name", 422, "The name is a code of lower-case letters, digits and hyphens, of at most 60 characters.");
    private static readonly ErrorCode Unreadable = new("review-log-unreadable", 422, "The file can't be read as an event log; the detail says why.");

    private static readonly ErrorCode NothingToExport = new("history-empty", 404, "No referral of these months was offered to anybody.");

    private static readonly LogResource Example = new(
        "permits", "permits.xes.gz", LogFormat.Xes, new DateTimeOffset(2026, 5, 4, 8, 30, 0, TimeSpan.Zero), "frau.muster", 1434, 8577, 27, 48,
        [new LogWarningResource("event-time", "An event's time can't be read, and it was left out.", 2, 31)]);

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/review/logs").WithTags("Review").RequireAuthorization(Policies.Steering);
        group.MapGet("/", List).Says("listReviewLogs", "List imported logs", "By name.", new Page<LogResource>([Example]));
        group.MapGet("/{name}", Get).Says("getReviewLog", "Show an imported log", "Its counts and what could not be taken as it was.", Example, errors: NoLog);
        group.MapPut("/{name}", Import)
            .Accepts<string>("application/octet-stream")
            .WithMetadata(new TakesFile(new LogLimits().FileBytes, _ => throw new InvalidOperationException("an API has no forms")))
            .Says(
                "importReviewLog", "Import a log",
                "The body is the file as it is: XES, OCEL 2.0 as JSON or CSV, also packed with gzip, within the limits of docs/event-logs.md. A name that is taken is refused.",
                Example, "<log xes.version=\"1849.2016\">…</log>", StatusCodes.Status201Created, Taken, NotCode, Unreadable, HttpErrors.TooLarge)
            .WithMetadata(LogAsk.Notes).WithRequestTimeout(LogDesk.Patience);
        group.MapDelete("/{name}", Delete).SaysNothing("deleteReviewLog", "Delete an imported log", "For good. Who did it stands in the administration's log.", NoLog);
        group.MapGet("/{name}/file", Download)
            .SaysFile("exportReviewLog", "An imported log as a file", "Reading it again gives the same log.", "<log xes.version=\"1849.2016\">…</log>", NoLog)
            .WithMetadata(FormatAsk.Notes).WithRequestTimeout(LogDesk.Patience);
        api.MapGet("/referrals/event-log", ExportOwn).WithTags("Referrals").RequireAuthorization(Policies.Caseworker)
            .SaysFile(
                "exportOwnHistory", "The own history as an event log",
                "The referrals of the own organisation that were started in these months. Cases are numbered by chance; not cut by small numbers: for its own use, "
                + "not to be passed on. Who exports it stands in the administration's log.",
                "<log xes.version=\"1849.2016\">…</log>", NothingToExport)
            .WithMetadata(HistoryAsk.Notes, new LooksAt(LookCodes.EventLog) { Purpose = LookPurposes.Evaluation }).WithRequestTimeout(LogDesk.Patience);
    }

    private static async Task<IResult> List(ReviewLogStore logs, CancellationToken ct) =>
        new Shown<Page<LogResource>>(new Page<LogResource>([.. (await logs.ListAsync(ct)).Select(LogResource.Of)]));

    private static async Task<IResult> Get(string name, ReviewLogStore logs, CancellationToken ct) =>
        await logs.LineAsync(name, ct) is { } line ? new Shown<LogResource>(LogResource.Of(line)) : new ProblemResult(Problem.Of(NoLog));

    private static async Task<IResult> Import(
        string name, LogAsk ask, HttpContext context, ClaimsPrincipal user, ReviewLogStore logs, LogImports imports, LogLimits limits, CancellationToken ct)
    {
        if (!Engine.Codes.IsCode(name))
        {
            return new ProblemResult(Problem.Of(NotCode));
        }

        try
        {
            await using var file = TemporaryFile.Create();
            if (!await ReceiveAsync(context.Request.Body, file, limits.FileBytes, ct))
            {
                return new ProblemResult(Problem.Of(HttpErrors.TooLarge));
            }

            var kept = await imports.ImportAsync(file, ask.FileName ?? name, ask.Options with { Limits = limits }, name, ask.Title, new LogKeeper(user.Organisation(), user.Subject()), ct);
            return kept is null
                ? new ProblemResult(Problem.Of(Taken))
                : new Shown<LogResource>(LogResource.Of((await logs.LineAsync(kept, ct))!), null, $"{Root}/{kept}");
        }
        catch (LogFormatException e)
        {
            context.RequestServices.GetRequiredService<SecurityLog>().UploadRefused(e.Code);
            return new ProblemResult(Problem.Of(Unreadable, e.Message, [new Fault("", e.Code, e.Message)]));
        }
    }

    // To disk, and no more than is taken: the reader reads it several times faster than it comes.
    private static async Task<bool> ReceiveAsync(Stream body, FileStream file, long most, CancellationToken ct)
    {
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await body.ReadAsync(chunk, ct)) > 0;)
        {
            if (file.Length + read > most)
            {
                return false;
            }

            await file.WriteAsync(chunk.AsMemory(0, read), ct);
        }

        file.Position = 0;
        return true;
    }

    private static async Task<IResult> Delete(string name, ClaimsPrincipal user, ReviewLogStore logs, CancellationToken ct) =>
        await logs.DeleteAsync(name, new LogKeeper(user.Organisation(), user.Subject()), ct) ? Results.NoContent() : new ProblemResult(Problem.Of(NoLog));

    private static async Task<IResult> Download(string name, FormatAsk ask, ReviewLogStore logs, CancellationToken ct) =>
        await logs.FindAsync(name, ct) is var (_, log) ? new LogFileAnswer(log, ask.Format, name) : new ProblemResult(Problem.Of(NoLog));

    private static async Task<IResult> ExportOwn(HistoryAsk ask, ClaimsPrincipal user, OwnHistoryExports history, CancellationToken ct) =>
        (await history.ExportAsync(new LogKeeper(user.Organisation(), user.Subject()), ask.Period, ask.Format, ct)).Log is { } log
            ? new LogFileAnswer(log, ask.Format, $"{user.Organisation()}-{HistoryPeriod.Write(ask.Period.First)}-{HistoryPeriod.Write(ask.Period.Last)}")
            : new ProblemResult(Problem.Of(NothingToExport));
}

/// <summary>An imported log.</summary>
/// <param name="Name">What it is called by.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Format">What the file was.</param>
/// <param name="ImportedAt">When it was imported.</param>
/// <param name="ImportedBy">By whom.</param>
/// <param name="Cases">How many cases it has.</param>
/// <param name="Events">How many events.</param>
/// <param name="Activities">How many activities.</param>
/// <param name="Resources">How many resources.</param>
/// <param name="Warnings">What could not be taken as it was.</param>
public sealed record LogResource(
    string Name, string Title, LogFormat Format, DateTimeOffset ImportedAt, string ImportedBy, int Cases, int Events, int Activities, int Resources,
    IReadOnlyList<LogWarningResource> Warnings)
{
    /// <summary>The resource of a log.</summary>
    public static LogResource Of(ReviewLog log) => new(
        log.Name, log.Title, log.Format, log.ImportedAt, log.ImportedBy, log.Cases, log.Events, log.Activities, log.Resources,
        [.. log.Warnings.Select(w => new LogWarningResource(w.Code, w.Text, w.Count, w.Line))]);
}

/// <summary>Something in a file that could not be taken as it is.</summary>
/// <param name="Code">What, as a code; absent of logs that were imported by earlier versions.</param>
/// <param name="Text">What, and what was done about it.</param>
/// <param name="Count">How often.</param>
/// <param name="Line">The line of the first one, if there is one.</param>
public sealed record LogWarningResource(string? Code, string Text, int Count, long? Line);
