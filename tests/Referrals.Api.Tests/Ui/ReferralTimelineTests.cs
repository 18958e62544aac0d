using FsCheck.Xunit;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Parts.Timeline;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Events;
using Referrals.Engine.Tests.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Api.Tests.Ui;

public sealed class ReferralTimelineTests
{
    private static readonly QuestionId Question = new(Guid.Parse("22222222-2222-4222-8222-222222222222"));

    // Monday 2026-09-07, 10:00 in Berlin.
    private static ReferralStory Offered() => ReferralStory.On(Step("Kita", "north"), Step("Kurs", "east")).Started();

    public static TheoryData<string> Types => [.. ReferralEventTypes.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_has_a_sentence_in_both_languages(string name)
    {
        var type = ReferralEventTypes.All.Single(t => t.Name == name).Clr;
        for (var seed = 0; seed < 60; seed++)
        {
            using var reader = seed % 2 == 0 ? Reader.German() : Reader.English();
            var happened = (ReferralEvent)new EventSamples(seed).Make(type, full: seed % 3 == 0);
            var told = new ReferralSentences(Of(ChainGen.FromSeed(seed), [happened], happened.At.AddHours(1))).Tell(happened, 7, "anna");
            Assert.Equal((happened.At, 7), (told.At, told.Version));
            Assert.NotEqual("", told.Title);
            Assert.NotEqual("", told.Who);
        }
    }

    [Fact]
    public void Every_kind_of_event_is_in_the_log()
    {
        var kinds = typeof(ReferralEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(ReferralEvent)));
        Assert.Equal(kinds.OrderBy(t => t.Name), ReferralEventTypes.All.Select(t => t.Clr).OrderBy(t => t.Name));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 60)]
    public void Any_referral_has_a_timeline_at_any_time(ChainVersion chain, int seed)
    {
        using var reader = Reader.German();
        var history = new TwoSides(chain, seed).Play().History;
        var random = new Random(seed);
        for (var tries = 0; tries < 5; tries++)
        {
            var happened = history.Take(random.Next(1, history.Count + 1)).ToList();
            var entries = Entries(Of(chain, happened, happened.Max(e => e.At).AddDays(random.Next(9))));
            Assert.Equal(entries.OrderByDescending(e => e.At).Select(e => e.At), entries.Select(e => e.At));
            Assert.DoesNotContain(entries, e => e.Title.Contains("{0}", StringComparison.Ordinal) || e.Title.Contains("„“", StringComparison.Ordinal));
            Assert.Single(entries, e => e.Title.StartsWith("Überleitung angelegt", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_start_and_an_offer_are_told_with_delivery_in_the_offer()
    {
        using var reader = Reader.German();
        var story = Offered();
        story.At(story.Now.AddMinutes(5)).Heard(1, new PartnerSaid.Received());
        var entries = Entries(story);
        Assert.Equal(["„Kita“ an Nord gesendet", "Überleitung angelegt (Kette „Arbeit mit Kind“, Fassung 3)"], entries.Select(e => e.Title));
        Assert.Equal(["Zugestellt: heute, 10:05 Uhr"], entries[0].Also);
        Assert.Equal("heute, 10:00 Uhr · A. Lindner", entries[0].Meta);
        Assert.Equal("heute, 10:00 Uhr · A. Lindner", entries[1].Meta);
    }

    [Fact]
    public void Accepting_at_once_is_one_entry_with_the_date_agreed()
    {
        using var reader = Reader.German();
        var story = Offered();
        story.At(story.Now.AddDays(1)).Accepted(1);
        var entries = Entries(story);
        Assert.Equal("Nord hat „Kita“ angenommen", entries[0].Title);
        Assert.Equal(["Abzuschließen bis 22.09.2026"], entries[0].Also);
        Assert.DoesNotContain(entries, e => e.Title.Contains("bestätigt", StringComparison.Ordinal));
    }

    [Fact]
    public void Seeing_first_and_accepting_later_are_two_entries()
    {
        using var reader = Reader.German();
        var story = Offered().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Acknowledged());
        story.At(story.Now.AddHours(2)).Heard(1, new PartnerSaid.Accepted());
        Assert.Equal(["Nord hat „Kita“ angenommen", "Nord hat „Kita“ bestätigt"], Entries(story).Take(2).Select(e => e.Title));
    }

    [Fact]
    public void A_deadline_that_passed_is_told_at_its_midnight_and_gaps_are_named()
    {
        using var reader = Reader.German();
        var story = Offered().Heard(1, new PartnerSaid.Received());
        var items = ReferralTimelineBuilder.Build(Of(story.Chain, story.History, story.Now.AddDays(8)));
        Assert.Equal("Seit 2 Arbeitstagen kein Ereignis", Assert.IsType<TimelineItem.Gap>(items[0]).Text);
        var late = Assert.IsType<TimelineItem.Entry>(items[1]);
        Assert.Equal(("Frist zur Bestätigung überschritten", TimelineTone.Late), (late.Title, late.Tone));
        Assert.Equal("Kita · Nord · 10.09.2026, 00:00 Uhr · automatisch", late.Meta);
        Assert.Equal("2 Arbeitstage ohne Ereignis", Assert.IsType<TimelineItem.Gap>(items[2]).Text);
    }

    [Fact]
    public void What_a_partner_takes_back_counts_as_not_done()
    {
        using var reader = Reader.German();
        var story = Offered().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Acknowledged());
        story.At(story.Now.AddMinutes(5)).Heard(1, new PartnerSaid.AcknowledgementUndone());
        var entries = Entries(Of(story.Chain, story.History, story.Now.AddDays(4)));
        Assert.Equal(["Frist zur Bestätigung überschritten", "Nord hat die Bestätigung von „Kita“ zurückgenommen"], entries.Take(2).Select(e => e.Title));
    }

    [Fact]
    public void Who_is_in_charge_is_named()
    {
        using var reader = Reader.German();
        var story = Offered();
        var happened = new ReferralEvent.CaseworkerChanged("anna") { At = story.Now };
        Assert.Equal("Zuständig ist jetzt A. Lindner", Entries(Of(story.Chain, [.. story.History, happened], story.Now))[0].Title);
    }

    [Fact]
    public void Questions_and_answers_show_their_words()
    {
        using var reader = Reader.German();
        var story = Offered().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Asked(Question, Note("Ab wann?")));
        story.At(story.Now.AddHours(1)).Given(new ReferralCommand.Answer(Question, Note("Ab Oktober.")));
        var entries = Entries(story);
        Assert.Equal(("Rückfrage von Nord zu „Kita“ beantwortet", "Ab Oktober.", "A. Lindner"), (entries[0].Title, entries[0].Note, entries[0].Who));
        Assert.Equal(("Rückfrage von Nord zu „Kita“", "Ab wann?", TimelineTone.Action), (entries[1].Title, entries[1].Note, entries[1].Tone));
    }

    [Fact]
    public void Rerouting_is_one_entry_that_names_what_was_taken_back()
    {
        using var reader = Reader.German();
        var story = ReferralStory.On(Step("Kita", "north,south")).Started();
        story.At(story.Now.AddHours(1)).Given(new ReferralCommand.Reroute(new Place("Kita"), new OrganisationId("south")));
        var entries = Entries(story);
        Assert.Equal(2 + 1, entries.Count);
        Assert.Equal(("„Kita“ an Süd umgeleitet", "A. Lindner"), (entries[0].Title, entries[0].Who));
        Assert.Equal(["„Kita“ bei Nord zurückgenommen"], entries[0].Also);
    }

    [Fact]
    public void A_withdrawn_referral_tells_its_open_offers_along()
    {
        using var reader = Reader.German();
        var story = Offered();
        story.At(story.Now.AddHours(1)).Given(new ReferralCommand.Withdraw("client-wish"));
        var entries = Entries(Of(story.Chain, story.History, story.Now.AddDays(9)));
        Assert.Equal("Überleitung zurückgenommen", entries[0].Title);
        Assert.Equal(["„Kita“ bei Nord zurückgenommen"], entries[0].Also);
        Assert.Equal(3, entries.Count);
    }

    [Fact]
    public void What_goes_along_with_a_delivery_that_its_offer_tells_is_an_entry_of_its_own()
    {
        using var reader = Reader.German();
        var story = Offered();
        var at = story.Now.AddMinutes(5);
        var offer = story.History.OfType<ReferralEvent.StepOffered>().Single().Assignment;
        IEnumerable<ReferralEvent> together = [new ReferralEvent.BranchTaken(new Place("elsewhere"), null) { At = at }, new ReferralEvent.StepReceived(offer, 1) { At = at }];
        var entries = Entries(Of(story.Chain, [.. story.History, .. together], at));
        Assert.Equal(3, entries.Count);
        Assert.Equal(at, entries[0].At);
        Assert.NotEmpty(entries[1].Also);
    }

    [Fact]
    public void A_completed_step_tells_its_outcome()
    {
        using var reader = Reader.English();
        var story = Offered().Completed(1);
        Assert.Contains(Entries(story), e => e is { Title: "“Kita” completed – outcome: Helped", Tone: TimelineTone.Done });
    }

    private static ReferralTimelineSource Of(ChainVersion chain, IEnumerable<ReferralEvent> history, DateTimeOffset now) =>
        new(chain, Recorded.Of(history), now, new Words(), o => o.Value switch { "north" => "Nord", "south" => "Süd", var other => other }, Recorded.Users);

    private static List<TimelineItem.Entry> Entries(ReferralStory story) => Entries(Of(story.Chain, story.History, story.Now));

    private static List<TimelineItem.Entry> Entries(ReferralTimelineSource source) => [.. ReferralTimelineBuilder.Build(source).OfType<TimelineItem.Entry>()];
}
