using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class ReferralServiceTests
{
    private static readonly Actor Caseworker = new("anna", Holder);

    private readonly FakeTimeProvider _time = new(ReferralStory.Monday);
    private readonly MemoryEventLog _log = new(EngineEvents.Codec);
    private readonly Versions _chains = new(Of(Step("childcare"), Step("debts", "east")));
    private readonly ReferralService _service;

    public ReferralServiceTests() => _service = new ReferralService(_log, _chains, _time, Guid.NewGuid);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starting_writes_events_rows_and_the_due_date()
    {
        var view = await StartAsync();
        var offer = Assert.Single(view.State.OpenOffers);
        var row = await RowAsync();
        Assert.Equal((2, "running", "north", offer.AcknowledgeBy), (view.Version, row.Status, row.Counterpart, row.DueAt));
        Assert.NotNull(await _log.FindRowAsync(Holder.Value, ReferralBoard.OffersList, offer.Assignment.Value, Ct));
        Assert.Empty(await _log.TakeDueAsync(offer.AcknowledgeBy.AddTicks(-1), TimeSpan.FromMinutes(1), 10, Ct));
        Assert.Single(await _log.TakeDueAsync(offer.AcknowledgeBy, TimeSpan.FromMinutes(1), 10, Ct));
        Assert.Equal(2, (await _service.HistoryAsync(Holder, Referral, Ct)).Count);
    }

    [Fact]
    public async Task A_start_retried_after_a_new_version_came_into_force_stays_on_the_old_one()
    {
        var first = await StartAsync();
        _chains.PutInForce(Of(Step("debts", "east")) with { Version = 4 });
        var again = await StartAsync();
        Assert.Equal((first.Version, 3), (again.Version, again.Chain.Version));
        var other = await _service.StartAsync(Caseworker, _chains.Id, a => Start(s => s with { ContentHash = a.ContentHash, CaseReference = "K-99" }), Ct);
        Assert.Equal(ReferralRefusal.AlreadyStarted, Assert.IsType<ReferralOutcome.Refused>(other).Refusal);
    }

    [Fact]
    public async Task A_start_on_another_chain_under_the_same_id_is_refused()
    {
        await StartAsync();
        var elsewhere = new ReferralService(_log, new Versions(Of(Step("childcare")) with { Id = new ChainId("other") }, _chains), _time, Guid.NewGuid);
        var outcome = await elsewhere.StartAsync(Caseworker, new ChainId("other"), a => Start(s => s with { ContentHash = a.ContentHash }), Ct);
        Assert.Equal(ReferralRefusal.AlreadyStarted, Assert.IsType<ReferralOutcome.Refused>(outcome).Refusal);
    }

    [Fact]
    public async Task Only_the_holder_starts_and_only_on_a_chain_in_force()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _service.StartAsync(Caseworker, _chains.Id, a => Start(s => s with { Holder = new OrganisationId("north") }), Ct));
        var outcome = await _service.StartAsync(Caseworker, new ChainId("unknown"), _ => Start(), Ct);
        Assert.Equal(ReferralRefusal.ChainNotInForce, Assert.IsType<ReferralOutcome.Refused>(outcome).Refusal);
    }

    [Fact]
    public async Task A_message_is_recorded_once_and_its_repetition_leaves_the_rows_alone()
    {
        var offer = Assert.Single((await StartAsync()).State.OpenOffers);
        var (hear, message) = (new ReferralCommand.Hear(offer.Assignment, 1, _time.GetUtcNow(), new PartnerSaid.Received()), Guid.NewGuid());
        Assert.Single(Done(await _service.HearAsync(Caseworker, hear, message, Ct)).Events);
        var row = await RowAsync();
        _time.Advance(TimeSpan.FromHours(1));
        var again = Done(await _service.HearAsync(Caseworker, hear, message, Ct));
        var underAnotherId = Done(await _service.HearAsync(Caseworker, hear, Guid.NewGuid(), Ct));
        Assert.Equal((0, 3L, 0, 3L), (again.Events.Count, again.Referral.Version, underAnotherId.Events.Count, underAnotherId.Referral.Version));
        Assert.Equal(row, await RowAsync());
    }

    [Fact]
    public async Task An_unknown_assignment_an_early_and_an_unfit_message_change_nothing()
    {
        var offer = Assert.Single((await StartAsync()).State.OpenOffers);
        var unknown = await _service.HearAsync(Caseworker, new(new AssignmentId(Guid.NewGuid()), 1, _time.GetUtcNow(), new PartnerSaid.Received()), Guid.NewGuid(), Ct);
        Assert.Equal(ReferralRefusal.AssignmentNotOpen, Assert.IsType<ReferralOutcome.Refused>(unknown).Refusal);
        var message = Guid.NewGuid();
        Assert.IsType<ReferralOutcome.TooEarly>(await _service.HearAsync(Caseworker, new(offer.Assignment, 2, _time.GetUtcNow(), new PartnerSaid.Acknowledged()), message, Ct));
        var unfit = await _service.HearAsync(Caseworker, new(offer.Assignment, 1, _time.GetUtcNow(), new PartnerSaid.Accepted()), Guid.NewGuid(), Ct);
        Assert.Equal(ReferralRefusal.MessageDoesNotFit, Assert.IsType<ReferralOutcome.Refused>(unfit).Refusal);
        Assert.Equal(2, (await _service.FindAsync(Holder, Referral, Ct))!.Version);
        // What came too early is not taken for handled when it comes again.
        await _service.HearAsync(Caseworker, new(offer.Assignment, 1, _time.GetUtcNow(), new PartnerSaid.Received()), Guid.NewGuid(), Ct);
        Assert.Single(Done(await _service.HearAsync(Caseworker, new(offer.Assignment, 2, _time.GetUtcNow(), new PartnerSaid.Acknowledged()), message, Ct)).Events);
    }

    [Fact]
    public async Task Passing_time_with_nothing_due_sets_the_due_date_again_and_nothing_else()
    {
        var offer = Assert.Single((await StartAsync()).State.OpenOffers);
        var row = await RowAsync();
        Assert.Single(await _log.TakeDueAsync(offer.AcknowledgeBy, TimeSpan.FromDays(30), 10, Ct));
        _time.Advance(TimeSpan.FromHours(1));
        var done = Done(await _service.PassTimeAsync(Caseworker, Referral, Ct));
        Assert.Equal((0, 2L), (done.Events.Count, done.Referral.Version));
        Assert.Equal(row, await RowAsync());
        Assert.Single(await _log.TakeDueAsync(offer.AcknowledgeBy, TimeSpan.FromDays(30), 10, Ct));
    }

    [Fact]
    public async Task Who_saw_an_older_version_changes_nothing()
    {
        await StartAsync();
        var stale = await _service.DoAsync(Caseworker, Referral, new ReferralCommand.Close(), 1, Ct);
        Assert.Equal(2, Assert.IsType<ReferralOutcome.Stale>(stale).Actual);
        Assert.Single(Done(await _service.DoAsync(Caseworker, Referral, new ReferralCommand.Close(), 2, Ct)).Referral.State.Offers);
        Assert.Equal("closed-early", (await RowAsync()).Status);
        var elsewhere = await _service.DoAsync(new Actor("eve", new OrganisationId("east")), Referral, new ReferralCommand.Close(), null, Ct);
        Assert.Equal(ReferralRefusal.NotFound, Assert.IsType<ReferralOutcome.Refused>(elsewhere).Refusal);
    }

    [Fact]
    public async Task Two_acceptances_at_the_same_time_end_with_one()
    {
        _chains.PutInForce(Of(Step("childcare", "north,south") with { Offer = OfferMode.FirstToAccept }) with { Version = 4 });
        var offers = (await StartAsync()).State.OpenOffers.ToList();
        await Task.WhenAll(offers.Select(o => Task.Run(() => AcceptAsync(o.Assignment), Ct)));
        var view = (await _service.FindAsync(Holder, Referral, Ct))!;
        Assert.Single(view.State.OpenOffers, o => o.IsAccepted);
        Assert.Single(view.State.Offers.Values, o => o.Withdrawal == WithdrawalReason.OtherAccepted);
    }

    [Fact]
    public async Task Who_withdrew_meanwhile_is_read_anew_before_anybody_is_offered_something()
    {
        var offer = Assert.Single((await StartAsync()).State.OpenOffers);
        _chains.StaleWithdrawn = true;
        _chains.Withdraw(new OrganisationId("south"));
        var view = await DeclineAsync(offer.Assignment);
        Assert.Equal("west", Assert.Single(view.State.OpenOffers).Partner.Value);
        Assert.Contains(new OrganisationId("south"), view.Withdrawn);
        var refused = await _service.DoAsync(Caseworker, Referral, new ReferralCommand.Reroute(new Place("childcare"), new OrganisationId("south")), null, Ct);
        Assert.Equal(ReferralRefusal.PartnerWithdrew, Assert.IsType<ReferralOutcome.Refused>(refused).Refusal);
    }

    [Fact]
    public async Task Who_agreed_again_meanwhile_is_offered_something_again()
    {
        _chains.Withdraw(new OrganisationId("south"));
        var offer = Assert.Single((await StartAsync()).State.OpenOffers);
        _chains.StaleWithdrawn = true;
        _chains.Withdraw();
        Assert.Equal("south", Assert.Single((await DeclineAsync(offer.Assignment)).State.OpenOffers).Partner.Value);
    }

    private async Task<ReferralView> DeclineAsync(AssignmentId id)
    {
        Done(await _service.HearAsync(Caseworker, new(id, 1, _time.GetUtcNow(), new PartnerSaid.Received()), Guid.NewGuid(), Ct));
        return Done(await _service.HearAsync(Caseworker, new(id, 2, _time.GetUtcNow(), new PartnerSaid.Declined("no-capacity", null)), Guid.NewGuid(), Ct)).Referral;
    }

    private async Task AcceptAsync(AssignmentId id)
    {
        PartnerSaid[] said = [new PartnerSaid.Received(), new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted()];
        for (var i = 0; i < said.Length; i++)
        {
            // Who loses to the other three times is told so, and the message comes again.
            ReferralOutcome outcome;
            do
            {
                outcome = await _service.HearAsync(Caseworker, new(id, i + 1, _time.GetUtcNow(), said[i]), Guid.NewGuid(), Ct);
            }
            while (outcome is ReferralOutcome.Stale);
            Done(outcome);
        }
    }

    private async Task<ReferralView> StartAsync() =>
        Done(await _service.StartAsync(Caseworker, _chains.Id, a => Start(s => s with { ContentHash = a.ContentHash }), Ct)).Referral;

    private async Task<ListRow> RowAsync() => (await _log.FindRowAsync(Holder.Value, ReferralBoard.List, Referral.Value, Ct))!;

    private static ReferralOutcome.Done Done(ReferralOutcome outcome) => Assert.IsType<ReferralOutcome.Done>(outcome);

    /// <summary>Chain versions held in memory: the seam's other implementation needs the whole agreement of partners.</summary>
    private sealed class Versions(ChainVersion first, IChainCatalog? others = null) : IChainCatalog
    {
        private readonly List<AgreedChain> _versions = [Agree(first)];
        private List<AgreedChain>? _old;

        public ChainId Id => _versions[0].Version.Id;

        public void PutInForce(ChainVersion version) => _versions.Add(Agree(version));

        public async Task<AgreedChain?> FindAsync(ChainId id, int version, CancellationToken ct) =>
            (_old ?? _versions).Find(v => v.Version.Id == id && v.Version.Version == version) ?? (others is null ? null : await others.FindAsync(id, version, ct));

        /// <summary>From here on only who asks for the state of now hears of withdrawals.</summary>
        public bool StaleWithdrawn
        {
            set => _old = value ? [.. _versions] : null;
        }

        public void Withdraw(params OrganisationId[] partners) => _versions[^1] = _versions[^1] with { Withdrawn = partners.ToHashSet() };

        public Task<AgreedChain?> FindNowAsync(ChainId id, int version, CancellationToken ct) =>
            Task.FromResult(_versions.Find(v => v.Version.Id == id && v.Version.Version == version));

        public Task<AgreedChain?> InForceAsync(ChainId id, CancellationToken ct) => Task.FromResult(_versions.FindLast(v => v.Version.Id == id));

        private static AgreedChain Agree(ChainVersion version) => new(version, $"hash-{version.Id}-{version.Version}", ChainStatus.InForce);
    }
}
