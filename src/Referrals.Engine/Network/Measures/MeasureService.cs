using System.Diagnostics;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Measures;

/// <summary>What became of a command on a measure.</summary>
public abstract record MeasureOutcome
{
    private MeasureOutcome() { }

    /// <summary>Recorded, or it had been already.</summary>
    public sealed record Done(MeasureState Measure, long Version) : MeasureOutcome;

    /// <summary>Can't be done; nothing changed.</summary>
    public sealed record Refused(MeasureRefusal Refusal) : MeasureOutcome;

    /// <summary>It has changed since the version that the caller saw; nothing changed.</summary>
    public sealed record Stale(long Actual) : MeasureOutcome;
}

/// <summary>Loads measures, has commands decided, and appends what happens together with the row of the list.</summary>
public sealed class MeasureService(IEventLog log, TimeProvider time)
{
    /// <summary>The most measures that are listed; a group that has more has lost sight of them.</summary>
    public const int MostListed = 500;

    private const int MaxTries = 3;

    /// <summary>Does what is asked of a measure.</summary>
    /// <param name="actor">Who asks; the caller has checked that it may.</param>
    /// <param name="id">The measure.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<MeasureOutcome> DoAsync(Actor actor, MeasureId id, MeasureCommand command, long? expectedVersion, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await LoadAsync(id, ct);
            if (expectedVersion is { } expected && expected != version)
            {
                return new MeasureOutcome.Stale(version);
            }

            var outcome = await DecideAsync(actor, id, command, state, version, ct);
            if (outcome is not null || attempt == MaxTries)
            {
                return outcome ?? new MeasureOutcome.Stale(version);
            }
        }
    }

    /// <summary>A measure with the version of its stream, or null.</summary>
    public async Task<(MeasureState Measure, long Version)?> FindAsync(MeasureId id, CancellationToken ct) =>
        await LoadAsync(id, ct) is ({ } state, var version) ? (state, version) : null;

    /// <summary>The measures, those noted last first, at most <see cref="MostListed"/>.</summary>
    /// <param name="statuses">Only these; none: any.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<IReadOnlyList<MeasureState>> ListAsync(IReadOnlyList<MeasureStatus> statuses, CancellationToken ct)
    {
        var query = new ListQuery(StreamName.Network, MeasureBoard.List) { Statuses = [.. statuses.Select(MeasureBoard.Code)], Limit = MostListed };
        return [.. (await log.QueryRowsAsync(query, ct)).Select(MeasureBoard.Read)];
    }

    // Null when somebody else appended meanwhile: then decide again on what is there now.
    private async Task<MeasureOutcome?> DecideAsync(Actor actor, MeasureId id, MeasureCommand command, MeasureState? state, long version, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (MeasureDecider.Decide(command, id, state, now))
        {
            case MeasureDecision.Refused refused:
                return new MeasureOutcome.Refused(refused.Refusal);
            case MeasureDecision.Happens { Events.Count: 0 }:
                return new MeasureOutcome.Done(state!, version);
            case MeasureDecision.Happens happens:
                var after = happens.Events.Aggregate(state, MeasureState.Evolve)!;
                var append = Append.To(MeasureBoard.Stream(id), version, happens.Events, actor.At(now), MeasureBoard.Rows(after));
                return await log.AppendAsync(append, ct) is AppendResult.Appended ? new MeasureOutcome.Done(after, version + happens.Events.Count) : null;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<(MeasureState? State, long Version)> LoadAsync(MeasureId id, CancellationToken ct)
    {
        var events = await log.ReadStreamAsync(MeasureBoard.Stream(id), 0, ct);
        return (MeasureState.Fold(events.Select(e => (MeasureEvent)e.Data)), events.Count == 0 ? 0 : events[^1].Version);
    }
}
