using Referrals.Engine.Privacy;

namespace Referrals.Engine.Chains;

/// <summary>What people ask of a chain.</summary>
/// <param name="By">The organisation that asks.</param>
public abstract record ChainCommand(OrganisationId By)
{
    /// <summary>Keep this definition as the coordinator's draft; it may have faults.</summary>
    public sealed record SaveDraft(OrganisationId By, ChainVersion Definition) : ChainCommand(By);

    /// <summary>Lay this definition before its partners as the next version.</summary>
    public sealed record Propose(OrganisationId By, ChainVersion Definition) : ChainCommand(By);

    /// <summary>Agree to a version as one of its partners.</summary>
    public sealed record Agree(OrganisationId By, int Version) : ChainCommand(By);

    /// <summary>Object to a version as one of its partners.</summary>
    public sealed record RaiseObjection(OrganisationId By, int Version, Note Reason) : ChainCommand(By);

    /// <summary>Take a version out of use, or a proposal back.</summary>
    public sealed record Retire(OrganisationId By, int Version) : ChainCommand(By);
}
