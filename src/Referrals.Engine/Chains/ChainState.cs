using System.Collections.Immutable;
using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Chains;

/// <summary>A partner's objection to a version.</summary>
public sealed record Objection(Note Reason, DateTimeOffset At);

/// <summary>A version of a chain with what its partners said.</summary>
/// <param name="Definition">Its content.</param>
/// <param name="ContentHash">The hash of its content, see <see cref="ChainJson.ContentHash"/>.</param>
/// <param name="ProposedAt">When it was laid before its partners.</param>
public sealed record ProposedVersion(ChainVersion Definition, string ContentHash, DateTimeOffset ProposedAt)
{
    /// <summary>Where it stands.</summary>
    public ChainStatus Status { get; init; } = ChainStatus.Proposed;

    /// <summary>Who agreed, and when.</summary>
    public ImmutableDictionary<OrganisationId, DateTimeOffset> Agreements { get; init; } = ImmutableDictionary<OrganisationId, DateTimeOffset>.Empty;

    /// <summary>Who objected, and why.</summary>
    public ImmutableDictionary<OrganisationId, Objection> Objections { get; init; } = ImmutableDictionary<OrganisationId, Objection>.Empty;

    /// <summary>Partners that have said nothing yet, in the order in which the chain names them.</summary>
    public IEnumerable<OrganisationId> Silent() => Definition.Partners().Where(p => !Agreements.ContainsKey(p) && !Objections.ContainsKey(p));
}

/// <summary>A chain over all its versions, as the fold of its events.</summary>
public sealed partial record ChainState
{
    /// <summary>The chain.</summary>
    public required ChainId Id { get; init; }

    /// <summary>Every version that was ever proposed, by number.</summary>
    public ImmutableSortedDictionary<int, ProposedVersion> Versions { get; init; } = ImmutableSortedDictionary<int, ProposedVersion>.Empty;

    /// <summary>The version on which referrals start, or null.</summary>
    public ProposedVersion? InForce => Versions.Values.FirstOrDefault(v => v.Status == ChainStatus.InForce);

    /// <summary>The newest version that was proposed, or null.</summary>
    public ProposedVersion? Latest => Versions.IsEmpty ? null : Versions.Values.Last();

    /// <summary>
    /// Who may draft, propose and retire: the coordinator of the version in force, else of the newest, else who began the draft; null where
    /// there is nothing.
    /// </summary>
    public OrganisationId? Coordinator => (InForce ?? Latest)?.Definition.Coordinator ?? BegunBy;

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
            ChainEvent.Agreed agreed => state.Change(agreed.Version, v => v with
            {
                Agreements = v.Agreements.SetItem(agreed.Partner, agreed.At),
            }),
            ChainEvent.Objected objected => state.Change(objected.Version, v => v with
            {
                Status = ChainStatus.Objected,
                Agreements = v.Agreements.Remove(objected.Partner),
                Objections = v.Objections.SetItem(objected.Partner, new Objection(objected.Reason, objected.At)),
            }),
            ChainEvent.PutInForce inForce => state.Replace(ChainStatus.InForce).Change(inForce.Version, v => v with { Status = ChainStatus.InForce }),
            ChainEvent.Retired retired => state.Change(retired.Version, v => v with { Status = ChainStatus.Retired }),
            _ => throw new UnreachableException(),
        };
    }

    // A newer proposal takes the place of one that is still open.
    private static ChainState Propose(ChainState state, ChainEvent.Proposed proposed)
    {
        var version = new ProposedVersion(proposed.Definition, proposed.ContentHash, proposed.At);
        state = state.WithoutDraft().Replace(ChainStatus.Proposed);
        return state with { Versions = state.Versions.SetItem(proposed.Definition.Version, version) };
    }

    private ChainState Replace(ChainStatus status) => this with
    {
        Versions = Versions.SetItems(Versions.Where(v => v.Value.Status == status)
            .Select(v => KeyValuePair.Create(v.Key, v.Value with { Status = ChainStatus.Replaced }))),
    };

    private ChainState Change(int version, Func<ProposedVersion, ProposedVersion> change) =>
        this with { Versions = Versions.SetItem(version, change(Versions[version])) };
}
