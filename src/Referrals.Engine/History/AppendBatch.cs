using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

/// <summary>Appends that share no key, as one call of the function <c>append_events</c>: one statement, one round trip, one transaction.</summary>
internal sealed class AppendBatch
{
    private const string Call =
        "select handled, conflicts, actuals, sequences from @schema.append_events("
        + "$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26)";

    private readonly string _sql;

    public AppendBatch(PostgresOptions options) => _sql = options.Sql(Call);

    /// <summary>Writes the appends and tells what became of each, in their order.</summary>
    public async Task<AppendResult[]> WriteAsync(NpgsqlConnection connection, IReadOnlyList<EncodedAppend> appends, CancellationToken ct)
    {
        var streams = Sorted(appends);
        await using var command = new NpgsqlCommand(_sql, connection);
        Add(command, string.Join(',', appends.SelectMany(a => a.Tenants).Distinct(StringComparer.Ordinal)), NpgsqlDbType.Text);
        AddStreams(command, streams);
        AddEvents(command, appends);
        AddInbox(command, appends);
        Add<object>(command, (object?)RowsJson.Write([.. appends.Select(a => a.Rows)]) ?? DBNull.Value, NpgsqlDbType.Json);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return Results(
            appends,
            streams,
            reader.GetFieldValue<int[]>(0),
            reader.GetFieldValue<int[]>(1),
            reader.GetFieldValue<long[]>(2),
            reader.GetFieldValue<long[]>(3));
    }

    // The one order in which every writer locks streams.
    private static (int No, EncodedAppend Append, EncodedStream Stream)[] Sorted(IReadOnlyList<EncodedAppend> appends) =>
    [
        .. appends.SelectMany((a, no) => a.Streams.Select(s => (No: no, Append: a, Stream: s)))
            .OrderBy(s => s.Stream.Name.Tenant, StringComparer.Ordinal)
            .ThenBy(s => s.Stream.Name.Id),
    ];

    private static void AddStreams(NpgsqlCommand command, (int No, EncodedAppend Append, EncodedStream Stream)[] streams)
    {
        AddArray(command, streams, s => s.No, NpgsqlDbType.Integer);
        AddArray(command, streams, s => s.Stream.Name.Tenant, NpgsqlDbType.Text);
        AddArray(command, streams, s => s.Stream.Name.Id, NpgsqlDbType.Uuid);
        AddArray(command, streams, s => s.Stream.Name.Type, NpgsqlDbType.Text);
        AddArray(command, streams, s => s.Stream.Expected, NpgsqlDbType.Bigint);
        AddArray(command, streams, s => s.Stream.Events.Count, NpgsqlDbType.Integer);
        AddArray(command, streams, s => s.Append.Context.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        AddArray(command, streams, s => s.Append.Streams.Count > 1 || s.Stream.Events.Count == 0, NpgsqlDbType.Boolean);
    }

    private static void AddEvents(NpgsqlCommand command, IReadOnlyList<EncodedAppend> appends)
    {
        var events = appends
            .SelectMany((a, no) => a.Streams.SelectMany(s => s.Events.Select((e, i) => (No: no, a.Context, Stream: s, Event: e, Index: i))))
            .ToArray();
        AddArray(command, events, e => e.No, NpgsqlDbType.Integer);
        AddArray(command, events, e => e.Stream.Name.Tenant, NpgsqlDbType.Text);
        AddArray(command, events, e => e.Stream.Name.Id, NpgsqlDbType.Uuid);
        AddArray(command, events, e => e.Stream.Expected + e.Index + 1, NpgsqlDbType.Bigint);
        AddArray(command, events, e => e.Event.Id, NpgsqlDbType.Uuid);
        AddArray(command, events, e => e.Event.Type, NpgsqlDbType.Text);
        AddArray(command, events, e => e.Event.DotnetType, NpgsqlDbType.Text);
        AddArray(command, events, e => e.Event.Json, NpgsqlDbType.Jsonb);
        AddArray(command, events, e => e.Context.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        AddArray(command, events, e => e.Context.Correlation, NpgsqlDbType.Text);
        AddArray(command, events, e => e.Context.Causation, NpgsqlDbType.Text);
        AddArray(command, events, e => e.Context.User, NpgsqlDbType.Text);
        AddArray(command, events, e => EventHeaders.Write(e.Context), NpgsqlDbType.Jsonb);
    }

    private static void AddInbox(NpgsqlCommand command, IReadOnlyList<EncodedAppend> appends)
    {
        var inbox = appends.SelectMany((a, no) => a.Rows.Inbox.Select(k => (No: no, Key: k))).ToArray();
        AddArray(command, inbox, i => i.No, NpgsqlDbType.Integer);
        AddArray(command, inbox, i => i.Key.Tenant, NpgsqlDbType.Text);
        AddArray(command, inbox, i => i.Key.Id, NpgsqlDbType.Uuid);
    }

    private static void AddArray<TItem, T>(NpgsqlCommand command, TItem[] items, Func<TItem, T> value, NpgsqlDbType type) =>
        Add(command, Array.ConvertAll(items, i => value(i)), NpgsqlDbType.Array | type);

    private static void Add<T>(NpgsqlCommand command, T value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });

    private static AppendResult[] Results(
        IReadOnlyList<EncodedAppend> appends,
        (int No, EncodedAppend Append, EncodedStream Stream)[] streams,
        int[] handled,
        int[] conflicts,
        long[] actuals,
        ReadOnlySpan<long> sequences)
    {
        var results = new AppendResult[appends.Count];
        foreach (var no in handled)
        {
            // Which of an append's messages was handled is not asked; there is only ever one.
            results[no] = new AppendResult.AlreadyHandled(appends[no].Rows.Inbox.First().Id);
        }

        for (var i = 0; i < conflicts.Length; i++)
        {
            var (no, _, stream) = streams[conflicts[i] - 1];
            results[no] ??= new AppendResult.Conflict(stream.Name, stream.Expected, actuals[i]);
        }

        var next = 0;
        for (var no = 0; no < results.Length; no++)
        {
            if (results[no] is null)
            {
                var count = appends[no].Streams.Sum(s => s.Events.Count);
                results[no] = appends[no].Appended(sequences.Slice(next, count));
                next += count;
            }
        }

        return results;
    }
}
