using Referrals.Engine.Assignments;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Assignments;

/// <summary>Codes that clients bring, at the partner.</summary>
public sealed class RedeemTests
{
    private static readonly DateTimeOffset Until = ReferralStory.Monday.AddDays(14);

    private static AssignmentCommand.ReceiveHandover Code(int issue) => new(issue, Proof(issue), Until);

    private static string Proof(int n) => $"p{n:x48}";

    private static AssignmentStory Received() => AssignmentStory.On(TestChains.Step("childcare", "north")).Received();

    private static AssignmentStory WithCode() => Received().Given(Code(1));

    private static AssignmentStory Wrong(AssignmentStory story, int times) =>
        story.Given([.. Enumerable.Range(100, times).Select(n => new AssignmentCommand.Redeem(Proof(n)))]);

    [Fact]
    public void The_right_code_is_redeemed_once_and_told_the_sender()
    {
        var story = WithCode().When(new AssignmentCommand.Redeem(Proof(1))).ThenEvents("HandoverRedeemed");
        Assert.Equal((2, story.Now), (story.Known.Told, story.Known.Handover!.RedeemedAt));
        story.When(new AssignmentCommand.Redeem(Proof(1))).ThenNothing();
        story.When(new AssignmentCommand.Redeem(Proof(2))).ThenRefused(AssignmentRefusal.HandoverUsed);
    }

    [Fact]
    public void A_wrong_code_is_counted_once_and_not_told()
    {
        var story = WithCode().When(new AssignmentCommand.Redeem(Proof(7))).ThenEvents("HandoverTried");
        Assert.Equal((1, 4), (story.Known.Told, story.Known.Handover!.TriesLeft));
        story.When(new AssignmentCommand.Redeem(Proof(7))).ThenNothing();
        story.When(new AssignmentCommand.Redeem(Proof(1))).ThenEvents("HandoverRedeemed");
    }

    [Fact]
    public void The_fifth_wrong_code_blocks_it_and_a_new_one_can_be_redeemed()
    {
        var story = Wrong(WithCode(), 4).When(new AssignmentCommand.Redeem(Proof(50))).ThenEvents("HandoverTried+HandoverBlocked");
        Assert.Equal(2, story.Known.Told);
        story.When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.HandoverBlocked);
        story.Given(Code(2)).When(new AssignmentCommand.Redeem(Proof(1))).ThenEvents("HandoverTried");
        story.When(new AssignmentCommand.Redeem(Proof(2))).ThenEvents("HandoverRedeemed");
    }

    [Fact]
    public void A_code_counts_until_its_time()
    {
        WithCode().At(Until.AddTicks(-1)).When(new AssignmentCommand.Redeem(Proof(1))).ThenEvents("HandoverRedeemed");
        WithCode().At(Until).When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.HandoverExpired);
        WithCode().At(Until).When(new AssignmentCommand.Redeem(Proof(7))).ThenRefused(AssignmentRefusal.HandoverExpired);
    }

    [Fact]
    public void A_newer_code_and_a_revocation_count_in_whatever_order_they_come()
    {
        Received().Given(Code(2)).When(Code(1)).ThenNothing();
        Received().Given(Code(2), new AssignmentCommand.ReceiveHandoverRevocation(1)).When(new AssignmentCommand.Redeem(Proof(2))).ThenEvents("HandoverRedeemed");
        Received().Given(new AssignmentCommand.ReceiveHandoverRevocation(1)).When(Code(1)).ThenNothing();
        WithCode().Given(new AssignmentCommand.ReceiveHandoverRevocation(1)).When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.HandoverRevoked);
        WithCode().Given(new AssignmentCommand.ReceiveHandoverRevocation(1)).When(new AssignmentCommand.ReceiveHandoverRevocation(1)).ThenNothing();
    }

    [Fact]
    public void What_the_client_has_done_can_not_be_revoked()
    {
        var story = WithCode().Given(new AssignmentCommand.Redeem(Proof(1)));
        story.When(new AssignmentCommand.ReceiveHandoverRevocation(1)).ThenNothing();
        story.When(Code(2)).ThenNothing();
    }

    [Fact]
    public void Without_a_code_there_is_nothing_to_redeem() =>
        Received().When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.HandoverNone);

    [Fact]
    public void The_code_of_an_ended_assignment_is_dead()
    {
        WithCode().Given(new AssignmentCommand.ReceiveWithdrawal("code")).When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.Withdrawn);
        WithCode().Given(new AssignmentCommand.Accept(), new AssignmentCommand.Complete("helped", TestChains.NoFacts))
            .When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.Completed);
        WithCode().Given(new AssignmentCommand.ReceiveErasure("request")).When(new AssignmentCommand.Redeem(Proof(1))).ThenRefused(AssignmentRefusal.HandoverNone);
        Received().Given(new AssignmentCommand.ReceiveWithdrawal("code")).When(Code(1)).ThenNothing();
    }

    [Fact]
    public void A_code_that_overtakes_its_offer_comes_again()
    {
        AssignmentStory.On(TestChains.Step("childcare", "north")).When(Code(1)).ThenTooEarly();
        AssignmentStory.On(TestChains.Step("childcare", "north")).When(new AssignmentCommand.ReceiveHandoverRevocation(1)).ThenTooEarly();
    }

    [Fact]
    public void A_code_takes_nothing_of_the_time_to_take_an_acceptance_back() =>
        Received().Given(new AssignmentCommand.Accept(), Code(1)).When(new AssignmentCommand.UndoAcceptance()).ThenEvents("AcceptanceUndone");
}
