using System.Collections.Immutable;
using System.Diagnostics;

namespace Referrals.Engine.Chains;

/// <summary>A chain over all its versions, as the fold of its events.</summary>
public sealed partial record ChainState
{
    /// <summary>The chain.</summary>
    public required ChainId Id { get; init; }

    /// <summary>Every version that was ever proposed, by number.</summary>
    public ImmutableSortedDictionary<int, ProposedVersion> Versions { get; init; } = ImmutableSortedDictionary<int, ProposedVersion>.Empty;

    /// <summary>After how many months from a referral's end its words are erased by themselves; null: there is no rule.</summary>
    public int? RetentionMonths { get; init; }

    /// <summary>The version on which referrals start, or null.</summary>
    public ProposedVersion? InForce => Versions.Values.FirstOrDefault(v => v.Status == ChainStatus.InForce);

    /// <summary>The newest version that was proposed, or null.</summary>
    public ProposedVersion? Latest => Versions.IsEmpty ? null : Versions.Values.Last();

    /// <summary>Whether a partner of the version in force ended its agreement, so that the chain needs a new version.</summary>
    public bool NeedsNewVersion => InForce is { Withdrawals.IsEmpty: false };

    /// <summary>When the next version comes into force (UTC) that all have agreed to; null: none waits for its day.</summary>
    public DateTimeOffset? DueAt => Versions.Values.Min(v => v.DueAt);

    /// <summary>
    /// Who may draft, propose and retire: the coordinator of the version in force, else who began the chain, until another that it hands it over to
    /// has a version in force; null where there is nothing.
    /// </summary>
    public OrganisationId? Coordinator => InForce?.Definition.Coordinator ?? Latest?.CoordinatedBy ?? BegunBy;

    /// <summary>The state after an event.</summary>
    public static ChainState Evolve(ChainState? state, ChainEvent happened)
    {
        state ??= new ChainState { Id = happened.Chain };
        return happened switch
        {
            ChainEvent.Drafted drafted => state.Drawn(drafted.Definition, drafted.At),
            ChainEvent.DraftUndone undone => state.Undone(undone.Definition, undone.At),
            ChainEvent.DraftRedone redone => state.Redone(redone.Definition, redone.At),
            ChainEvent.DraftDiscarded => state.WithoutDraft(),
            ChainEvent.Proposed proposed => Propose(state, proposed),
            ChainEvent.Agreed agreed => state.Change(agreed.Version, v => v.With(agreed)).Change(v => v.AgreedAgain(agreed)),
            ChainEvent.Objected objected => Object(state, objected),
            ChainEvent.PartnerWithdrew withdrew => state.Change(v => v.Definition.Version <= withdrew.Version ? v.With(withdrew) : v),
            ChainEvent.PutInForce inForce => PutInForce(state, inForce),
            ChainEvent.Retired retired => Retire(state, retired),
            ChainEvent.RetentionSet set => state with { RetentionMonths = set.Months },
            _ => throw new UnreachableException(),
        };
    }

    // A newer proposal takes the place of one that is still open.
    private static ChainState Propose(ChainState state, ChainEvent.Proposed proposed)
    {
        var version = new ProposedVersion(proposed.Definition, proposed.ContentHash, proposed.At)
        {
            From = proposed.From,
            HandedOverBy = state.Coordinator == proposed.Definition.Coordinator ? null : state.Coordinator,
        };
        state = state.WithoutDraft().Replace(v => v.Status == ChainStatus.Proposed);
        return state with { Versions = state.Versions.SetItem(proposed.Definition.Version, version) };
    }

    // An objection opens the draft again, unless a newer version was proposed meanwhile or another draft is there.
    private static ChainState Object(ChainState state, ChainEvent.Objected objected) =>
        state.Change(objected.Version, v => v.With(objected)).Reopened(objected.Version, objected.At);

    // So does taking back what never was in force: nobody's drawing is lost.
    private static ChainState Retire(ChainState state, ChainEvent.Retired retired)
    {
        var counted = state.Versions[retired.Version].Status is not (ChainStatus.Proposed or ChainStatus.Agreed);
        state = state.Change(retired.Version, v => v with { Status = ChainStatus.Retired, InForceUntil = v.WasAgreed ? retired.At : null });
        return counted ? state : state.Reopened(retired.Version, retired.At);
    }

    private ChainState Reopened(int version, DateTimeOffset at) => Draft is null && Latest is { Definition: var drawn } && drawn.Version == version
        ? Drawn(drawn with { Version = version + 1 }, at)
        : this;

    private static ChainState PutInForce(ChainState state, ChainEvent.PutInForce inForce) => state
        .Change(v => v.Status == ChainStatus.InForce ? v with { InForceUntil = inForce.At } : v)
        .Replace(v => v.Status == ChainStatus.InForce || (v.Status == ChainStatus.Agreed && v.Definition.Version < inForce.Version))
        .Change(inForce.Version, v => v with { Status = ChainStatus.InForce, InForceAt = inForce.At });

    private ChainState Replace(Func<ProposedVersion, bool> which) => Change(v => which(v) ? v with { Status = ChainStatus.Replaced } : v);

    private ChainState Change(int version, Func<ProposedVersion, ProposedVersion> change) =>
        this with { Versions = Versions.SetItem(version, change(Versions[version])) };

    private ChainState Change(Func<ProposedVersion, ProposedVersion> change) =>
        this with { Versions = Versions.SetItems(Versions.Select(v => KeyValuePair.Create(v.Key, change(v.Value))).Where(v => !ReferenceEquals(v.Value, Versions[v.Key]))) };
}
