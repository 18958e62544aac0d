using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class AnswerTests
{
    private static readonly QuestionId Question = new(Guid.Parse("22222222-2222-4222-8222-222222222222"));
    private static readonly ReferralCommand.Answer Answer = new(Question, Note("Ab Oktober."));

    private static ReferralStory Asked() =>
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Asked(Question, Note("Ab wann?")));

    [Fact]
    public void An_open_question_is_answered_once()
    {
        var story = Asked();
        Assert.Equal(ReferralStatus.QuestionOpen, ReferralBoard.Status(story.Known, story.Next));
        story.When(Answer).Then(new ReferralEvent.StepAnswered(ReferralStory.Nth(1), new OrganisationId("north"), Question, Note("Ab Oktober.")) { At = story.Now });
        Assert.Equal(ReferralStatus.Running, ReferralBoard.Status(story.Known, story.Next));
        story.When(Answer).ThenNothing()
            .When(Answer with { Text = Note("Ab November.") }).ThenRefused(ReferralRefusal.QuestionAnswered)
            .When(Answer with { Question = new QuestionId(Guid.Empty) }).ThenRefused(ReferralRefusal.QuestionNotFound);
    }

    [Fact]
    public void Not_when_the_partner_has_ended_it() =>
        Asked().Heard(1, new PartnerSaid.Declined("no-capacity", null)).When(Answer).ThenRefused(ReferralRefusal.AssignmentNotOpen);

    [Fact]
    public void Not_when_the_referral_has_ended() =>
        Asked().Given(new ReferralCommand.Close()).When(Answer).ThenRefused(ReferralRefusal.AssignmentNotOpen);
}
