namespace Referrals.Engine.Review.Logs;

/// <summary>What a column, key or attribute of a file can tell about an event or its case.</summary>
public enum LogColumn
{
    /// <summary>Which case the event belongs to.</summary>
    Case,

    /// <summary>What was done.</summary>
    Activity,

    /// <summary>When.</summary>
    Time,

    /// <summary>Who did it.</summary>
    Resource,

    /// <summary>In which group or organisation.</summary>
    Group,

    /// <summary>Start, complete …</summary>
    Transition,

    /// <summary>Which run of the activity.</summary>
    Instance,

    /// <summary>When the case began.</summary>
    Start,

    /// <summary>When the case ended.</summary>
    End,

    /// <summary>Until when the case should have ended.</summary>
    Deadline,
}

/// <summary>The names that columns usually have, in German and English, best first; spelling differs in case, spaces and punctuation only.</summary>
internal static class LogColumns
{
    private static readonly Dictionary<LogColumn, string[]> Usual = new()
    {
        [LogColumn.Case] =
        [
            "case:concept:name", "case id", "case", "trace id", "trace", "fall-id", "fallnummer", "fallnr", "fall", "vorgangsnummer", "vorgang-id", "vorgang",
            "aktenzeichen", "process instance", "process instance id", "ticket id", "ticket", "incident id", "incident",
        ],
        [LogColumn.Activity] =
        [
            "concept:name", "activity", "activity name", "aktivität", "tätigkeit", "arbeitsschritt", "prozessschritt", "schritt", "event name", "ereignis", "event",
            "task", "action", "step", "aktion",
        ],
        [LogColumn.Time] =
        [
            "time:timestamp", "timestamp", "complete timestamp", "time", "zeitstempel", "zeitpunkt", "datum/uhrzeit", "zeit", "date time", "datum", "date", "erledigt am", "event time",
            "ereigniszeit", "end time", "completion time",
        ],
        [LogColumn.Resource] =
        [
            "org:resource", "resource", "ressource", "bearbeiter", "bearbeiterin", "bearbeitet von", "sachbearbeiter", "sachbearbeitung", "bearbeitung", "mitarbeiter", "user", "username", "benutzer",
            "employee", "originator", "performer", "person",
        ],
        [LogColumn.Group] =
        [
            "org:group", "group", "gruppe", "abteilung", "department", "team", "organisation", "organization", "organisationseinheit", "org unit", "einheit", "partner", "stelle",
        ],
        [LogColumn.Transition] = ["lifecycle:transition", "lifecycle", "transition"],
        [LogColumn.Instance] = ["concept:instance", "activity instance", "activity instance id"],
        [LogColumn.Start] = ["case:startdate", "case:start", "startdate", "fallbeginn", "case start", "case:reg_date", "reg_date"],
        [LogColumn.End] = ["case:enddate", "case:end", "enddate", "fallende", "case end"],
        [LogColumn.Deadline] = ["case:deadline", "deadline", "due date", "frist", "fälligkeit", "fällig am"],
    };

    // What our own writers call the attributes of a case.
    public const string StartKey = "startdate";
    public const string EndKey = "enddate";
    public const string DeadlineKey = "deadline";

    /// <summary>Which of these names usually means a column; null if none does.</summary>
    public static int? Find(LogColumn column, IReadOnlyList<string> names)
    {
        foreach (var usual in Usual[column])
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (Plain(names[i]) == Plain(usual))
                {
                    return i;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a name usually means this column.</summary>
    public static bool Means(LogColumn column, string name) => Find(column, [name]) is not null;

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant()
        .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal);
}

/// <summary>How a file is to be read.</summary>
public sealed record LogOptions
{
    /// <summary>
    /// Names given for columns: in CSV the heading (an empty one: there is no such column), in XES the key, in OCEL the attribute. What is not given goes by
    /// its usual name.
    /// </summary>
    public IReadOnlyDictionary<LogColumn, string> Columns { get; init; } = new Dictionary<LogColumn, string>();

    /// <summary>OCEL: the type of object that is the case; null: the one with the most events.</summary>
    public string? ObjectType { get; init; }

    /// <summary>CSV: what separates columns; null: a semicolon, comma, tab or bar, whichever the first line has most of.</summary>
    public char? Separator { get; init; }

    /// <summary>Where clocks stood for times without an offset.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>How times are written (a format of .NET), where it is neither ISO 8601 nor German.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>How much of a file is taken.</summary>
    public LogLimits Limits { get; init; } = new();

    internal LogTimes Times => new(Zone, TimeFormat);
}
