using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Tests;

[Collection(RabbitCollection.Name)]
public sealed class PoisonedMessageTests(LocalPostgres postgres, LocalRabbit rabbit)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("no json at all", RejectionReasons.Malformed)]
    [InlineData("{}", RejectionReasons.Malformed)]
    [InlineData("""{"messageId":"$id","messageType":["urn:message:Else:Where"],"message":{}}""", RejectionReasons.UnknownType)]
    [InlineData(
        """{"messageId":"$id","messageType":["urn:message:Referrals.Engine.Network.Contracts:OfferV1"],"message":{"from":"NOT A CODE"}}""",
        RejectionReasons.Malformed)]
    public async Task What_can_not_be_read_ends_in_the_error_queue_with_a_row_that_names_the_reason(string body, string reason)
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var broker = await Broker.ConnectAsync(rabbit, Ct);
        await TestNetwork.ConsumesAsync(await network.StartWorkersAsync(rabbit.Uri, Ct), Ct);
        var (receiver, id) = (network.Own(TestNetwork.Childcare), Guid.NewGuid());

        await broker.PutAsync(receiver, body.Replace("$id", id.ToString(), StringComparison.Ordinal), id, Ct);

        await Wait.UntilAsync("it is in the error queue", async () => await broker.CountAsync(Broker.ErrorQueue(receiver), Ct) == 1, Ct);
        var row = Assert.Single(await network.DeadLettersAsync(TestNetwork.Childcare, Ct));
        Assert.Equal((id, reason), (row.Id, row.Status));
        await network.RunToEndAsync(await network.StartReferralsAsync(1, Ct), Ct);
        Assert.Equal(1u, await broker.CountAsync(Broker.ErrorQueue(receiver), Ct));
        Assert.False(await broker.ExistsAsync(ConnectedQueues.NameOf(receiver) + "_skipped", Ct));
    }

    [Fact]
    public async Task What_is_rejected_ends_in_the_error_queue_with_a_row_and_a_receipt_so_that_it_does_not_come_again()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var broker = await Broker.ConnectAsync(rabbit, Ct);
        var host = await network.StartWorkersAsync(rabbit.Uri, Ct);
        var (from, to, id) = (network.Own(TestNetwork.Jobcenter), network.Own(TestNetwork.Childcare), Guid.NewGuid());
        var delivery = new RowChange.PutDelivery(from.Value, id, 1, Now.AddHours(1));
        await network.Log.AppendAsync(new Append(new Actor("test", from).At(Now), [], [delivery]), Ct);
        var offer = new OfferV1(
            new Code(from.Value), new Code(to.Value), Guid.NewGuid(), new Code("no-such-chain"), 1, new Code("childcare"), Now, Now.AddDays(3), []);

        var sender = host.Services.GetRequiredService<MessageSender>();
        await TestNetwork.ConsumesAsync(host, Ct);
        await sender.SendAsync(new OutgoingMessage(id, to, offer), 0, Ct);

        await Wait.UntilAsync("it is in the error queue", async () => await broker.CountAsync(Broker.ErrorQueue(to), Ct) == 1, Ct);
        await Wait.UntilAsync("the sender has the receipt", async () => await network.UnconfirmedAsync(Ct) == 0, Ct);
        var row = Assert.Single(await network.DeadLettersAsync(TestNetwork.Childcare, Ct));
        Assert.Equal((id, RejectionReasons.UnknownChain, from.Value), (row.Id, row.Status, row.Counterpart));
    }

    [Fact]
    public async Task A_note_that_the_screen_blocks_is_not_sent_and_stops_nothing_else()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var (from, to) = (network.Own(TestNetwork.Jobcenter), network.Own(TestNetwork.Childcare));
        var note = JsonSerializer.Deserialize<Note>("\"frau@example.org\"", EventCodec.Json);
        var offered = new ReferralEvent.StepOffered(
            new Place("childcare"), new NodeId("childcare"), new AssignmentId(Guid.NewGuid()), to, from, new ChainId("any"), 1, Now.AddDays(3),
            new Dictionary<string, FactValue>(), note)
        { At = Now };
        var stream = ReferralBoard.Stream(from, new ReferralId(Guid.NewGuid()));
        var appended = Assert.IsType<AppendResult.Appended>(await network.Log.AppendAsync(
            Append.To(stream, 0, [offered], new Actor("test", from).At(Now)), Ct));

        await network.StartWorkersAsync(null, Ct);
        await network.RunToEndAsync(await network.StartReferralsAsync(1, Ct), Ct);

        var row = Assert.Single(await network.DeadLettersAsync(TestNetwork.Jobcenter, Ct));
        Assert.Equal((appended.Events[0].Id, RejectionReasons.NoteBlocked), (row.Id, row.Status));
        Assert.DoesNotContain("frau", row.Data, StringComparison.Ordinal);
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Childcare, Ct));
    }
}
