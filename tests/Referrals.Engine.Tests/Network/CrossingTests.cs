using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Network;

/// <summary>Messages that cross, race, overtake and come twice, one story each.</summary>
public sealed class CrossingTests
{
    private static readonly OrganisationId Holder = new("jobcenter");
    private static readonly OrganisationId North = new("north");
    private static readonly OrganisationId South = new("south");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_acceptance_that_crosses_a_withdrawal_ends_withdrawn_on_both_sides()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder);
        await DeliverAllAsync(network);
        var offer = await OfferAsync(network, id, North);
        await DoAsync(network, offer, new AssignmentCommand.Accept());
        Assert.IsType<ReferralOutcome.Done>(
            await network.Referrals.DoAsync(network.Actor(Holder), id, new ReferralCommand.Withdraw("moved-away"), null, Ct));
        await DeliverAllAsync(network);

        Assert.Equal(OfferStatus.Withdrawn, (await OfferAsync(network, id, North)).Status);
        Assert.Equal(AssignmentStatus.Withdrawn, (await network.Assignments.FindAsync(North, offer.Assignment, Ct))!.State.Status);
        await BothSides.AssertAgreeAsync(network, id, Ct);
    }

    [Theory]
    [InlineData("north", "south")]
    [InlineData("south", "north")]
    public async Task Of_two_acceptances_the_one_heard_first_wins(string first, string second)
    {
        var (network, id) = await StartedAsync(OfferMode.FirstToAccept);
        await DeliverAllAsync(network);
        await DoAsync(network, await OfferAsync(network, id, North), new AssignmentCommand.Accept());
        await DoAsync(network, await OfferAsync(network, id, South), new AssignmentCommand.Accept());
        await network.RelayAsync();
        foreach (var letter in network.Post.Where(l => l.Open().From.Value == first).ToList())
        {
            Assert.IsType<HandlingResult.Handled>(await network.DeliverAsync(letter));
        }

        await DeliverAllAsync(network);

        Assert.Equal(OfferStatus.Accepted, (await OfferAsync(network, id, new OrganisationId(first))).Status);
        var lost = await OfferAsync(network, id, new OrganisationId(second));
        Assert.Equal((OfferStatus.Withdrawn, WithdrawalReason.OtherAccepted), (lost.Status, lost.Withdrawal));
        await BothSides.AssertAgreeAsync(network, id, Ct);
    }

    [Fact]
    public async Task A_withdrawal_that_overtakes_its_offer_comes_again()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder);
        await network.Referrals.DoAsync(network.Actor(Holder), id, new ReferralCommand.Withdraw("moved-away"), null, Ct);
        await network.RelayAsync();
        var withdrawal = network.Post.Single(l => l.Type == typeof(WithdrawalV1));
        Assert.IsType<HandlingResult.TooEarly>(await network.DeliverAsync(withdrawal));
        await DeliverAllAsync(network);
        await BothSides.AssertAgreeAsync(network, id, Ct);
    }

    [Fact]
    public async Task An_erasure_takes_the_words_on_both_sides_also_when_it_overtakes_its_offer()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder);
        await network.Referrals.DoAsync(network.Actor(Holder), id, new ReferralCommand.Erase(ErasureReason.Request), null, Ct);
        await network.RelayAsync();
        Assert.IsType<HandlingResult.TooEarly>(await network.DeliverAsync(network.Post.Single(l => l.Type == typeof(ErasureV1))));
        await DeliverAllAsync(network);

        var offer = await OfferAsync(network, id, North);
        var (held, taken) = ((await network.Referrals.FindAsync(Holder, id, Ct))!.State, (await network.Assignments.FindAsync(North, offer.Assignment, Ct))!.State);
        Assert.Equal((SealedAttribute.ErasedText, true), (held.Start.CaseReference, held.Start.Note!.IsErased));
        Assert.NotNull(taken.ErasedAt);
        Assert.True(taken.Offer.Note is null or { IsErased: true });
        Assert.Null((await network.Log.FindRowAsync(Holder.Value, ReferralBoard.List, id.Value, Ct))!.Reference);
        await BothSides.AssertAgreeAsync(network, id, Ct);
    }

    [Fact]
    public async Task A_partners_later_message_waits_for_the_earlier_one()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder);
        await DeliverAllAsync(network);
        await DoAsync(network, await OfferAsync(network, id, North), new AssignmentCommand.Accept());
        await network.RelayAsync();
        var accepted = network.Post.Single(l => l.Type == typeof(AcceptedV1));
        Assert.IsType<HandlingResult.TooEarly>(await network.DeliverAsync(accepted));
        Assert.Equal(OfferStatus.Received, (await OfferAsync(network, id, North)).Status);
        await DeliverAllAsync(network);
        Assert.Equal(OfferStatus.Accepted, (await OfferAsync(network, id, North)).Status);
    }

    [Fact]
    public async Task A_message_that_comes_again_is_handled_and_records_nothing()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder);
        var offer = network.Post.Single(l => l.Type == typeof(OfferV1));
        await network.DeliverAsync(offer);
        var assignment = (await OfferAsync(network, id, North)).Assignment;
        var before = await network.Assignments.HistoryAsync(North, assignment, Ct);
        Assert.IsType<HandlingResult.Handled>(await network.DeliverAsync(offer));
        Assert.Equal(before.Count, (await network.Assignments.HistoryAsync(North, assignment, Ct)).Count);
    }

    [Fact]
    public async Task A_lost_queue_is_made_good_by_sending_again_what_has_no_receipt()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder);
        network.LosePost();
        await DeliverAllAsync(network);
        Assert.Equal(OfferStatus.Offered, (await OfferAsync(network, id, North)).Status);
        await network.ResendAsync();
        await DeliverAllAsync(network);
        Assert.Equal(OfferStatus.Received, (await OfferAsync(network, id, North)).Status);
    }

    [Fact]
    public async Task A_step_at_the_holders_own_organisation_works_the_same()
    {
        var (network, id) = await StartedAsync(OfferMode.InOrder, North);
        await DeliverAllAsync(network);
        await DoAsync(network, await OfferAsync(network, id, North, holder: North), new AssignmentCommand.Accept());
        await DeliverAllAsync(network);
        Assert.Equal(OfferStatus.Accepted, (await OfferAsync(network, id, North, holder: North)).Status);
        await BothSides.AssertAgreeAsync(network, id, Ct);
    }

    internal static async Task<(NetworkInMemory Network, ReferralId Id)> StartedAsync(OfferMode mode, OrganisationId? holder = null, bool keepsNames = false)
    {
        var step = new ChainNode.Step
        {
            Id = new NodeId("childcare"),
            Title = new LocalText("Kinderbetreuung"),
            Service = "childcare",
            Partners = [North, South],
            Offer = mode,
            AcknowledgeWithin = 2,
            CompleteWithin = 10,
            Outcomes = ["helped"],
            PassFacts = ["children"],
        };
        var chain = new ChainVersion
        {
            Id = new ChainId("arbeit-mit-kind"),
            Version = 1,
            Title = new LocalText("Arbeit mit Kind"),
            FederalState = "BB",
            Coordinator = new OrganisationId("coordinator"),
            KeepsNames = keepsNames,
            Facts = [new FactDeclaration("children", new LocalText("Kinder"), new FactType.WholeNumber(0, 12), Required: true)],
            Root = step,
        };
        var network = new NetworkInMemory(chain, holder ?? Holder, seed: 1, Ct);
        await network.FoundAsync();
        var id = await network.StartAsync();
        await network.RelayAsync();
        return (network, id);
    }

    internal static async Task DeliverAllAsync(NetworkInMemory network)
    {
        await network.RelayAsync();
        for (var tries = 0; network.Post.Count > 0; tries++)
        {
            Assert.True(tries < 1000, "the post does not empty");
            await network.DeliverAsync(network.Post[0]);
            await network.RelayAsync();
        }
    }

    internal static async Task<Offer> OfferAsync(NetworkInMemory network, ReferralId id, OrganisationId partner, OrganisationId? holder = null) =>
        (await network.Referrals.FindAsync(holder ?? Holder, id, Ct))!.State.Offers.Values.Single(o => o.Partner == partner);

    private static async Task DoAsync(NetworkInMemory network, Offer offer, AssignmentCommand command) => Assert.IsType<AssignmentOutcome.Done>(
        await network.Assignments.DoAsync(network.Actor(offer.Partner), offer.Assignment, command, null, Ct));
}
