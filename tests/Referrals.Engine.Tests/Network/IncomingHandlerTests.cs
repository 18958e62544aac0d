using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Network;

/// <summary>What comes over the wire is not taken on trust.</summary>
public sealed class IncomingHandlerTests
{
    private static readonly OrganisationId North = new("north");
    private static readonly OrganisationId Holder = new("jobcenter");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anything_but_a_contract_is_rejected()
    {
        var (network, _) = await CrossingTests.StartedAsync(OfferMode.InOrder);
        Assert.Equal(RejectionReasons.UnknownType, await ReasonAsync(network, North, "a string"));
        Assert.Equal(RejectionReasons.UnknownType, await ReasonAsync(network, North, new OfferV2(new Code("jobcenter"), new Code("north"))));
    }

    [Fact]
    public async Task An_offer_must_be_for_the_receiver_from_a_member_and_as_the_chain_agrees()
    {
        var (network, offer) = await WithOfferAsync();
        Code north = new("north"), stranger = new("stranger");
        (OfferV1 Message, string Reason)[] bad =
        [
            (offer with { To = new Code("south") }, RejectionReasons.WrongTenant),
            (offer with { From = stranger }, RejectionReasons.UnknownOrganisation),
            (offer with { From = default }, RejectionReasons.Malformed),
            (offer with { Assignment = Guid.Empty }, RejectionReasons.Malformed),
            (offer with { Chain = north }, RejectionReasons.UnknownChain),
            (offer with { ChainVersion = 2 }, RejectionReasons.UnknownChain),
            (offer with { Step = north }, RejectionReasons.UnknownChain),
            (offer with { Facts = [new FactV1(new Code("children"))] }, RejectionReasons.Malformed),
            (offer with { Facts = [new FactV1(new Code("children"), Number: 2), new FactV1(new Code("children"), Number: 3)] }, RejectionReasons.Malformed),
            (offer with { Facts = [new FactV1(new Code("children"), Number: 99)] }, RejectionReasons.NotAgreed),
            (offer with { Facts = [new FactV1(new Code("income"), Number: 2)] }, RejectionReasons.NotAgreed),
            (offer with { Note = Unscreened("Frau, geb. 12.03.1989") }, RejectionReasons.NoteBlocked),
            (offer with { Note = Unscreened("") }, RejectionReasons.NoteUnusable),
        ];
        foreach (var (message, reason) in bad)
        {
            Assert.Equal(reason, await ReasonAsync(network, North, message));
        }

        Assert.Equal(RejectionReasons.NotAgreed, await ReasonAsync(network, new OrganisationId("coordinator"), offer with { To = new Code("coordinator") }));
        Assert.Empty(await network.Log.QueryRowsAsync(new ListQuery("north", "assignments"), Ct));
        Assert.IsType<HandlingResult.Handled>(await network.Incoming.HandleAsync(North, offer, Guid.NewGuid(), null, Ct));
    }

    [Fact]
    public async Task Nobody_but_the_sender_speaks_of_an_assignment()
    {
        var (network, offer) = await WithOfferAsync();
        await network.Incoming.HandleAsync(North, offer, Guid.NewGuid(), null, Ct);
        var south = new Code("south");
        Assert.Equal(RejectionReasons.WrongSender, await ReasonAsync(network, North, offer with { From = south }));
        Assert.Equal(RejectionReasons.WrongSender, await ReasonAsync(network, North, new WithdrawalV1(south, offer.To, offer.Assignment, new Code("rerouted"), offer.At)));
        Assert.Equal(RejectionReasons.WrongSender, await ReasonAsync(network, North, new ReminderV1(south, offer.To, offer.Assignment, new Code("acknowledge"), offer.At)));
        Assert.Equal(RejectionReasons.WrongSender, await ReasonAsync(
            network, North, new AnswerV1(south, offer.To, offer.Assignment, Guid.NewGuid(), offer.At, Samples.Note())));
    }

    [Fact]
    public async Task Nobody_but_the_partner_reports_of_an_assignment()
    {
        var (network, offer) = await WithOfferAsync();
        var report = new ReceivedV1(offer.To, offer.From, offer.Assignment, 1, offer.At);
        Assert.Equal(RejectionReasons.WrongSender, await ReasonAsync(network, Holder, report with { From = new Code("south") }));
        Assert.Equal(RejectionReasons.UnknownAssignment, await ReasonAsync(network, Holder, report with { Assignment = Guid.NewGuid() }));
        Assert.Equal(RejectionReasons.Malformed, await ReasonAsync(network, Holder, report with { Number = 0 }));
        Assert.Equal(RejectionReasons.Malformed, await ReasonAsync(
            network, Holder, new DeclinedV1(offer.To, offer.From, offer.Assignment, 1, offer.At, new Code("no-such-reason"))));
        Assert.Equal(RejectionReasons.NoteBlocked, await ReasonAsync(network, Holder, new QuestionV1(
            offer.To, offer.From, offer.Assignment, 1, offer.At, Guid.NewGuid(), Unscreened("Erreichbar unter 0151 23456789?"))));
        Assert.IsType<HandlingResult.Handled>(await network.Incoming.HandleAsync(Holder, report, Guid.NewGuid(), null, Ct));
    }

    [Fact]
    public async Task An_escalation_is_a_row_at_the_coordinator_and_names_no_assignment()
    {
        var (network, offer) = await WithOfferAsync();
        var coordinator = new OrganisationId("coordinator");
        var id = Guid.NewGuid();
        var escalation = new EscalationV1(
            offer.From, new Code("coordinator"), id, offer.Chain, 1, offer.Step, offer.To, new Code("acknowledge"), offer.AcknowledgeBy, offer.At);
        Assert.Equal(RejectionReasons.NotAgreed, await ReasonAsync(network, North, escalation with { To = offer.To }));
        Assert.IsType<HandlingResult.Handled>(await network.Incoming.HandleAsync(coordinator, escalation, id, null, Ct));
        Assert.IsType<HandlingResult.Handled>(await network.Incoming.HandleAsync(coordinator, escalation, id, null, Ct));
        var row = Assert.Single(await network.Log.QueryRowsAsync(new ListQuery("coordinator", Escalations.List), Ct));
        Assert.Equal((id, "open", "arbeit-mit-kind", "north"), (row.Id, row.Status, row.Subject, row.Counterpart));
        Assert.DoesNotContain(offer.Assignment.ToString(), row.Data, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_was_heard_tells_who_caused_it()
    {
        var (network, offer) = await WithOfferAsync();
        var id = Guid.NewGuid();
        await network.Incoming.HandleAsync(North, offer, id, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Ct);
        var recorded = Assert.Single(await network.Assignments.HistoryAsync(North, new AssignmentId(offer.Assignment), Ct));
        Assert.Equal(("network", "north", id.ToString("D")), (recorded.Context.User, recorded.Context.Organisation, recorded.Context.Causation));
        Assert.StartsWith("00-0af", recorded.Context.TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dead_letter_shows_everything_but_the_note()
    {
        var offer = (OfferV1)Samples.Of(typeof(OfferV1)) with { Note = Unscreened("Frau, geb. 12.03.1989") };
        var row = DeadLetters.Row(new OrganisationId("north"), offer, Guid.NewGuid(), RejectionReasons.NoteBlocked, Samples.Now);
        Assert.Equal(("north", "dead-letters", "note-blocked", "OfferV1", "some-from"), (row.Tenant, row.List, row.Status, row.Subject, row.Counterpart));
        Assert.Contains(offer.Assignment.ToString(), row.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("1989", row.Data, StringComparison.Ordinal);
        var question = (QuestionV1)Samples.Of(typeof(QuestionV1)) with { Text = Unscreened("0151 23456789") };
        Assert.DoesNotContain("0151", DeadLetters.Row(new OrganisationId("north"), question, Guid.NewGuid(), "note-blocked", Samples.Now).Data, StringComparison.Ordinal);
        Assert.Null(JsonSerializer.Deserialize<DeadLetter>(DeadLetters.Row(new OrganisationId("north"), "secret", Guid.NewGuid(), "unknown-type", Samples.Now).Data, EventCodec.Json)!.Preview);
    }

    private static async Task<(NetworkInMemory Network, OfferV1 Offer)> WithOfferAsync()
    {
        var (network, _) = await CrossingTests.StartedAsync(OfferMode.InOrder);
        return (network, (OfferV1)network.Post.Single().Open());
    }

    private static async Task<string> ReasonAsync(NetworkInMemory network, OrganisationId receiver, object message) =>
        Assert.IsType<HandlingResult.Rejected>(await network.Incoming.HandleAsync(receiver, message, Guid.NewGuid(), null, Ct)).Reason;

    // As a stranger's program would send it: reading a note from JSON does not screen it.
    private static Note Unscreened(string text) => JsonSerializer.Deserialize<Note>(JsonSerializer.Serialize(text), EventCodec.Json)!;

    private sealed record OfferV2(Code From, Code To) : IMessageV1;
}
