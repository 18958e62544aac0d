using System.Collections.Frozen;
using System.Collections.Immutable;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Chains;

/// <summary>A partner's objection to a version.</summary>
/// <param name="Reason">In its own words; null where a code says it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Code"><see cref="ChainEvent.Objected.LeftNetwork"/>, or null.</param>
public sealed record Objection(Note? Reason, DateTimeOffset At, string? Code = null);

/// <summary>The end of a partner's agreement.</summary>
/// <param name="Version">Number of the version that it withdrew from; those before it are meant too.</param>
/// <param name="Reason">In its own words; null when it left the network.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Left">Whether it left the network.</param>
public sealed record Withdrawal(int Version, Note? Reason, DateTimeOffset At, bool Left);

/// <summary>A version of a chain with what its partners said.</summary>
/// <param name="Definition">Its content.</param>
/// <param name="ContentHash">The hash of its content, see <see cref="ChainJson.ContentHash"/>.</param>
/// <param name="ProposedAt">When it was laid before its partners.</param>
public sealed record ProposedVersion(ChainVersion Definition, string ContentHash, DateTimeOffset ProposedAt)
{
    /// <summary>Where it stands.</summary>
    public ChainStatus Status { get; init; } = ChainStatus.Proposed;

    /// <summary>The day in Europe/Berlin from which it is to be in force, at the earliest; null: once all have agreed.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Who coordinated the chain when this version was proposed, where another organisation is to do so from then on that it is in force; else null.</summary>
    public OrganisationId? HandedOverBy { get; init; }

    /// <summary>Who coordinates the chain while this is its newest version and none is in force.</summary>
    public OrganisationId CoordinatedBy => WasAgreed ? Definition.Coordinator : HandedOverBy ?? Definition.Coordinator;

    /// <summary>Whose word it needs, in the order in which the chain names them: its partners, and an organisation that is to coordinate the chain from then on.</summary>
    public IEnumerable<OrganisationId> Asked() => HandedOverBy is null ? Definition.Partners() : Definition.Partners().Append(Definition.Coordinator).Distinct();

    /// <summary>When it came into force (UTC), or null.</summary>
    public DateTimeOffset? InForceAt { get; init; }

    /// <summary>When another took its place or it was retired (UTC); null: it is in force, or never was.</summary>
    public DateTimeOffset? InForceUntil { get; init; }

    /// <summary>Who agreed, and when; without those that withdrew.</summary>
    public ImmutableDictionary<OrganisationId, DateTimeOffset> Agreements { get; init; } = ImmutableDictionary<OrganisationId, DateTimeOffset>.Empty;

    /// <summary>Who objected, and why.</summary>
    public ImmutableDictionary<OrganisationId, Objection> Objections { get; init; } = ImmutableDictionary<OrganisationId, Objection>.Empty;

    /// <summary>Who ended its agreement and has not agreed again: gets no new offers.</summary>
    public ImmutableDictionary<OrganisationId, Withdrawal> Withdrawals { get; init; } = ImmutableDictionary<OrganisationId, Withdrawal>.Empty;

    /// <summary>The organisations of <see cref="Withdrawals"/>.</summary>
    public IReadOnlySet<OrganisationId> Withdrawn => Withdrawals.IsEmpty ? FrozenSet<OrganisationId>.Empty : Withdrawals.Keys.ToFrozenSet();

    /// <summary>Whether all had agreed at some time, so that referrals may run on it.</summary>
    public bool WasAgreed => InForceAt is not null;

    /// <summary>When it comes into force (UTC), if it waits for that alone; else null.</summary>
    public DateTimeOffset? DueAt => Status == ChainStatus.Agreed && From is { } day ? WorkingCalendar.Midnight(day) : null;

    /// <summary>Whether the day from which it is to be in force has come.</summary>
    public bool HasCome(DateTimeOffset now) => From is not { } day || day <= WorkingCalendar.LocalDay(now);

    /// <summary>Those of whom nothing is known yet, among those asked.</summary>
    public IEnumerable<OrganisationId> Silent() => Asked()
        .Where(p => !Agreements.ContainsKey(p) && !Objections.ContainsKey(p) && !Withdrawals.ContainsKey(p));

    internal ProposedVersion With(ChainEvent.Agreed agreed)
    {
        var after = this with
        {
            Agreements = Agreements.SetItem(agreed.Partner, agreed.At),
            Withdrawals = Withdrawals.Remove(agreed.Partner),
        };
        return after.Status == ChainStatus.Proposed && !after.Silent().Any() ? after with { Status = ChainStatus.Agreed } : after;
    }

    internal ProposedVersion With(ChainEvent.Objected objected) => this with
    {
        Status = ChainStatus.Objected,
        Agreements = Agreements.Remove(objected.Partner),
        Objections = Objections.SetItem(objected.Partner, new Objection(objected.Reason, objected.At, objected.Code)),
    };

    internal ProposedVersion With(ChainEvent.PartnerWithdrew withdrew) => !WasAgreed || !Definition.Partners().Contains(withdrew.Partner) ? this : this with
    {
        Agreements = Agreements.Remove(withdrew.Partner),
        Withdrawals = Withdrawals.SetItem(withdrew.Partner, new Withdrawal(withdrew.Version, withdrew.Reason, withdrew.At, withdrew.Left)),
    };

    // Agreeing again to the version that it withdrew from also takes back what that meant for the versions before.
    internal ProposedVersion AgreedAgain(ChainEvent.Agreed agreed) =>
        Withdrawals.GetValueOrDefault(agreed.Partner) is { } withdrawal && withdrawal.Version == agreed.Version
            ? this with { Agreements = Agreements.SetItem(agreed.Partner, agreed.At), Withdrawals = Withdrawals.Remove(agreed.Partner) }
            : this;
}
