using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.LocalServers;
using Referrals.Workers.Consumers;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Tests;

[Collection(RabbitCollection.Name)]
public sealed class LostQueueTests(LocalPostgres postgres, LocalRabbit rabbit)
{
    private const string RelayOnly = "--Referrals:Workers:Consume=false";
    private const string ConsumeOnly = "--Referrals:Workers:Relay=false";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_lay_in_a_queue_that_is_deleted_still_arrives(bool exchangeToo)
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var broker = await Broker.ConnectAsync(rabbit, Ct);
        var queue = await DeclareQueuesAsync(network);
        await network.StartWorkersAsync(rabbit.Uri, Ct, RelayOnly, "--Referrals:Workers:ReceiptWithin=00:00:03");
        var ids = await network.StartReferralsAsync(3, Ct);
        await Wait.UntilAsync("the offers lie in the queue", async () => await broker.CountAsync(queue, Ct) >= 3, Ct);

        await broker.DeleteQueueAsync(queue, Ct);
        if (exchangeToo)
        {
            await broker.DeleteExchangeAsync(queue, Ct);
        }

        await network.StartWorkersAsync(rabbit.Uri, Ct, ConsumeOnly);
        await network.RunToEndAsync(ids, Ct);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_while_it_is_consumed_is_made_again()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var broker = await Broker.ConnectAsync(rabbit, Ct);
        await TestNetwork.ConsumesAsync(await network.StartWorkersAsync(rabbit.Uri, Ct), Ct);

        await broker.DeleteQueueAsync(ConnectedQueues.NameOf(network.Own(TestNetwork.Childcare)), Ct);

        await network.RunToEndAsync(await network.StartReferralsAsync(2, Ct), Ct);
    }

    [Fact]
    public async Task Sending_to_an_organisation_without_a_queue_fails_loudly()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(rabbit.Uri, Ct, RelayOnly);
        var sender = host.Services.GetRequiredService<MessageSender>();
        var receipt = Receipt(network);

        await Assert.ThrowsAsync<DestinationMissingException>(() => sender.SendAsync(receipt, 0, Ct));
        await Assert.ThrowsAsync<DestinationMissingException>(() => sender.SendAsync(receipt, 0, Ct));
    }

    [Fact]
    public async Task Within_a_process_sending_to_an_unknown_organisation_fails_loudly()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var sender = host.Services.GetRequiredService<MessageSender>();
        var nobody = new OrganisationId("nobody");
        var message = new OutgoingMessage(Guid.NewGuid(), nobody, new ReceiptV1(new Code("somebody"), new Code("nobody"), [Guid.NewGuid()]));

        await Assert.ThrowsAsync<DestinationMissingException>(() => sender.SendAsync(message, 0, Ct));
    }

    [Fact]
    public async Task A_message_that_is_never_confirmed_is_given_up_with_a_row_at_the_sender()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(
            rabbit.Uri, Ct, RelayOnly, "--Referrals:Workers:MaxResends=2", "--Referrals:Workers:ReceiptWithin=00:00:00.2");
        await network.StartReferralAsync(Ct);

        await Wait.UntilAsync("it is given up", async () => (await network.DeadLettersAsync(TestNetwork.Jobcenter, Ct)).Count == 1, Ct);

        var row = Assert.Single(await network.DeadLettersAsync(TestNetwork.Jobcenter, Ct));
        Assert.Equal((GivenUp.NoReceipt, nameof(OfferV1)), (row.Status, row.Subject));
        Assert.Equal(0, await network.UnconfirmedAsync(Ct));
    }

    [Fact]
    public async Task A_message_tells_its_id_and_type_but_neither_its_trace_nor_where_it_comes_from()
    {
        const string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var broker = await Broker.ConnectAsync(rabbit, Ct);
        var queue = await DeclareQueuesAsync(network);
        await network.StartWorkersAsync(rabbit.Uri, Ct, RelayOnly);
        var id = await network.StartReferralAsync(Ct, trace);

        var taken = await broker.TakeAsync(queue, Ct);

        var offered = (await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), id, Ct)).Single(e => e.Type == "step_offered");
        var body = Encoding.UTF8.GetString(taken.Body.Span);
        var headers = taken.BasicProperties.Headers!.ToDictionary(h => h.Key, h => h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{h.Value}");
        Assert.Equal(offered.Id.ToString(), taken.BasicProperties.MessageId);
        Assert.Contains("OfferV1", body, StringComparison.Ordinal);
        foreach (var secret in new[] { Environment.MachineName, "host", "ddress", "rocess", "MassTransitVersion", id.ToString(), "case-1", trace[3..35], "traceparent" })
        {
            Assert.DoesNotContain(secret, body, StringComparison.OrdinalIgnoreCase);
            Assert.All(headers, h => Assert.DoesNotContain(secret, $"{h.Key}: {h.Value}", StringComparison.OrdinalIgnoreCase));
        }
    }

    // Has workers declare the queues, and gives the name of the childcare office's.
    private async Task<string> DeclareQueuesAsync(TestNetwork network)
    {
        var host = await network.StartWorkersAsync(rabbit.Uri, Ct, ConsumeOnly);
        await TestNetwork.ConsumesAsync(host, Ct);
        await host.StopAsync(Ct);
        return ConnectedQueues.NameOf(network.Own(TestNetwork.Childcare));
    }

    private static OutgoingMessage Receipt(TestNetwork network)
    {
        var to = network.Own(TestNetwork.Childcare);
        return new(Guid.NewGuid(), to, new ReceiptV1(new Code(network.Own(TestNetwork.Jobcenter).Value), new Code(to.Value), [Guid.NewGuid()]));
    }
}
