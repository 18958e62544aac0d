using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Partners' messages: in order, late, twice, overtaking, not fitting.</summary>
public sealed class HearTests
{
    private static readonly QuestionId Question = new(Guid.Parse("22222222-2222-4222-8222-222222222222"));

    public static PartnerSaid[] Everything { get; } =
    [
        new PartnerSaid.Received(), new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted(), new PartnerSaid.Declined("no-capacity", null), new PartnerSaid.Asked(Question, Note("Ab wann?")),
        new PartnerSaid.Started(), new PartnerSaid.FirstContact(), new PartnerSaid.Paused(), new PartnerSaid.Resumed(), new PartnerSaid.Completed("helped", NoFacts),
        new PartnerSaid.AcknowledgementUndone(), new PartnerSaid.AcceptanceUndone(),
    ];

    private static ReferralStory Offered() => ReferralStory.On(Step("childcare", "north") with { ReturnFacts = ["children"] }, Step("last", "east")).Started();

    private static ReferralStory In(OfferStatus status) => status switch
    {
        OfferStatus.Offered => Offered(),
        OfferStatus.Received => Offered().Heard(1, new PartnerSaid.Received()),
        OfferStatus.Acknowledged => In(OfferStatus.Received).Heard(1, new PartnerSaid.Acknowledged()),
        OfferStatus.Accepted => In(OfferStatus.Acknowledged).Heard(1, new PartnerSaid.Accepted()),
        OfferStatus.Started => In(OfferStatus.Accepted).Heard(1, new PartnerSaid.Started()),
        _ => In(OfferStatus.Started).Heard(1, new PartnerSaid.Paused()),
    };

    [Theory]
    [InlineData(OfferStatus.Offered, "Received")]
    [InlineData(OfferStatus.Received, "Acknowledged Accepted Declined Asked")]
    [InlineData(OfferStatus.Acknowledged, "Accepted Declined Asked AcknowledgementUndone")]
    [InlineData(OfferStatus.Accepted, "Declined Asked Started FirstContact Completed AcceptanceUndone")]
    [InlineData(OfferStatus.Started, "Asked FirstContact Paused Completed")]
    [InlineData(OfferStatus.Paused, "Asked FirstContact Resumed Completed")]
    public void What_fits_is_recorded_and_all_else_refused(OfferStatus status, string fits)
    {
        foreach (var said in Everything)
        {
            var story = In(status);
            Assert.Equal(status, story.Known.Offers[ReferralStory.Nth(1)].Status);
            var before = story.State;
            story.When(story.Message(1, said));
            if (fits.Split(' ').Contains(said.GetType().Name))
            {
                Assert.Equal(before!.Offers[ReferralStory.Nth(1)].Heard + 1, story.Known.Offers[ReferralStory.Nth(1)].Heard);
            }
            else
            {
                story.ThenRefused(ReferralRefusal.MessageDoesNotFit);
                Assert.Same(before, story.State);
            }
        }
    }

    [Fact]
    public void Every_time_stamp_is_the_partners()
    {
        var (story, at) = (Offered(), ReferralStory.Monday.AddMinutes(-3));
        foreach (var said in new[] { Everything[0], Everything[1], Everything[2], Everything[5], Everything[6], Everything[9] })
        {
            at = at.AddMinutes(1);
            story.Given(story.Message(1, said) with { At = at });
        }

        var offer = story.Known.Offers[ReferralStory.Nth(1)];
        DateTimeOffset?[] expected = [.. Enumerable.Range(-2, 6).Select(m => (DateTimeOffset?)ReferralStory.Monday.AddMinutes(m))];
        Assert.Equal(expected, [offer.ReceivedAt, offer.AcknowledgedAt, offer.AcceptedAt, offer.StartedAt, offer.FirstContactAt, offer.EndedAt]);
    }

    [Fact]
    public void A_message_heard_before_changes_nothing_and_one_that_overtook_comes_again()
    {
        var story = In(OfferStatus.Acknowledged);
        story.When(new ReferralCommand.Hear(ReferralStory.Nth(1), 2, story.Now, new PartnerSaid.Acknowledged())).ThenNothing()
            .When(new ReferralCommand.Hear(ReferralStory.Nth(1), 1, story.Now, new PartnerSaid.Received())).ThenNothing()
            .When(new ReferralCommand.Hear(ReferralStory.Nth(1), 4, story.Now, new PartnerSaid.Started())).ThenTooEarly();
    }

    [Fact]
    public void An_acceptance_that_crosses_the_withdrawal_loses() =>
        In(OfferStatus.Acknowledged).Given(new ReferralCommand.Skip(new Place("childcare"))).ThenOpen("last east")
            .When(new ReferralCommand.Hear(ReferralStory.Nth(1), 3, ReferralStory.Monday, new PartnerSaid.Accepted())).ThenNothing().ThenOpen("last east");

    [Fact]
    public void An_offer_never_made_is_a_broken_promise()
    {
        var story = Offered();
        Assert.Throws<InvalidOperationException>(() => story.When(new ReferralCommand.Hear(ReferralStory.Nth(9), 1, story.Now, new PartnerSaid.Received())));
    }

    [Fact]
    public void Codes_that_were_not_agreed_are_refused()
    {
        var story = In(OfferStatus.Started);
        story.When(story.Message(1, new PartnerSaid.Completed("Frau Muster", NoFacts))).ThenRefused(ReferralRefusal.MessageDoesNotFit);
        story.When(story.Message(1, new PartnerSaid.Completed("placed", NoFacts))).ThenRefused(ReferralRefusal.MessageDoesNotFit);
        var open = In(OfferStatus.Received);
        open.When(open.Message(1, new PartnerSaid.Declined("Frau Muster", null))).ThenRefused(ReferralRefusal.MessageDoesNotFit);
    }

    [Fact]
    public void Where_only_taking_place_is_reported_the_outcome_is_not_known()
    {
        var story = ReferralStory.On(Step("childcare", "north") with { Feedback = Feedback.TookPlace }).Started().Accepted(1);
        story.When(story.Message(1, new PartnerSaid.Completed("helped", NoFacts))).ThenRefused(ReferralRefusal.MessageDoesNotFit)
            .Heard(1, new PartnerSaid.Completed(OutcomeCodes.TookPlace, NoFacts)).ThenClosed(ClosingReason.Completed);
    }

    [Fact]
    public void Facts_that_were_not_agreed_are_dropped()
    {
        var story = In(OfferStatus.Started);
        var facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(99), ["works"] = new FactValue.YesNo(true), ["shoes"] = new FactValue.Number(1) };
        story.Heard(1, new PartnerSaid.Completed("helped", facts));
        Assert.Empty(story.Known.Facts);
    }
}
