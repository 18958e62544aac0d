using Npgsql;

namespace Referrals.LocalServers;

/// <summary>Looks for words in everything that a schema holds.</summary>
public static class PlainText
{
    /// <summary>The tables with a row in which one of the words stands in the clear, in text or in bytes: <c>table: word</c>.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string owner, string schema, IReadOnlyList<string> words, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(ct);
        var found = new List<string>();
        foreach (var (table, bytes) in await TablesAsync(connection, schema, ct))
        {
            foreach (var word in words)
            {
                var inBytes = string.Concat(bytes.Select(c => $" or position(convert_to($1, 'UTF8') in coalesce(t.\"{c}\", '')) > 0"));
                await using var command = new NpgsqlCommand(
                    $"select exists (select from \"{schema}\".\"{table}\" t where position(lower($1) in lower(t::text)) > 0{inBytes})", connection);
                command.Parameters.Add(new() { Value = word });
                if (await command.ExecuteScalarAsync(ct) is true)
                {
                    found.Add($"{table}: {word}");
                }
            }
        }

        return found;
    }

    private static async Task<IReadOnlyList<(string Table, string[] Bytes)>> TablesAsync(NpgsqlConnection connection, string schema, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select t.table_name, coalesce(array_agg(c.column_name) filter (where c.data_type = 'bytea'), '{}')::text[]
            from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
            where t.table_schema = $1 and t.table_type = 'BASE TABLE' group by 1
            """,
            connection);
        command.Parameters.Add(new() { Value = schema });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new List<(string, string[])>();
        while (await reader.ReadAsync(ct))
        {
            tables.Add((reader.GetString(0), reader.GetFieldValue<string[]>(1)));
        }

        return tables;
    }
}
