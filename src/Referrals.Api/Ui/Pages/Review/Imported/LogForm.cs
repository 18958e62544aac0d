using Referrals.Api.Ui.Forms;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Review.Imported;

/// <summary>The fields of the forms for logs.</summary>
internal static class LogForm
{
    public const string File = "datei";
    public const string Title = "bezeichnung";
    public const string TimeFormat = "zeitformat";
    private const int MaxFormat = 60;

    /// <summary>The columns that a person says, and whether one has to.</summary>
    public static IReadOnlyList<(LogColumn Column, string Field, bool Needed)> Columns { get; } =
    [
        (LogColumn.Case, "fall", true), (LogColumn.Activity, "taetigkeit", true), (LogColumn.Time, "zeit", true),
        (LogColumn.Resource, "bearbeitung", false), (LogColumn.Group, "gruppe", false),
    ];

    /// <summary>A form with what was guessed.</summary>
    public static FormInput Guessed(TablePreview preview) =>
        FormInput.Of(Columns.Select(c => (c.Field, preview.Guessed.GetValueOrDefault(c.Column))));

    /// <summary>How to read the table; null, with the faults in the form, if it can't be.</summary>
    public static LogOptions? Options(FormInput form, TablePreview preview, Words words)
    {
        foreach (var (column, field, needed) in Columns)
        {
            if (form[field].Length > 0 ? !preview.Headings.Contains(form[field]) : needed)
            {
                form.Fault(field, words["ReviewLogs.Needed", words.Column(column)]);
            }
            else if (form[field].Length > 0 && Columns.TakeWhile(c => c.Field != field).Any(c => form[c.Field] == form[field]))
            {
                form.Fault(field, words["ReviewLogs.Twice", form[field]]);
            }
        }

        if (!IsFormat(form[TimeFormat]))
        {
            form.Fault(TimeFormat, words["ReviewLogs.TimeFormatFault"]);
        }

        return !form.IsValid ? null : new LogOptions
        {
            Columns = Columns.ToDictionary(c => c.Column, c => form[c.Field]),
            TimeFormat = form[TimeFormat] is { Length: > 0 } given ? given : null,
        };
    }

    private static bool IsFormat(string given)
    {
        try
        {
            return given.Length <= MaxFormat && DateTime.UnixEpoch.ToString(given, System.Globalization.CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>The imported logs, with the form for another.</summary>
/// <param name="Logs">Logs by name.</param>
/// <param name="Now">The time.</param>
/// <param name="Form">The form.</param>
/// <param name="MaxMegabytes">The largest file.</param>
public sealed record LogsModel(IReadOnlyList<ReviewLog> Logs, DateTimeOffset Now, FormInput Form, long MaxMegabytes);

/// <summary>An imported log.</summary>
/// <param name="Log">Its line.</param>
/// <param name="Now">The time.</param>
public sealed record LogModel(ReviewLog Log, DateTimeOffset Now);

/// <summary>A table of which somebody says which column means what.</summary>
/// <param name="Upload">The upload that waits.</param>
/// <param name="Preview">How it begins.</param>
/// <param name="Form">What was guessed or chosen.</param>
public sealed record ColumnsModel(ReviewUpload Upload, TablePreview Preview, FormInput Form);
