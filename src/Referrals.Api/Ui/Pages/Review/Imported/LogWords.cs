using System.Globalization;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Review.Imported;

/// <summary>Says what is wrong with a file in the reader's language.</summary>
internal static class LogWords
{
    /// <summary>Why a file can't be read.</summary>
    public static string Fault(this Words words, LogFormatException fault)
    {
        var values = fault.Code switch
        {
            "column-unknown" => [words.Code("ReviewLogs.Column", fault.Values[0]), fault.Values[1]],
            "no-event" => [.. fault.Values.Select(words.Warning)],
            _ => fault.Values.Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString("N0", CultureInfo.CurrentCulture) : v).ToArray(),
        };
        var says = words[$"ReviewLogs.Fault.{fault.Code}", values is [] ? [""] : values].TrimEnd();
        return fault.Line is { } line ? words["ReviewLogs.InLine", line, says] : says;
    }

    /// <summary>What could not be taken as it was.</summary>
    public static string Warning(this Words words, LogWarning warning) => warning.Code is { } code ? words.Warning(code) : warning.Text;

    /// <summary>What a column tells.</summary>
    public static string Column(this Words words, LogColumn column) => words.Code("ReviewLogs.Column", column.ToString().ToLowerInvariant());

    private static string Warning(this Words words, string code) => words.Code("ReviewLogs.Warning", code);
}
