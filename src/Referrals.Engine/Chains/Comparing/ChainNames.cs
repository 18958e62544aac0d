namespace Referrals.Engine.Chains.Comparing;

/// <summary>What organisations and services are called in sentences about chains.</summary>
/// <param name="Organisation">Name of an organisation.</param>
/// <param name="Service">Words for the code of a service.</param>
public sealed record ChainNames(Func<OrganisationId, string> Organisation, Func<string, LocalText> Service)
{
    /// <summary>The codes themselves.</summary>
    public static readonly ChainNames Codes = new(o => o.Value, s => new LocalText(s, s));

    internal string List(IEnumerable<OrganisationId> partners) => string.Join(", ", partners.Select(Organisation));
}
