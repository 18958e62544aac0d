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

    /// <summary>Reports the free places of a service (POST).</summary>
    public static string CapacityOf(string service) => $"{Capacity}/{service}";

    /// <summary>An organisation of the network.</summary>
    public static string Organisation(OrganisationId id) => Organisation(id.Value);

    /// <summary>An organisation of the network, by its code.</summary>
    public static string Organisation(string code) => $"{Network}/{code}";

    /// <summary>The form for the own organisation's entry.</summary>
    public static string EditOrganisation(OrganisationId id) => EditOrganisation(id.Value);

    /// <summary>The form for the own organisation's entry, by its code.</summary>
    public static string EditOrganisation(string code) => $"{Network}/{code}/bearbeiten";

    /// <summary>Changes a part of the own organisation's entry (POST): <c>profil</c>, <c>leistungen</c> or <c>analyse</c>.</summary>
    public static string EditOrganisation(string code, string part) => $"{Network}/{code}/{part}";

    /// <summary>Marks an escalation as handled (POST).</summary>
    public static string EscalationHandled(string id) => $"{Escalations}/{id}/erledigt";

    /// <summary>One assignment.</summary>
    public static string Assignment(CaseNumber number) => Assignment(number.ToString());

    /// <summary>One assignment, by its number as text, such as <c>2026-0412</c>.</summary>
    public static string Assignment(string number) => "/auftraege/" + number;

    /// <summary>Does something with an assignment (POST).</summary>
    public static string Assignment(string number, string act) => $"/auftraege/{number}/{act}";
}
