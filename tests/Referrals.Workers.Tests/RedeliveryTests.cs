using Microsoft.Extensions.Logging.Abstractions;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Consumers;

namespace Referrals.Workers.Tests;

/// <summary>Administrators have messages that were given up handled again, made anew from the sender's log.</summary>
public sealed class RedeliveryTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_rejected_is_handled_again_and_the_referral_goes_on()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var referral = await network.StartReferralAsync(Ct);
        var (receiver, offer) = (network.Own(TestNetwork.Childcare), await OfferAsync(network, referral));
        var box = new DeadLetterBox(network.Log, TimeProvider.System, NullLogger<DeadLetterBox>.Instance);
        Assert.True(await box.RejectAsync(receiver, offer.Body, offer.Id, RejectionReasons.UnknownChain, Ct));
        var operations = new OperationService(network.Log, TimeProvider.System);

        Assert.IsType<OperationOutcome.Done>(await operations.RedeliverAsync(new Actor("admin", receiver), offer.Id, Ct));
        await network.StartWorkersAsync(null, Ct);

        await Wait.UntilAsync("the row is gone", async () => (await network.DeadLettersAsync(TestNetwork.Childcare, Ct)).Count == 0, Ct);
        await network.RunToEndAsync([referral], Ct);
        await Wait.UntilAsync("every receipt came", async () => await network.UnconfirmedAsync(Ct) == 0, Ct);
    }

    [Fact]
    public async Task What_can_not_be_handled_stays_with_the_reason_of_this_time()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var (from, to) = (network.Own(TestNetwork.Jobcenter), network.Own(TestNetwork.Childcare));
        var (now, id) = (DateTimeOffset.UtcNow, Guid.NewGuid());
        var forged = new WithdrawalV1(new Code(from.Value), new Code(to.Value), Guid.NewGuid(), new Code("rerouted"), now);
        var box = new DeadLetterBox(network.Log, TimeProvider.System, NullLogger<DeadLetterBox>.Instance);
        await box.RejectAsync(to, forged, id, RejectionReasons.DoesNotFit, Ct);

        await new OperationService(network.Log, TimeProvider.System).RedeliverAsync(new Actor("admin", to), id, Ct);
        await network.StartWorkersAsync(null, Ct);

        await Wait.UntilAsync(
            "it has come to its end",
            async () => DeadLetters.Read(Assert.Single(await network.DeadLettersAsync(TestNetwork.Childcare, Ct))).RedeliveryAskedAt is null, Ct);
        Assert.Equal(RejectionReasons.NotInSendersLog, Assert.Single(await network.DeadLettersAsync(TestNetwork.Childcare, Ct)).Status);
        Assert.Empty(await network.Log.TakeDueAsync(now.AddDays(1), TimeSpan.FromSeconds(1), 10, Ct));
    }

    [Fact]
    public async Task What_was_sent_and_got_no_receipt_is_sent_again()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var referral = await network.StartReferralAsync(Ct);
        var (sender, offer) = (network.Own(TestNetwork.Jobcenter), await OfferAsync(network, referral));
        var sequence = (await network.Log.FindEventAsync(sender.Value, offer.Id, Ct))!.Sequence;
        await using (var relay = await network.Log.FollowAsync("relay", Ct))
        {
            // As if it had been relayed and given up: no delivery row is left.
            await relay.AdvanceAsync(sequence, [new RowChange.PutListRow(DeadLetters.Row(sender, offer.Body, offer.Id, GivenUp.NoReceipt, DateTimeOffset.UtcNow, sequence))], Ct);
        }

        await network.StartWorkersAsync(null, Ct);
        Assert.IsType<OperationOutcome.Done>(await new OperationService(network.Log, TimeProvider.System).RedeliverAsync(new Actor("admin", sender), offer.Id, Ct));

        await network.RunToEndAsync([referral], Ct);
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Jobcenter, Ct));
    }

    private static async Task<OutgoingMessage> OfferAsync(TestNetwork network, ReferralId referral)
    {
        var history = await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), referral, Ct);
        return Outgoing.From(history.Single(e => e.Data is ReferralEvent.StepOffered))!;
    }
}
