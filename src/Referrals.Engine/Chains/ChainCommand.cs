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
    /// <param name="By">The organisation that asks.</param>
    /// <param name="Definition">The version.</param>
    /// <param name="From">The day in Europe/Berlin from which it is to be in force, at the earliest; null: once all have agreed.</param>
    public sealed record Propose(OrganisationId By, ChainVersion Definition, DateOnly? From = null) : ChainCommand(By);

    /// <summary>Agree to a version as one of its partners.</summary>
    public sealed record Agree(OrganisationId By, int Version) : ChainCommand(By);

    /// <summary>Object to a version as one of its partners.</summary>
    public sealed record RaiseObjection(OrganisationId By, int Version, Note Reason) : ChainCommand(By);

    /// <summary>Withdraw from the version in force as one of its partners; the agreement ends, what runs with the partner goes on.</summary>
    public sealed record Withdraw(OrganisationId By, int Version, Note Reason) : ChainCommand(By);

    /// <summary>The organisation leaves the network: it objects to what is open, and withdraws from what was agreed.</summary>
    public sealed record Leave(OrganisationId By) : ChainCommand(By);

    /// <summary>Put in force what all have agreed to and whose day has come.</summary>
    public sealed record PassTime(OrganisationId By) : ChainCommand(By);

    /// <summary>Take a version out of use, or a proposal back.</summary>
    public sealed record Retire(OrganisationId By, int Version) : ChainCommand(By);

    /// <summary>Erase words of the chain's referrals so many months (6 to 120) after their end; null: not by themselves.</summary>
    public sealed record SetRetention(OrganisationId By, int? Months) : ChainCommand(By);
}
