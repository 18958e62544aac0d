namespace Referrals.Workers.Relay;

/// <summary>How the relay of this process gets on.</summary>
public sealed class RelayState(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _busySince;
    private bool _leads;

    /// <summary>Whether this process is the one that relays.</summary>
    public bool Leads
    {
        get
        {
            lock (_lock)
            {
                return _leads;
            }
        }
    }

    /// <summary>How long the events that were taken wait to be sent; zero when none does.</summary>
    public TimeSpan Waiting
    {
        get
        {
            lock (_lock)
            {
                return _busySince is { } since ? time.GetUtcNow() - since : TimeSpan.Zero;
            }
        }
    }

    internal void Lead(bool leads)
    {
        lock (_lock)
        {
            (_leads, _busySince) = (leads, null);
        }
    }

    internal void Took()
    {
        lock (_lock)
        {
            _busySince = time.GetUtcNow();
        }
    }

    internal void Relayed()
    {
        lock (_lock)
        {
            _busySince = null;
        }
    }
}
