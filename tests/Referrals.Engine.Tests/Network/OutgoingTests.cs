using System.Diagnostics;
using System.Runtime.CompilerServices;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Network;

public sealed class OutgoingTests
{
    private static readonly Dictionary<string, Type> Messages = new()
    {
        ["step_offered"] = typeof(OfferV1),
        ["step_answered"] = typeof(AnswerV1),
        ["step_reminded"] = typeof(ReminderV1),
        ["offer_withdrawn"] = typeof(WithdrawalV1),
        ["step_erased"] = typeof(ErasureV1),
        ["step_escalated"] = typeof(EscalationV1),
        ["card_sealed"] = typeof(CardV1),
        ["card_withdrawn"] = typeof(CardWithdrawnV1),
        ["assignment_card_opened"] = typeof(CardOpenedV1),
        ["assignment_card_returned"] = typeof(CardReturnedV1),
        ["handover_issued"] = typeof(HandoverV1),
        ["handover_revoked"] = typeof(HandoverRevokedV1),
        ["assignment_handover_redeemed"] = typeof(HandedOverV1),
        ["assignment_handover_blocked"] = typeof(HandoverBlockedV1),
        ["assignment_received"] = typeof(ReceivedV1),
        ["assignment_acknowledged"] = typeof(AcknowledgedV1),
        ["assignment_accepted"] = typeof(AcceptedV1),
        ["assignment_acknowledgement_undone"] = typeof(AcknowledgementUndoneV1),
        ["assignment_acceptance_undone"] = typeof(AcceptanceUndoneV1),
        ["assignment_declined"] = typeof(DeclinedV1),
        ["assignment_asked"] = typeof(QuestionV1),
        ["assignment_started"] = typeof(StartedV1),
        ["assignment_first_contact_made"] = typeof(FirstContactV1),
        ["assignment_paused"] = typeof(PausedV1),
        ["assignment_resumed"] = typeof(ResumedV1),
        ["assignment_completed"] = typeof(CompletedV1),
    };

    public static TheoryData<string> Events => [.. EngineEvents.Codec.Types.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_of_the_product_is_a_message_or_nothing(string name)
    {
        // Empty but for its type: an event that means a message is recognised and then found to lack its codes.
        var happened = RuntimeHelpers.GetUninitializedObject(EngineEvents.Codec.Types.Single(t => t.Name == name).Clr);
        var thrown = Record.Exception(() => Assert.Null(Outgoing.From(Recorded(happened))));
        Assert.Equal(Messages.ContainsKey(name), thrown is FormatException);
        Assert.IsNotType<UnreachableException>(thrown);
    }

    [Fact]
    public void What_is_no_event_of_the_product_is_a_fault() =>
        Assert.Throws<UnreachableException>(() => Outgoing.From(Recorded("something else")));

    [Fact]
    public void Every_contract_but_the_receipt_is_made_from_an_event() =>
        Assert.Equal(MessageTypes.All.Except([typeof(ReceiptV1)]).OrderBy(t => t.Name), Messages.Values.OrderBy(t => t.Name));

    [Fact]
    public void An_offer_names_neither_the_referral_nor_the_case_nor_the_place()
    {
        var place = new Place("follow-up.2/childcare");
        var offered = new ReferralEvent.StepOffered(
            place, new NodeId("childcare"), new AssignmentId(Guid.NewGuid()), new OrganisationId("north"), new OrganisationId("jobcenter"),
            new ChainId("arbeit-mit-kind"), 2, Samples.Now.AddDays(2),
            new Dictionary<string, FactValue> { ["works"] = new FactValue.YesNo(true), ["children"] = new FactValue.Number(2) },
            Samples.Note())
        {
            At = Samples.Now,
        };
        var recorded = Recorded(offered);
        var message = Outgoing.From(recorded)!;
        var offer = Assert.IsType<OfferV1>(message.Body);
        Assert.Equal((recorded.Id, "north", "jobcenter"), (message.Id, message.To.Value, message.From.Value));
        Assert.Equal(["children", "works"], offer.Facts.Select(f => f.Name.Value));
        var json = Letter.Of(message).Json;
        Assert.DoesNotContain(recorded.Stream.Id.ToString(), json, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Value, json, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escalation_does_not_name_the_assignment()
    {
        var assignment = new AssignmentId(Guid.NewGuid());
        var recorded = Recorded(new ReferralEvent.StepEscalated(
            assignment, new OrganisationId("coordinator"), new OrganisationId("north"), new ChainId("arbeit-mit-kind"), 2, new NodeId("childcare"),
            Deadline.Acknowledge, Samples.Now)
        {
            At = Samples.Now,
        });
        var message = Outgoing.From(recorded)!;
        Assert.Equal((recorded.Id, "acknowledge"), (((EscalationV1)message.Body).Escalation, ((EscalationV1)message.Body).Deadline.Value));
        Assert.DoesNotContain(assignment.ToString(), Letter.Of(message).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_goes_back_to_the_sender_under_an_id_that_follows_from_the_messages()
    {
        var offer = (OfferV1)Samples.Of(typeof(OfferV1));
        var id = Guid.NewGuid();
        var receipt = Outgoing.ReceiptFor(offer.From, offer.To, [id]);
        Assert.Equal(receipt.Id, Outgoing.ReceiptFor(offer.From, offer.To, [id]).Id);
        Assert.NotEqual(receipt.Id, Outgoing.ReceiptFor(offer.From, offer.To, [id, Guid.NewGuid()]).Id);
        var body = Assert.IsType<ReceiptV1>(receipt.Body);
        Assert.Equal((offer.To, offer.From, id), (body.From, body.To, Assert.Single(body.Messages)));
        Assert.Equal(offer.From.Value, receipt.To.Value);
    }

    private static RecordedEvent Recorded(object data) => new(
        1, Guid.NewGuid(), new StreamName("jobcenter", "referral", Guid.NewGuid()), 1, "x", data, new EventContext(Samples.Now, "somebody"));
}
