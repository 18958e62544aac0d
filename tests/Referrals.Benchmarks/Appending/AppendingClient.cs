using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Benchmarks.Appending;

/// <summary>A client that appends one event after the other to streams of its own, in turn.</summary>
internal sealed class AppendingClient
{
    /// <summary>How many streams a client has.</summary>
    public const int Streams = 100;

    // A network has many organisations, so appends that share a transaction are not all of one.
    private const int Organisations = 4;

    private readonly PostgresEventLog _log;
    private readonly Actor _actor;
    private readonly StreamName[] _streams;
    private readonly long[] _versions = new long[Streams];
    private int _next;

    private AppendingClient(PostgresEventLog log, OrganisationId organisation)
    {
        _log = log;
        _actor = new Actor("caseworker", organisation, Correlation: Guid.NewGuid().ToString("D"));
        _streams = [.. Enumerable.Range(0, Streams).Select(_ => ReferralBoard.Stream(organisation, new ReferralId(Guid.NewGuid())))];
    }

    /// <summary>A client whose streams exist.</summary>
    public static async Task<AppendingClient> CreateAsync(PostgresEventLog log, int no, CancellationToken ct)
    {
        var client = new AppendingClient(log, new OrganisationId($"jobcenter-{no % Organisations}"));
        await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => client.AppendAsync(i, ct)));
        return client;
    }

    /// <summary>Appends until the time is up.</summary>
    public async Task RunAsync(Recorder recorder, CancellationToken ct)
    {
        while (!recorder.Ended)
        {
            var stream = _next++ % Streams;
            await recorder.TimeAsync(() => AppendAsync(stream, ct));
        }
    }

    private async Task<AppendResult> AppendAsync(int stream, CancellationToken ct)
    {
        var now = DateTimeOffset.UtcNow;
        var append = Append.To(_streams[stream], _versions[stream], [Event(_actor.Organisation, now)], _actor.At(now));
        var result = await _log.AppendAsync(append, ct);
        if (result is not AppendResult.Appended)
        {
            throw new InvalidOperationException($"nobody else writes to this stream, but: {result}");
        }

        _versions[stream]++;
        return result;
    }

    private static ReferralEvent.StepOffered Event(OrganisationId holder, DateTimeOffset now) => new(
        new Place("childcare"), new NodeId("childcare"), new AssignmentId(Guid.NewGuid()), new OrganisationId("childcare-office"), holder,
        new ChainId("work-with-child"), 1, now.AddDays(3),
        new Dictionary<string, FactValue> { ["children-under-three"] = new FactValue.Number(2), ["single-parent"] = new FactValue.YesNo(true) })
    {
        At = now,
    };
}
