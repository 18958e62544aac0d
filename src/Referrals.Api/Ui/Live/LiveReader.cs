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
/// <param name="With">Names of others who look at it too, where that is told.</param>
public sealed record LiveNews(int NewReferrals, int Referrals, int NewAssignments, int Assignments, IReadOnlyList<string> Types, bool Unknown, IReadOnlyList<string> With)
{
    /// <summary>Whether nothing has happened; who else looks is told anew by each connection.</summary>
    public bool IsNothing => !Unknown && Types.Count == 0;
}

/// <summary>Who looks at a page.</summary>
/// <param name="Login">Sign-in name.</param>
/// <param name="Name">Name for colleagues.</param>
public sealed record LiveVisitor(string Login, string Name);

/// <summary>One page that somebody looks at, and what others changed of it since it was shown.</summary>
public sealed class LiveReader : IDisposable
{
    private const int MostKept = 1000;
    private const int MostTypes = 2;
    private const int MostWith = 3;

    // The delivery of an offer is nobody's act.
    private static readonly HashSet<string> Silent = ["step_received"];

    private readonly Lock _lock = new();
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<Guid, bool> _referrals = [];
    private readonly Dictionary<Guid, bool> _assignments = [];
    private readonly List<string> _types = [];
    private readonly List<string> _with = [];
    private readonly Action<LiveReader> _leave;
    private bool _unknown;
    private long _position;

    internal LiveReader(string tenant, LiveVisitor visitor, LiveTopic topic, long position, Action<LiveReader> leave) =>
        (Tenant, Visitor, Topic, _position, _leave) = (tenant, visitor, topic, position, leave);

    /// <summary>Whose page.</summary>
    public string Tenant { get; }

    /// <summary>Who looks at it.</summary>
    public LiveVisitor Visitor { get; }

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
                    _assignments.Count(r => r.Value), _assignments.Count(r => !r.Value), [.. _types], _unknown, [.. _with]);
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
            foreach (var e in events.Where(e => e.Sequence > _position && e.User != Visitor.Login && !Silent.Contains(e.Type) && Topic.Concerns(e)))
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

    internal void Meet(LiveVisitor other)
    {
        lock (_lock)
        {
            if (_with.Contains(other.Name) || _with.Count == MostWith)
            {
                return;
            }

            _with.Add(other.Name);
        }

        _told.Writer.TryWrite(true);
    }

    private void Note(TailEvent e)
    {
        var isNew = e.Type is "referral_started" or "assignment_received";
        var cases = e.Stream.Type == LiveTopic.ReferralStream ? _referrals : _assignments;
        if (Topic is not LiveTopic.Draft && (cases.Count < MostKept || cases.ContainsKey(e.Stream.Id)))
        {
            cases[e.Stream.Id] = isNew || cases.GetValueOrDefault(e.Stream.Id);
        }

        if (_types.Count < MostTypes && !_types.Contains(e.Type))
        {
            _types.Add(e.Type);
        }
    }
}
