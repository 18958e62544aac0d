using Referrals.Engine.History.Keys;

namespace Referrals.Api;

/// <summary>What can be set, from configuration. <c>docs/api.md</c> has the table.</summary>
public sealed record ApiSettings
{
    /// <summary>Connection string of the application's database role (<c>ConnectionStrings:App</c>).</summary>
    public string? App { get; init; }

    /// <summary>Connection string of the schema's owner, for migrations at start (<c>ConnectionStrings:Owner</c>); null: none are applied.</summary>
    public string? Owner { get; init; }

    /// <summary>The schema of the network (<c>Referrals:Schema</c>).</summary>
    public string Schema { get; init; } = "referrals";

    /// <summary>
    /// What the keys of sealed texts are wrapped with, from a file (<c>Referrals:MasterKeys:File</c>) or from the setting itself
    /// (<c>Referrals:MasterKeys:Text</c>). Without one nothing starts.
    /// </summary>
    public IMasterKeys? MasterKeys { get; init; }

    /// <summary>Whether the database may be reached in the clear on another machine (<c>Referrals:PlainConnections</c>).</summary>
    public bool PlainConnections { get; init; }

    /// <summary>Organisation whose administrators administer the network (<c>Referrals:Operator</c>).</summary>
    public string Operator { get; init; } = "network-office";

    /// <summary>Folder of what has to outlive the process, such as the signing key (<c>Referrals:Data</c>).</summary>
    public string? DataFolder { get; init; }

    /// <summary>Requests per second that one client may make over time (<c>Limits:RequestsPerSecond</c>).</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>Token requests per second from one address over time (<c>Limits:TokensPerSecond</c>).</summary>
    public int TokensPerSecond { get; init; } = 10;

    /// <summary>Tries to sign in per second from one address over time (<c>Limits:SignInsPerSecond</c>).</summary>
    public int SignInsPerSecond { get; init; } = 5;

    /// <summary>How long a request may take (<c>Limits:RequestSeconds</c>).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads them.</summary>
    public static ApiSettings From(IConfiguration configuration)
    {
        var defaults = new ApiSettings();
        return new ApiSettings
        {
            App = configuration.GetConnectionString("App"),
            Owner = configuration.GetConnectionString("Owner") is { Length: > 0 } owner ? owner : null,
            Schema = configuration["Referrals:Schema"] ?? defaults.Schema,
            MasterKeys = Engine.History.Keys.MasterKeys.From(configuration["Referrals:MasterKeys:File"], configuration["Referrals:MasterKeys:Text"]),
            PlainConnections = configuration.GetValue("Referrals:PlainConnections", defaults.PlainConnections),
            Operator = configuration["Referrals:Operator"] ?? defaults.Operator,
            DataFolder = configuration["Referrals:Data"],
            RequestsPerSecond = configuration.GetValue("Limits:RequestsPerSecond", defaults.RequestsPerSecond),
            TokensPerSecond = configuration.GetValue("Limits:TokensPerSecond", defaults.TokensPerSecond),
            SignInsPerSecond = configuration.GetValue("Limits:SignInsPerSecond", defaults.SignInsPerSecond),
            RequestTimeout = TimeSpan.FromSeconds(configuration.GetValue("Limits:RequestSeconds", defaults.RequestTimeout.TotalSeconds)),
        };
    }
}
