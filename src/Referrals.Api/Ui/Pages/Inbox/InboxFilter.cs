using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Pages.Inbox;

/// <summary>Which part of the work list is asked for. All of it stands in the address, so that it can be kept and passed on.</summary>
public sealed record InboxFilter
{
    /// <summary>Lines of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Those that somebody still has to do something with.</summary>
    public const string Open = "offen";

    /// <summary>Whatever the status.</summary>
    public const string Any = "alle";

    /// <summary>The statuses that can be chosen, with their words in the address, in the order shown.</summary>
    public static IReadOnlyList<(string Word, AssignmentStatus Status)> Statuses { get; } =
    [
        ("neu", AssignmentStatus.Received), ("bestaetigt", AssignmentStatus.Acknowledged), ("angenommen", AssignmentStatus.Accepted),
        ("in-arbeit", AssignmentStatus.Started), ("pausiert", AssignmentStatus.Paused), ("abgeschlossen", AssignmentStatus.Completed),
        ("abgelehnt", AssignmentStatus.Declined), ("zurueckgenommen", AssignmentStatus.Withdrawn),
    ];

    /// <summary>The statuses of <see cref="Open"/>.</summary>
    public static IReadOnlyList<string> OpenStatuses { get; } =
        [.. Statuses.Take(5).Select(s => AssignmentBoard.StatusCode(s.Status))];

    /// <summary>Names of the filters in the address.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nummer", "status", "leistung", "von", "person", "frist"];

    /// <summary>Search for a number, as typed.</summary>
    public string Number { get; init; } = "";

    /// <summary>A word of <see cref="Statuses"/>, <see cref="Open"/> or <see cref="Any"/>.</summary>
    public string Status { get; init; } = Open;

    /// <summary>Code of a service, or empty.</summary>
    public string Service { get; init; } = "";

    /// <summary>Code of the sending organisation, or empty.</summary>
    public string Sender { get; init; } = "";

    /// <summary><c>meine</c>, <c>niemand</c>, or empty: whoever looks after it.</summary>
    public string Person { get; init; } = "";

    /// <summary><c>ueberfaellig</c>, <c>heute</c>, <c>woche</c> (the next seven days), or empty.</summary>
    public string Due { get; init; } = "";

    /// <summary>Mark of the page after this row.</summary>
    public string After { get; init; } = "";

    /// <summary>Mark of the page before this row.</summary>
    public string Before { get; init; } = "";

    /// <summary>Numbers of what was just done, to offer that it is undone.</summary>
    public string Just { get; init; } = "";

    /// <summary>Whether anything is filtered, apart from what is closed.</summary>
    public bool IsNarrow => Number.Length + Service.Length + Sender.Length + Person.Length + Due.Length > 0 || Status != Open;

    /// <summary>Reads the query of a request; what makes no sense is left out.</summary>
    public static ValueTask<InboxFilter?> BindAsync(HttpContext context) => ValueTask.FromResult<InboxFilter?>(Read(n => context.Request.Query[n].ToString()));

    /// <summary>Reads the query of an address.</summary>
    public static InboxFilter Of(string address)
    {
        var query = QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");
        return Read(n => query.TryGetValue(n, out var value) ? value.ToString() : "");
    }

    /// <summary>The address of the list with this filter.</summary>
    public string Url(string path = Links.Inbox) => Links.With(
        path, ("nummer", Number), ("status", Status == Open ? null : Status), ("leistung", Service), ("von", Sender), ("person", Person), ("frist", Due),
        ("nach", After), ("vor", Before), ("eben", Just));

    /// <summary>The same list from its start.</summary>
    public InboxFilter FromStart() => this with { After = "", Before = "", Just = "" };

    /// <summary>The number searched for; null when none is, or when it can't be one.</summary>
    public CaseNumber? Searched(DateTimeOffset now)
    {
        var typed = Number.ToUpperInvariant();
        typed = typed.StartsWith("A-", StringComparison.Ordinal) ? typed[2..] : typed;
        return CaseNumber.TryParse(typed, out var number) ? number
            : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? new CaseNumber(WorkingCalendar.Year(now), count)
            : null;
    }

    /// <summary>The question to the list. A search by number finds whatever the status, unless one was chosen.</summary>
    public ListQuery Query(OrganisationId partner, string login, DateTimeOffset now)
    {
        var (from, before) = DueWindow.Of(Due, now);
        return new ListQuery(partner.Value, AssignmentBoard.List)
        {
            Statuses = StatusCodes(),
            Number = Searched(now),
            Subject = Service.Length > 0 ? Service : null,
            Counterpart = Sender.Length > 0 ? Sender : null,
            Assignee = Person == "meine" ? login : null,
            Unassigned = Person == "niemand",
            DueFrom = from,
            DueBefore = before,
            ByDue = true,
            Limit = PageSize,
        };
    }

    private IReadOnlyList<string> StatusCodes() => Status switch
    {
        Any => [],
        Open when Number.Length > 0 => [],
        Open => OpenStatuses,
        _ => [.. Statuses.Where(s => s.Word == Status).Select(s => AssignmentBoard.StatusCode(s.Status))],
    };

    // A midnight is the deadline of the day that it ends, so it is among those due on that day.
    private static InboxFilter Read(Func<string, string> value)
    {
        string Text(string name, int max) => value(name).Trim() is var text && text.Length <= max && !text.Any(char.IsControl) ? text : "";
        string OneOf(string name, params IEnumerable<string> words) => words.FirstOrDefault(w => w == value(name)) ?? "";
        string Code(string name) => Codes.IsCode(value(name)) ? value(name) : "";
        return new InboxFilter
        {
            Number = Text("nummer", 30),
            Status = OneOf("status", [Any, .. Statuses.Select(s => s.Word)]) is { Length: > 0 } status ? status : Open,
            Service = Code("leistung"),
            Sender = Code("von"),
            Person = OneOf("person", "meine", "niemand"),
            Due = OneOf("frist", DueWindow.Overdue, DueWindow.Today, DueWindow.Week),
            After = Text("nach", 80),
            Before = Text("vor", 80),
            Just = Text("eben", 800),
        };
    }
}
