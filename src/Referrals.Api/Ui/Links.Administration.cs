namespace Referrals.Api.Ui;

/// <summary>Addresses of the administration.</summary>
public static partial class Links
{
    /// <summary>The network's organisations, for its operator.</summary>
    public const string AdminOrganisations = Administration + "/organisationen";

    /// <summary>A new organisation.</summary>
    public const string AdminOrganisationNew = AdminOrganisations + "/neu";

    /// <summary>People.</summary>
    public const string AdminPeople = Administration + "/personen";

    /// <summary>A new person.</summary>
    public const string AdminPersonNew = AdminPeople + "/neu";

    /// <summary>Somebody of another organisation, who shall work here too.</summary>
    public const string AdminPersonJoin = AdminPeople + "/aufnehmen";

    /// <summary>Machine clients.</summary>
    public const string AdminClients = Administration + "/zugaenge";

    /// <summary>A new machine client.</summary>
    public const string AdminClientNew = AdminClients + "/neu";

    /// <summary>Messages that could not be handled or sent.</summary>
    public const string AdminLetters = Administration + "/unzustellbar";

    /// <summary>What was administered.</summary>
    public const string AdminAudit = Administration + "/protokoll";

    /// <summary>The same, as CSV.</summary>
    public const string AdminAuditCsv = AdminAudit + "/csv";

    /// <summary>How long words are kept, and what was erased by itself.</summary>
    public const string Retention = "/aufbewahrung";

    /// <summary>An organisation, by its code.</summary>
    public static string AdminOrganisation(string code) => $"{AdminOrganisations}/{code}";

    /// <summary>Lets an organisation leave the network, or come back (POST); form field <c>nach</c>.</summary>
    public static string AdminMembership(string code) => $"{AdminOrganisation(code)}/mitgliedschaft";

    /// <summary>A person, by the account's identity.</summary>
    public static string AdminPerson(Guid id) => $"{AdminPeople}/{id}";

    /// <summary>A machine client, by its <c>client_id</c>.</summary>
    public static string AdminClient(string client) => $"{AdminClients}/{client}";

    /// <summary>A message that could not be handled or sent.</summary>
    public static string AdminLetter(Guid id) => $"{AdminLetters}/{id}";
}
