using Microsoft.Extensions.Options;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Tests;

public sealed class MessageSenderTests
{
    private static readonly IOptions<WorkersOptions> Settings = Options.Create(new WorkersOptions());

    [Fact]
    public async Task The_first_messages_can_be_sent_at_the_same_time()
    {
        var message = new OutgoingMessage(
            Guid.NewGuid(), new OrganisationId("nobody"), new ReceiptV1(new Code("jobcenter"), new Code("nobody"), [Guid.NewGuid()]));
        for (var again = 0; again < 200; again++)
        {
            // Gets as far as to find out that there is no such queue; no bus is needed for that.
            var sender = new MessageSender(null!, new ConnectedQueues(Settings), Settings);
            using var together = new Barrier(4);
            var sends = Enumerable.Range(0, together.ParticipantCount).Select(_ => Task.Run(async () =>
            {
                together.SignalAndWait(TestContext.Current.CancellationToken);
                await Assert.ThrowsAsync<DestinationMissingException>(
                    () => sender.SendAsync(message, 0, TestContext.Current.CancellationToken));
            }));
            await Task.WhenAll(sends);
        }
    }
}
