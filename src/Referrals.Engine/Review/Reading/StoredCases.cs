using System.Buffers;
using System.Collections.Frozen;
using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>How cases lie in their table.</summary>
internal static class StoredCases
{
    /// <summary>The columns in the order of <see cref="Read"/>.</summary>
    public const string Columns = "id, holder, chain, version, started, ended, closing, revision, body";

    private const int Chunk = 5_000;

    private static readonly FrozenDictionary<string, ClosingReason> Closings =
        Enum.GetValues<ClosingReason>().ToFrozenDictionary(CaseEvent.CodeOf, StringComparer.Ordinal);

    private static readonly FrozenDictionary<ClosingReason, string> Codes = Closings.ToFrozenDictionary(c => c.Value, c => c.Key);

    /// <summary>The case of a row, and the position of the last event that changed it.</summary>
    public static (ReviewCase Case, long Revision) Read(NpgsqlDataReader row, CodePool pool)
    {
        var known = new ReviewCase(
            row.GetGuid(0), new OrganisationId(pool.Get(row.GetString(1))), new ChainId(pool.Get(row.GetString(2))), row.GetInt32(3), (uint)row.GetInt64(4))
        {
            Ended = (uint)row.GetInt64(5),
            Closing = row.IsDBNull(6) ? null : Closings[row.GetString(6)],
        };
        var revision = row.GetInt64(7);
        return (CaseCodec.Read(known, row.GetFieldValue<byte[]>(8), pool), revision);
    }

    /// <summary>Writes cases of a generation in the connection's transaction, thousands with one statement.</summary>
    public static async Task PutAsync(
        NpgsqlConnection connection, PostgresOptions options, int generation, IReadOnlyCollection<(ReviewCase Case, long Revision)> cases, CancellationToken ct)
    {
        foreach (var chunk in cases.Chunk(Chunk))
        {
            await using var command = new NpgsqlCommand(options.Sql(
                """
                insert into @schema.review_cases as c (generation, id, holder, chain, version, started, ended, closing, revision, body)
                select $1, u.* from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[], $10::bytea[]) u
                on conflict (generation, id) do update
                set ended = excluded.ended, closing = excluded.closing, revision = excluded.revision, body = excluded.body
                where c.revision < excluded.revision
                """), connection);
            AddColumns(command.Parameters, generation, chunk);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static void AddColumns(NpgsqlParameterCollection to, int generation, (ReviewCase Case, long Revision)[] rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        to.Add(new() { Value = generation });
        to.Add(new() { Value = Array.ConvertAll(rows, r => r.Case.Id) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => r.Case.Holder.Value) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => r.Case.Chain.Value) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => r.Case.Version) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => (long)r.Case.Started) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => (long)r.Case.Ended) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => r.Case.Closing is { } closing ? Codes[closing] : null) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => r.Revision) });
        to.Add(new() { Value = Array.ConvertAll(rows, r => Body(r.Case, buffer)) });
    }

    private static byte[] Body(ReviewCase known, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        CaseCodec.Write(known, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
