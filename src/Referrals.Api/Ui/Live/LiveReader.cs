using System.Threading.Channels;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Live;

/// <summary>What has happened since the page was shown.</summary>
/// <param name="NewReferrals">Referrals started.</param>
/// <param name="Referrals">Referrals changed.</param>
/// <param name="NewAssignments">Assignments received.</param>
/// <param name="Assignments">Assignments changed.</param>
/// <param name="Types">The events' names, as far as there are few.</param>
/// <param name="Unknown">More may have happened than was read.</param>
public sealed record LiveNews(int NewReferrals, int Referrals, int NewAssignments, int Assignments, IReadOnlyList<string> Types, bool Unknown)
{
    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsNothing => !Unknown && Types.Count == 0;
}

/// <summary>One page that somebody looks at, and what others changed of it since it was shown.</summary>
public sealed class LiveReader : IDisposable
{
    private const int MostKept = 1000;
    private const int MostTypes = 2;

    // The delivery of an offer is nobody's act.
    private static readonly HashSet<string> Silent = ["step_received"];

    private readonly Lock _lock = new();
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<Guid, bool> _referrals = [];
    private readonly Dictionary<Guid, bool> _assignments = [];
    private readonly List<string> _types = [];
    private readonly Action<LiveReader> _leave;
    private bool _unknown;
    private long _position;

    internal LiveReader(string tenant, string login, LiveTopic topic, long position, Action<LiveReader> leave) =>
        (Tenant, Login, Topic, _position, _leave) = (tenant, login, topic, position, leave);

    /// <summary>Whose page.</summary>
    public string Tenant { get; }

    /// <summary>Who looks at it.</summary>
    public string Login { get; }

    /// <summary>What it shows.</summary>
    public LiveTopic Topic { get; }

    /// <summary>Everything up to there was heard.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>What has happened so far.</summary>
    public LiveNews News
    {
        get
        {
            lock (_lock)
            {
                return new LiveNews(
                    _referrals.Count(r => r.Value), _referrals.Count(r => !r.Value),
                    _assignments.Count(r => r.Value), _assignments.Count(r => !r.Value), [.. _types], _unknown);
            }
        }
    }

    /// <summary>Waits until there is more to tell; false when nothing came within that time.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(longest);
        try
        {
            return await _told.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _leave(this);

    internal void Hear(IReadOnlyList<TailEvent> events, long readTo, bool complete)
    {
        var told = false;
        lock (_lock)
        {
            foreach (var e in events.Where(e => e.Sequence > _position && e.User != Login && !Silent.Contains(e.Type) && Topic.Concerns(e)))
            {
                Note(e);
                told = true;
            }

            _unknown |= !complete;
            Volatile.Write(ref _position, Math.Max(_position, readTo));
        }

        if (told || !complete)
        {
            _told.Writer.TryWrite(true);
        }
    }

    private void Note(TailEvent e)
    {
        var isNew = e.Type is "referral_started" or "assignment_received";
        var cases = e.Stream.Type == LiveTopic.ReferralStream ? _referrals : _assignments;
        if (cases.Count < MostKept || cases.ContainsKey(e.Stream.Id))
        {
            cases[e.Stream.Id] = isNew || cases.GetValueOrDefault(e.Stream.Id);
        }

        if (_types.Count < MostTypes && !_types.Contains(e.Type))
        {
            _types.Add(e.Type);
        }
    }
}
