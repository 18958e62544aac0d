using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.LocalServers;
using Referrals.Workers.Projections;
using Referrals.Workers.Tests.Commands;

namespace Referrals.Workers.Tests;

/// <summary>The review sees what happens in the running product, and is built anew beside it.</summary>
public sealed class ReviewTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_referral_is_seen_from_start_to_end_and_rebuilt_the_same()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var before = await network.StartReferralAsync(Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        await using var store = new ReviewStore(host.Services.GetRequiredService<PostgresOptions>());
        await Wait.UntilAsync("what was there before is seen", async () => await FindAsync(store, before) is { Visits: [{ Received: > 0 }] }, Ct);
        var id = await network.StartReferralAsync(Ct);
        await network.RunToEndAsync([before, id], Ct);
        await Wait.UntilAsync("the end is seen", async () => await FindAsync(store, id) is { Closing: ClosingReason.Completed }, Ct);
        var seen = (await FindAsync(store, id))!;
        Assert.Equal(network.Own(TestNetwork.Jobcenter), seen.Holder);
        Assert.All(seen.Visits, v => Assert.Equal(VisitEnd.Completed, v.End));
        Assert.True(seen.Visits.Length > 1);

        var settings = network.Settings(null).Chunk(2).Where(s => s[0].StartsWith("--", StringComparison.Ordinal)).ToDictionary(s => s[0][2..], s => (string?)s[1]);
        var (status, text) = await CommandRun.Of(settings, "review", "rebuild");
        Assert.Equal(0, status);
        Assert.Contains("generation=2", text, StringComparison.Ordinal);
        Assert.True(seen.IsSameAs((await FindAsync(store, id))!));

        var after = await network.StartReferralAsync(Ct);
        await Wait.UntilAsync("the new generation follows", async () => await FindAsync(store, after) is not null, Ct);
        Assert.Equal(2, (await store.LiveAsync(Ct))!.Number);
    }

    [Fact]
    public async Task The_follower_tells_how_it_gets_on_and_a_standing_one_degrades_the_process()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct, "--Referrals:Workers:MaxLag", "00:00:01");
        await network.StartReferralAsync(Ct);
        var progress = host.Services.GetRequiredService<ReviewProgress>();
        await Wait.UntilAsync("it follows", () => Task.FromResult(progress.Now is { Leads: true, Position: > 0 }), Ct);
        Assert.Equal("Healthy", (await CheckAsync(host)).GetProperty("status").GetString());
        Assert.True((await CheckAsync(host)).GetProperty("data").GetProperty("position").GetInt64() > 0);

        // An event of a later version of the product.
        await network.ExecuteAsync(
            """
            select set_config('referrals.tenants', 'later', false);
            insert into {0}.mt_streams (tenant_id, id, type, version) values ('later', '33333333-3333-4333-8333-333333333333', 'referral', 1);
            insert into {0}.mt_events (id, stream_id, version, data, type, tenant_id, user_name)
            values (gen_random_uuid(), '33333333-3333-4333-8333-333333333333', 1, '{{}}', 'step_teleported', 'later', 'raw');
            select pg_notify('{0}_events', '')
            """, Ct);
        await Wait.UntilAsync("it stands still", async () => (await CheckAsync(host)).GetProperty("status").GetString() == "Degraded", Ct);
    }

    private static async Task<ReviewCase?> FindAsync(ReviewStore store, ReferralId id)
    {
        try
        {
            return await store.LiveAsync(Ct) is { } live ? await store.ReadAsync(live, Ct).FirstOrDefaultAsync(c => c.Id == id.Value, Ct) : null;
        }
        catch (GenerationGoneException)
        {
            return null;
        }
    }

    private static async Task<JsonElement> CheckAsync(WebApplication host)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(host.Urls.First() + "/health/ready"), Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("checks").GetProperty("review");
    }
}
