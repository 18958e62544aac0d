using System.Reflection;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>How a file is to be read as a log: the same as <c>./referrals review import</c> takes.</summary>
public sealed class LogAsk : IInput, IBindableFromHttpContext<LogAsk>
{
    private const int MaxText = 200;

    /// <summary>The parameters, for the description.</summary>
    internal static QueryNotes Notes { get; } = new(
    [
        new("title", "What people call it; else the file's name."),
        new("fileName", "Name of the file, such as permits.xes.gz: its end decides where the content doesn't."),
        .. Enum.GetValues<LogColumn>().Select(c => new QueryNote(Parameter(c), $"Heading, key or attribute of the {Parameter(c)}; else its usual names.")),
        new("objectType", "OCEL: which objects are the cases; else the type with the most events."),
        new("separator", "Table: what separates columns; else recognised.", ["semicolon", "comma", "tab", "bar"]),
        new("timeZone", "Where clocks stood for times without an offset, such as Europe/Berlin (default)."),
        new("timeFormat", "How times are written, such as MM/dd/yyyy HH:mm; ISO 8601 and German ones need none."),
    ]);

    private LogAsk(string title, string? fileName, LogOptions options, IReadOnlyList<Fault> faults) =>
        (Title, FileName, Options, Faults) = (title, fileName, options, faults);

    /// <summary>What people call it; empty: the file's name.</summary>
    public string Title { get; }

    /// <summary>Name of the file, or null.</summary>
    public string? FileName { get; }

    /// <summary>How to read it.</summary>
    public LogOptions Options { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<LogAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        var columns = Enum.GetValues<LogColumn>().Select(c => (Column: c, Name: reader.Text(Parameter(c), MaxText))).Where(c => c.Name is not null)
            .ToDictionary(c => c.Column, c => c.Name!);
        var options = new LogOptions
        {
            Columns = columns,
            ObjectType = reader.Text("objectType", MaxText),
            Separator = reader.Word("separator", "semicolon", "comma", "tab", "bar") switch { "semicolon" => ';', "comma" => ',', "tab" => '\t', "bar" => '|', _ => null },
            TimeFormat = Format(reader),
        };
        var (title, name) = (reader.Text("title", MaxText) ?? "", reader.Text("fileName", MaxText));
        return ValueTask.FromResult<LogAsk?>(new LogAsk(title, name, Zone(reader) is { } zone ? options with { Zone = zone } : options, reader.Finish()));
    }

    private static string Parameter(LogColumn column) => column.ToString().ToLowerInvariant();

    private static TimeZoneInfo? Zone(QueryReader reader)
    {
        if (reader.Text("timeZone", MaxText) is not { } id)
        {
            return null;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            reader.Add("timeZone", "wrong-value", "There is no such time zone; one is Europe/Berlin.");
        }

        return zone;
    }

    private static string? Format(QueryReader reader)
    {
        var given = reader.Text("timeFormat", MaxText);
        try
        {
            _ = given is null ? "" : DateTime.UnixEpoch.ToString(given, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            reader.Add("timeFormat", "wrong-value", "No time can be written that way; an example is MM/dd/yyyy HH:mm.");
        }

        return given;
    }
}

/// <summary>As what an event log is to be written.</summary>
public sealed class FormatAsk : IInput, IBindableFromHttpContext<FormatAsk>
{
    private FormatAsk(LogFormat format, IReadOnlyList<Fault> faults) => (Format, Faults) = (format, faults);

    /// <summary>The parameters, for the description.</summary>
    internal static QueryNotes Notes { get; } = new([new("format", "xes (default), ocel (2.0, JSON) or csv.", JsonFaults.Words(typeof(LogFormat)))]);

    /// <summary>The format.</summary>
    public LogFormat Format { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<FormatAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        return ValueTask.FromResult<FormatAsk?>(new FormatAsk(Read(reader), reader.Finish()));
    }

    /// <summary>Reads the format; XES unless given.</summary>
    internal static LogFormat Read(QueryReader reader) =>
        reader.Word("format", JsonFaults.Words(typeof(LogFormat))) is { } word && Enum.TryParse<LogFormat>(word, ignoreCase: true, out var format) ? format : LogFormat.Xes;
}

/// <summary>Which part of the own history is to be written, and as what.</summary>
public sealed class HistoryAsk : IInput, IBindableFromHttpContext<HistoryAsk>
{
    private HistoryAsk(HistoryPeriod period, LogFormat format, IReadOnlyList<Fault> faults) => (Period, Format, Faults) = (period, format, faults);

    /// <summary>The parameters, for the description.</summary>
    internal static QueryNotes Notes { get; } = new(
    [
        new("from", "First month in which they were started, such as 2026-01. Without months: the latest twelve."), new("to", "Last month."), .. FormatAsk.Notes.Items,
    ]);

    /// <summary>The months.</summary>
    public HistoryPeriod Period { get; }

    /// <summary>The format.</summary>
    public LogFormat Format { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<HistoryAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        var today = Engine.Chains.WorkingCalendar.LocalDay(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var period = HistoryPeriod.Read(reader.Single("from"), reader.Single("to"), today);
        if (period is null)
        {
            reader.Add("to", "wrong-value", "Here stand months such as 2026-09, the first not after the last.");
        }

        var format = FormatAsk.Read(reader);
        return ValueTask.FromResult<HistoryAsk?>(new HistoryAsk(period ?? HistoryPeriod.Latest(today), format, reader.Finish()));
    }
}
