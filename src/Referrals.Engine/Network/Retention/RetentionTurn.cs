using Referrals.Engine.History;

namespace Referrals.Engine.Network.Retention;

/// <summary>Runs the rules in one process of the network at a time: others find the turn taken.</summary>
public sealed class RetentionTurn(PostgresOptions options, RetentionService retention)
{
    /// <summary>Erases what is due; null when another process is at it.</summary>
    /// <param name="batch">The most referrals of one organisation and chain.</param>
    /// <param name="ct">Cancels it between two referrals.</param>
    public async Task<IReadOnlyList<RetentionRun>?> TryRunAsync(int batch, CancellationToken ct)
    {
        await using var lease = await FollowerLease.TryAcquireAsync(options, "retention", ct);
        return lease is null ? null : await retention.RunAsync(batch, ct);
    }
}
