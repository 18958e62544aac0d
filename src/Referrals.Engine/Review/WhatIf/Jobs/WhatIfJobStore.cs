using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>The questions in PostgreSQL, with the application's role.</summary>
public sealed class WhatIfJobStore(TenantDatabase database, TimeProvider time) : IWhatIfJobs
{
    private static readonly OrganisationId Network = new(StreamName.Network);

    /// <inheritdoc/>
    public async Task<bool> AskAsync(Guid id, Actor by, WhatIfQuestion question, CancellationToken ct) => (await RunAsync(
        "select @schema.ask_what_if($1, $2, $3, $4, $5::jsonb, $6)", r => r.GetBoolean(0), ct,
        id, by.Organisation.Value, by.User, time.GetUtcNow(), WhatIfRows.Write(question), WhatIfLimits.MostOpen))[0];

    /// <inheritdoc/>
    public async Task<WhatIfJob?> FindAsync(Guid id, CancellationToken ct) => await RunAsync(
        $"select {WhatIfRows.All} from @schema.what_if_jobs where tenant_id = $1 and id = $2", WhatIfRows.Read, ct, StreamName.Network, id) is [var one] ? one : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<WhatIfJob>> ListAsync(CancellationToken ct) => RunAsync(
        $"select {WhatIfRows.Columns} from @schema.what_if_jobs where tenant_id = $1 order by asked_at desc, id limit $2", WhatIfRows.Read, ct,
        StreamName.Network, WhatIfLimits.MostListed);

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(Guid id, Actor by, CancellationToken ct) => (await RunAsync(
        """
        update @schema.what_if_jobs set state = 'cancelled', ended_at = $5
        where tenant_id = $1 and id = $2 and organisation = $3 and person = $4 and state in ('queued', 'running') returning 1
        """,
        r => r.GetInt32(0), ct, StreamName.Network, id, by.Organisation.Value, by.User, time.GetUtcNow())).Count > 0;

    private Task<IReadOnlyList<T>> RunAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params IReadOnlyList<object> values) =>
        database.RunAsync(Network, sql, read, ct, values);
}
