using Microsoft.AspNetCore.WebUtilities;

namespace Referrals.Api.Ui;

/// <summary>Every address of a page. Nothing personal stands in one: numbers and codes only.</summary>
public static partial class Links
{
    /// <summary>Styles, script and fonts.</summary>
    public const string Assets = "/dateien";

    /// <summary>The caseworker's day.</summary>
    public const string Home = "/";

    /// <summary>Sets the language; form field <c>sprache</c>.</summary>
    public const string Language = "/sprache";

    /// <summary>Sets light or dark; form field <c>darstellung</c>.</summary>
    public const string Theme = "/darstellung";

    /// <summary>Imprint.</summary>
    public const string Imprint = "/impressum";

    /// <summary>Privacy notice.</summary>
    public const string Privacy = "/datenschutz";

    /// <summary>Accessibility statement.</summary>
    public const string Accessibility = "/barrierefreiheit";

    /// <summary>Report a barrier.</summary>
    public const string Barrier = "/barriere-melden";

    /// <summary>Sign in; <c>zurueck</c> is where to go afterwards.</summary>
    public const string SignIn = "/anmelden";

    /// <summary>Sign out (POST).</summary>
    public const string SignOut = "/abmelden";

    /// <summary>My account.</summary>
    public const string Account = "/konto";

    /// <summary>Help.</summary>
    public const string Help = "/hilfe";

    /// <summary>Work list of a partner.</summary>
    public const string Inbox = "/eingang";

    /// <summary>List of referrals.</summary>
    public const string Referrals = "/ueberleitungen";

    /// <summary>A coordinator's list.</summary>
    public const string Escalations = "/eskalationen";

    /// <summary>Directory of the network.</summary>
    public const string Network = "/netzwerk";

    /// <summary>What has to do with one chain.</summary>
    public const string Chains = "/ketten";

    /// <summary>Administration.</summary>
    public const string Administration = "/verwaltung";

    /// <summary>What happened that concerns me.</summary>
    public const string Notifications = "/benachrichtigungen";

    /// <summary>Where changes are told.</summary>
    public const string LivePath = "/aenderungen";

    /// <summary>Tells changes of what a page shows, from that position of the log on.</summary>
    public static string Live(string page, long from) =>
        With(LivePath, ("seite", page), ("ab", from.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>A path with those of the values that are neither null nor empty as query.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> query) =>
        QueryHelpers.AddQueryString(path, query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => KeyValuePair.Create(q.Name, q.Value)));

    /// <summary>The path if it is one of this site, else the start page: an address from outside never leads away from here.</summary>
    public static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Any(char.IsControl) && Uri.IsWellFormedUriString(path, UriKind.Relative) ? path : Home;
}
