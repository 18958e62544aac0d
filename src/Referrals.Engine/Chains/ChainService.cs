using System.Collections.Concurrent;
using System.Diagnostics;
using Referrals.Engine.Chains.Comparing;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains;

/// <summary>What became of a command on a chain.</summary>
public abstract record ChainOutcome
{
    private ChainOutcome() { }

    /// <summary>Recorded, or it had been already.</summary>
    public sealed record Done(ChainState Chain, long Version, IReadOnlyList<ChainEvent> Events) : ChainOutcome;

    /// <summary>Can't be done; nothing changed.</summary>
    public sealed record Refused(ChainRefusal Refusal) : ChainOutcome;

    /// <summary>The chain has changed since the version that the caller saw, or changes all the time; nothing was recorded.</summary>
    public sealed record Stale(long Actual) : ChainOutcome;
}

/// <summary>
/// Loads chains, has commands decided, and appends what happens together with the row. Keeps the chains that it has read, since
/// nothing that was proposed ever changes, and reads on from there.
/// </summary>
public sealed class ChainService(IEventLog log, TimeProvider time, IPartnerDirectory? directory = null) : IChainCatalog
{
    private const int MaxTries = 3;
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<ChainId, Loaded> _kept = new();

    /// <summary>Does what is asked of a chain.</summary>
    /// <param name="actor">Who asks; the command says for which organisation.</param>
    /// <param name="id">The chain.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="expectedVersion">The version of the stream that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public Task<ChainOutcome> DoAsync(Actor actor, ChainId id, ChainCommand command, long? expectedVersion, CancellationToken ct) =>
        DoAsync(now => actor.At(now), id, command, expectedVersion, ct);

    /// <summary>Everything that stands in the way of proposing a chain: its own faults, then those of the organisations that it names.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="names">What organisations and services are called; null: as their codes.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<IReadOnlyList<ChainFault>> CheckAsync(ChainVersion chain, ChainNames? names, CancellationToken ct) =>
        [.. ChainValidation.Check(chain), .. await CheckPartnersAsync(chain, names, ct)];

    /// <summary>The faults of the organisations that a chain names: its content alone can't tell.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="names">What organisations and services are called; null: as their codes.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<IReadOnlyList<ChainFault>> CheckPartnersAsync(ChainVersion chain, ChainNames? names, CancellationToken ct) =>
        directory is null ? [] : PartnerChecks.Check(chain, await directory.FindAsync(PartnerChecks.Named(chain), ct), names);

    // Leaving ended its agreement; once it belongs to the network again, it may agree again.
    private async Task<bool> HasLeftAsync(ChainState chain, ChainEvent.Agreed agreed, CancellationToken ct) =>
        directory is not null && chain.Versions[agreed.Version].Withdrawals.GetValueOrDefault(agreed.Partner) is { Left: true }
        && !(await directory.FindAsync([agreed.Partner], ct)).ContainsKey(agreed.Partner);

    /// <summary>Does what time has made due in the chain of a stream whose due date has come.</summary>
    public async Task<ChainOutcome> PassTimeAsync(StreamName stream, CancellationToken ct) =>
        await log.ReadStreamAsync(stream, 0, ct) is [{ Data: ChainEvent first }, ..]
            ? await DoAsync(
                now => new EventContext(now, "clock"), first.Chain, new ChainCommand.PassTime(new OrganisationId(StreamName.Network)), null, ct)
            : new ChainOutcome.Refused(ChainRefusal.NotFound);

    private async Task<ChainOutcome> DoAsync(
        Func<DateTimeOffset, EventContext> context, ChainId id, ChainCommand command, long? expectedVersion, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var loaded = await LoadAsync(id, ct);
            if (expectedVersion is { } expected && expected != loaded.Version)
            {
                return new ChainOutcome.Stale(loaded.Version);
            }

            var outcome = await DecideAsync(context, id, command, loaded, ct);
            if (outcome is not null || attempt == MaxTries)
            {
                return outcome ?? new ChainOutcome.Stale(loaded.Version);
            }
        }
    }

    /// <summary>
    /// A version, wherever it stands, or null. Its content is final; where it stands and who withdrew is that of the last time this
    /// process read the chain.
    /// </summary>
    public async Task<AgreedChain?> FindAsync(ChainId id, int version, CancellationToken ct)
    {
        var known = _kept.TryGetValue(id, out var kept) ? kept.State?.Versions.GetValueOrDefault(version) : null;
        known ??= (await LoadAsync(id, ct)).State?.Versions.GetValueOrDefault(version);
        return Agreed(known);
    }

    /// <inheritdoc/>
    public async Task<AgreedChain?> FindNowAsync(ChainId id, int version, CancellationToken ct) =>
        Agreed((await LoadAsync(id, ct)).State?.Versions.GetValueOrDefault(version));

    /// <summary>The version in force now, or null.</summary>
    public async Task<AgreedChain?> InForceAsync(ChainId id, CancellationToken ct) => Agreed((await LoadAsync(id, ct)).State?.InForce);

    /// <summary>The chain over all its versions with the version of its stream, or null.</summary>
    public async Task<(ChainState Chain, long Version)?> FindAsync(ChainId id, CancellationToken ct) =>
        await LoadAsync(id, ct) is { State: { } state, Version: var version } ? (state, version) : null;

    /// <summary>The history of a chain; empty when there is none.</summary>
    public Task<IReadOnlyList<RecordedEvent>> HistoryAsync(ChainId id, CancellationToken ct) => log.ReadStreamAsync(ChainBoard.Stream(id), 0, ct);

    /// <summary>Who did what with the versions of a chain, the oldest first; reads no drafts, however many there are.</summary>
    public async Task<IReadOnlyList<ChainEntry>> RecordAsync(ChainId id, CancellationToken ct) =>
        ChainRecord.Of(await log.ReadStreamAsync(ChainBoard.Stream(id), ChainRecord.Types, ct));

    /// <summary>A page of the list of chains, those changed last first.</summary>
    /// <param name="statuses">Only these status codes, see <see cref="ChainListItem.Status"/>; none: any.</param>
    /// <param name="coordinator">Only chains of this coordinator, or null.</param>
    /// <param name="after">The last row of the page before, or null.</param>
    /// <param name="limit">At most this many rows (1 to 500).</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<IReadOnlyList<(ChainListItem Item, ListKey Key)>> ListAsync(
        IReadOnlyList<string> statuses, OrganisationId? coordinator, ListKey? after, int limit, CancellationToken ct)
    {
        var rows = await log.QueryRowsAsync(
            new ListQuery(StreamName.Network, ChainBoard.List) { Statuses = statuses, Counterpart = coordinator?.Value, After = after, Limit = limit }, ct);
        return [.. rows.Select(row => (ChainBoard.Read(row), new ListKey(row.SortAt, row.Id)))];
    }

    /// <summary>All chains, also those that are drafts only, those that changed last first.</summary>
    public Task<IReadOnlyList<ChainListItem>> AllAsync(CancellationToken ct) => AllAsync([], null, ct);

    /// <summary>All chains with one of these status codes (none: any) and of this coordinator (null: any), those that changed last first.</summary>
    public async Task<IReadOnlyList<ChainListItem>> AllAsync(IReadOnlyList<string> statuses, OrganisationId? coordinator, CancellationToken ct)
    {
        const int Page = 500;
        var all = new List<ChainListItem>();
        for (ListKey? after = null; ;)
        {
            var rows = await ListAsync(statuses, coordinator, after, Page, ct);
            all.AddRange(rows.Select(r => r.Item));
            if (rows.Count < Page)
            {
                return all;
            }

            after = rows[^1].Key;
        }
    }

    private static AgreedChain? Agreed(ProposedVersion? version) =>
        version is null ? null : new AgreedChain(version.Definition, version.ContentHash, version.Status)
        {
            WasAgreed = version.WasAgreed,
            Withdrawn = version.Withdrawn,
        };

    // Null when somebody else appended meanwhile: then decide again on what is there now.
    private async Task<ChainOutcome?> DecideAsync(
        Func<DateTimeOffset, EventContext> context, ChainId id, ChainCommand command, Loaded loaded, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (ChainDecider.Decide(command, id, loaded.State, now))
        {
            case ChainDecision.Refused refused:
                return new ChainOutcome.Refused(refused.Refusal);
            case ChainDecision.Happens { Events.Count: 0 } when command is not ChainCommand.PassTime:
                return new ChainOutcome.Done(loaded.State!, loaded.Version, []);
            case ChainDecision.Happens { Events: [ChainEvent.Proposed proposed] } when await CheckPartnersAsync(proposed.Definition, null, ct) is { Count: > 0 } faults:
                return new ChainOutcome.Refused(ChainRefusal.Invalid(faults));
            case ChainDecision.Happens { Events: [ChainEvent.Agreed agreed, ..] } when await HasLeftAsync(loaded.State!, agreed, ct):
                return new ChainOutcome.Refused(ChainRefusal.PartnerLeft);
            case ChainDecision.Happens happens:
                var after = new Loaded(happens.Events.Aggregate(loaded.State, ChainState.Evolve), loaded.Version + happens.Events.Count);
                var append = Append.To(ChainBoard.Stream(id), loaded.Version, happens.Events, context(now),
                    happens.Events.Count == 0 ? [ChainBoard.Due(after.State!)] : ChainBoard.Rows(after.State!, now));
                if (await log.AppendAsync(append, ct) is not AppendResult.Appended)
                {
                    return null;
                }

                Keep(id, after);
                return new ChainOutcome.Done(after.State!, after.Version, happens.Events);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Loaded> LoadAsync(ChainId id, CancellationToken ct)
    {
        var kept = _kept.GetValueOrDefault(id, Loaded.Nothing);
        var events = await log.ReadStreamAsync(ChainBoard.Stream(id), kept.Version, ct);
        if (events.Count == 0)
        {
            return kept;
        }

        var loaded = new Loaded(events.Select(e => (ChainEvent)e.Data).Aggregate(kept.State, ChainState.Evolve), events[^1].Version);
        Keep(id, loaded);
        return loaded;
    }

    // Two readers may race; the one that has read further wins.
    private void Keep(ChainId id, Loaded loaded)
    {
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept.AddOrUpdate(id, loaded, (_, other) => other.Version > loaded.Version ? other : loaded);
    }

    private sealed record Loaded(ChainState? State, long Version)
    {
        public static readonly Loaded Nothing = new(null, 0);
    }
}
