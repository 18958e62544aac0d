using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Statements that act for tenants: the setting and the statement go in one round trip, which is one transaction.</summary>
internal static class ActingFor
{
    private const string Set = "select set_config('referrals.tenants', $1, true)";
    private const string SetAndPlan = Set + ", set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <summary>A batch that acts for these tenants (with commas between them); a planned one plans its statements for their values.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, string tenants, bool planned = false)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(planned ? SetAndPlan : Set) { Parameters = { new() { Value = tenants } } });
        return batch;
    }

    /// <summary>Runs the batch and reads the rows of its second statement.</summary>
    public static async Task<List<T>> ReadAsync<T>(NpgsqlBatch batch, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
