using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Organisations;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Network;

namespace Referrals.Benchmarks.Review;

/// <summary>
/// The demo network with its chains cut short: a fact says which one of a chain's steps a referral takes. So a referral has about ten events,
/// and yet every step, partner and version of the demo network comes up.
/// </summary>
internal sealed record ReviewChains(NetworkFiles Files, IReadOnlyList<ChainVersion> Chains, ChainVersion Better)
{
    private const string Fact = "way";

    /// <summary>Reads the demo network's files and cuts the chains.</summary>
    public static async Task<ReviewChains> ReadAsync(CancellationToken ct)
    {
        var folder = Repository.Path("deploy", "demo");
        var files = await NetworkFiles.ReadAsync(folder, german: false, ct);
        var better = ChainJson.Read(await File.ReadAllBytesAsync(Path.Combine(folder, "history", "gesund-in-arbeit-2.json"), ct)).Chain
            ?? throw new InvalidOperationException("the better version can't be read");
        return new ReviewChains(files, [.. files.Chains.Select(Cut)], Cut(better));
    }

    /// <summary>Founds the network in a log.</summary>
    public async Task FoundAsync(IEventLog log, TimeProvider time, CancellationToken ct)
    {
        var (organisations, chains) = (new OrganisationService(log, time), new ChainService(log, time));
        foreach (var entry in Files.Organisations)
        {
            foreach (var command in NetworkFiles.CommandsOf(entry).Where(c => c is not OrganisationCommand.ReportCapacity))
            {
                await organisations.DoAsync(new Actor("bench", entry.Id), entry.Id, command, null, ct);
            }
        }

        foreach (var chain in Chains)
        {
            await AgreeAsync(chains, chain, ct);
        }
    }

    /// <summary>Has a version proposed and agreed.</summary>
    public static async Task AgreeAsync(ChainService chains, ChainVersion chain, CancellationToken ct)
    {
        foreach (var command in chain.Partners().Select(p => (ChainCommand)new ChainCommand.Agree(p, chain.Version)).Prepend(new ChainCommand.Propose(chain.Coordinator, chain)))
        {
            if (await chains.DoAsync(new Actor("bench", command.By), chain.Id, command, null, ct) is not ChainOutcome.Done)
            {
                throw new InvalidOperationException($"{chain.Id} version {chain.Version}: {command} was refused");
            }
        }
    }

    private static ChainVersion Cut(ChainVersion chain)
    {
        var steps = chain.Steps().ToList();
        var ways = steps.Select(s => new CodeTitle(s.Id.Value, s.Title ?? new LocalText(s.Id.Value))).ToList();
        return chain with
        {
            Facts = [.. chain.Facts, new FactDeclaration(Fact, new LocalText("Weg", "Way"), new FactType.CodeList(ways), Required: true)],
            Root = new ChainNode.Choice
            {
                Id = new NodeId("welcher-weg"),
                Branches = [.. steps.Select(s => new Branch(
                    new Condition.Fact(Fact, Comparison.Equal, new FactValue.Code(s.Id.Value)), s))],
            },
        };
    }
}
