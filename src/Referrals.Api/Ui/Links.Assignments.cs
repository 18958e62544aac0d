using Referrals.Engine;

namespace Referrals.Api.Ui;

// Addresses of the partner's work.
public static partial class Links
{
    /// <summary>Acts on what was chosen in the work list (POST).</summary>
    public const string InboxChosen = Inbox + "/auswahl";

    /// <summary>The work list as CSV, with the list's filters.</summary>
    public const string InboxExport = Inbox + "/liste.csv";

    /// <summary>The free places of the own organisation.</summary>
    public const string Capacity = "/kapazitaet";

    /// <summary>One assignment.</summary>
    public static string Assignment(CaseNumber number) => Assignment(number.ToString());

    /// <summary>One assignment, by its number as text, such as <c>2026-0412</c>.</summary>
    public static string Assignment(string number) => "/auftraege/" + number;

    /// <summary>Does something with an assignment (POST).</summary>
    public static string Assignment(string number, string act) => $"/auftraege/{number}/{act}";
}
