using System.Diagnostics.Metrics;

namespace Referrals.Engine.History;

/// <summary>What the history tells about itself; the meter is called <see cref="MeterName"/>.</summary>
public static class HistoryMetrics
{
    /// <summary>Name of the meter, to be given to the telemetry exporter.</summary>
    public const string MeterName = "Referrals.History";

    private static readonly Meter Meter = new(MeterName);

    internal static Histogram<int> BatchSize { get; } =
        Meter.CreateHistogram<int>("referrals.history.batch_size", "{append}", "Appends that shared a transaction.");

    internal static Counter<long> Conflicts { get; } =
        Meter.CreateCounter<long>("referrals.history.conflicts", "{append}", "Appends refused because of their expected version.");

    internal static Counter<long> SignalsLost { get; } =
        Meter.CreateCounter<long>("referrals.history.signals_lost", "{notification}", "Notifications of a commit that could not be sent.");
}
