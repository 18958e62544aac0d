using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Network;

/// <summary>What must hold when the post is empty: sender and partner know the same.</summary>
internal static class BothSides
{
    public static async Task AssertAgreeAsync(NetworkInMemory network, ReferralId id, CancellationToken ct)
    {
        var referral = (await network.Referrals.FindAsync(network.Holder, id, ct))!;
        foreach (var offer in referral.State.Offers.Values)
        {
            var assignment = await network.Assignments.FindAsync(offer.Partner, offer.Assignment, ct);
            Assert.NotNull(assignment);
            AssertSame(offer, assignment.State);
        }

        await AssertHistoryAsync(network, id, referral.State, ct);
    }

    private static void AssertSame(Offer offer, AssignmentState assignment)
    {
        Assert.Equal(Expected(offer.Status), assignment.Status);
        if (offer.Status == OfferStatus.Withdrawn)
        {
            Assert.InRange(offer.Heard, 0, assignment.Told);
        }
        else
        {
            Assert.Equal(assignment.Told, offer.Heard);
            Assert.Equal(offer.FirstContactAt, assignment.FirstContactAt);
            Assert.Equal(offer.Handover?.RedeemedAt, assignment.Handover?.RedeemedAt);
            Assert.Equal(offer.Card?.OpenedAt, offer.Card?.Issue == assignment.Card?.Issue ? assignment.Card?.OpenedAt : null);
            Assert.Equal(offer.CompleteBy, assignment.CompleteBy);
            Assert.Equal(offer.Questions.Count, assignment.Questions.Count);
        }

        // A question that crossed a withdrawal stays unknown to the sender; every question that it knows has the same words and answer.
        Assert.All(offer.Questions, q => Assert.Equal(
            (q.Value.Text, q.Value.Answer),
            (assignment.Questions[q.Key.Value].Text, assignment.Questions[q.Key.Value].Answer)));
    }

    // At least one: an offer that was sent is received once the post is empty.
    private static AssignmentStatus Expected(OfferStatus status) => status switch
    {
        OfferStatus.Received => AssignmentStatus.Received,
        OfferStatus.Acknowledged => AssignmentStatus.Acknowledged,
        OfferStatus.Accepted => AssignmentStatus.Accepted,
        OfferStatus.Started => AssignmentStatus.Started,
        OfferStatus.Paused => AssignmentStatus.Paused,
        OfferStatus.Completed => AssignmentStatus.Completed,
        OfferStatus.Declined => AssignmentStatus.Declined,
        OfferStatus.Withdrawn => AssignmentStatus.Withdrawn,
        _ => throw new InvalidOperationException($"{status} although the post is empty"),
    };

    private static async Task AssertHistoryAsync(NetworkInMemory network, ReferralId id, ReferralState state, CancellationToken ct)
    {
        var history = (await network.Referrals.HistoryAsync(network.Holder, id, ct)).Select(e => (ReferralEvent)e.Data).ToList();
        foreach (var assignment in state.Offers.Values)
        {
            var partner = (await network.Assignments.HistoryAsync(assignment.Partner, assignment.Assignment, ct)).Select(e => (AssignmentEvent)e.Data).ToList();
            Assert.Single(partner.OfType<AssignmentEvent.Received>());
            Assert.Equal(Enumerable.Range(1, partner.Max(e => e.Number)), partner.Select(e => e.Number).Where(n => n > 0));
            Assert.InRange(partner.OfType<AssignmentEvent.WithdrawnBySender>().Count(), 0, 1);
            Assert.InRange(
                partner.OfType<AssignmentEvent.Reminded>().Count(), 0, history.OfType<ReferralEvent.StepReminded>().Count(r => r.Assignment == assignment.Assignment));
        }

        var escalations = await network.Log.QueryRowsAsync(new ListQuery(network.Chain.Coordinator.Value, Escalations.List) { Limit = 500 }, ct);
        Assert.Equal(history.OfType<ReferralEvent.StepEscalated>().Count(), escalations.Count);
    }
}
