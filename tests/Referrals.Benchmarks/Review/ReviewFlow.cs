using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;

namespace Referrals.Benchmarks.Review;

/// <summary>Referrals that begin and end while the review is asked, and the follower that reads them into it.</summary>
internal sealed class ReviewFlow : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly PostgresEventLog _log;
    private readonly ReviewFollower _follower;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _writing;
    private readonly Task _following;
    private int _written;

    private ReviewFlow(PostgresEventLog log, ReviewFollower follower, CancellationToken ct)
    {
        (_log, _follower) = (log, follower);
        _writing = Task.Run(WriteAsync, ct);
        _following = Task.Run(FollowAsync, ct);
    }

    /// <summary>How many have ended so far.</summary>
    public int Written => _written;

    /// <summary>Begins.</summary>
    public static async Task<ReviewFlow> StartAsync(PostgresOptions options, CancellationToken ct) =>
        new(new PostgresEventLog(options, EngineEvents.Codec), await ReviewFollower.StartAsync(options, null, null, ct), ct);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_writing, _following).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _follower.DisposeAsync();
        await _log.DisposeAsync();
        _end.Dispose();
    }

    private async Task FollowAsync()
    {
        while (true)
        {
            await _follower.NextAsync(_end.Token);
        }
    }

    private async Task WriteAsync()
    {
        while (true)
        {
            var (stream, at) = (new StreamName("jobcenter-elbtal", "referral", Guid.NewGuid()), DateTimeOffset.UtcNow);
            var started = new ReferralEvent.Started(
                new ReferralId(stream.Id), new OrganisationId(stream.Tenant), new ChainId("arbeit-mit-kind"), 1, "c0ffee", "B-1",
                new Consent(ConsentForm.Written, DateOnly.FromDateTime(at.UtcDateTime), "service-chain"), new Dictionary<string, FactValue>(),
                new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>())
            { At = at };
            await _log.AppendAsync(Append.To(stream, 0, [started, new ReferralEvent.Closed(ClosingReason.ByCaseworker) { At = at }], new EventContext(at, "benchmark")), _end.Token);
            _written++;
            await Task.Delay(Between, _end.Token);
        }
    }
}
