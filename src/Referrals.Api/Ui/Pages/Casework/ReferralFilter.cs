using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>What of the list of referrals is asked for, as it stands in the address. What can't be read counts as not asked.</summary>
/// <param name="Status">A word of <see cref="Statuses"/>; empty: what is open, or everything where something is searched.</param>
/// <param name="Chain">A chain, or empty.</param>
/// <param name="Due">A word of <see cref="Dues"/>, or empty.</param>
/// <param name="Person"><see cref="Mine"/>, <see cref="Nobodys"/>, a login, or empty.</param>
/// <param name="Search">A number, or the beginning of a case reference.</param>
/// <param name="Newest">Newest first; else by due date.</param>
public sealed record ReferralFilter(string Status = "", string Chain = "", string Due = "", string Person = "", string Search = "", bool Newest = false)
{
    /// <summary>What the visitor looks after.</summary>
    public const string Mine = "ich";

    /// <summary>What nobody looks after.</summary>
    public const string Nobodys = "niemand";

    /// <summary>What is open.</summary>
    public const string Open = "offen";

    /// <summary>Everything.</summary>
    public const string All = "alle";

    /// <summary>Due date passed.</summary>
    public const string Overdue = DueWindow.Overdue;

    /// <summary>Waits for an answer of ours.</summary>
    public const string Question = "rueckfrage";

    /// <summary>Waits for a decision of ours.</summary>
    public const string Decision = "entscheidung";

    /// <summary>With partners.</summary>
    public const string Running = "laufend";

    /// <summary>Ended.</summary>
    public const string Ended = "beendet";

    private const int MaxText = 60;

    /// <summary>The words for statuses and the codes that each stands for.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Statuses { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Open] = Codes(ReferralStatus.QuestionOpen, ReferralStatus.NeedsDecision, ReferralStatus.Running),
        [Question] = Codes(ReferralStatus.QuestionOpen),
        [Decision] = Codes(ReferralStatus.NeedsDecision),
        [Running] = Codes(ReferralStatus.Running),
        [Ended] = Codes(ReferralStatus.Completed, ReferralStatus.ClosedEarly, ReferralStatus.Withdrawn, ReferralStatus.ConsentWithdrawn),
        ["abgeschlossen"] = Codes(ReferralStatus.Completed),
        ["vorzeitig-beendet"] = Codes(ReferralStatus.ClosedEarly),
        ["zurueckgenommen"] = Codes(ReferralStatus.Withdrawn),
        ["einwilligung-widerrufen"] = Codes(ReferralStatus.ConsentWithdrawn),
        [All] = [],
    };

    /// <summary>The words for due dates.</summary>
    public static IReadOnlyList<string> Dues { get; } = [Overdue, DueWindow.Today, DueWindow.Week, DueWindow.Later];

    /// <summary>Names of the filters in the address.</summary>
    public static IReadOnlyList<string> Names { get; } = ["status", "kette", "frist", "person", "suche"];

    /// <summary>Reads it from an address.</summary>
    public static ReferralFilter From(IQueryCollection query) => new(
        Known(query["status"], Statuses.Keys), Engine.Codes.IsCode(query["kette"]) ? query["kette"].ToString() : "",
        Known(query["frist"], Dues), Text(query["person"]), Text(query["suche"]), query["sortierung"] == "neueste");

    /// <summary>What stands in the address, without the page.</summary>
    public IEnumerable<(string Name, string? Value)> Query =>
        [("status", Status), ("kette", Chain), ("frist", Due), ("person", Person), ("suche", Search), ("sortierung", Newest ? "neueste" : null)];

    /// <summary>The list with this filter.</summary>
    public string Url => Links.With(Links.Referrals, Query);

    /// <summary>Whether anything is asked beyond what the list shows by itself.</summary>
    public bool Asks => Status.Length > 0 || Chain.Length > 0 || Due.Length > 0 || Person.Length > 0 || Search.Length > 0;

    /// <summary>The question to the list; a search is not part of it, see <see cref="ReferralList"/>.</summary>
    public ListQuery ToQuery(OrganisationId holder, string login, DateTimeOffset now)
    {
        var (from, before) = DueWindow.Of(Due, now);
        return new ListQuery(holder.Value, ReferralBoard.List)
        {
            Statuses = Status.Length > 0 ? Statuses[Status] : Search.Length > 0 ? [] : Statuses[Open],
            Subject = Chain.Length > 0 ? Chain : null,
            Assignee = Person switch { "" or Nobodys => null, Mine => login, var other => other },
            Unassigned = Person == Nobodys,
            DueFrom = from,
            DueBefore = before,
            ByDue = !Newest,
        };
    }

    private static string Known(string? word, IEnumerable<string> words) => word is not null && words.Contains(word) ? word : "";

    private static string Text(string? text) => text?.Trim() is { Length: > 0 and <= MaxText } given && !given.Any(c => char.IsControl(c) || char.IsSurrogate(c)) ? given : "";

    private static IReadOnlyList<string> Codes(params ReferralStatus[] statuses) => [.. statuses.Select(ReferralBoard.StatusCode)];
}
