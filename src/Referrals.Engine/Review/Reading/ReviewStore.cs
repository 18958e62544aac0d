using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>The review's read side on PostgreSQL, with the application's role. The only place that sets the right to read it.</summary>
public sealed class ReviewStore : IReviewStore, IAsyncDisposable
{
    // Cases come in the order of their index, else a million of them would be sorted on the server first. Local to the transaction.
    private const string Right = "select set_config('referrals.review', 'on', true), set_config('enable_sort', 'off', true)";

    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _pool;

    /// <summary>Opens no connection yet.</summary>
    public ReviewStore(PostgresOptions options)
    {
        options.Validate();
        _options = options;
        _pool = options.OpenPool(options.App);
    }

    /// <inheritdoc/>
    public Task<Generation?> LiveAsync(CancellationToken ct) => FindAsync(GenerationState.Live, ct);

    /// <inheritdoc/>
    public Task<Generation?> BuildingAsync(CancellationToken ct) => FindAsync(GenerationState.Building, ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<ReviewCase> ReadAsync(Generation generation, CancellationToken ct) => ReadSinceAsync(generation, -1, ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReviewCase> ReadSinceAsync(Generation generation, long revision, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await _pool.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var batch = Batch(
            connection,
            new("select 1 from @schema.review_generations where generation = $1 and state = 'live'") { Parameters = { new() { Value = generation.Number } } },
            new($"select {StoredCases.Columns} from @schema.review_cases where generation = $1 and revision > $2 order by revision")
            {
                Parameters = { new() { Value = generation.Number }, new() { Value = revision } },
            });
        await using var row = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
        await row.NextResultAsync(ct);
        if (!await row.ReadAsync(ct))
        {
            throw new GenerationGoneException(generation.Number);
        }

        await row.NextResultAsync(ct);
        var codes = new CodePool();
        while (await row.ReadAsync(ct))
        {
            yield return StoredCases.Read(row, codes).Case;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<Generation?> FindAsync(GenerationState state, CancellationToken ct)
    {
        await using var connection = await _pool.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = Batch(connection, new NpgsqlBatchCommand($"select {Generation.Columns} from @schema.review_generations where state = $1")
        {
            Parameters = { new() { Value = CaseEvent.CodeOf(state) } },
        });
        await using var row = await batch.ExecuteReaderAsync(ct);
        await row.NextResultAsync(ct);
        return await row.ReadAsync(ct) ? Generation.Read(row) : null;
    }

    private NpgsqlBatch Batch(NpgsqlConnection connection, params NpgsqlBatchCommand[] commands)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(Right) } };
        foreach (var command in commands)
        {
            command.CommandText = _options.Sql(command.CommandText);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
