using System.Diagnostics;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Chains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class ReferralPropertyTests
{
    // TwoSides itself checks at each event that the state is legal, that no step is offered twice at once and that joins wait for all.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void Every_valid_chain_ends_and_both_sides_end_in_the_same_state(ChainVersion chain, int seed)
    {
        var played = new TwoSides(chain, seed).Play();
        foreach (var (id, offer) in played.State.Offers)
        {
            var assignment = played.Assignment(id);
            Assert.NotNull(assignment);
            Assert.Equal(offer.Status.ToString(), assignment.Status.ToString());
            Assert.Equal(offer.Status == OfferStatus.Withdrawn ? offer.Heard : assignment.Told, offer.Heard);
            Assert.Equal(offer.AcknowledgeBy, assignment.Offer.AcknowledgeBy);

            // What the partner said after it was withdrawn, such as that it takes its acceptance back, is not heard any more.
            if (offer.AcceptedAt is not null && offer.Status != OfferStatus.Withdrawn)
            {
                Assert.Equal(offer.CompleteBy, assignment.CompleteBy);
            }
        }
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 50)]
    public void What_is_read_back_from_the_log_folds_to_the_same(ChainVersion chain, int seed)
    {
        var played = new TwoSides(chain, seed).Play();
        object[] events = [.. played.History, .. played.Work];
        var read = events.Select(e => EngineEvents.Codec.Read(EngineEvents.Codec.NameOf(e), EngineEvents.Codec.Write(e))).ToList();
        Assert.Equal(Written.Of(events), Written.Of(read));
        var state = ReferralState.Fold(read.OfType<ReferralEvent>())!;
        Assert.Equal(played.State.Ended, state.Ended);
        Assert.Equal(played.State.Outcomes.OrderBy(o => o.Key.Value), state.Outcomes.OrderBy(o => o.Key.Value));
        Assert.Equal(played.State.Facts, state.Facts);
    }

    // A generous bound, so that a slow machine passes and a quadratic walk does not.
    [Fact]
    public void Folding_and_looking_ahead_on_a_long_chain_takes_microseconds()
    {
        var story = ReferralStory.On([.. Enumerable.Range(1, 20).Select(i => TestChains.Step($"step-{i}"))]).Started();
        for (var n = 1; n < 20; n++)
        {
            story.Completed(n);
        }

        var next = Fastest(() => Flow.Next(story.Chain, story.Known, story.Now));
        var fold = Fastest(() => ReferralState.Fold(story.History));
        TestContext.Current.SendDiagnosticMessage($"next {next.TotalMicroseconds:f1} µs, fold of {story.History.Count} events {fold.TotalMicroseconds:f1} µs");
        Assert.InRange(next.TotalMicroseconds, 0, 500);
        Assert.InRange(fold.TotalMicroseconds, 0, 2500);
    }

    // The fastest of many turns says what the work takes, whatever else the machine does meanwhile.
    private static TimeSpan Fastest(Action work) => Enumerable.Range(0, 1000).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    });
}
