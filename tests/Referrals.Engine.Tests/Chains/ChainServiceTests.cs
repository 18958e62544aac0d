using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Command = Referrals.Engine.Chains.ChainCommand;

namespace Referrals.Engine.Tests.Chains;

public sealed class ChainServiceTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
    private static readonly ChainVersion Chain = ChainJson.Read(ChainSample.Valid).Chain!;
    private static readonly Actor Actor = new("test", Chain.Coordinator);

    private readonly MemoryEventLog _log = new(new EventCodec(ChainEventTypes.All));
    private readonly ChainService _service;

    public ChainServiceTests() => _service = new ChainService(_log, Time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chain_comes_into_force_when_all_have_agreed()
    {
        await Do(new Command.Propose(Chain.Coordinator, Chain));
        Assert.Null(await _service.InForceAsync(Chain.Id, Ct));
        Assert.Equal(ChainStatus.Proposed, (await _service.FindAsync(Chain.Id, 1, Ct))!.Status);
        Assert.Equal(Chain.Partners(), (await List()).Silent);

        await AllAgree(_service);
        var agreed = (await _service.InForceAsync(Chain.Id, Ct))!;
        Assert.Equal((ChainJson.ContentHash(Chain), ChainStatus.InForce), (agreed.ContentHash, agreed.Status));
        var item = await List();
        Assert.Equal(("in-force", 1, agreed.ContentHash, 0), (item.Status, item.InForce, item.ContentHash, item.Silent.Count));
    }

    [Fact]
    public async Task Another_process_sees_what_this_one_recorded()
    {
        var other = new ChainService(_log, Time);
        Assert.Null(await other.FindAsync(Chain.Id, 1, Ct));
        await Do(new Command.Propose(Chain.Coordinator, Chain));
        Assert.NotNull(await other.FindAsync(Chain.Id, 1, Ct));
        await AllAgree(other);
        Assert.NotNull(await _service.InForceAsync(Chain.Id, Ct));
        Assert.Equal(2 + Chain.Partners().Count(), (await _service.HistoryAsync(Chain.Id, Ct)).Count);
    }

    [Fact]
    public async Task Agreements_at_the_same_time_all_count()
    {
        await Do(new Command.Propose(Chain.Coordinator, Chain));
        // Two at a time: with three tries neither can lose to the other for good.
        foreach (var pair in Chain.Partners().Chunk(2))
        {
            var outcomes = await Task.WhenAll(pair.Select(p => Task.Run(() => new ChainService(_log, Time).DoAsync(Actor, Chain.Id, new Command.Agree(p, 1), null, Ct), Ct)));
            Assert.All(outcomes, o => Assert.IsType<ChainOutcome.Done>(o));
        }

        Assert.NotNull(await _service.InForceAsync(Chain.Id, Ct));
    }

    [Fact]
    public async Task A_caller_with_an_old_version_is_told()
    {
        await Do(new Command.Propose(Chain.Coordinator, Chain));
        var outcome = await _service.DoAsync(Actor, Chain.Id, new Command.Retire(Chain.Coordinator, 1), 0, Ct);
        Assert.Equal(new ChainOutcome.Stale(1), outcome);
    }

    [Fact]
    public async Task A_refusal_records_nothing()
    {
        var outcome = await _service.DoAsync(Actor, Chain.Id, new Command.Agree(Chain.Coordinator, 1), null, Ct);
        Assert.Equal("chain-not-found", Assert.IsType<ChainOutcome.Refused>(outcome).Refusal.Code);
        Assert.Null(await _service.FindAsync(Chain.Id, Ct));
        Assert.Empty(await _service.ListAsync([], null, null, 10, Ct));
    }

    [Fact]
    public async Task Lists_are_filtered_by_status_and_coordinator()
    {
        await Do(new Command.SaveDraft(Chain.Coordinator, Chain));
        Assert.Equal("draft", (await List()).Status);
        Assert.Single(await _service.ListAsync(["draft"], Chain.Coordinator, null, 10, Ct));
        Assert.Empty(await _service.ListAsync(["in-force"], null, null, 10, Ct));
        Assert.Empty(await _service.ListAsync([], new OrganisationId("other"), null, 10, Ct));
    }

    [Fact]
    public async Task A_chain_of_which_only_a_draft_was_known_leaves_the_list_with_it()
    {
        await Do(new Command.SaveDraft(Chain.Coordinator, Chain));
        await Do(new Command.DiscardDraft(Chain.Coordinator));
        Assert.Empty(await _service.ListAsync([], null, null, 10, Ct));
        await Do(new Command.SaveDraft(Chain.Coordinator, Chain));
        Assert.Equal("draft", (await List()).Status);
    }

    [Fact]
    public async Task A_version_with_a_day_to_come_is_due_then_and_put_in_force_once()
    {
        var (time, log) = (new FakeTimeProvider(Time.GetUtcNow()), new MemoryEventLog(new EventCodec(ChainEventTypes.All)));
        var service = new ChainService(log, time);
        await service.DoAsync(Actor, Chain.Id, new Command.Propose(Chain.Coordinator, Chain, new DateOnly(2026, 10, 1)), null, Ct);
        await AllAgree(service);
        var midnight = new DateTimeOffset(2026, 9, 30, 22, 0, 0, TimeSpan.Zero);
        Assert.Null(await service.InForceAsync(Chain.Id, Ct));
        Assert.Empty(await log.TakeDueAsync(midnight.AddTicks(-1), TimeSpan.FromDays(30), 10, Ct));
        time.SetUtcNow(midnight);
        var due = Assert.Single(await log.TakeDueAsync(midnight, TimeSpan.FromSeconds(30), 10, Ct)).Stream;
        var done = Assert.IsType<ChainOutcome.Done>(await service.PassTimeAsync(due, Ct));
        Assert.Single(done.Events);
        Assert.Empty(Assert.IsType<ChainOutcome.Done>(await new ChainService(log, time).PassTimeAsync(due, Ct)).Events);
        Assert.NotNull(await service.InForceAsync(Chain.Id, Ct));
        Assert.Empty(await log.TakeDueAsync(midnight.AddYears(1), TimeSpan.FromSeconds(30), 10, Ct));
        Assert.Equal(("clock", null), ((await service.HistoryAsync(Chain.Id, Ct))[^1].Context.User, (await service.HistoryAsync(Chain.Id, Ct))[^1].Context.Organisation));
    }

    [Fact]
    public async Task Who_withdrew_is_named_in_the_list_and_with_every_version()
    {
        await Do(new Command.Propose(Chain.Coordinator, Chain));
        await AllAgree(_service);
        var partner = Chain.Partners().First();
        await Do(new Command.Withdraw(partner, 1, System.Text.Json.JsonSerializer.Deserialize<Note>("\"Keine Plätze.\"")!));
        Assert.Equal([partner], (await List()).Withdrawn!);
        Assert.True((await List()).NeedsNewVersion);
        Assert.Equal([partner], (await _service.FindNowAsync(Chain.Id, 1, Ct))!.Withdrawn);
        Assert.Equal([partner], (await _service.InForceAsync(Chain.Id, Ct))!.Withdrawn);
        await Do(new Command.Agree(partner, 1));
        Assert.Empty((await _service.InForceAsync(Chain.Id, Ct))!.Withdrawn);
    }

    private async Task Do(ChainCommand command) =>
        Assert.IsType<ChainOutcome.Done>(await _service.DoAsync(Actor, Chain.Id, command, null, Ct));

    private static async Task AllAgree(ChainService service)
    {
        foreach (var partner in Chain.Partners())
        {
            Assert.IsType<ChainOutcome.Done>(await service.DoAsync(Actor, Chain.Id, new Command.Agree(partner, 1), null, Ct));
        }
    }

    private async Task<ChainListItem> List() => Assert.Single(await _service.ListAsync([], null, null, 10, Ct)).Item;
}
