using System.Collections.Immutable;

namespace Referrals.Engine.Chains;

/// <summary>The drafts on the way to the present one and those that were undone, so that each can be the draft again.</summary>
/// <param name="Before">Drafts before the present one, the latest last; at most <see cref="ChainLimits.DraftSteps"/>.</param>
/// <param name="Undone">Drafts that were undone, the one undone last at the end. A new draft leaves none.</param>
public sealed record DraftTrail(ImmutableList<ChainVersion> Before, ImmutableList<ChainVersion> Undone)
{
    /// <summary>What stands for the content hash of a draft where there is none.</summary>
    public const string NoDraft = "";

    /// <summary>No way to go back or forward.</summary>
    public static readonly DraftTrail Empty = new([], []);

    /// <summary>The content hash of a draft; <see cref="NoDraft"/> for none.</summary>
    public static string HashOf(ChainVersion? draft) => draft is null ? NoDraft : ChainJson.ContentHash(draft);

    internal DraftTrail After(ChainVersion? draft) => draft is null ? Empty : new DraftTrail(Bounded(Before.Add(draft)), []);

    internal DraftTrail Back(ChainVersion? draft) => new(WithoutLast(Before), draft is null ? Undone : Undone.Add(draft));

    internal DraftTrail Forward(ChainVersion? draft) => new(draft is null ? Before : Bounded(Before.Add(draft)), WithoutLast(Undone));

    private static ImmutableList<ChainVersion> WithoutLast(ImmutableList<ChainVersion> drafts) => drafts.IsEmpty ? drafts : drafts.RemoveAt(drafts.Count - 1);

    private static ImmutableList<ChainVersion> Bounded(ImmutableList<ChainVersion> drafts) => drafts.Count > ChainLimits.DraftSteps ? drafts.RemoveAt(0) : drafts;
}

/// <summary>What the coordinator works on.</summary>
public sealed partial record ChainState
{
    /// <summary>What the coordinator is working on, until it is proposed. Its number is the next one.</summary>
    public ChainVersion? Draft { get; init; }

    /// <summary>When the draft became what it is (UTC); null without a draft.</summary>
    public DateTimeOffset? DraftedAt { get; init; }

    /// <summary>The drafts before and after it.</summary>
    public DraftTrail Trail { get; init; } = DraftTrail.Empty;

    /// <summary>The coordinator of the first draft, who keeps it until something is proposed; null where no draft was begun before a proposal.</summary>
    public OrganisationId? BegunBy { get; init; }

    // Also where an objection, or taking it back, makes a proposal a draft again.
    private ChainState Drawn(ChainVersion draft, DateTimeOffset at) => this with
    {
        Draft = draft,
        DraftedAt = at,
        Trail = Trail.After(Draft),
        BegunBy = BegunBy ?? draft.Coordinator,
    };

    private ChainState Undone(ChainVersion draft, DateTimeOffset at) => this with { Draft = draft, DraftedAt = at, Trail = Trail.Back(Draft) };

    private ChainState Redone(ChainVersion draft, DateTimeOffset at) => this with { Draft = draft, DraftedAt = at, Trail = Trail.Forward(Draft) };

    private ChainState WithoutDraft() => this with { Draft = null, DraftedAt = null, Trail = DraftTrail.Empty, BegunBy = null };
}
