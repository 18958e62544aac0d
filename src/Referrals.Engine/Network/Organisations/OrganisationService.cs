using System.Diagnostics;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Organisations;

/// <summary>What became of a command on an organisation.</summary>
public abstract record OrganisationOutcome
{
    private OrganisationOutcome() { }

    /// <summary>Recorded, or it had been already.</summary>
    public sealed record Done(OrganisationState Organisation, long Version, IReadOnlyList<OrganisationEvent> Events) : OrganisationOutcome;

    /// <summary>Can't be done; nothing changed.</summary>
    public sealed record Refused(OrganisationRefusal Refusal) : OrganisationOutcome;

    /// <summary>The organisation has changed since the version that the caller saw; nothing changed.</summary>
    public sealed record Stale(long Actual) : OrganisationOutcome;
}

/// <summary>Loads organisations, has commands decided, and appends what happens together with the row of the directory.</summary>
public sealed class OrganisationService(IEventLog log, TimeProvider time)
{
    private const int MaxTries = 3;

    /// <summary>Does what is asked of an organisation's entry.</summary>
    /// <param name="actor">Who asks: the organisation itself or the network's administrator; the caller has checked that it may.</param>
    /// <param name="id">The organisation; its own tenant is written.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<OrganisationOutcome> DoAsync(
        Actor actor, OrganisationId id, OrganisationCommand command, long? expectedVersion, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await LoadAsync(id, ct);
            if (expectedVersion is { } expected && expected != version)
            {
                return new OrganisationOutcome.Stale(version);
            }

            var outcome = await DecideAsync(actor, id, command, state, version, ct);
            if (outcome is not null || attempt == MaxTries)
            {
                return outcome ?? new OrganisationOutcome.Stale(version);
            }
        }
    }

    /// <summary>The organisation with the version of its stream, or null.</summary>
    public async Task<(OrganisationState Organisation, long Version)?> FindAsync(OrganisationId id, CancellationToken ct) =>
        await LoadAsync(id, ct) is ({ } state, var version) ? (state, version) : null;

    /// <summary>The line of the directory, or null. Every organisation may read it.</summary>
    public async Task<OrganisationListItem?> LookUpAsync(OrganisationId id, CancellationToken ct) =>
        await log.FindRowAsync(StreamName.Network, OrganisationBoard.List, OrganisationBoard.RowId(id), ct) is { } row
            ? OrganisationBoard.Read(row)
            : null;

    /// <summary>A page of the directory, those that joined last first.</summary>
    /// <param name="kinds">Only these kinds; none: any.</param>
    /// <param name="after">The last row of the page before, or null.</param>
    /// <param name="limit">At most this many rows (1 to 500).</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<IReadOnlyList<(OrganisationListItem Item, ListKey Key)>> ListAsync(
        IReadOnlyList<string> kinds, ListKey? after, int limit, CancellationToken ct)
    {
        var query = new ListQuery(StreamName.Network, OrganisationBoard.List) { Statuses = kinds, After = after, Limit = limit };
        var rows = await log.QueryRowsAsync(query, ct);
        return [.. rows.Select(row => (OrganisationBoard.Read(row), new ListKey(row.SortAt, row.Id)))];
    }

    // Null when somebody else appended meanwhile: then decide again on what is there now.
    private async Task<OrganisationOutcome?> DecideAsync(
        Actor actor, OrganisationId id, OrganisationCommand command, OrganisationState? state, long version, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (OrganisationDecider.Decide(command, id, state, now))
        {
            case OrganisationDecision.Refused refused:
                return new OrganisationOutcome.Refused(refused.Refusal);
            case OrganisationDecision.Happens { Events.Count: 0 }:
                return new OrganisationOutcome.Done(state!, version, []);
            case OrganisationDecision.Happens happens:
                var after = happens.Events.Aggregate(state, OrganisationState.Evolve)!;
                var append = Append.To(OrganisationBoard.Stream(id), version, happens.Events, actor.At(now), OrganisationBoard.Rows(after, now));
                return await log.AppendAsync(append, ct) is AppendResult.Appended
                    ? new OrganisationOutcome.Done(after, version + happens.Events.Count, happens.Events)
                    : null;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<(OrganisationState? State, long Version)> LoadAsync(OrganisationId id, CancellationToken ct)
    {
        var events = await log.ReadStreamAsync(OrganisationBoard.Stream(id), 0, ct);
        return (OrganisationState.Fold(events.Select(e => (OrganisationEvent)e.Data)), events.Count == 0 ? 0 : events[^1].Version);
    }
}
