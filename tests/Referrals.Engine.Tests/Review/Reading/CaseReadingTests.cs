using System.Buffers;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Events;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.Reading;

/// <summary>What the review keeps agrees with what the engine knows, however it was read, and comes back from the store as it was.</summary>
public sealed class CaseReadingTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 150)]
    public void Times_ends_and_attempts_are_those_of_the_engine(ChainVersion chain, int seed)
    {
        var played = new TwoSides(chain, seed).Play();
        var known = Fold(played.History);
        Assert.Equal(played.State.Offers.Count, known.Visits.Length);
        Assert.Equal((Moments.Of(played.State.Ended?.At), played.State.Ended?.Reason), (known.Ended, known.Closing));
        Assert.Equal(played.History.OfType<ReferralEvent.Reopened>().Count(), known.Reopened);
        foreach (var visit in known.Visits)
        {
            SameAs(played.State.Offers[new AssignmentId(visit.Assignment)], visit);
        }

        var offered = played.History.OfType<ReferralEvent.StepOffered>().ToList();
        Assert.Equal(offered.Select(o => o.Assignment.Value), known.Visits.Select(v => v.Assignment));
        Assert.Equal(offered.Select((o, n) => offered.Take(n + 1).Count(p => SameRound(p, o))), known.Visits.Select(v => (int)v.Attempt));
    }

    [Property(MaxTest = 100)]
    public void Reading_the_JSON_gives_what_the_event_gives(int seed)
    {
        var reader = new CaseEventReader(new CodePool());
        foreach (var type in ReferralEventTypes.All)
        {
            var happened = (ReferralEvent)new EventSamples(seed).Make(type.Clr, full: false);
            Assert.Equal(CaseEvent.Of(happened), reader.Read(type.Name, EngineEvents.Codec.Write(happened)));
        }
    }

    [Fact]
    public void Events_of_other_streams_are_passed_over_and_unknown_ones_are_not()
    {
        Assert.Contains("chain_proposed", CaseEventReader.Irrelevant.Concat(EngineEvents.Codec.Types.Select(t => t.Name)));
        Assert.All(EngineEvents.Codec.Types.Where(t => t.Clr.DeclaringType != typeof(ReferralEvent)), t => Assert.Contains(t.Name, CaseEventReader.Irrelevant));
        Assert.DoesNotContain("step_offered", CaseEventReader.Irrelevant);
        Assert.Throws<UnknownEventException>(() => new CaseEventReader(new CodePool()).Read("step_teleported", "{}"u8));
    }

    [Fact]
    public void An_event_that_lacks_what_is_kept_is_refused() =>
        Assert.Throws<System.Text.Json.JsonException>(() => new CaseEventReader(new CodePool()).Read("step_received", """{"at": "2026-01-01T00:00:00+00:00"}"""u8));

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 100)]
    public void A_case_comes_back_as_it_was_written_at_any_moment(ChainVersion chain, int seed)
    {
        ReviewCase? known = null;
        foreach (var (happened, n) in new TwoSides(chain, seed).Play().History.Select((e, n) => (e, n)))
        {
            known = CaseFold.Evolve(known, happened, n * 1_000_003L);
            var back = RoundTrip(known);
            Assert.True(known.IsSameAs(back));
        }
    }

    [Property(MaxTest = 300)]
    public void A_visit_with_any_values_comes_back(uint[] moments, byte[] bytes, long at)
    {
        uint Moment(int n) => n < moments.Length ? moments[n] : 0;
        byte Small(int n) => n < bytes.Length ? bytes[n] : (byte)0;
        var visit = new Visit("ä-step", "", Small(0), Small(1), Moment(0))
        {
            AcknowledgeBy = Moment(1),
            Received = Moment(2),
            Acknowledged = Moment(3),
            Accepted = Moment(4),
            CompleteBy = uint.MaxValue,
            Started = Moment(5),
            Ended = Moment(6),
            Paused = Moment(7),
            PausedSince = Moment(8),
            Questions = Small(2),
            Reminders = Small(3),
            End = VisitEnd.Withdrawn,
            Reason = "",
            EndedAt = at,
        };
        var known = new ReviewCase(Guid.Empty, new OrganisationId("a"), new ChainId("b"), 1, Moment(9)) { EndedAt = -at / 2, Reopened = 3, Visits = [visit, visit] };
        Assert.True(known.IsSameAs(RoundTrip(known)));
        known = known with { FirstEnd = new(Moment(1), ClosingReason.ConsentWithdrawn, at / 3, 2) };
        Assert.True(known.IsSameAs(RoundTrip(known)));
        known = known with { FirstEnd = new(0, null, at, 0) };
        Assert.True(known.IsSameAs(RoundTrip(known)));
    }

    [Fact]
    public void A_body_that_was_cut_or_is_of_another_version_is_refused()
    {
        var known = Fold(new TwoSides(ChainGen.FromSeed(4), 4).Play().History);
        var body = Written(known);
        var bare = Bare(known);
        Assert.All(Enumerable.Range(0, body.Length), n => Assert.Throws<InvalidDataException>(() => CaseCodec.Read(bare, body.AsSpan(0, n), new CodePool())));
        body[0]++;
        Assert.Throws<InvalidDataException>(() => CaseCodec.Read(bare, body, new CodePool()));
    }

    internal static ReviewCase Fold(IEnumerable<ReferralEvent> history) =>
        history.Select((e, n) => (Event: e, At: n + 1L)).Aggregate((ReviewCase?)null, (known, e) => CaseFold.Evolve(known, e.Event, e.At))!;

    private static bool SameRound(ReferralEvent.StepOffered a, ReferralEvent.StepOffered b) =>
        a.Step == b.Step && CaseRounds.Of(a.Place.Value) == CaseRounds.Of(b.Place.Value);

    private static void SameAs(Offer offer, Visit visit)
    {
        Assert.Equal((offer.Step.Value, offer.Partner.Value, CaseRounds.Of(offer.Place.Value)), (visit.Step, visit.Partner, visit.Round));
        Assert.Equal((Moments.Of(offer.OfferedAt), Moments.Of(offer.AcknowledgeBy), Moments.Of(offer.CompleteBy)), (visit.Offered, visit.AcknowledgeBy, visit.CompleteBy));
        Assert.Equal((Moments.Of(offer.ReceivedAt), Moments.Of(offer.AcceptedAt)), (visit.Received, visit.Accepted));
        Assert.Equal(Moments.Of(offer.AcknowledgedAt ?? offer.AcceptedAt), visit.Acknowledged);
        Assert.Equal((Moments.Of(offer.FirstContactAt), Moments.Of(offer.EndedAt)), (visit.FirstContact, visit.Ended));
        Assert.Equal(
            Moments.Of(offer.StartedAt ?? offer.FirstContactAt ?? (offer.Status == OfferStatus.Completed ? offer.AcceptedAt : null)), visit.Started);
        Assert.Equal(offer.Status == OfferStatus.Paused, visit.PausedSince > 0);
        Assert.Equal((offer.Questions.Count, offer.HasOpenQuestion), (visit.Questions, visit.OpenQuestions > 0));
        Assert.Equal(End(offer), visit.End);
        Assert.Equal(offer.Outcome ?? (offer.Withdrawal is { } why ? CaseEvent.CodeOf(why) : null), visit.Reason);
    }

    private static VisitEnd End(Offer offer) => offer.Status switch
    {
        OfferStatus.Completed => VisitEnd.Completed,
        OfferStatus.Declined => VisitEnd.Declined,
        OfferStatus.Withdrawn when offer.Withdrawal == WithdrawalReason.DeadlinePassed => VisitEnd.Expired,
        OfferStatus.Withdrawn => VisitEnd.Withdrawn,
        _ => VisitEnd.Open,
    };

    private static ReviewCase RoundTrip(ReviewCase known) => CaseCodec.Read(Bare(known), Written(known), new CodePool());

    private static ReviewCase Bare(ReviewCase known) =>
        new(known.Id, known.Holder, known.Chain, known.Version, known.Started) { Ended = known.Ended, Closing = known.Closing };

    private static byte[] Written(ReviewCase known)
    {
        var body = new ArrayBufferWriter<byte>();
        CaseCodec.Write(known, body);
        return body.WrittenSpan.ToArray();
    }
}
