using System.Text.Json;
using Referrals.Api.Answers;
using Referrals.Engine;
using Referrals.Engine.History;

namespace Referrals.Api.Requests;

/// <summary>An answer as it was given.</summary>
public sealed record KeptAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>What is known of a request with an idempotency key.</summary>
public abstract record Beginning
{
    private Beginning() { }

    /// <summary>It is this caller's to do. <paramref name="IsRetry"/>: it was begun before and came to no answer.</summary>
    public sealed record Mine(bool IsRetry) : Beginning;

    /// <summary>It was answered.</summary>
    public sealed record Answered(KeptAnswer Answer) : Beginning;

    /// <summary>Somebody else is doing it.</summary>
    public sealed record InProgress : Beginning;

    /// <summary>The key belongs to another request.</summary>
    public sealed record OtherRequest : Beginning;
}

/// <summary>Keeps answers to requests with an idempotency key for two days, in the tenant of the organisation that asked.</summary>
public sealed class AnswerStore(TenantDatabase database)
{
    // The lease outlives the longest request, so that two never do the same at once; after a crash it is as long until a retry may go on.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    /// <summary>Begins a request, or tells what became of it.</summary>
    public async Task<Beginning> BeginAsync(OrganisationId tenant, Guid id, byte[] fingerprint, CancellationToken ct)
    {
        var tries = await database.RunAsync(
            tenant,
            """
            with expired as (delete from @schema.api_answers where tenant_id = $1 and keep_until < now() and id <> $2)
            insert into @schema.api_answers as a (tenant_id, id, fingerprint, lease_until, keep_until)
            values ($1, $2, $3, now() + $4, now() + $5)
            on conflict (tenant_id, id) do update set
                fingerprint = excluded.fingerprint, lease_until = excluded.lease_until, keep_until = excluded.keep_until,
                tries = case when a.keep_until < now() then 1 else a.tries + 1 end, status = null, headers = null, body = null
              where a.keep_until < now() or (a.status is null and a.lease_until < now() and a.fingerprint = excluded.fingerprint)
            returning tries
            """,
            r => r.GetInt32(0), ct, tenant.Value, id, fingerprint, Lease, Kept);
        return tries.Count > 0 ? new Beginning.Mine(tries[0] > 1) : await FindAsync(tenant, id, fingerprint, ct);
    }

    /// <summary>Remembers the answer.</summary>
    public Task CompleteAsync(OrganisationId tenant, Guid id, KeptAnswer answer, CancellationToken ct) => database.RunAsync(
        tenant,
        "update @schema.api_answers set status = $3, headers = $4::jsonb, body = $5 where tenant_id = $1 and id = $2 and status is null",
        _ => 0, ct, tenant.Value, id, (short)answer.Status, JsonSerializer.Serialize(answer.Headers, ApiJson.Options), answer.Body);

    /// <summary>The request came to no answer that counts: the next one with the key may go on at once.</summary>
    public Task ReleaseAsync(OrganisationId tenant, Guid id, CancellationToken ct) => database.RunAsync(
        tenant,
        "update @schema.api_answers set lease_until = now() - interval '1 millisecond' where tenant_id = $1 and id = $2 and status is null",
        _ => 0, ct, tenant.Value, id);

    private async Task<Beginning> FindAsync(OrganisationId tenant, Guid id, byte[] fingerprint, CancellationToken ct)
    {
        var found = await database.RunAsync(
            tenant,
            "select fingerprint, status, headers::text, body from @schema.api_answers where tenant_id = $1 and id = $2",
            r => (
                Fingerprint: r.GetFieldValue<byte[]>(0),
                Answer: r.IsDBNull(1) ? null : new KeptAnswer(
                    r.GetInt16(1), JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(2), ApiJson.Options)!, r.GetFieldValue<byte[]>(3))),
            ct, tenant.Value, id);
        return found switch
        {
            [var (known, _), ..] when !known.AsSpan().SequenceEqual(fingerprint) => new Beginning.OtherRequest(),
            [(_, { } answer), ..] => new Beginning.Answered(answer),
            _ => new Beginning.InProgress(),
        };
    }
}
