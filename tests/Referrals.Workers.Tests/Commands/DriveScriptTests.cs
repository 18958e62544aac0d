using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Tests.Commands;

public sealed class DriveScriptTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 14, 8, 0, 0, TimeSpan.Zero);
    private static readonly DrivenNetwork Network = Demo();

    [Fact]
    public async Task The_same_seed_means_the_same_ending_at_every_time()
    {
        var first = await EndingsAsync(7, Now);
        var again = await EndingsAsync(7, Now.AddDays(20).AddHours(5));

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Another_seed_means_other_endings() => Assert.NotEqual(await EndingsAsync(7, Now), await EndingsAsync(8, Now));

    [Fact]
    public async Task Every_kind_of_ending_comes_up()
    {
        var endings = (await EndingsAsync(7, Now, 500)).Select(e => e.Split(';')[0]).ToHashSet();

        Assert.Superset(
            new HashSet<string> { "completed", "closed-early", "withdrawn", "consent-withdrawn", "needs-decision", "running", "question-open" }, endings);
    }

    [Fact]
    public async Task What_is_expected_of_one_referral_does_not_depend_on_the_others()
    {
        var alone = await Driver.ExpectAsync(Network, 7, 42, Now, TestContext.Current.CancellationToken);
        var among = await EndingsAsync(7, Now, 43);

        Assert.Equal(among[42], alone.Last.Ending());
    }

    private static async Task<List<string>> EndingsAsync(long seed, DateTimeOffset now, int count = 150)
    {
        var endings = new List<string>();
        for (var index = 0; index < count; index++)
        {
            endings.Add((await Driver.ExpectAsync(Network, seed, index, now, TestContext.Current.CancellationToken)).Last.Ending());
        }

        return endings;
    }

    private static DrivenNetwork Demo()
    {
        var chains = Directory.GetFiles(Repository.Path("deploy", "demo", "chains"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => ChainJson.Read(File.ReadAllText(file)).Chain!)
            .Select(chain => new DrivenChain(chain, ChainJson.ContentHash(chain)))
            .ToList();
        return new DrivenNetwork([new OrganisationId("jobcenter-elbtal"), new OrganisationId("sozialamt-elbtal")], chains);
    }
}
