using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// Reads the log into one generation, in the order of the log: fold a window of it in memory, as often as one likes, then save. What was
/// not saved is as if it had not been read. The cases that are open stay in memory, up to a limit, so that a case whose events lie far
/// apart is neither loaded nor written with each of them.
/// </summary>
internal sealed class CaseProjection(PostgresOptions options, NpgsqlConnection connection, int generation, long position, ReviewLimits limits)
{
    private readonly CodePool _codes = new();
    private readonly Dictionary<Guid, Kept> _cases = [];
    private readonly List<Kept> _changed = [];
    private readonly List<Happened> _window = [];
    private readonly CaseEventReader _reader = new(new CodePool());
    private long _saved = position;

    /// <summary>Up to here the log was folded.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Number of the generation.</summary>
    public int Generation => generation;

    /// <summary>Events folded and not saved.</summary>
    public int Unsaved { get; private set; }

    /// <summary>When the last event that was folded was written; null before the first.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    /// <summary>Whether it is time to save.</summary>
    public bool IsFull => Unsaved >= limits.Checkpoint || _changed.Count >= limits.Cases;

    /// <summary>Folds the next window, no further than a position up to which everything can be read. Returns the events in it.</summary>
    public async Task<int> FoldAsync(long upTo, CancellationToken ct)
    {
        var end = Math.Min(upTo, Position + limits.Window);
        await ReadWindowAsync(end, ct);
        await LoadAsync(ct);
        foreach (ref readonly var happened in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_window))
        {
            Fold(happened);
        }

        Position = end;
        Unsaved += _window.Count;
        return _window.Count;
    }

    /// <summary>
    /// Writes what changed, and how far the log was read, in one transaction. False, and nothing written, when the generation is not
    /// in that state or not where it was: then this projection is of no use any more.
    /// </summary>
    public async Task<bool> SaveAsync(GenerationState state, long aim, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await MoveAsync(state, aim, ct))
        {
            return false;
        }

        await StoredCases.PutAsync(connection, options, generation, [.. _changed.Select(k => (k.Case!, k.Revision))], ct);
        await transaction.CommitAsync(ct);
        (_saved, Unsaved) = (Position, 0);
        _changed.ForEach(k => k.Changed = false);
        _changed.Clear();
        Forget();
        return true;
    }

    private async Task<bool> MoveAsync(GenerationState state, long aim, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(options.Sql(
            """
            update @schema.review_generations set position = $4, aim = $5, events = events + $6
            where generation = $1 and state = $2 and position = $3
            """), connection);
        command.Parameters.Add(new() { Value = generation });
        command.Parameters.Add(new() { Value = CaseEvent.CodeOf(state) });
        command.Parameters.Add(new() { Value = _saved });
        command.Parameters.Add(new() { Value = Position });
        command.Parameters.Add(new() { Value = Math.Max(aim, Position) });
        command.Parameters.Add(new() { Value = (long)Unsaved });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private async Task ReadWindowAsync(long end, CancellationToken ct)
    {
        _window.Clear();
        await using var command = new NpgsqlCommand(options.Sql(
            """
            select e.seq_id, e.stream_id, e.timestamp, e.type, e.data from @schema.mt_events e
            where e.seq_id > $1 and e.seq_id <= $2 and e.type <> all ($3) order by e.seq_id
            """), connection);
        command.Parameters.Add(new() { Value = Position });
        command.Parameters.Add(new() { Value = end });
        command.Parameters.Add(new() { Value = CaseEventReader.Irrelevant });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            _window.Add(new(row.GetInt64(0), row.GetGuid(1), _reader.Read(row.GetString(3), row.GetFieldValue<byte[]>(4))));
            LastAt = row.GetFieldValue<DateTimeOffset>(2);
        }
    }

    // The cases of the window that neither are in memory nor start in it.
    private async Task LoadAsync(CancellationToken ct)
    {
        var missing = new HashSet<Guid>();
        foreach (var happened in _window)
        {
            if (!_cases.ContainsKey(happened.Referral) && !(happened.Event.Change == CaseChange.Started && _cases.TryAdd(happened.Referral, new Kept())))
            {
                missing.Add(happened.Referral);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            options.Sql($"select {StoredCases.Columns} from @schema.review_cases where generation = $1 and id = any ($2)"), connection);
        command.Parameters.Add(new() { Value = generation });
        command.Parameters.Add(new() { Value = missing.ToArray() });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var (known, revision) = StoredCases.Read(row, _codes);
            _cases[known.Id] = new Kept { Case = known, Revision = revision };
        }
    }

    private void Fold(in Happened happened)
    {
        if (!_cases.TryGetValue(happened.Referral, out var kept))
        {
            _cases[happened.Referral] = kept = new Kept();
        }

        kept.Case = CaseFold.Apply(kept.Case, happened.Event, happened.Sequence);
        kept.Revision = happened.Sequence;
        if (!kept.Changed)
        {
            kept.Changed = true;
            _changed.Add(kept);
        }
    }

    // What has ended hardly changes again; of the rest, what has not changed for longest goes first.
    private void Forget()
    {
        foreach (var (id, kept) in _cases)
        {
            if (kept.Case is null or { Ended: > 0 })
            {
                _cases.Remove(id);
            }
        }

        if (_cases.Count > limits.Cases)
        {
            foreach (var (id, _) in _cases.OrderBy(c => c.Value.Revision).Take(_cases.Count - (limits.Cases / 2)).ToList())
            {
                _cases.Remove(id);
            }
        }
    }

    private readonly record struct Happened(long Sequence, Guid Referral, CaseEvent Event);

    private sealed class Kept
    {
        public ReviewCase? Case { get; set; }

        public long Revision { get; set; }

        public bool Changed { get; set; }
    }
}
