using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Review.Imported;

/// <summary>What the pages of imported logs do, for who looks at them.</summary>
internal sealed class LogDesk(ReviewLogStore logs, ReviewUploadStore uploads, LogImports imports, LogLimits limits, Visitor me, NewId newId, TimeProvider time)
{
    private const int MaxTitle = 200;

    /// <summary>How long an upload or a download may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private LogKeeper Keeper => new(me.Organisation, me.Login);

    /// <summary>The logs, with the form to upload another.</summary>
    public async Task<LogsModel> ListAsync(FormInput form, CancellationToken ct)
    {
        await uploads.DropOldAsync(ct);
        return new LogsModel(await logs.ListAsync(ct), time.GetUtcNow(), form, limits.FileBytes >> 20);
    }

    /// <summary>Takes a file: a log is kept at once and has a name; a table waits for its columns and has an id.</summary>
    /// <exception cref="LogFormatException">It is no log, or too much of one.</exception>
    public async Task<(string? Name, Guid? Waiting)> TakeAsync(Stream file, string fileName, string title, CancellationToken ct)
    {
        var (name, called) = (Plain(Path.GetFileName(fileName)), Plain(title));
        var format = EventLogReader.Recognise(file, name, limits);
        file.Position = 0;
        if (format != LogFormat.Csv)
        {
            return (await imports.ImportAsync(file, name, new LogOptions { Limits = limits }, null, called, Keeper, ct) ?? throw NoNameLeft(name), null);
        }

        TablePreview.Read(file, name, limits);
        file.Position = 0;
        var id = newId();
        await uploads.AddAsync(id, file, name, called, Keeper, limits, ct);
        return (null, id);
    }

    /// <summary>An upload of this person that waits, or null.</summary>
    public Task<ReviewUpload?> FindUploadAsync(Guid id, CancellationToken ct) => uploads.FindAsync(id, Keeper, ct);

    /// <summary>How a table begins; it could be read when it came.</summary>
    public static TablePreview Preview(ReviewUpload upload)
    {
        using var file = upload.Open();
        return TablePreview.Read(file, upload.FileName, new LogLimits());
    }

    /// <summary>Imports a table that waited. Its log's name.</summary>
    /// <exception cref="LogFormatException">It is no log with these columns; it still waits.</exception>
    public async Task<string> ImportAsync(ReviewUpload upload, LogOptions options, CancellationToken ct)
    {
        await using var file = upload.Open();
        var name = await imports.ImportAsync(file, upload.FileName, options with { Limits = limits }, null, upload.Title, Keeper, ct) ?? throw NoNameLeft(upload.FileName);
        await uploads.DeleteAsync(upload.Id, Keeper, ct);
        return name;
    }

    /// <summary>Throws an upload away. False when there is none.</summary>
    public Task<bool> DiscardAsync(Guid id, CancellationToken ct) => uploads.DeleteAsync(id, Keeper, ct);

    /// <summary>Deletes a log. False when there is none.</summary>
    public Task<bool> DeleteAsync(string name, CancellationToken ct) => logs.DeleteAsync(name, Keeper, ct);

    private static string Plain(string text)
    {
        var plain = new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim();
        return plain.Length <= MaxTitle ? plain : plain[..MaxTitle];
    }

    private static InvalidOperationException NoNameLeft(string file) => new($"every name made from one of {file.Length} characters is taken");
}
