using Npgsql;
using NpgsqlTypes;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Benchmarks.Review;

/// <summary>
/// Two years of finished referrals along two steps, written straight into the tables of the log: the holder's events and the partners', in the order of
/// their times, so that those of one referral lie as far apart as in life. Always the same, but for ids.
/// </summary>
internal sealed class BulkLog(PostgresOptions options, int referrals)
{
    private static readonly DateTimeOffset Begin = new(2024, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Steps = ["childcare-place", "debt-counselling", "language-course", "health-check", "housing"];
    private static readonly IReadOnlyDictionary<string, FactValue> Facts = new Dictionary<string, FactValue>
    {
        ["children-under-three"] = new FactValue.Number(2),
        ["single-parent"] = new FactValue.YesNo(true),
    };

    private readonly Random _random = new(1);
    private readonly PriorityQueue<Written, DateTimeOffset> _coming = new();
    private readonly Dictionary<Guid, int> _versions = [];
    private long _sequence;

    /// <summary>Writes them.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using (var off = new NpgsqlCommand("set session_replication_role = replica", connection))
        {
            // The streams come later than the events that belong to them.
            await off.ExecuteNonQueryAsync(ct);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(
            $"copy {options.Schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, user_name) from stdin (format binary)", ct))
        {
            for (var n = 0; n < referrals; n++)
            {
                var start = Begin.AddDays(730.0 * n / referrals);
                while (_coming.TryPeek(out _, out var at) && at <= start)
                {
                    await PutAsync(copy, _coming.Dequeue(), ct);
                }

                Live(n, start);
            }

            while (_coming.TryDequeue(out var written, out _))
            {
                await PutAsync(copy, written, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await FinishAsync(connection, ct);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(options.Owner);
        await connection.OpenAsync(ct);
        return connection;
    }

    private async Task FinishAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var finish = new NpgsqlCommand(
            $"""
            insert into {options.Schema}.mt_streams (tenant_id, id, type, version)
            select tenant_id, stream_id, case when min(type) like 'assignment%' then 'assignment' else 'referral' end, max(version)
            from {options.Schema}.mt_events group by tenant_id, stream_id;
            select setval('{options.Schema}.mt_events_sequence', {_sequence});
            analyze {options.Schema}.mt_events;
            checkpoint;
            """,
            connection)
        { CommandTimeout = 600 };
        await finish.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The start of the n-th referral.</summary>
    public static ReferralEvent.Started Started(ReferralId id, int n, DateTimeOffset at) => new(
        id, Holder(n), new ChainId("work-with-child"), 1 + (n % 2), "c0ffee", $"B-{n}",
        new Consent(ConsentForm.Written, DateOnly.FromDateTime(at.UtcDateTime), "service-chain"), Facts, new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>())
    {
        At = at,
    };

    private static OrganisationId Holder(int n) => new($"jobcenter-{n % 4}");

    private void Live(int n, DateTimeOffset start)
    {
        var (id, holder) = (new ReferralId(Guid.NewGuid()), Holder(n));
        Add(holder.Value, id.Value, Started(id, n, start));
        var at = start;
        for (var step = 0; step < 2; step++)
        {
            at = Step(id, holder, Steps[(n + step) % Steps.Length], $"partner-{(n + (3 * step)) % 26}", at);
        }

        Add(holder.Value, id.Value, new ReferralEvent.Closed(ClosingReason.Completed) { At = at.AddSeconds(1) });
    }

    private DateTimeOffset Step(ReferralId id, OrganisationId holder, string step, string to, DateTimeOffset at)
    {
        var (assignment, partner, chain) = (new AssignmentId(Guid.NewGuid()), new OrganisationId(to), new ChainId("work-with-child"));
        DateTimeOffset Later(double days) => at += TimeSpan.FromDays(days * (0.3 + (1.4 * _random.NextDouble())));
        Add(holder.Value, id.Value, new ReferralEvent.StepOffered(
            new Place(step), new NodeId(step), assignment, partner, holder, chain, 1, at.AddDays(3), Facts)
        { At = Later(0.001) });
        Add(holder.Value, id.Value, new ReferralEvent.StepReceived(assignment, 1) { At = Later(0.0001) });
        Both(new AssignmentEvent.Acknowledged { Assignment = assignment, Sender = holder, Number = 2, At = Later(2) }, e => new ReferralEvent.StepAcknowledged(assignment, 2) { At = e.At });
        Both(
            new AssignmentEvent.Accepted { Assignment = assignment, Sender = holder, Number = 3, At = Later(4) },
            e => new ReferralEvent.StepAccepted(assignment, 3, at.AddDays(20)) { At = e.At });
        Both(
            new AssignmentEvent.Completed("helped", "helped", Facts) { Assignment = assignment, Sender = holder, Number = 4, At = Later(18) },
            e => new ReferralEvent.StepCompleted(assignment, 4, "helped", Facts) { At = e.At });
        return at;

        void Both(AssignmentEvent at, Func<AssignmentEvent, ReferralEvent> heard)
        {
            Add(to, assignment.Value, at);
            Add(holder.Value, id.Value, heard(at));
        }
    }

    private void Add(string tenant, Guid stream, object happened)
    {
        var at = happened is ReferralEvent r ? r.At : ((AssignmentEvent)happened).At;
        _coming.Enqueue(new(tenant, stream, EngineEvents.Codec.NameOf(happened), EngineEvents.Codec.Write(happened), at), at);
    }

    private async Task PutAsync(NpgsqlBinaryImporter copy, Written e, CancellationToken ct)
    {
        var version = _versions[e.Stream] = _versions.GetValueOrDefault(e.Stream) + 1;
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(++_sequence, ct);
        await copy.WriteAsync(Guid.NewGuid(), ct);
        await copy.WriteAsync(e.Stream, ct);
        await copy.WriteAsync((long)version, ct);
        await copy.WriteAsync(e.Json, NpgsqlDbType.Jsonb, ct);
        await copy.WriteAsync(e.Type, NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync(e.At, ct);
        await copy.WriteAsync(e.Tenant, NpgsqlDbType.Varchar, ct);
        await copy.WriteAsync("benchmark", NpgsqlDbType.Varchar, ct);
    }

    private sealed record Written(string Tenant, Guid Stream, string Type, byte[] Json, DateTimeOffset At);
}
