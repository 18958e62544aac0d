using System.Buffers;
using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Demo;

namespace Referrals.Benchmarks.Review;

/// <summary>What was written.</summary>
/// <param name="Referrals">How many finished referrals.</param>
/// <param name="Events">How many events of theirs.</param>
/// <param name="Templates">How many different referrals the engine played for it.</param>
/// <param name="Took">How long the writing took.</param>
/// <param name="Bytes">What events and streams take with their indexes.</param>
internal sealed record ReviewFill(int Referrals, long Events, int Templates, TimeSpan Took, long Bytes);

/// <summary>
/// Two years of finished referrals of a whole network, as many as asked: only the streams of their holders, which is what the review reads. The
/// engine plays some thousand of them in memory; each is copied many times under other ids, some weeks earlier or later, and all are written in the
/// order of time by COPY. They have no rows in lists and nothing at the partners.
/// </summary>
internal sealed class ReviewTenant(string owner, string schema)
{
    private const int Played = 4_000;
    private const int Months = 24;
    private const int Weeks = 3;
    private static readonly DateTimeOffset Until = new(2026, 10, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Brings the schema up to date, founds the network, and writes so many.</summary>
    /// <param name="referrals">How many.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="progress">Is told how many events are written.</param>
    /// <param name="ct">Cancels; then a part may be there.</param>
    public async Task<ReviewFill> FillAsync(int referrals, long seed, Action<long> progress, CancellationToken ct)
    {
        var options = PostgresOptions.FromOwner(owner, schema) with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) };
        await new SchemaMigrator(options).ApplyAsync(ct);
        var order = new HistoryOrder(Months, seed, Played, Until);
        var network = await ReviewChains.ReadAsync(ct);
        await using (var log = new PostgresEventLog(options, EngineEvents.Codec))
        {
            await network.FoundAsync(log, new VirtualClock(order.Founded), ct);
            await ReviewChains.AgreeAsync(new ChainService(log, new VirtualClock(order.Improvement)), network.Better, ct);
        }

        var templates = await TemplatesAsync(network, order, ct);
        var began = Stopwatch.GetTimestamp();
        var events = await WriteAsync(templates, referrals, progress, ct);
        var took = Stopwatch.GetElapsedTime(began);
        await CheckAsync(options, templates, referrals, ct);
        await using var source = NpgsqlDataSource.Create(owner);
        await ExecuteAsync(source, $"vacuum analyze {schema}.mt_streams, {schema}.mt_events", ct);
        return new ReviewFill(referrals, events, templates.Count, took, await BytesAsync(source, ct));
    }

    private static async Task<IReadOnlyList<ReferralTemplate>> TemplatesAsync(ReviewChains network, HistoryOrder order, CancellationToken ct)
    {
        var log = new MemoryEventLog(EngineEvents.Codec);
        await network.FoundAsync(log, new VirtualClock(order.Founded), ct);
        var play = new HistoryPlay(log, order, network.Better, new Colleagues([]), lanes: 1);
        await play.RunAsync(_ => { }, ct);
        var templates = new List<ReferralTemplate>();
        foreach (var life in play.Lives.Where(l => l.State?.Ended is not null))
        {
            templates.Add(ReferralTemplate.Of(await log.ReadStreamAsync(ReferralBoard.Stream(life.Arrival.Holder, life.Id), 0, ct)));
        }

        return templates;
    }

    // What was written can be read and folded like everything else in the log.
    private static async Task CheckAsync(PostgresOptions options, IReadOnlyList<ReferralTemplate> templates, int referrals, CancellationToken ct)
    {
        const int looked = 50;
        await using var log = new PostgresEventLog(options, EngineEvents.Codec);
        for (var number = 0; number < referrals; number += Math.Max(1, referrals / looked))
        {
            var (tenant, id) = (templates[number % templates.Count].Tenant, new TemplateCopy(number, TimeSpan.Zero).Id(0));
            var stream = await log.ReadStreamAsync(new StreamName(tenant, "referral", id), 0, ct);
            if (ReferralState.Fold(stream.Select(e => (ReferralEvent)e.Data)) is not { Ended: not null } state || state.Start.Referral.Value != id)
            {
                throw new InvalidOperationException($"copy {number} is no finished referral");
            }
        }
    }

    // One copy after the other of each template, moved by whole weeks so that working days stay working days.
    private static (ReferralTemplate Template, TemplateCopy Copy)[] Copies(IReadOnlyList<ReferralTemplate> templates, int referrals)
    {
        var copies = new (ReferralTemplate Template, TemplateCopy Copy)[referrals];
        for (var i = 0; i < referrals; i++)
        {
            var turn = i / templates.Count;
            var weeks = (turn % ((2 * Weeks) + 1)) - Weeks;
            copies[i] = (templates[i % templates.Count], new TemplateCopy(i, TimeSpan.FromDays(7 * weeks) + TimeSpan.FromSeconds(i * 37L % 5_400)));
        }

        return copies;
    }

    private async Task<long> WriteAsync(IReadOnlyList<ReferralTemplate> templates, int referrals, Action<long> progress, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var events = await OpenAsync(source, ct);
        await using var streams = await OpenAsync(source, ct);
        await using var eventRows = await events.BeginBinaryImportAsync(
            $"copy {schema}.mt_events (tenant_id, stream_id, version, id, type, mt_dotnet_type, data, timestamp, user_name, headers) from stdin (format binary)", ct);
        await using var streamRows = await streams.BeginBinaryImportAsync(
            $"copy {schema}.mt_streams (tenant_id, id, type, version, timestamp, created) from stdin (format binary)", ct);
        var written = 0L;
        var json = new ArrayBufferWriter<byte>(4_096);
        foreach (var (template, copy, at) in InOrder(Copies(templates, referrals)))
        {
            var happened = template.Events[at];
            json.ResetWrittenCount();
            happened.Write(copy, json);
            await WriteEventAsync(eventRows, template, copy, at, json.WrittenMemory, ct);
            if (at == template.Events.Count - 1)
            {
                await WriteStreamAsync(streamRows, template, copy, ct);
            }

            if (++written % 100_000 == 0)
            {
                progress(written);
            }
        }

        await eventRows.CompleteAsync(ct);
        await streamRows.CompleteAsync(ct);
        progress(written);
        return written;
    }

    // As a log has them: referrals that run at the same time take turns.
    private static IEnumerable<(ReferralTemplate Template, TemplateCopy Copy, int At)> InOrder((ReferralTemplate Template, TemplateCopy Copy)[] copies)
    {
        Array.Sort(copies, (a, b) => (a.Template.Events[0].At + a.Copy.Later).CompareTo(b.Template.Events[0].At + b.Copy.Later));
        var open = new PriorityQueue<(ReferralTemplate Template, TemplateCopy Copy, int At), DateTimeOffset>();
        foreach (var (template, copy) in copies)
        {
            var start = template.Events[0].At + copy.Later;
            while (open.TryPeek(out var next, out var due) && due < start)
            {
                open.Dequeue();
                yield return next;
                Follow(open, next);
            }

            yield return (template, copy, 0);
            Follow(open, (template, copy, 0));
        }

        while (open.TryDequeue(out var next, out _))
        {
            yield return next;
            Follow(open, next);
        }
    }

    private static void Follow(
        PriorityQueue<(ReferralTemplate Template, TemplateCopy Copy, int At), DateTimeOffset> open, (ReferralTemplate Template, TemplateCopy Copy, int At) last)
    {
        if (last.At + 1 < last.Template.Events.Count)
        {
            open.Enqueue(last with { At = last.At + 1 }, last.Template.Events[last.At + 1].At + last.Copy.Later);
        }
    }

    private static async Task WriteEventAsync(
        NpgsqlBinaryImporter rows, ReferralTemplate template, TemplateCopy copy, int at, ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        var happened = template.Events[at];
        await rows.StartRowAsync(ct);
        await rows.WriteAsync(template.Tenant, NpgsqlDbType.Varchar, ct);
        await rows.WriteAsync(copy.Id(0), NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(at + 1L, NpgsqlDbType.Bigint, ct);
        await rows.WriteAsync(Guid.NewGuid(), NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync(happened.Type, NpgsqlDbType.Varchar, ct);
        await rows.WriteAsync(happened.DotnetType, NpgsqlDbType.Varchar, ct);
        await rows.WriteAsync(json, NpgsqlDbType.Jsonb, ct);
        await rows.WriteAsync((happened.At + copy.Later).UtcDateTime, NpgsqlDbType.TimestampTz, ct);
        await rows.WriteAsync(happened.User, NpgsqlDbType.Varchar, ct);
        await rows.WriteAsync($$"""{"organisation":"{{template.Tenant}}"}""", NpgsqlDbType.Jsonb, ct);
    }

    private static async Task WriteStreamAsync(NpgsqlBinaryImporter rows, ReferralTemplate template, TemplateCopy copy, CancellationToken ct)
    {
        await rows.StartRowAsync(ct);
        await rows.WriteAsync(template.Tenant, NpgsqlDbType.Varchar, ct);
        await rows.WriteAsync(copy.Id(0), NpgsqlDbType.Uuid, ct);
        await rows.WriteAsync("referral", NpgsqlDbType.Varchar, ct);
        await rows.WriteAsync((long)template.Events.Count, NpgsqlDbType.Bigint, ct);
        await rows.WriteAsync((template.Events[^1].At + copy.Later).UtcDateTime, NpgsqlDbType.TimestampTz, ct);
        await rows.WriteAsync((template.Events[0].At + copy.Later).UtcDateTime, NpgsqlDbType.TimestampTz, ct);
    }

    // The streams come to be there with the same breath, so nobody needs to look for the stream of each event.
    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("set session_replication_role = replica; set synchronous_commit = off", connection);
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<long> BytesAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select pg_total_relation_size('{schema}.mt_events') + pg_total_relation_size('{schema}.mt_streams')");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
