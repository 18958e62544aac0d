using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Referrals.Api.Tests.Pages;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;

namespace Referrals.Api.Tests;

/// <summary>Referrals of the last weeks along a chain that no other test has, whose first step is slow, as the review sees them.</summary>
public sealed class ReviewStory
{
    /// <summary>How many are finished: one batch of the usual threshold and one more.</summary>
    public const int Finished = 6;

    /// <summary>How many lie unanswered.</summary>
    public const int Stuck = 5;

    private readonly ApiHost _api;
    private readonly MovedClock _clock = new();
    private readonly ReferralService _referrals;
    private readonly HttpClient _client;

    private ReviewStory(ApiHost api, OrganisationId holder, OrganisationId partner)
    {
        (_api, Holder, Partner, Chain) = (api, holder, partner, new ChainId($"chain-of-{partner}"));
        _client = api.ClientOf(holder, NetworkRoles.Caseworker);
        _referrals = new ReferralService(
            api.Services.GetRequiredService<IEventLog>(), api.Services.GetRequiredService<IChainCatalog>(), _clock, Guid.NewGuid);
    }

    /// <summary>Who holds the cases.</summary>
    public OrganisationId Holder { get; }

    /// <summary>Who has the first step.</summary>
    public OrganisationId Partner { get; }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Tells it, and brings the review up to there.</summary>
    public static async Task<ReviewStory> TellAsync(ApiHost api)
    {
        var story = new ReviewStory(api, await api.RegisteredAsync(), await api.RegisteredAsync());
        await api.PutInForceAsync(TestChain.Make(story.Chain.Value, carers: story.Partner.Value));
        for (var i = 0; i < Finished; i++)
        {
            await story.FinishAsync(await story.StartAsync(daysAgo: 60 - i));
        }

        for (var i = 0; i < Stuck; i++)
        {
            await story.StartAsync(daysAgo: 30);
        }

        await api.CatchUpAsync();
        return story;
    }

    /// <summary>All that are open, or none: fewer than the threshold elsewhere in the network take others along that would tell them.</summary>
    public static void AssertOpen(string? number) => Assert.Contains(number, (string[])["0", $"{Stuck}"]);

    private async Task<ReferralId> StartAsync(int daysAgo)
    {
        _clock.Move(DateTimeOffset.UtcNow.AddDays(-daysAgo) - _clock.GetUtcNow());
        var id = new ReferralId(Guid.NewGuid());
        var consent = new Consent(ConsentForm.Written, WorkingCalendar.LocalDay(_clock.GetUtcNow()), "care");
        var outcome = await _referrals.StartAsync(
            new Actor("test", Holder), Chain,
            chain => new ReferralCommand.Start(
                id, Holder, chain.ContentHash, "2026-0815", consent, new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(1) },
                new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool> { [new NodeId("advice-part")] = false }),
            Ct);
        Assert.IsType<ReferralOutcome.Done>(outcome);
        return id;
    }

    private async Task FinishAsync(ReferralId id)
    {
        var offer = (await _client.Get($"/api/v1/referrals/{id}")).Ok().Json.GetProperty("steps")[0].GetProperty("offers")[0];
        var assignment = new AssignmentId(offer.GetProperty("assignment").GetGuid());
        var number = 0;
        foreach (var (days, said) in ((double, PartnerSaid)[])
            [
                (0, new PartnerSaid.Received()), (1, new PartnerSaid.Acknowledged()), (1, new PartnerSaid.Accepted()), (8, new PartnerSaid.Started()),
                (7, new PartnerSaid.Completed("helped", new Dictionary<string, FactValue>())),
            ])
        {
            _clock.Move(TimeSpan.FromDays(days));
            var hear = new ReferralCommand.Hear(assignment, ++number, _clock.GetUtcNow(), said);
            Assert.IsType<ReferralOutcome.Done>(await _referrals.HearAsync(new Actor("exchange", Holder), hear, Guid.NewGuid(), Ct));
        }
    }
}

/// <summary>The review's read side, which in the product a worker keeps up to date.</summary>
public static class ReviewSide
{
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Brings the read side up to what is in the log now, and the API to what is in the read side.</summary>
    public static Task CatchUpAsync(this ApiHost api) => CatchUpAsync(api.Services, api.Owner);

    /// <summary>The same for an application over another database.</summary>
    public static async Task CatchUpAsync(IServiceProvider services, string owner)
    {
        var ct = TestContext.Current.CancellationToken;
        await One.WaitAsync(ct);
        try
        {
            var (head, store) = (await HeadAsync(owner, ct), services.GetRequiredService<IReviewStore>());
            await using var follower = await ReviewFollower.StartAsync(services.GetRequiredService<PostgresOptions>(), null, null, ct);
            while ((await store.LiveAsync(ct))?.Position is not { } position || position < head)
            {
                await follower.NextAsync(ct);
            }
        }
        finally
        {
            One.Release();
        }

        // The first table may have been there, the second may have been in the making; the third was begun after the read side was up to date.
        var tables = new HashSet<ReviewTable>(ReferenceEqualityComparer.Instance);
        while (tables.Count < 3)
        {
            if (await services.GetRequiredService<OwnReview>().LatestAsync(TimeSpan.FromMinutes(1), ct) is { } table)
            {
                tables.Add(table);
            }
        }
    }

    private static async Task<long> HeadAsync(string owner, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select coalesce(max(seq_id), 0) from referrals.mt_events", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
