using System.Net;
using Referrals.Engine.Chains;

namespace Referrals.Workers.Notifications;

/// <summary>How mail is sent, from configuration (<c>Mail:…</c>). <c>docs/operations.md</c> has the table.</summary>
public sealed record MailSettings
{
    /// <summary>The mail server (<c>Mail:Host</c>); null: nothing is mailed, people see notifications in the pages only.</summary>
    public string? Host { get; init; }

    /// <summary>Its port (<c>Mail:Port</c>).</summary>
    public int Port { get; init; } = 587;

    /// <summary>Who signs in at the server (<c>Mail:User</c>); null: nobody.</summary>
    public string? User { get; init; }

    /// <summary>Its password (<c>Mail:Password</c>).</summary>
    public string? Password { get; init; }

    /// <summary>The sender, such as <c>Kettenwerk &lt;noreply@example.org&gt;</c> (<c>Mail:From</c>).</summary>
    public string From { get; init; } = "";

    /// <summary><c>starttls</c>, <c>tls</c> or <c>none</c> (<c>Mail:Tls</c>).</summary>
    public string Tls { get; init; } = "starttls";

    /// <summary>Address of the pages, for links (<c>Mail:BaseUrl</c>).</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>What happens within so long goes in one mail at once (<c>Mail:GatherSeconds</c>).</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Federal state whose working days count for digests (<c>Mail:FederalState</c>).</summary>
    public string FederalState { get; init; } = "BB";

    /// <summary>How often a mail is tried (<c>Mail:Tries</c>).</summary>
    public int Tries { get; init; } = 12;

    /// <summary>How long after the first failure a mail is tried again (<c>Mail:RetrySeconds</c>); doubles each time, up to an hour.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether anything is mailed.</summary>
    public bool IsOn => Host is not null;

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing, or can't be right.</exception>
    public static MailSettings Read(IConfiguration configuration)
    {
        var (section, defaults) = (configuration.GetSection("Mail"), new MailSettings());
        var settings = defaults with
        {
            Host = section["Host"] is { Length: > 0 } host ? host : null,
            Port = section.GetValue("Port", defaults.Port),
            User = section["User"] is { Length: > 0 } user ? user : null,
            Password = section["Password"],
            From = section["From"] ?? "",
            Tls = section["Tls"] ?? defaults.Tls,
            BaseUrl = Uri.TryCreate(section["BaseUrl"], UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null,
            Gather = TimeSpan.FromSeconds(section.GetValue("GatherSeconds", defaults.Gather.TotalSeconds)),
            FederalState = section["FederalState"] ?? defaults.FederalState,
            Tries = section.GetValue("Tries", defaults.Tries),
            Retry = TimeSpan.FromSeconds(section.GetValue("RetrySeconds", defaults.Retry.TotalSeconds)),
        };
        return settings.IsOn ? settings.Checked() : settings;
    }

    private MailSettings Checked()
    {
        Require(MimeKit.MailboxAddress.TryParse(From, out _), "Mail:From is not an address such as Kettenwerk <noreply@example.org>");
        Require(BaseUrl is not null, "Mail:BaseUrl is not the address of the pages, such as https://kettenwerk.example.org");
        Require(Tls is "starttls" or "tls" or "none", "Mail:Tls is none of starttls, tls and none");
        Require(WorkingCalendar.Knows(FederalState), "Mail:FederalState is no federal state's code, such as BB");
        Require(Gather > TimeSpan.Zero && Retry > TimeSpan.Zero && Tries > 0, "Mail:GatherSeconds, Mail:RetrySeconds and Mail:Tries are greater than 0");
        Require(User is null || Tls != "none" || IsThisMachine(Host!), "Mail:User without Mail:Tls would send the password in the clear");
        return this;
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void Require(bool right, string otherwise)
    {
        if (!right)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
