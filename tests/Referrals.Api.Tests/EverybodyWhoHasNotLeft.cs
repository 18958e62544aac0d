using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Tests;

/// <summary>Every organisation belongs to the network and offers everything, but those whose code begins with <c>left-</c>.</summary>
public sealed class EverybodyWhoHasNotLeft : IPartnerDirectory
{
    private static readonly HashSet<string> Everything = new(["everything"], EqualityComparer<string>.Create((_, _) => true, _ => 0));

    public Task<IReadOnlyDictionary<OrganisationId, PartnerEntry>> FindAsync(IReadOnlyCollection<OrganisationId> organisations, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<OrganisationId, PartnerEntry>>(
            organisations.Where(o => !o.Value.StartsWith("left-", StringComparison.Ordinal)).ToDictionary(o => o, o => new PartnerEntry(o.Value, Everything)));
}
