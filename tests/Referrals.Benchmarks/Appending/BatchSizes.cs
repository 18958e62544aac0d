using System.Diagnostics.Metrics;
using Referrals.Engine.History;

namespace Referrals.Benchmarks.Appending;

/// <summary>Reads off the log's own metrics how many appends shared a transaction.</summary>
internal sealed class BatchSizes : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _appends;
    private long _transactions;

    /// <summary>Begins to count.</summary>
    public BatchSizes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HistoryMetrics.MeterName && instrument.Name == "referrals.history.batch_size")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Add(ref _appends, size);
            Interlocked.Increment(ref _transactions);
        });
        _listener.Start();
    }

    /// <summary>Appends per transaction since the last restart; not a number when there was none.</summary>
    public double Average => (double)Interlocked.Read(ref _appends) / Interlocked.Read(ref _transactions);

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        Interlocked.Exchange(ref _appends, 0);
        Interlocked.Exchange(ref _transactions, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
