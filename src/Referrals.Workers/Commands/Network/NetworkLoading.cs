using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Organisations;
using Chain = Referrals.Engine.Chains.ChainCommand;

namespace Referrals.Workers.Commands.Network;

/// <summary>A step of the loading, for those who watch.</summary>
/// <param name="Done">How many things are done.</param>
/// <param name="Of">Of how many.</param>
/// <param name="What">What was done last.</param>
public readonly record struct LoadProgress(int Done, int Of, string What);

/// <summary>What was loaded.</summary>
/// <param name="Organisations">Organisations in the files.</param>
/// <param name="Chains">Chains in the files with the number of the version that is in force.</param>
/// <param name="Clients">Clients made or renewed.</param>
/// <param name="Recorded">Events recorded; 0 when everything was there already.</param>
/// <param name="Faults">What is wrong, as lines; then nothing was loaded, or the rest was not.</param>
public sealed record LoadResult(int Organisations, IReadOnlyList<(ChainId Chain, int Version)> Chains, int Clients, int Recorded, IReadOnlyList<string> Faults);

/// <summary>
/// Loads a network from files: organisations join, coordinators propose the chains, every partner agrees. What is there already is left as
/// it is, so that it can be done any number of times.
/// </summary>
/// <param name="session">Where to.</param>
/// <param name="by">Who loads, as the history tells.</param>
/// <param name="renewClients">Whether clients that are there get the secret anew.</param>
/// <param name="withCapacity">Whether the capacity in the files is reported; not where history will tell an earlier one.</param>
/// <param name="keepsAgreed">Whether a version that was agreed with another content than that in the files is left as it is (<see cref="Kept"/>); else it is a fault.</param>
public sealed class NetworkLoading(EngineSession session, string by, bool renewClients = true, bool withCapacity = true, bool keepsAgreed = false)
{
    private readonly List<(ChainId Chain, int Version)> _kept = [];
    private int _recorded;

    /// <summary>Versions whose content in the files is another than the one that was agreed.</summary>
    public IReadOnlyList<(ChainId Chain, int Version)> Kept => _kept;

    /// <summary>Loads a folder.</summary>
    /// <param name="folder">Holds <c>organisations.json</c> and <c>chains/</c>.</param>
    /// <param name="operatorCode">The organisation that operates the network.</param>
    /// <param name="demoSecret">Secret of a client per organisation, or null for none.</param>
    /// <param name="german">Language of the faults.</param>
    /// <param name="progress">Is told of each thing done.</param>
    /// <param name="ct">Cancels the rest.</param>
    public async Task<LoadResult> LoadAsync(
        string folder, OrganisationId operatorCode, string? demoSecret, bool german, Action<LoadProgress> progress, CancellationToken ct)
    {
        var files = await NetworkFiles.ReadAsync(folder, german, ct);
        if (files.Faults.Count > 0)
        {
            return new LoadResult(files.Organisations.Count, [], 0, 0, files.Faults);
        }

        await session.MigrateAsync(ct);
        var (done, all) = (0, files.Organisations.Count + files.Chains.Count);
        var faults = new List<string>();
        foreach (var organisation in files.Organisations)
        {
            faults.AddRange(await RegisterAsync(organisation, ct));
            progress(new LoadProgress(++done, all, organisation.Name));
        }

        foreach (var chain in files.Chains)
        {
            faults.AddRange(await AgreeAsync(chain, ct));
            progress(new LoadProgress(++done, all, chain.Title.De));
        }

        var clients = demoSecret is null ? 0 : await SignInAsync(files.Organisations, operatorCode, demoSecret, ct);
        return new LoadResult(files.Organisations.Count, [.. files.Chains.Select(c => (c.Id, c.Version))], clients, _recorded, faults);
    }

    private async Task<IReadOnlyList<string>> RegisterAsync(OrganisationEntry entry, CancellationToken ct)
    {
        var actor = new Actor(by, entry.Id);
        var known = (await session.Organisations.FindAsync(entry.Id, ct))?.Organisation;
        foreach (var command in NetworkFiles.CommandsOf(entry).Where(c => !IsThere(c, known) && (withCapacity || c is not OrganisationCommand.ReportCapacity)))
        {
            switch (await session.Organisations.DoAsync(actor, entry.Id, command, null, ct))
            {
                case OrganisationOutcome.Done done:
                    _recorded += done.Events.Count;
                    break;
                case OrganisationOutcome.Refused refused:
                    return [$"{entry.Id}: {refused.Refusal.Code}: {refused.Refusal.Message}"];
                case OrganisationOutcome.Stale:
                    return [$"{entry.Id}: somebody else changes it all the time"];
                default:
                    throw new UnreachableException();
            }
        }

        return [];
    }

    // What an organisation has said of itself since is not set back to what the files say.
    private static bool IsThere(OrganisationCommand command, OrganisationState? known) => known is not null && command switch
    {
        OrganisationCommand.Register => true,
        OrganisationCommand.RecordAnalysis => known.Analysis is not null,
        OrganisationCommand.OfferServices => known.Services.Count > 0,
        OrganisationCommand.ReportCapacity c => known.Capacities.ContainsKey(c.Service),
        _ => throw new UnreachableException(),
    };

    private async Task<IReadOnlyList<string>> AgreeAsync(ChainVersion chain, CancellationToken ct)
    {
        if (await session.Chains.FindAsync(chain.Id, chain.Version, ct) is { Status: not ChainStatus.Proposed } there)
        {
            if (there.ContentHash == ChainJson.ContentHash(chain))
            {
                return [];
            }

            _kept.Add((chain.Id, chain.Version));
            return keepsAgreed
                ? []
                : [$"{chain.Id}: version {chain.Version} is there already, with another content: give the changed chain the next number"];
        }

        var asked = chain.Partners().Select(p => (Chain)new Chain.Agree(p, chain.Version)).Prepend(new Chain.Propose(chain.Coordinator, chain));
        foreach (var command in asked)
        {
            switch (await session.Chains.DoAsync(new Actor(by, command.By), chain.Id, command, null, ct))
            {
                case ChainOutcome.Done done:
                    _recorded += done.Events.Count;
                    break;
                case ChainOutcome.Refused refused:
                    return [$"{chain.Id}: {command.By}: {refused.Refusal.Code}: {refused.Refusal.Message}"];
                case ChainOutcome.Stale:
                    return [$"{chain.Id}: somebody else changes it all the time"];
                default:
                    throw new UnreachableException();
            }
        }

        return [];
    }

    private async Task<int> SignInAsync(IReadOnlyList<OrganisationEntry> organisations, OrganisationId operatorCode, string secret, CancellationToken ct)
    {
        var clients = organisations.Where(o => o.Id != operatorCode).Select(o => (o.Id, o.Roles)).Append((operatorCode, [NetworkRoles.Admin]));
        var made = 0;
        foreach (var (organisation, roles) in clients)
        {
            var id = ClientStore.IdOf(organisation);
            if (!renewClients && (await session.Clients.ListAsync(organisation, ct)).Any(c => c.Id == id && c.DisabledAt is null))
            {
                continue;
            }

            made += await session.Clients.CreateAsync(organisation, id, secret, roles, by, Codes.StableGuid("network-load", id), ct) is null ? 0 : 1;
        }

        return made;
    }
}
