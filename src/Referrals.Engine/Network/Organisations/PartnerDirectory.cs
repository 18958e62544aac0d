using Referrals.Engine.Chains;

namespace Referrals.Engine.Network.Organisations;

/// <summary>The directory, as chains ask it.</summary>
public sealed class PartnerDirectory(OrganisationService service) : IPartnerDirectory
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<OrganisationId, PartnerEntry>> FindAsync(IReadOnlyCollection<OrganisationId> organisations, CancellationToken ct)
    {
        var found = new Dictionary<OrganisationId, PartnerEntry>();
        foreach (var id in organisations)
        {
            if (await service.LookUpAsync(id, ct) is { LeftAt: null } line)
            {
                found[id] = new PartnerEntry(line.Profile.Name, [.. line.Services.Select(s => s.Service)]);
            }
        }

        return found;
    }
}
