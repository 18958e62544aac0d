using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

/// <summary>
/// Finds out whether an append that is refused on a second try was written by the first: the connection was lost before the answer
/// came, but the commit may have happened. The events' ids, given before the first try, tell.
/// </summary>
internal sealed class WrittenBefore
{
    private readonly string _sql;

    public WrittenBefore(PostgresOptions options) => _sql = options.Sql(
        """
        select seq_id, id from @schema.mt_events
        where tenant_id = $1 and stream_id = $2 and version > $3 and version <= $3 + $4
        order by version
        """);

    /// <summary>The results, with refusals that are none corrected.</summary>
    public async Task<AppendResult[]> CorrectAsync(
        NpgsqlConnection connection, EncodedAppend[] appends, AppendResult[] results, CancellationToken ct)
    {
        for (var i = 0; i < appends.Length; i++)
        {
            if (results[i] is not AppendResult.Appended && appends[i].HasEvents && await FindAsync(connection, appends[i], ct) is { } found)
            {
                results[i] = found;
            }
        }

        return results;
    }

    private async Task<AppendResult.Appended?> FindAsync(NpgsqlConnection connection, EncodedAppend append, CancellationToken ct)
    {
        var sequences = new List<long>();
        foreach (var stream in append.Streams.Where(s => s.Events.Count > 0))
        {
            var found = await FindAsync(connection, stream, ct);
            if (!found.Select(f => f.Id).SequenceEqual(stream.Events.Select(e => e.Id)))
            {
                return null;
            }

            sequences.AddRange(found.Select(f => f.Sequence));
        }

        return append.Appended([.. sequences]);
    }

    private async Task<List<(long Sequence, Guid Id)>> FindAsync(NpgsqlConnection connection, EncodedStream stream, CancellationToken ct)
    {
        await using var batch = ActingFor.Batch(connection, stream.Name.Tenant);
        batch.BatchCommands.Add(new(_sql)
        {
            Parameters =
            {
                new() { Value = stream.Name.Tenant },
                new() { Value = stream.Name.Id },
                new() { Value = stream.Expected, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = (long)stream.Events.Count, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        });
        return await ActingFor.ReadAsync(batch, r => (r.GetInt64(0), r.GetGuid(1)), ct);
    }
}
