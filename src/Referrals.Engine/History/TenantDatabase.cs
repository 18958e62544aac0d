using Npgsql;

namespace Referrals.Engine.History;

/// <summary>
/// Tables that lie beside the history and are protected by the same row-level security. For what is no event: machine clients,
/// remembered answers.
/// </summary>
public sealed class TenantDatabase : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _pool;

    /// <summary>Opens no connection yet.</summary>
    public TenantDatabase(PostgresOptions options)
    {
        options.Validate();
        _options = options;
        _pool = options.OpenPool(options.App);
    }

    /// <summary>Runs one statement in a transaction that acts for one organisation, and reads its rows.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="sql">The statement; <c>@schema</c> stands for the schema, <c>$1</c> and so on for the values.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="ct">Cancels the statement.</param>
    /// <param name="values">The values.</param>
    public Task<IReadOnlyList<T>> RunAsync<T>(
        OrganisationId tenant, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params IReadOnlyList<object> values) =>
        RunAsync(Acting.For(tenant), sql, read, ct, values);

    /// <summary>Runs one statement in a transaction that sees what those it acts for may see, and reads its rows.</summary>
    /// <param name="acting">Whom it acts for.</param>
    /// <param name="sql">The statement; <c>@schema</c> stands for the schema, <c>$1</c> and so on for the values.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="ct">Cancels the statement.</param>
    /// <param name="values">The values.</param>
    public async Task<IReadOnlyList<T>> RunAsync<T>(
        Acting acting, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params IReadOnlyList<object> values)
    {
        await using var connection = await _pool.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "select set_config('referrals.tenants', $1, true), set_config('referrals.person', $2, true), set_config('referrals.sign_in', $3, true)")
        {
            Parameters = { new() { Value = acting.Tenants }, new() { Value = acting.Person }, new() { Value = acting.SignIn } },
        });
        var command = new NpgsqlBatchCommand(_options.Sql(sql));
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        batch.BatchCommands.Add(command);

        var rows = new List<T>();
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }
        }

        await transaction.CommitAsync(ct);
        return rows;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
