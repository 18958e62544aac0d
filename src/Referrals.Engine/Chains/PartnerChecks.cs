using Referrals.Engine.Chains.Comparing;

namespace Referrals.Engine.Chains;

/// <summary>What the network knows of an organisation that a chain names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Services">Codes of the services that it offers.</param>
public sealed record PartnerEntry(string Name, IReadOnlyCollection<string> Services);

/// <summary>Finds the organisations that a chain names. Implemented by the service of the organisations.</summary>
public interface IPartnerDirectory
{
    /// <summary>Those of the organisations that belong to the network at present.</summary>
    Task<IReadOnlyDictionary<OrganisationId, PartnerEntry>> FindAsync(IReadOnlyCollection<OrganisationId> organisations, CancellationToken ct);
}

/// <summary>What can be wrong with the organisations that a chain names: its content alone can't tell.</summary>
public static class PartnerChecks
{
    /// <summary>Every organisation that a chain names.</summary>
    public static IReadOnlyCollection<OrganisationId> Named(ChainVersion chain) => [.. chain.Partners().Append(chain.Coordinator).Distinct()];

    /// <summary>Partners and a coordinator that don't belong to the network, and partners that don't offer the service of their step.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="known">The organisations of the network among those named.</param>
    /// <param name="names">What organisations and services are called; null: as their codes.</param>
    public static IReadOnlyList<ChainFault> Check(ChainVersion chain, IReadOnlyDictionary<OrganisationId, PartnerEntry> known, ChainNames? names = null)
    {
        names ??= ChainNames.Codes;
        var faults = new FaultList();
        if (!known.ContainsKey(chain.Coordinator))
        {
            faults.Add(
                "coordinator", "coordinator-not-in-network",
                $"Die koordinierende Stelle „{names.Organisation(chain.Coordinator)}“ gehört nicht zum Netzwerk.", $"The coordinator “{names.Organisation(chain.Coordinator)}” does not belong to the network.");
        }

        Walk(chain.Root, "root");
        return faults.All;

        void Walk(ChainNode node, string path)
        {
            for (var i = 0; node is ChainNode.Step step && i < step.Partners.Count; i++)
            {
                Check(step, step.Partners[i], $"{path}.partners[{i}]");
            }

            foreach (var (part, child) in node.Parts())
            {
                Walk(child, $"{path}.{part}");
            }
        }

        void Check(ChainNode.Step step, OrganisationId partner, string path)
        {
            if (!known.TryGetValue(partner, out var entry))
            {
                faults.Add(path, "partner-not-in-network", step, $"„{names.Organisation(partner)}“ gehört nicht zum Netzwerk.", $"“{names.Organisation(partner)}” does not belong to the network.");
            }
            else if (!entry.Services.Contains(step.Service))
            {
                faults.Add(
                    path, "partner-without-service", step,
                    $"{entry.Name} bietet die Leistung „{names.Service(step.Service).De}“ nicht an.", $"{entry.Name} does not offer the service “{names.Service(step.Service).En()}”.");
            }
        }
    }
}
