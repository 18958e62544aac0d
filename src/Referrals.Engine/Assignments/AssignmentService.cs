using System.Diagnostics;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Assignments;

/// <summary>An assignment as its partner sees it.</summary>
/// <param name="State">The fold of its events.</param>
/// <param name="Version">Version of the stream, for optimistic concurrency.</param>
/// <param name="Chain">The version of the chain that it belongs to.</param>
public sealed record AssignmentView(AssignmentState State, long Version, ChainVersion Chain)
{
    /// <summary>What was agreed for the step.</summary>
    public ChainNode.Step Step => Chain.Step(State.Offer.Step);

    /// <summary>The number by which the partner's people speak of it; set where it was looked up.</summary>
    public CaseNumber? Number { get; init; }

    /// <summary>Until when (UTC) <see cref="AssignmentState.Undoable"/> can be taken back; null when nothing can.</summary>
    public DateTimeOffset? UndoUntil { get; init; }
}

/// <summary>What became of a command on an assignment.</summary>
public abstract record AssignmentOutcome
{
    private AssignmentOutcome() { }

    /// <summary>Recorded, or it had been already.</summary>
    public sealed record Done(AssignmentView Assignment, IReadOnlyList<AssignmentEvent> Events) : AssignmentOutcome;

    /// <summary>Can't be done; nothing changed.</summary>
    public sealed record Refused(AssignmentRefusal Refusal) : AssignmentOutcome;

    /// <summary>The assignment has changed since the version that the caller saw; nothing changed.</summary>
    public sealed record Stale(long Actual) : AssignmentOutcome;

    /// <summary>The message overtook the offer; nothing changed.</summary>
    public sealed record TooEarly : AssignmentOutcome;
}

/// <summary>Loads assignments, has commands decided, and appends what happens together with the rows.</summary>
public sealed class AssignmentService(IEventLog log, IChainCatalog chains, TimeProvider time, AssignmentOptions? options = null)
{
    private const int MaxTries = 3;

    private readonly TimeSpan _undoWithin = (options ?? new()).UndoWithin;

    /// <summary>Does what a person at the partner asks.</summary>
    /// <param name="actor">Who asks; the assignment is looked for in the tenant of its organisation.</param>
    /// <param name="id">The assignment.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public Task<AssignmentOutcome> DoAsync(Actor actor, AssignmentId id, AssignmentCommand command, long? expectedVersion, CancellationToken ct) =>
        DoAsync(actor, id, command, expectedVersion, [], ct);

    /// <summary>Records a message of the sender once; the inbox row makes a redelivery a no-op.</summary>
    /// <exception cref="ArgumentException">The offer is for another organisation or assignment.</exception>
    public Task<AssignmentOutcome> HearAsync(Actor actor, AssignmentId id, AssignmentCommand command, Guid messageId, CancellationToken ct) =>
        command is AssignmentCommand.Receive receive && (receive.Partner != actor.Organisation || receive.Assignment != id)
            ? throw new ArgumentException("the offer is for another organisation or assignment", nameof(command))
            : DoAsync(actor, id, command, null, [new RowChange.PutInbox(actor.Tenant, messageId)], ct);

    /// <summary>The assignment with its number, or null when this organisation has no such one.</summary>
    public async Task<AssignmentView?> FindAsync(OrganisationId partner, AssignmentId id, CancellationToken ct)
    {
        var number = NumberAsync(partner, id, ct);
        var (state, version) = await LoadAsync(partner, id, ct);
        var known = await number;
        return state is null
            ? null
            : View(state, version, await ChainOf(state.Offer.Chain, state.Offer.ChainVersion, ct)) with { Number = known };
    }

    /// <summary>The assignment with this number, or null when this organisation has no such one.</summary>
    public async Task<AssignmentId?> FindByNumberAsync(OrganisationId partner, CaseNumber number, CancellationToken ct)
    {
        var rows = await log.QueryRowsAsync(new ListQuery(partner.Value, AssignmentBoard.List) { Number = number, Limit = 1 }, ct);
        return rows.Count == 0 ? null : new AssignmentId(rows[0].Id);
    }

    /// <summary>The number of an assignment; null when this organisation has no such one.</summary>
    public async Task<CaseNumber?> NumberAsync(OrganisationId partner, AssignmentId id, CancellationToken ct) =>
        (await log.FindRowAsync(partner.Value, AssignmentBoard.List, id.Value, ct))?.CaseNumber;

    /// <summary>Who sent the assignment; null when this organisation has no such one.</summary>
    public async Task<OrganisationId?> SenderAsync(OrganisationId partner, AssignmentId id, CancellationToken ct) =>
        (await LoadAsync(partner, id, ct)).State?.Offer.Sender;

    /// <summary>The history of an assignment; empty when this organisation has no such one.</summary>
    public Task<IReadOnlyList<RecordedEvent>> HistoryAsync(OrganisationId partner, AssignmentId id, CancellationToken ct) =>
        log.ReadStreamAsync(AssignmentBoard.Stream(partner, id), 0, ct);

    private async Task<AssignmentOutcome> DoAsync(
        Actor actor, AssignmentId id, AssignmentCommand command, long? expectedVersion, IReadOnlyList<RowChange> rows, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await LoadAsync(actor.Organisation, id, ct);
            if (expectedVersion is { } expected && expected != version && state is not null)
            {
                return new AssignmentOutcome.Stale(version);
            }

            var outcome = await DecideAsync(actor, id, command, state, version, rows, ct);
            if (outcome is not null || attempt == MaxTries)
            {
                return outcome ?? new AssignmentOutcome.Stale(version);
            }
        }
    }

    // Null when somebody else appended meanwhile: then decide again on what is there now.
    private async Task<AssignmentOutcome?> DecideAsync(
        Actor actor, AssignmentId id, AssignmentCommand command, AssignmentState? state, long version, IReadOnlyList<RowChange> rows, CancellationToken ct)
    {
        if (await ChainFor(command, state, ct) is not { } chain)
        {
            return command is AssignmentCommand.ReceiveAnswer or AssignmentCommand.ReceiveReminder or AssignmentCommand.ReceiveWithdrawal or AssignmentCommand.ReceiveErasure
                or AssignmentCommand.ReceiveHandover or AssignmentCommand.ReceiveHandoverRevocation or AssignmentCommand.ReceiveCard or AssignmentCommand.ReceiveCardWithdrawal
                ? new AssignmentOutcome.TooEarly()
                : new AssignmentOutcome.Refused(AssignmentRefusal.NotFound);
        }

        var now = time.GetUtcNow();
        switch (AssignmentDecider.Decide(command, state, chain, now, _undoWithin))
        {
            case AssignmentDecision.Refused refused:
                return new AssignmentOutcome.Refused(refused.Refusal);
            case AssignmentDecision.TooEarly:
                return new AssignmentOutcome.TooEarly();
            case AssignmentDecision.Happens happens:
                var after = happens.Events.Aggregate(state, AssignmentState.Evolve)!;
                var done = new AssignmentOutcome.Done(View(after, version + happens.Events.Count, chain), happens.Events);
                if (happens.Events.Count == 0 && rows.Count == 0)
                {
                    return done;
                }

                var append = Append.To(
                    AssignmentBoard.Stream(actor.Organisation, id), version, happens.Events, actor.At(now),
                    [.. rows, .. happens.Events.Count > 0 ? AssignmentBoard.Rows(after, chain, happens.Events, now) : []]);
                return await log.AppendAsync(append, ct) switch
                {
                    AppendResult.Appended => done,
                    AppendResult.AlreadyHandled when state is not null =>
                        new AssignmentOutcome.Done(View(state, version, chain), []),
                    AppendResult.AlreadyHandled or AppendResult.Conflict => null,
                    _ => throw new UnreachableException(),
                };
            default:
                throw new UnreachableException();
        }
    }

    private AssignmentView View(AssignmentState state, long version, ChainVersion chain) =>
        new(state, version, chain) { UndoUntil = state.UndoUntil(_undoWithin) };

    private async Task<(AssignmentState? State, long Version)> LoadAsync(OrganisationId partner, AssignmentId id, CancellationToken ct)
    {
        var events = await log.ReadStreamAsync(AssignmentBoard.Stream(partner, id), 0, ct);
        return (AssignmentState.Fold(events.Select(e => (AssignmentEvent)e.Data)), events.Count == 0 ? 0 : events[^1].Version);
    }

    private async Task<ChainVersion?> ChainFor(AssignmentCommand command, AssignmentState? state, CancellationToken ct) => (state, command) switch
    {
        ({ } known, _) => await ChainOf(known.Offer.Chain, known.Offer.ChainVersion, ct),
        (null, AssignmentCommand.Receive receive) => await ChainOf(receive.Chain, receive.ChainVersion, ct),
        _ => null,
    };

    private async Task<ChainVersion> ChainOf(ChainId id, int version, CancellationToken ct) =>
        (await chains.FindAsync(id, version, ct))?.Version
            ?? throw new InvalidOperationException($"chain {id} version {version} is not in the log");
}
