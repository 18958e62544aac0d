using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Network;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Privacy;

/// <summary>Names stay in a text only with a reason and where the chain agrees to it; nothing else ever does.</summary>
public sealed class KeptNamesTests
{
    private const string Doctor = "Bitte Dr. Yilmaz in Cottbus fragen.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Names_pass_with_a_reason_and_only_names()
    {
        var found = Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen(Doctor)).Hits;
        Assert.All(found, hit => Assert.True(KeptNamesCodes.MayKeep(hit), hit.Kind));
        var note = Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen(Doctor, KeptNames.Professional)).Note;
        Assert.Equal((Doctor, KeptNames.Professional), (note.Text, note.Kept));
        Assert.Null(OutgoingScreen.Check(note));

        Assert.Null(Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen("Kita ab 6 Uhr", KeptNames.Professional)).Note.Kept);
    }

    [Theory]
    [InlineData("Bitte Dr. Yilmaz fragen, 0151 23456789.")]
    [InlineData("Bitte Dr. Yilmaz fragen, praxis@example.org.")]
    [InlineData("Dr. Yilmaz, Lindenstraße 12")]
    [InlineData("Frau Yilmaz, geb. 12.03.1989")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00")]
    public void Numbers_contacts_addresses_and_dates_pass_with_no_reason(string text)
    {
        foreach (var reason in Enum.GetValues<KeptNames>())
        {
            Assert.IsType<ScreenResult.Blocked>(NoteScreen.Screen(text, reason));
        }
    }

    [Fact]
    public void A_note_keeps_its_reason_where_it_is_stored_and_sent()
    {
        foreach (var code in KeptNamesCodes.All)
        {
            var note = Kept(KeptNamesCodes.Find(code)!.Value);
            Assert.Equal(note, JsonSerializer.Deserialize<Note>(JsonSerializer.Serialize(note, EventCodec.Json), EventCodec.Json));
            Assert.Equal(note, Stored(note));
            Assert.Equal($"\"{code}\"", JsonSerializer.Serialize(note.Kept, EventCodec.Json));
        }

        Assert.Equal("\"Kita ab 6 Uhr\"", JsonSerializer.Serialize(Samples.Note(), EventCodec.Json));
        Assert.Equal(Samples.Note(), Stored(Samples.Note()));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Note>("""{"text":"Yilmaz","kept":"because"}""", EventCodec.Json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Note>("""{"text":"Yilmaz"}""", EventCodec.Json));
    }

    [Fact]
    public async Task What_one_side_keeps_the_other_one_sees_with_its_reason()
    {
        var (network, id) = await CrossingTests.StartedAsync(OfferMode.InOrder, keepsNames: true);
        await CrossingTests.DeliverAllAsync(network);
        var offer = await CrossingTests.OfferAsync(network, id, North);
        var question = new QuestionId(Guid.NewGuid());
        await Ask(network, offer, question);
        await CrossingTests.DeliverAllAsync(network);

        Assert.Equal(KeptNames.Professional, (await CrossingTests.OfferAsync(network, id, North)).Questions[question].Text.Kept);
        Assert.IsType<ReferralOutcome.Done>(
            await network.Referrals.DoAsync(network.Actor(TestChains.Holder), id, new ReferralCommand.Answer(question, Kept(KeptNames.NoPerson)), null, Ct));
        await CrossingTests.DeliverAllAsync(network);
        Assert.Equal(KeptNames.NoPerson, (await network.Assignments.FindAsync(North, offer.Assignment, Ct))!.State.Questions[question.Value].Answer!.Kept);
        await BothSides.AssertAgreeAsync(network, id, Ct);
    }

    [Fact]
    public async Task Where_the_chain_does_not_agree_no_side_takes_them()
    {
        var (network, id) = await CrossingTests.StartedAsync(OfferMode.InOrder);
        await CrossingTests.DeliverAllAsync(network);
        var offer = await CrossingTests.OfferAsync(network, id, North);
        var (question, kept) = (new QuestionId(Guid.NewGuid()), Kept(KeptNames.Service));

        Assert.Equal("names-not-kept", Assert.IsType<AssignmentOutcome.Refused>(
            await network.Assignments.DoAsync(network.Actor(North), offer.Assignment, new AssignmentCommand.Ask(question, kept), null, Ct)).Refusal.Code);
        Assert.Equal("names-not-kept", Assert.IsType<AssignmentOutcome.Refused>(
            await network.Assignments.DoAsync(network.Actor(North), offer.Assignment, new AssignmentCommand.Decline("other", kept), null, Ct)).Refusal.Code);
        Assert.Equal("names-not-kept", Assert.IsType<AssignmentOutcome.Refused>(
            await network.Assignments.DoAsync(network.Actor(North), offer.Assignment, new AssignmentCommand.ReceiveAnswer(question, kept), null, Ct)).Refusal.Code);
        Assert.Equal("names-not-kept", Assert.IsType<ReferralOutcome.Refused>(
            await network.Referrals.DoAsync(network.Actor(TestChains.Holder), id, new ReferralCommand.Answer(question, kept), null, Ct)).Refusal.Code);
        Assert.Equal("names-not-kept", Assert.IsType<ReferralOutcome.Refused>(await network.Referrals.DoAsync(
            network.Actor(TestChains.Holder), id, new ReferralCommand.Hear(offer.Assignment, 2, Samples.Now, new PartnerSaid.Asked(question, kept)), null, Ct)).Refusal.Code);
    }

    [Fact]
    public void A_start_takes_them_only_where_the_chain_agrees()
    {
        var chain = TestChains.Of(TestChains.Step("one"));
        var start = TestChains.Start(s => s with { Note = Kept(KeptNames.Service), ContentHash = ChainJson.ContentHash(chain) });

        var refused = Assert.IsType<ReferralDecision.Refused>(ReferralDecider.Decide(start, null, chain, Samples.Now, Guid.NewGuid));
        Assert.Contains(refused.Refusal.Faults, f => f is { Code: "names-not-kept", Field: "note" });
        Assert.DoesNotContain(
            ReferralDecider.Decide(start, null, chain with { KeepsNames = true }, Samples.Now, Guid.NewGuid) is ReferralDecision.Refused other ? other.Refusal.Faults : [],
            f => f.Code == "names-not-kept");
    }

    private static OrganisationId North { get; } = new("north");

    private static Note Kept(KeptNames reason) => Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen(Doctor, reason)).Note;

    private static Note Stored(Note note) => Stored<Note>(note);

    private static T Stored<T>(T text)
        where T : class, ISealedText<T> => T.FromStored(text.Stored);

    private static async Task Ask(NetworkInMemory network, Offer offer, QuestionId question) =>
        Assert.IsType<AssignmentOutcome.Done>(await network.Assignments.DoAsync(
            network.Actor(North), offer.Assignment, new AssignmentCommand.Ask(question, Kept(KeptNames.Professional)), null, Ct));
}
