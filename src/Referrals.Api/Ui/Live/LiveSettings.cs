namespace Referrals.Api.Ui.Live;

/// <summary>Bounds of the connections over which changes are told (<c>Live:…</c>). <c>docs/operations.md</c> has the table.</summary>
public sealed record LiveSettings
{
    /// <summary>Connections of this process at most (<c>Live:Connections</c>).</summary>
    public int Connections { get; init; } = 2000;

    /// <summary>Connections of one person at most, that is pages that are looked at (<c>Live:PerPerson</c>).</summary>
    public int PerPerson { get; init; } = 8;

    /// <summary>
    /// A connection ends after so long (<c>Live:Seconds</c>) and the page makes a new one, for which is looked anew who asks: so it does not
    /// outlive a session.
    /// </summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a connection says that it is there (<c>Live:HeartbeatSeconds</c>).</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is committed within so long is looked for at once (<c>Live:DebounceMilliseconds</c>).</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads them.</summary>
    public static LiveSettings From(IConfiguration configuration)
    {
        var defaults = new LiveSettings();
        return new LiveSettings
        {
            Connections = configuration.GetValue("Live:Connections", defaults.Connections),
            PerPerson = configuration.GetValue("Live:PerPerson", defaults.PerPerson),
            Lifetime = TimeSpan.FromSeconds(configuration.GetValue("Live:Seconds", defaults.Lifetime.TotalSeconds)),
            Heartbeat = TimeSpan.FromSeconds(configuration.GetValue("Live:HeartbeatSeconds", defaults.Heartbeat.TotalSeconds)),
            Debounce = TimeSpan.FromMilliseconds(configuration.GetValue("Live:DebounceMilliseconds", defaults.Debounce.TotalMilliseconds)),
        };
    }
}
