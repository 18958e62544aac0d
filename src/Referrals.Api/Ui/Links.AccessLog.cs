namespace Referrals.Api.Ui;

/// <summary>Addresses of the access log.</summary>
public static partial class Links
{
    /// <summary>Who looked at what.</summary>
    public const string AccessLog = "/zugriffe";

    /// <summary>The same, as CSV.</summary>
    public const string AccessLogCsv = AccessLog + "/csv";

    /// <summary>The same, as JSON.</summary>
    public const string AccessLogJson = AccessLog + "/json";
}
