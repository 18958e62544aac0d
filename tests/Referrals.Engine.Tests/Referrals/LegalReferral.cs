using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>What holds of every referral at every moment, written down independently of the interpreter.</summary>
public static class LegalReferral
{
    /// <summary>After every single event, also in the middle of a decision.</summary>
    public static void AssertStep(ReferralState? before, ReferralEvent happened, ReferralState after, ChainVersion chain)
    {
        AssertState(after, chain);
        if (before is null)
        {
            Assert.IsType<ReferralEvent.Started>(happened);
            return;
        }

        foreach (var (id, was) in before.Offers)
        {
            var now = after.Offers[id];
            Assert.InRange(now.Heard, was.Heard, was.Heard + 1);
            Assert.True(was.IsOpen || was == now, "an offer that has ended never changes");
        }

        if (happened is ReferralEvent.StepOffered offered)
        {
            Assert.True(
                before.Overridden.ContainsKey(offered.Step) || (before.Consent is { } consent && consent.Covers(offered.Step, WorkingCalendar.LocalDay(offered.At))),
                "offered without consent");
            Assert.True(
                !chain.Step(offered.Step).Secrecy || (before.Release is { } release && release.Covers(offered.Step, WorkingCalendar.LocalDay(offered.At))), "offered without release");
            Assert.DoesNotContain(before.OpenOffers, o => o.Place == offered.Place && (o.Partner == offered.Partner || chain.Step(o.Step).Offer != OfferMode.FirstToAccept));
            AssertEarlierEnded(chain.Root, "", offered.Place, before);
        }
    }

    /// <summary>After a decision: nothing due is left, and the referral has ended, is with a partner or waits for a caseworker.</summary>
    public static void AssertAtRest(
        ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId>? withdrawn = null)
    {
        var next = Flow.Next(chain, state, now, withdrawn);
        Assert.Empty(next.Due);
        Assert.True(next.WakeAt is null || next.WakeAt > now, "what is due now was not done");
        Assert.True(state.Ended is not null || state.OpenOffers.Any() || next.Waiting.Count > 0, "the referral is stuck");
        var expired = state.Consent?.Until is { } until && WorkingCalendar.LocalDay(now) > until;
        Assert.True(!expired || state.OpenOffers.All(o => state.Overridden.ContainsKey(o.Step)), "the consent has ended, and something goes on");
        var secretNoMore = state.Release?.Until is { } last && WorkingCalendar.LocalDay(now) > last;
        Assert.True(!secretNoMore || state.OpenOffers.All(o => !chain.Step(o.Step).Secrecy), "the release has ended, and something goes on");
        Assert.True(state.Ended is null || next is { Waiting.Count: 0, WakeAt: null }, "a closed referral waits for nothing");
    }

    private static void AssertState(ReferralState state, ChainVersion chain)
    {
        Assert.True(state.Ended is null || !state.OpenOffers.Any(), "closed, but something is open");
        foreach (var offers in state.OpenOffers.GroupBy(o => o.Place))
        {
            var run = state.Run(offers.Key);
            Assert.Null(run.End);
            Assert.All(offers, o => Assert.Contains(o.Assignment, run.Offers));
            Assert.All(offers, o => Assert.Contains(o.Partner, chain.Step(o.Step).Partners));
            Assert.InRange(offers.Count(o => o.IsAccepted), 0, 1);
        }

        Assert.All(state.Repeats, r => Assert.InRange(r.Value.Ended, 1, ((ChainNode.Repeat)NodeOf(r.Key, chain)).MaxRounds));
        Assert.All(state.Branches, b => Assert.InRange(b.Value ?? 0, 0, ((ChainNode.Choice)NodeOf(b.Key, chain)).Branches.Count));
        Assert.All(state.Runs.Keys, p => Assert.IsType<ChainNode.Step>(NodeOf(p, chain)));
        Assert.All(state.Parts.Keys, p => Assert.IsType<ChainNode.Optional>(NodeOf(p, chain)));
    }

    // Whatever stands before the place in a sequence or an earlier round must have ended; whatever joins, all of it.
    private static void AssertEarlierEnded(ChainNode node, string prefix, Place target, ReferralState state)
    {
        switch (node)
        {
            case ChainNode.Sequence sequence:
                var at = sequence.Children.ToList().FindIndex(c => Holds(c, prefix, target));
                Assert.All(sequence.Children.Take(at), earlier => AssertEnded(earlier, prefix, state));
                AssertEarlierEnded(sequence.Children[at], prefix, target, state);
                break;
            case ChainNode.Repeat repeat:
                var round = RoundOf(repeat, prefix, target);
                for (var earlier = 1; earlier < round; earlier++)
                {
                    AssertEnded(repeat.Child, $"{prefix}{repeat.Id}.{earlier}/", state);
                }

                AssertEarlierEnded(repeat.Child, $"{prefix}{repeat.Id}.{round}/", target, state);
                break;
            default:
                var holder = node.Children().FirstOrDefault(c => Holds(c, prefix, target));
                if (holder is not null)
                {
                    AssertEarlierEnded(holder, prefix, target, state);
                }

                break;
        }
    }

    private static void AssertEnded(ChainNode node, string prefix, ReferralState state)
    {
        Assert.DoesNotContain(state.Runs, r => r.Value.End is null && Holds(node, prefix, r.Key));
        if (node is ChainNode.Step step)
        {
            Assert.NotNull(state.Run(Place.Of(prefix, step.Id)).End);
        }
        else if (node is ChainNode.Repeat repeat)
        {
            Assert.False(state.Repeats[Place.Of(prefix, repeat.Id)].Again);
            AssertEnded(repeat.Child, $"{prefix}{repeat.Id}.1/", state);
        }
        else if (node is ChainNode.Sequence or ChainNode.Parallel)
        {
            Assert.All(node.Children(), child => AssertEnded(child, prefix, state));
        }
    }

    private static bool Holds(ChainNode node, string prefix, Place place) =>
        place.Value.StartsWith(prefix, StringComparison.Ordinal) && node.SelfAndDescendants().Any(n => n.Id == place.Node);

    private static int RoundOf(ChainNode.Repeat repeat, string prefix, Place place)
    {
        var rest = place.Value[$"{prefix}{repeat.Id}.".Length..];
        return int.Parse(rest[..rest.IndexOf('/', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static ChainNode NodeOf(Place place, ChainVersion chain) => chain.Nodes().Single(n => n.Id == place.Node);
}
