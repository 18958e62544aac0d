using Referrals.Api.Ui.Forms;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Review.Imported;

/// <summary>The second step of a table's upload: which column means what. The file waits meanwhile and isn't sent again.</summary>
internal static class ColumnPages
{
    private static readonly string Path = Links.LogColumns("{id:guid}");

    public static void Map(RouteGroupBuilder steering)
    {
        steering.MapGet(Path, AskAsync);
        steering.MapPost(Path, ImportAsync).WithRequestTimeout(LogDesk.Patience);
        steering.MapPost(Path + "/verwerfen", DiscardAsync);
    }

    private static async Task<IResult> AskAsync(Guid id, LogDesk desk, CancellationToken ct) =>
        await desk.FindUploadAsync(id, ct) is { } upload && LogDesk.Preview(upload) is var preview
            ? Answer.With<ColumnsPage>(new ColumnsModel(upload, preview, LogForm.Guessed(preview)))
            : Answer.NotFound();

    private static async Task<IResult> ImportAsync(Guid id, FormInput form, LogDesk desk, Words words, CancellationToken ct)
    {
        if (await desk.FindUploadAsync(id, ct) is not { } upload)
        {
            return Answer.NotFound();
        }

        var preview = LogDesk.Preview(upload);
        if (LogForm.Options(form, preview, words) is { } options)
        {
            try
            {
                return Answer.Go(Links.Log(await desk.ImportAsync(upload, options, ct)), "ReviewLogs.Done");
            }
            catch (LogFormatException e)
            {
                form.Fault("", words.Fault(e));
            }
        }

        return Answer.Invalid<ColumnsPage>(new ColumnsModel(upload, preview, form));
    }

    private static async Task<IResult> DiscardAsync(Guid id, LogDesk desk, CancellationToken ct) =>
        await desk.DiscardAsync(id, ct) ? Answer.Go(Links.Logs, "ReviewLogs.Discarded") : Answer.NotFound();
}
