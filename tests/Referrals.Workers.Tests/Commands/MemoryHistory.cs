using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Demo;
using Referrals.Workers.Commands.Network;

namespace Referrals.Workers.Tests.Commands;

/// <summary>A history in memory, over the demo network.</summary>
internal static class MemoryHistory
{
    public static readonly DateTimeOffset Until = new(2026, 10, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Plays it.</summary>
    public static async Task<(HistoryPlay Play, MemoryEventLog Log)> OfAsync(int months, long seed, int referrals, CancellationToken ct, int lanes = 8)
    {
        var order = new HistoryOrder(months, seed, referrals, Until);
        var log = new MemoryEventLog(EngineEvents.Codec);
        await LoadAsync(log, new VirtualClock(order.Founded), ct);
        var better = ChainJson.Read(await File.ReadAllTextAsync(Repository.Path("deploy", "demo", "history", "gesund-in-arbeit-2.json"), ct)).Chain;
        var people = await DemoPeople.ReadAsync(Repository.Path("deploy", "demo"), ct);
        var play = new HistoryPlay(log, order, better, new Colleagues(people.Select(p => (p.Login, p.Roles))), lanes);
        await play.RunAsync(_ => { }, ct);
        return (play, log);
    }

    private static async Task LoadAsync(MemoryEventLog log, VirtualClock clock, CancellationToken ct)
    {
        var (organisations, chains) = (new OrganisationService(log, clock), new ChainService(log, clock));
        var files = await NetworkFiles.ReadAsync(Repository.Path("deploy", "demo"), german: false, ct);
        foreach (var entry in files.Organisations)
        {
            foreach (var command in NetworkFiles.CommandsOf(entry).Where(c => c is not OrganisationCommand.ReportCapacity))
            {
                await organisations.DoAsync(new Actor("test", entry.Id), entry.Id, command, null, ct);
            }
        }

        foreach (var chain in files.Chains)
        {
            await chains.DoAsync(new Actor("test", chain.Coordinator), chain.Id, new ChainCommand.Propose(chain.Coordinator, chain), null, ct);
            foreach (var partner in chain.Partners())
            {
                await chains.DoAsync(new Actor("test", partner), chain.Id, new ChainCommand.Agree(partner, chain.Version), null, ct);
            }
        }
    }
}
