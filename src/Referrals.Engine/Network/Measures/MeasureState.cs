using System.Collections.Immutable;
using System.Diagnostics;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network.Measures;

/// <summary>A measure as the fold of its events.</summary>
public sealed record MeasureState
{
    /// <summary>The measure.</summary>
    public required MeasureId Id { get; init; }

    /// <summary>What is agreed now.</summary>
    public required MeasurePlan Plan { get; init; }

    /// <summary>When it was noted (UTC).</summary>
    public required DateTimeOffset NotedAt { get; init; }

    /// <summary>How it stands.</summary>
    public MeasureStatus Status { get; init; }

    /// <summary>What was seen when the group looked again, the oldest first.</summary>
    public ImmutableList<MeasureLook> Looks { get; init; } = [];

    /// <summary>Whether it should be done and isn't.</summary>
    /// <param name="today">Today.</param>
    public bool IsOverdue(DateOnly today) => Status == MeasureStatus.Running && Plan.Until < today;

    /// <summary>The state after one more event; null before the first.</summary>
    public static MeasureState Evolve(MeasureState? state, MeasureEvent happened) => (state, happened) switch
    {
        (null, MeasureEvent.Noted e) => new MeasureState { Id = e.Measure, Plan = e.Plan, NotedAt = e.At },
        (null, _) => throw new InvalidOperationException($"a measure begins with {nameof(MeasureEvent.Noted)}, not {happened.GetType().Name}"),
        (_, MeasureEvent.Noted) => throw new InvalidOperationException("a measure is noted once"),
        (_, MeasureEvent.PlanChanged e) => state with { Plan = e.Plan },
        (_, MeasureEvent.FollowedUp e) => state with { Status = e.Status, Looks = state.Looks.Add(new MeasureLook(e.At, e.Status, e.Note)) },
        _ => throw new UnreachableException(),
    };

    /// <summary>The state after these events; null when there are none.</summary>
    public static MeasureState? Fold(IEnumerable<MeasureEvent> events) => events.Aggregate((MeasureState?)null, Evolve);
}

/// <summary>What was seen when the group looked again.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Status">How it stood.</param>
/// <param name="Note">What was written down.</param>
public sealed record MeasureLook(DateTimeOffset At, MeasureStatus Status, Note? Note);
