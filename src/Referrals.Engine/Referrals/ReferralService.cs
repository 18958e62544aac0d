using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Referrals;

/// <summary>A referral as its holder sees it.</summary>
/// <param name="State">The fold of its events.</param>
/// <param name="Version">Version of the stream, for optimistic concurrency.</param>
/// <param name="Chain">The version of the chain that it is pinned to.</param>
/// <param name="Next">What it waits for.</param>
public sealed record ReferralView(ReferralState State, long Version, ChainVersion Chain, FlowResult Next)
{
    /// <summary>Partners that ended their agreement to the version: nobody chooses them any more.</summary>
    public IReadOnlySet<OrganisationId> Withdrawn { get; init; } = FrozenSet<OrganisationId>.Empty;

    /// <summary>The versions of the chain that it ran on before, oldest first.</summary>
    public IReadOnlyList<ChainVersion> Earlier { get; init; } = [];

    /// <summary>Whether consent and, where the step needs it, release cover a contact card for a step now (UTC).</summary>
    public bool MaySeal(NodeId step, DateTimeOffset now) => CardSealing.IsPermitted(step, State, Chain, now);

    /// <summary>Where it stands.</summary>
    public ReferralStatus Status => ReferralBoard.Status(State, Next);

    /// <summary>The number by which the holder's people speak of it; set where it was looked up.</summary>
    public CaseNumber? Number { get; init; }

    /// <summary>A step that something happened at, as the newest version that has it says.</summary>
    public ChainNode.Step Step(NodeId id) => Chain.FindStep(id)
        ?? Earlier.Reverse().Select(chain => chain.FindStep(id)).FirstOrDefault(step => step is not null)
        ?? throw new InvalidOperationException($"no version of chain {Chain.Id} that the referral ran on has a step {id}");
}

/// <summary>What became of a command on a referral.</summary>
public abstract record ReferralOutcome
{
    private ReferralOutcome() { }

    /// <summary>Recorded, or it had been already.</summary>
    public sealed record Done(ReferralView Referral, IReadOnlyList<ReferralEvent> Events) : ReferralOutcome;

    /// <summary>Can't be done; nothing changed.</summary>
    public sealed record Refused(ReferralRefusal Refusal) : ReferralOutcome;

    /// <summary>The referral has changed since the version that the caller saw; nothing changed.</summary>
    public sealed record Stale(long Actual) : ReferralOutcome;

    /// <summary>The message overtook another one; nothing changed.</summary>
    public sealed record TooEarly : ReferralOutcome;
}

/// <summary>Loads referrals, has commands decided, and appends what happens together with the rows.</summary>
public sealed class ReferralService(IEventLog log, IChainCatalog chains, TimeProvider time, NewId newId)
{
    private const int MaxTries = 3;

    /// <summary>
    /// Starts a referral on the version of the chain that is in force; who starts it looks after it. Started again in the same way under the same id, nothing happens,
    /// also when another version came into force meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">The holder is not the organisation that acts.</exception>
    public async Task<ReferralOutcome> StartAsync(Actor actor, ChainId chain, Func<AgreedChain, ReferralCommand.Start> start, CancellationToken ct)
    {
        if (await chains.InForceAsync(chain, ct) is not { } agreed)
        {
            return new ReferralOutcome.Refused(ReferralRefusal.ChainNotInForce);
        }

        var command = start(agreed) with { Caseworker = actor.User };
        if (command.Holder != actor.Organisation)
        {
            throw new ArgumentException("a referral is started by the organisation that holds the case", nameof(start));
        }

        for (var attempt = 1; ; attempt++)
        {
            // The id may have been used by the same request before: then it stays on the version that was in force at that time.
            var (state, version) = await LoadAsync(actor.Organisation, command.Referral, ct);
            var runsOn = state is null ? agreed : await ChainOf(state, ct);
            var same = state?.Start.Chain == chain ? command with { ContentHash = state.Start.ContentHash } : command;
            var outcome = await DecideAsync(actor, command.Referral, same, state, version, runsOn, [], ct);
            if (outcome is not null || attempt == MaxTries)
            {
                return outcome ?? new ReferralOutcome.Stale(version);
            }
        }
    }

    /// <summary>Does what a caseworker asks.</summary>
    /// <param name="actor">Who asks; the referral is looked for in the tenant of its organisation.</param>
    /// <param name="id">The referral.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public Task<ReferralOutcome> DoAsync(Actor actor, ReferralId id, ReferralCommand command, long? expectedVersion, CancellationToken ct) =>
        DoAsync(actor, id, command, expectedVersion, [], ct);

    /// <summary>Records that a contact card was sealed, and keeps its ciphertext beside the history in the same transaction.</summary>
    /// <param name="actor">Who asks; the referral is looked for in the tenant of its organisation.</param>
    /// <param name="id">The referral.</param>
    /// <param name="seal">Which card it is.</param>
    /// <param name="card">Its ciphertext.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    internal Task<ReferralOutcome> SealAsync(
        Actor actor, ReferralId id, ReferralCommand.SealCard seal, RowChange.PutCard card, long? expectedVersion, CancellationToken ct) =>
        DoAsync(actor, id, seal, expectedVersion, [card], ct);

    /// <summary>Goes on with a referral on the version of its chain that is in force.</summary>
    /// <param name="actor">Who asks; the referral is looked for in the tenant of its organisation.</param>
    /// <param name="id">The referral.</param>
    /// <param name="to">Number of the version in force that the caller saw, or null when it does not matter.</param>
    /// <param name="expectedVersion">The version of the stream that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<ReferralOutcome> MoveAsync(Actor actor, ReferralId id, int? to, long? expectedVersion, CancellationToken ct)
    {
        var (state, _) = await LoadAsync(actor.Organisation, id, ct);
        if (state is null)
        {
            return new ReferralOutcome.Refused(ReferralRefusal.NotFound);
        }

        var target = await chains.InForceAsync(state.Start.Chain, ct);
        return target is null ? new ReferralOutcome.Refused(ReferralRefusal.ChainNotInForce)
            : to is { } seen && seen != target.Version.Version ? new ReferralOutcome.Refused(ReferralRefusal.MoveTargetChanged)
            : await DoAsync(actor, id, new ReferralCommand.MoveTo(target), expectedVersion, ct);
    }

    /// <summary>Records a partner's message once; the inbox row makes a redelivery a no-op.</summary>
    public async Task<ReferralOutcome> HearAsync(Actor actor, ReferralCommand.Hear hear, Guid messageId, CancellationToken ct)
    {
        var row = await log.FindRowAsync(actor.Tenant, ReferralBoard.OffersList, hear.Assignment.Value, ct);
        return row is null
            ? new ReferralOutcome.Refused(ReferralRefusal.AssignmentNotOpen)
            : await DoAsync(
                actor, JsonSerializer.Deserialize<OfferEntry>(row.Data, EventCodec.Json)!.Referral, hear, null, [new RowChange.PutInbox(actor.Tenant, messageId)], ct);
    }

    /// <summary>Does what time has made due.</summary>
    public Task<ReferralOutcome> PassTimeAsync(Actor actor, ReferralId id, CancellationToken ct) =>
        DoAsync(actor, id, new ReferralCommand.PassTime(), null, [], ct);

    /// <summary>The referral with its number, or null when this organisation has no such one.</summary>
    public async Task<ReferralView?> FindAsync(OrganisationId holder, ReferralId id, CancellationToken ct)
    {
        var number = NumberAsync(holder, id, ct);
        var (state, version) = await LoadAsync(holder, id, ct);
        var known = await number;
        return state is null ? null : View(state, version, await ChainOf(state, ct), time.GetUtcNow()) with { Number = known, Earlier = await EarlierOf(state, ct) };
    }

    /// <summary>The referral with this number, or null when this organisation has no such one.</summary>
    public async Task<ReferralId?> FindByNumberAsync(OrganisationId holder, CaseNumber number, CancellationToken ct)
    {
        var rows = await log.QueryRowsAsync(new ListQuery(holder.Value, ReferralBoard.List) { Number = number, Limit = 1 }, ct);
        return rows.Count == 0 ? null : new ReferralId(rows[0].Id);
    }

    /// <summary>The number of a referral; null when this organisation has no such one.</summary>
    public async Task<CaseNumber?> NumberAsync(OrganisationId holder, ReferralId id, CancellationToken ct) =>
        (await log.FindRowAsync(holder.Value, ReferralBoard.List, id.Value, ct))?.CaseNumber;

    /// <summary>The history of a referral; empty when this organisation has no such one.</summary>
    public Task<IReadOnlyList<RecordedEvent>> HistoryAsync(OrganisationId holder, ReferralId id, CancellationToken ct) =>
        log.ReadStreamAsync(ReferralBoard.Stream(holder, id), 0, ct);

    private async Task<ReferralOutcome> DoAsync(
        Actor actor, ReferralId id, ReferralCommand command, long? expectedVersion, IReadOnlyList<RowChange> rows, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await LoadAsync(actor.Organisation, id, ct);
            if (state is null)
            {
                return new ReferralOutcome.Refused(ReferralRefusal.NotFound);
            }

            if (expectedVersion is { } expected && expected != version)
            {
                return new ReferralOutcome.Stale(version);
            }

            var chain = await ChainOf(state, ct);
            var outcome = await DecideAsync(actor, id, command, state, version, chain, rows, ct);
            if (outcome is not null || attempt == MaxTries)
            {
                return outcome ?? new ReferralOutcome.Stale(version);
            }
        }
    }

    // Null when somebody else appended meanwhile: then decide again on what is there now.
    private async Task<ReferralOutcome?> DecideAsync(
        Actor actor, ReferralId id, ReferralCommand command, ReferralState? state, long version, AgreedChain chain,
        IReadOnlyList<RowChange> rows, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        (var decision, chain) = await DecideAsync(command, state, chain, now, ct);
        switch (decision)
        {
            case ReferralDecision.Refused refused:
                return new ReferralOutcome.Refused(refused.Refusal);
            case ReferralDecision.TooEarly:
                return new ReferralOutcome.TooEarly();
            case ReferralDecision.Happens happens:
                var after = happens.Events.Aggregate(state, ReferralState.Evolve)!;
                var runsOn = command is ReferralCommand.MoveTo move ? move.Target : chain;
                var view = View(after, version + happens.Events.Count, runsOn, now) with { Earlier = await EarlierOf(after, ct) };
                var done = new ReferralOutcome.Done(view, happens.Events);
                if (happens.Events.Count == 0 && rows.Count == 0 && command is not ReferralCommand.PassTime)
                {
                    return done;
                }

                var append = Append.To(
                    ReferralBoard.Stream(actor.Organisation, id), version, happens.Events, actor.At(now),
                    [.. rows, .. ReferralBoard.Rows(state, after, view.Next, happens.Events, now)]);
                return await log.AppendAsync(append, ct) switch
                {
                    AppendResult.Appended => done,
                    AppendResult.AlreadyHandled => new ReferralOutcome.Done(View(state!, version, chain, now), []),
                    AppendResult.Conflict => null,
                    _ => throw new UnreachableException(),
                };
            default:
                throw new UnreachableException();
        }
    }

    // Who withdrew may be a little old in this process. Before anybody is offered something, and where it plays a part, it is read anew.
    private async Task<(ReferralDecision Decision, AgreedChain Chain)> DecideAsync(
        ReferralCommand command, ReferralState? state, AgreedChain chain, DateTimeOffset now, CancellationToken ct)
    {
        var decision = ReferralDecider.Decide(command, state, chain.Version, now, newId, chain.Withdrawn);
        var offers = decision is ReferralDecision.Happens happens && happens.Events.Any(e => e is ReferralEvent.StepOffered);
        if (!offers && chain.Withdrawn.Count == 0)
        {
            return (decision, chain);
        }

        var fresh = await chains.FindNowAsync(chain.Version.Id, chain.Version.Version, ct) ?? chain;
        return fresh.Withdrawn.SetEquals(chain.Withdrawn)
            ? (decision, fresh)
            : (ReferralDecider.Decide(command, state, fresh.Version, now, newId, fresh.Withdrawn), fresh);
    }

    private static ReferralView View(ReferralState state, long version, AgreedChain chain, DateTimeOffset now) =>
        new(state, version, chain.Version, ReferralDecider.Outlook(state, chain.Version, now, chain.Withdrawn)) { Withdrawn = chain.Withdrawn };

    private async Task<(ReferralState? State, long Version)> LoadAsync(OrganisationId holder, ReferralId id, CancellationToken ct)
    {
        var events = await log.ReadStreamAsync(ReferralBoard.Stream(holder, id), 0, ct);
        return (ReferralState.Fold(events.Select(e => (ReferralEvent)e.Data)), events.Count == 0 ? 0 : events[^1].Version);
    }

    private async Task<AgreedChain> ChainOf(ReferralState state, CancellationToken ct) => await ChainOf(state.Start.Chain, state.Pin, ct);

    private async Task<IReadOnlyList<ChainVersion>> EarlierOf(ReferralState state, CancellationToken ct)
    {
        var earlier = new List<ChainVersion>();
        foreach (var pin in state.EarlierPins)
        {
            earlier.Add((await ChainOf(state.Start.Chain, pin, ct)).Version);
        }

        return earlier;
    }

    private async Task<AgreedChain> ChainOf(ChainId id, ChainPin pin, CancellationToken ct)
    {
        var chain = await chains.FindAsync(id, pin.Version, ct)
            ?? throw new InvalidOperationException($"chain {id} version {pin.Version} is not in the log");
        return chain.ContentHash == pin.ContentHash
            ? chain
            : throw new InvalidOperationException($"chain {id} version {pin.Version} is not the one that the referral runs on");
    }
}
