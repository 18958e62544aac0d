namespace Referrals.Engine.Network.Organisations;

/// <summary>What is asked of an organisation's entry in the network.</summary>
public abstract record OrganisationCommand
{
    private OrganisationCommand() { }

    /// <summary>Let it join the network.</summary>
    public sealed record Register(OrganisationProfile Profile) : OrganisationCommand;

    /// <summary>Change its profile.</summary>
    /// <param name="Profile">As it shall be.</param>
    /// <param name="ByNetwork">
    /// Whether the network's administrator asks. Nobody else decides what an organisation's people may be, or which policy field it coordinates.
    /// </param>
    public sealed record ChangeProfile(OrganisationProfile Profile, bool ByNetwork = false) : OrganisationCommand;

    /// <summary>Record its initial analysis, or replace it.</summary>
    public sealed record RecordAnalysis(InitialAnalysis Analysis) : OrganisationCommand;

    /// <summary>Set the services that it offers: codes, each once.</summary>
    public sealed record OfferServices(IReadOnlyList<string> Services) : OrganisationCommand;

    /// <summary>Let it leave the network. It may be registered again.</summary>
    public sealed record Leave : OrganisationCommand;

    /// <summary>Report how much of a service is free.</summary>
    public sealed record ReportCapacity(string Service, Capacity Capacity) : OrganisationCommand;

    /// <summary>Publish a key (P-256, SubjectPublicKeyInfo in Base64) to which contact cards are sealed from now on.</summary>
    public sealed record PublishCardKey(string PublicKey) : OrganisationCommand;

    /// <summary>Have nobody seal to this key (its fingerprint) any more; what was sealed to it is deleted by <see cref="CardService"/>.</summary>
    public sealed record RevokeCardKey(string Key) : OrganisationCommand;
}
