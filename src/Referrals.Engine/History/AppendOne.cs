using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

/// <summary>A lone append of one event to one stream, as one call of the function <c>append_one</c>: half the cost of a batch of one.</summary>
internal sealed class AppendOne(PostgresOptions options)
{
    private readonly string _sql = options.Sql(
        "select \"position\", actual from @schema.append_one($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)");

    /// <summary>Whether the append is one of these.</summary>
    public static bool Fits(EncodedAppend append) =>
        append.Streams is [{ Events.Count: 1 }] && append.Rows.Inbox.Count == 0;

    /// <summary>Writes it and tells what became of it.</summary>
    public async Task<AppendResult> WriteAsync(NpgsqlConnection connection, EncodedAppend append, CancellationToken ct)
    {
        var stream = append.Streams[0];
        await using var command = new NpgsqlCommand(_sql, connection);
        Add(command, string.Join(',', append.Tenants), NpgsqlDbType.Text);
        Add(command, stream.Name.Tenant, NpgsqlDbType.Text);
        Add(command, stream.Name.Id, NpgsqlDbType.Uuid);
        Add(command, stream.Name.Type, NpgsqlDbType.Text);
        Add(command, stream.Expected, NpgsqlDbType.Bigint);
        AddEvent(command, stream.Events[0], append.Context);
        AddOrNull(command, RowsJson.Write([append.Rows]), NpgsqlDbType.Json);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.IsDBNull(0)
            ? new AppendResult.Conflict(stream.Name, stream.Expected, reader.GetInt64(1))
            : append.Appended([reader.GetInt64(0)]);
    }

    private static void AddEvent(NpgsqlCommand command, EncodedEvent e, EventContext context)
    {
        Add(command, e.Id, NpgsqlDbType.Uuid);
        Add(command, e.Type, NpgsqlDbType.Text);
        Add(command, e.DotnetType, NpgsqlDbType.Text);
        Add(command, e.Json, NpgsqlDbType.Jsonb);
        Add(command, context.At.UtcDateTime, NpgsqlDbType.TimestampTz);
        AddOrNull(command, context.Correlation, NpgsqlDbType.Text);
        AddOrNull(command, context.Causation, NpgsqlDbType.Text);
        Add(command, context.User, NpgsqlDbType.Text);
        AddOrNull(command, EventHeaders.Write(context), NpgsqlDbType.Jsonb);
    }

    private static void Add<T>(NpgsqlCommand command, T value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });

    private static void AddOrNull(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
}
