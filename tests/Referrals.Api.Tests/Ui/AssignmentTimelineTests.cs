using FsCheck.Xunit;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Parts.Timeline;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Events;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Api.Tests.Ui;

public sealed class AssignmentTimelineTests
{
    private static readonly DateTimeOffset Monday = ReferralStory.Monday;

    public static TheoryData<string> Types => [.. AssignmentEventTypes.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_has_a_sentence_in_both_languages(string name)
    {
        var type = AssignmentEventTypes.All.Single(t => t.Name == name).Clr;
        for (var seed = 0; seed < 60; seed++)
        {
            using var reader = seed % 2 == 0 ? Reader.German() : Reader.English();
            var happened = (AssignmentEvent)new EventSamples(seed).Make(type, full: seed % 3 == 0);
            AssignmentEvent[] history = happened is AssignmentEvent.Received ? [happened] : [Received(happened.At), .. Needed(happened), happened];
            var entries = Entries(Of(TestChains.Of(TestChains.Step("kita")), history, happened.At.AddHours(1)));
            Assert.Contains(entries, e => e.At == happened.At && e.Title.Length > 0);
        }
    }

    [Fact]
    public void Every_kind_of_event_is_in_the_log()
    {
        var kinds = typeof(AssignmentEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(AssignmentEvent)));
        Assert.Equal(kinds.OrderBy(t => t.Name), AssignmentEventTypes.All.Select(t => t.Clr).OrderBy(t => t.Name));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 40)]
    public void Any_assignment_has_a_timeline_that_knows_nothing_of_the_referral(ChainVersion chain, int seed)
    {
        using var reader = Reader.German();
        var played = new TwoSides(chain, seed).Play();
        foreach (var history in played.Work.GroupBy(e => e.Assignment).Select(g => g.ToList()))
        {
            var entries = Entries(Of(chain, history, history.Max(e => e.At).AddDays(3)));
            Assert.Equal(entries.OrderByDescending(e => e.At).Select(e => e.At), entries.Select(e => e.At));
            var said = string.Join('\n', entries.Select(e => $"{e.Title} {e.Meta} {e.Note} {string.Join(' ', e.Also)}"));
            Assert.DoesNotContain(TestChains.Referral.ToString(), said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("K-17", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Ü-", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_partner_reads_what_came_and_what_its_people_did()
    {
        using var reader = Reader.German();
        var accepted = new AssignmentEvent.Accepted(Monday.AddDays(14)) { Assignment = Id, Sender = TestChains.Holder, At = Monday.AddDays(4) };
        var seen = new AssignmentEvent.Acknowledged { Assignment = Id, Sender = TestChains.Holder, At = Monday.AddDays(4) };
        var items = ReferralTimelineItems([Received(Monday) with { Note = TestChains.Note("Frühdienst ab 6 Uhr.") }, seen, accepted], Monday.AddDays(4).AddHours(1));
        Assert.Equal("Auftrag angenommen", Assert.IsType<TimelineItem.Entry>(items[0]).Title);
        Assert.Equal("heute, 10:00 Uhr · A. Lindner", ((TimelineItem.Entry)items[0]).Meta);
        Assert.Equal(["Abzuschließen bis 21.09.2026"], ((TimelineItem.Entry)items[0]).Also);
        Assert.Equal("3 Arbeitstage ohne Ereignis", Assert.IsType<TimelineItem.Gap>(items[1]).Text);
        var received = Assert.IsType<TimelineItem.Entry>(items[2]);
        Assert.Equal(("Auftrag „kita“ von Jobcenter eingegangen", "Frühdienst ab 6 Uhr."), (received.Title, received.Note));
        Assert.Equal(3, items.Count);
    }

    private static AssignmentId Id { get; } = ReferralStory.Nth(1);

    private static AssignmentEvent.Received Received(DateTimeOffset at) => new(
        new OrganisationId("north"), new ChainId("arbeit-mit-kind"), 3, new NodeId("kita"), at, at.AddDays(30), TestChains.NoFacts)
    { Assignment = Id, Sender = TestChains.Holder, At = at };

    private static IEnumerable<AssignmentEvent> Needed(AssignmentEvent happened) => happened switch
    {
        AssignmentEvent.AnswerReceived answer => [new AssignmentEvent.Asked(answer.Question, TestChains.Note("Wann?")) { Assignment = Id, Sender = TestChains.Holder, At = happened.At }],
        AssignmentEvent.HandoverTried or AssignmentEvent.HandoverBlocked or AssignmentEvent.HandoverRedeemed =>
            [new AssignmentEvent.HandoverReceived(1, "proof", happened.At.AddDays(14)) { Assignment = Id, Sender = TestChains.Holder, At = happened.At }],
        AssignmentEvent.CardFetched or AssignmentEvent.CardOpened or AssignmentEvent.CardReturned =>
            [new AssignmentEvent.CardReceived(1, "k1", happened.At.AddDays(14)) { Assignment = Id, Sender = TestChains.Holder, At = happened.At }],
        _ => [],
    };

    private static AssignmentTimelineSource Of(ChainVersion chain, IEnumerable<AssignmentEvent> history, DateTimeOffset now) =>
        new(chain, Recorded.Of(history), now, new Words(), o => o == TestChains.Holder ? "Jobcenter" : o.Value, Recorded.Users);

    private static IReadOnlyList<TimelineItem> ReferralTimelineItems(IEnumerable<AssignmentEvent> history, DateTimeOffset now) =>
        AssignmentTimelineBuilder.Build(Of(TestChains.Of(TestChains.Step("kita")), history, now));

    private static List<TimelineItem.Entry> Entries(AssignmentTimelineSource source) => [.. AssignmentTimelineBuilder.Build(source).OfType<TimelineItem.Entry>()];
}
