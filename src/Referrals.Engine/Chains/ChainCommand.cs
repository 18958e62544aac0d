using Referrals.Engine.Privacy;

namespace Referrals.Engine.Chains;

/// <summary>What people ask of a chain.</summary>
/// <param name="By">The organisation that asks.</param>
public abstract record ChainCommand(OrganisationId By)
{
    /// <summary>Keep this definition as the coordinator's draft; it may have faults. The draft gets the next number, whatever the definition says.</summary>
    /// <param name="By">The organisation that asks.</param>
    /// <param name="Definition">What is drawn now.</param>
    /// <param name="Over">
    /// Content hash of the draft that the editor saw, or <see cref="DraftTrail.NoDraft"/> where it saw none; refused when another is there now.
    /// Null: whatever is there.
    /// </param>
    public sealed record SaveDraft(OrganisationId By, ChainVersion Definition, string? Over = null) : ChainCommand(By);

    /// <summary>Make the draft before this one the draft again. <c>Over</c>: see <see cref="SaveDraft"/>.</summary>
    public sealed record UndoDraft(OrganisationId By, string? Over = null) : ChainCommand(By);

    /// <summary>Make the draft that was undone last the draft again. <c>Over</c>: see <see cref="SaveDraft"/>.</summary>
    public sealed record RedoDraft(OrganisationId By, string? Over = null) : ChainCommand(By);

    /// <summary>Throw the draft away with all its steps; what was proposed stays. <c>Over</c>: see <see cref="SaveDraft"/>.</summary>
    public sealed record DiscardDraft(OrganisationId By, string? Over = null) : ChainCommand(By);

    /// <summary>Lay this definition before its partners as the next version.</summary>
    public sealed record Propose(OrganisationId By, ChainVersion Definition) : ChainCommand(By);

    /// <summary>Agree to a version as one of its partners.</summary>
    public sealed record Agree(OrganisationId By, int Version) : ChainCommand(By);

    /// <summary>Object to a version as one of its partners.</summary>
    public sealed record RaiseObjection(OrganisationId By, int Version, Note Reason) : ChainCommand(By);

    /// <summary>Take a version out of use, or a proposal back.</summary>
    public sealed record Retire(OrganisationId By, int Version) : ChainCommand(By);
}
