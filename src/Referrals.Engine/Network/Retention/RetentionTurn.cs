using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Retention;

/// <summary>
/// Runs the rules in one process of the network at a time: others find the turn taken. Drafts that nobody touched for <see cref="DraftsKept"/> go
/// too, also those of people who never come back.
/// </summary>
public sealed class RetentionTurn(PostgresOptions options, RetentionService retention)
{
    /// <summary>For so long a draft of a referral is kept without a change.</summary>
    public static readonly TimeSpan DraftsKept = TimeSpan.FromDays(30);

    private const string RemoveDrafts = "delete from @schema.referral_drafts d where d.changed_at < now() - $1::interval";

    /// <summary>Erases what is due; null when another process is at it.</summary>
    /// <param name="batch">The most referrals of one organisation and chain.</param>
    /// <param name="ct">Cancels it between two referrals.</param>
    public async Task<IReadOnlyList<RetentionRun>?> TryRunAsync(int batch, CancellationToken ct)
    {
        await using var lease = await FollowerLease.TryAcquireAsync(options, "retention", ct);
        if (lease is null)
        {
            return null;
        }

        await using (var command = new NpgsqlCommand(options.Sql(RemoveDrafts), lease) { Parameters = { new() { Value = DraftsKept } } })
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        return await retention.RunAsync(batch, ct);
    }
}
