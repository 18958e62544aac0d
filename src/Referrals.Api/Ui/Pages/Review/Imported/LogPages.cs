using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Review.Imported;

/// <summary>Event logs of other systems: list, upload, export, deletion.</summary>
internal static class LogPages
{
    private static readonly string Path = Links.Log("{protokoll}");

    /// <summary>Registers what they need.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(new LogLimits());
        services.AddSingleton<ReviewUploadStore>();
        services.AddSingleton<LogImports>();
        services.AddScoped<LogDesk>();
    }

    public static void Map(RouteGroupBuilder members)
    {
        var group = members.MapGroup("").RequireAuthorization(Policies.Steering);
        group.MapGet(Links.Logs, ListAsync);
        group.MapPost(Links.Logs, UploadAsync).WithMetadata(new TakesFile(new LogLimits().FileBytes, TooLargeAsync)).WithRequestTimeout(LogDesk.Patience);
        ColumnPages.Map(group);
        group.MapGet(Path, ShowAsync);
        group.MapPost(Path + "/loeschen", DeleteAsync);
        group.MapGet(Links.LogFile("{protokoll}", "{format}"), DownloadAsync).WithRequestTimeout(LogDesk.Patience);
    }

    private static async Task<IResult> ListAsync(LogDesk desk, CancellationToken ct) => Answer.With<LogsPage>(await desk.ListAsync(new FormInput(), ct));

    private static async Task<IResult> UploadAsync(HttpContext context, LogDesk desk, Words words, CancellationToken ct)
    {
        var sent = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty;
        var form = new FormInput(sent);
        if (sent.Files.GetFile(LogForm.File) is not { Length: > 0 } file)
        {
            form.Fault(LogForm.File, words["ReviewLogs.NoFile"]);
            return Answer.Invalid<LogsPage>(await desk.ListAsync(form, ct));
        }

        try
        {
            await using var content = file.OpenReadStream();
            return await desk.TakeAsync(content, file.FileName, form[LogForm.Title], ct) switch
            {
                (var name, null) => Answer.Go(Links.Log(name!), "ReviewLogs.Done"),
                (_, { } waiting) => Answer.Go(Links.LogColumns(waiting.ToString())),
            };
        }
        catch (LogFormatException e)
        {
            context.RequestServices.GetRequiredService<SecurityLog>().UploadRefused(e.Code);
            form.Fault(LogForm.File, words.Fault(e));
            return Answer.Invalid<LogsPage>(await desk.ListAsync(form, ct));
        }
    }

    private static async Task<IResult> TooLargeAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var fault = services.GetRequiredService<Words>()["ReviewLogs.Fault.too-large", services.GetRequiredService<LogLimits>().FileBytes >> 20];
        var model = await services.GetRequiredService<LogDesk>().ListAsync(new FormInput().Fault(LogForm.File, fault), context.RequestAborted);
        return Answer.With<LogsPage>(model, StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<IResult> ShowAsync(string protokoll, ReviewLogStore logs, TimeProvider time, CancellationToken ct) =>
        await logs.LineAsync(protokoll, ct) is { } line ? Answer.With<LogPage>(new LogModel(line, time.GetUtcNow())) : Answer.NotFound();

    private static async Task<IResult> DeleteAsync(string protokoll, LogDesk desk, CancellationToken ct) =>
        await desk.DeleteAsync(protokoll, ct) ? Answer.Go(Links.Logs, "ReviewLogs.Deleted") : Answer.NotFound();

    private static async Task<IResult> DownloadAsync(string protokoll, string format, ReviewLogStore logs, CancellationToken ct) =>
        Enum.TryParse<LogFormat>(format, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) && await logs.FindAsync(protokoll, ct) is var (_, log)
            ? new LogFileAnswer(log, wanted, protokoll)
            : Answer.NotFound();
}
