using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.Reading;

/// <summary>The generations of the read side, as the workers' role sees and changes them.</summary>
internal sealed class Generations(PostgresOptions options, NpgsqlConnection connection)
{
    private const int RemovedAtOnce = 20_000;

    /// <summary>The one in that state; null when there is none.</summary>
    public async Task<Generation?> FindAsync(GenerationState state, CancellationToken ct)
    {
        await using var command = Command($"select {Generation.Columns} from @schema.review_generations where state = $1", CaseEvent.CodeOf(state));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Generation.Read(row) : null;
    }

    /// <summary>Begins the next one.</summary>
    public async Task<Generation> BeginAsync(CancellationToken ct)
    {
        await using var command = Command(
            $"""
            insert into @schema.review_generations (generation) select coalesce(max(generation), 0) + 1 from @schema.review_generations
            returning {Generation.Columns}
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return Generation.Read(row);
    }

    /// <summary>
    /// Makes the one that is being built the live one, unless the live one has read more of the log: so readers never go back. Holds up
    /// who writes to either for that moment.
    /// </summary>
    public async Task<bool> PromoteAsync(int number, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var hold = Command("select generation, position from @schema.review_generations where state <> 'old' order by generation for update");
        var positions = new Dictionary<int, long>();
        await using (var row = await hold.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                positions.Add(row.GetInt32(0), row.GetInt64(1));
            }
        }

        if (positions.Values.Any(p => p > positions[number]))
        {
            return false;
        }

        await using var retire = Command("update @schema.review_generations set state = 'old' where state = 'live'");
        await retire.ExecuteNonQueryAsync(ct);
        await using var promote = Command("update @schema.review_generations set state = 'live', finished_at = now() where generation = $1", number);
        await promote.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Removes the cases of old generations, so many at once that nobody is held up. Goes on where it was interrupted.</summary>
    public async Task RemoveOldAsync(CancellationToken ct)
    {
        await using var command = Command("select generation from @schema.review_generations where state = 'old' and removed_at is null order by 1");
        var old = new List<int>();
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct))
            {
                old.Add(row.GetInt32(0));
            }
        }

        foreach (var number in old)
        {
            int removed;
            do
            {
                await using var some = Command(
                    $"delete from @schema.review_cases where ctid = any (array(select ctid from @schema.review_cases where generation = $1 limit {RemovedAtOnce}))", number);
                removed = await some.ExecuteNonQueryAsync(ct);
            }
            while (removed > 0);

            await using var done = Command("update @schema.review_generations set removed_at = now() where generation = $1", number);
            await done.ExecuteNonQueryAsync(ct);
        }
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(options.Sql(sql), connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return command;
    }
}
