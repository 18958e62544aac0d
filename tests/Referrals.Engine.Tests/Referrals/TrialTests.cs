using System.Text;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Trying;
using Referrals.Engine.Tests.Chains;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>A chain walked through with made-up answers.</summary>
public sealed class TrialTests
{
    private static readonly DateOnly Monday = new(2026, 12, 21);
    private static readonly NodeId Childcare = new("childcare");

    [Fact]
    public void It_tells_who_gets_what_and_when_on_the_real_calendar()
    {
        var chain = Of(Step("childcare", "north,south") with { PassFacts = ["children"], RemindBefore = 1 }, Step("debts", "east") with { Feedback = Feedback.TookPlace });
        var trial = Play(chain, new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) },
            new TrialAnswer(TrialDeed.Wait, After: 3), new TrialAnswer(TrialDeed.Accept, Childcare),
            new TrialAnswer(TrialDeed.Complete, Childcare, After: 5, Outcome: "advice-given"),
            new TrialAnswer(TrialDeed.Complete, new NodeId("debts"), Outcome: "helped"));
        Assert.Empty(trial.Faults);
        Assert.Equal(
            """
            Mon 2026-12-21 09:00 The referral begins.
            Mon 2026-12-21 09:00 “childcare” is offered to NORTH, to be acknowledged by Wed 2026-12-23. Learns: Kinder: 2.
            Tue 2026-12-22 08:00 NORTH is reminded: “childcare”.
            Thu 2026-12-24 00:00 NORTH has not acknowledged in time; the offer is taken back: “childcare”.
            Thu 2026-12-24 00:00 “childcare” is offered to SOUTH, to be acknowledged by Tue 2026-12-29. Learns: Kinder: 2.
            Mon 2026-12-28 08:00 SOUTH is reminded: “childcare”.
            Mon 2026-12-28 09:00 SOUTH acknowledges “childcare”.
            Mon 2026-12-28 09:00 SOUTH accepts: “childcare”; to be completed by Tue 2027-01-12.
            Tue 2027-01-05 09:00 SOUTH completes: “childcare”. The case holder learns: Advice given.
            Tue 2027-01-05 09:00 “debts” is offered to EAST, to be acknowledged by Thu 2027-01-07. Learns no facts.
            Wed 2027-01-06 09:00 EAST acknowledges “debts”.
            Wed 2027-01-06 09:00 EAST accepts: “debts”; to be completed by Wed 2027-01-20.
            Wed 2027-01-06 09:00 EAST completes: “debts”. The case holder learns: Took place.
            Wed 2027-01-06 09:00 The referral has ended.
            """, Told(trial), ignoreLineEndingDifferences: true);
        Assert.Empty(trial.Options);
    }

    [Fact]
    public void What_can_be_done_next_is_named()
    {
        var chain = Of(Optional("maybe", Step("childcare", "north,south") with { Offer = OfferMode.FirstToAccept }), Step("debts", "east,far") with { Offer = OfferMode.Chosen, OnDecline = DeclinePath.Skip });
        Assert.Equal(["maybe: Include, LeaveOut"], Options(Play(chain, null)));
        var trial = Play(chain, null, new TrialAnswer(TrialDeed.Include, new NodeId("maybe")));
        Assert.Equal(["childcare NORTH: Acknowledge, Accept, Decline, Complete", "childcare SOUTH: Acknowledge, Accept, Decline, Complete"], Options(trial));
        trial = Play(chain, null, new TrialAnswer(TrialDeed.Include, new NodeId("maybe")), new TrialAnswer(TrialDeed.Accept, Childcare, Partner: new OrganisationId("south")));
        Assert.Equal(["childcare SOUTH: Complete"], Options(trial));
        trial = Play(chain, null, new TrialAnswer(TrialDeed.LeaveOut, new NodeId("maybe")));
        Assert.Equal(["debts: Choose, Skip"], Options(trial));
    }

    [Fact]
    public void An_answer_that_cannot_be_given_is_named_and_what_came_before_stays()
    {
        var chain = Of(Step("childcare", "north,south") with { Offer = OfferMode.FirstToAccept }, Step("debts", "east"));
        Assert.Equal(["answers[0].node not-with-partner"], Faults(Play(chain, null, new TrialAnswer(TrialDeed.Accept, new NodeId("debts")))));
        Assert.Equal(["answers[0].partner partner-missing"], Faults(Play(chain, null, new TrialAnswer(TrialDeed.Accept, Childcare))));
        Assert.Equal(["answers[0].outcome outcome-not-allowed"], Faults(Play(chain, null, new TrialAnswer(TrialDeed.Complete, Childcare, Partner: new OrganisationId("north"), Outcome: "placed"))));
        Assert.Equal(["answers[0].after time-range"], Faults(Play(chain, null, new TrialAnswer(TrialDeed.Wait, After: -1))));
        Assert.Equal(["answers[0].node node-missing"], Faults(Play(chain, null, new TrialAnswer(TrialDeed.Skip))));
        Assert.Equal(["answers[1].node place-not-reached"], Faults(Play(chain, null, new TrialAnswer(TrialDeed.Skip, Childcare), new TrialAnswer(TrialDeed.Skip, Childcare))));
        Assert.Equal(["facts.unheard fact-unknown"], Faults(Play(chain, new Dictionary<string, FactValue> { ["unheard"] = new FactValue.Number(1) })));
        Assert.Equal(["answers too-many"], Faults(Play(chain, null, [.. Enumerable.Repeat(new TrialAnswer(TrialDeed.Wait), Trial.MostAnswers + 1)])));
        Assert.NotEmpty(Play(chain, null, new TrialAnswer(TrialDeed.Wait), new TrialAnswer(TrialDeed.Accept, new NodeId("debts"))).Entries);
    }

    [Fact]
    public void A_fact_that_the_step_does_not_return_is_named()
    {
        var chain = Of(Step("childcare", "north") with { ReturnFacts = ["children"], Feedback = Feedback.OutcomeAndFacts }, Step("debts", "east"));
        Trial With(TrialDeed does, string node, params (string Name, FactValue Value)[] facts) =>
            Play(chain, null, new TrialAnswer(does, new NodeId(node), Facts: facts.ToDictionary(f => f.Name, f => f.Value)));
        Assert.Empty(With(TrialDeed.Complete, "childcare", ("children", new FactValue.Number(2))).Faults);
        Assert.Equal(2, Assert.IsType<FactValue.Number>(With(TrialDeed.Complete, "childcare", ("children", new FactValue.Number(2))).State!.Facts["children"]).Value);
        Assert.Equal(
            ["answers[0].facts.children fact-value-not-allowed", "answers[0].facts.unheard fact-not-returned"],
            Faults(With(TrialDeed.Complete, "childcare", ("unheard", new FactValue.YesNo(true)), ("children", new FactValue.Number(-1)))));
        var told = Assert.Single(With(TrialDeed.Complete, "childcare", ("works", new FactValue.YesNo(true))).Faults);
        Assert.Equal(("answers[0].facts.works", "fact-not-returned"), (told.Path, told.Code));
        Assert.Contains("„childcare“ meldet", told.Message.De, StringComparison.Ordinal);
        Assert.Equal(["answers[0].facts facts-not-with-this"], Faults(With(TrialDeed.Accept, "childcare", ("children", new FactValue.Number(2)))));
        Assert.Equal(["answers[0].facts facts-not-with-this"], Faults(With(TrialDeed.Wait, "childcare", ("children", new FactValue.Number(2)))));
    }

    [Fact]
    public void Nine_in_the_morning_is_nine_when_the_clocks_change_too()
    {
        var trial = Trial.Play(Of(Step("childcare", "north")), new TrialScript(new DateOnly(2026, 10, 23), Answers: [new TrialAnswer(TrialDeed.Accept, Childcare)]), Monday);
        Assert.Equal([9, 9], trial.Entries.Select(e => WorkingCalendar.Local(e.At).Hour).Distinct().Concat([9]).Take(2));
        Assert.Equal([2, 1], trial.Entries.Select(e => WorkingCalendar.Local(e.At).Offset.Hours).Distinct());
    }

    [Fact]
    public void A_script_is_read_strictly_and_never_throws()
    {
        var (script, fault) = TrialScript.Read("""{ "begin": "2026-12-21", "facts": { "children": 2 }, "answers": [ { "does": "leave-out", "node": "maybe", "after": 3 } ] }"""u8);
        Assert.Null(fault);
        Assert.Equal(new TrialAnswer(TrialDeed.LeaveOut, new NodeId("maybe"), 3), Assert.Single(script!.Answers!));
        Assert.Equal(1, TrialScript.Read("""{ "answers": [ { "does": "wait" } ] }"""u8).Script!.Answers![0].After);
        foreach (var wrong in new[] { "", "null", "[]", """{ "anwers": [] }""", """{ "answers": [ { "does": "fly" } ] }""", """{ "begin": "soon" }""", "{ \"begin\": \"2026-12-21\", \0" })
        {
            Assert.Equal("not-a-script", TrialScript.Read(Encoding.UTF8.GetBytes(wrong)).Fault?.Code);
        }
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 60)]
    public void Every_valid_chain_can_be_walked_to_its_end_and_the_same_way_twice(ChainVersion chain, int seed)
    {
        var random = new Random(seed);
        var facts = chain.Facts.Where(f => f.Required).ToDictionary(f => f.Name, f => Any(f.Type));
        var answers = new List<TrialAnswer>();
        var trial = Play(chain, facts);
        while (trial.Options is { Count: > 0 } options)
        {
            var option = options[random.Next(options.Count)];
            var deed = option.Deeds[random.Next(option.Deeds.Count)];
            var step = chain.FindStep(option.Node);
            answers.Add(new TrialAnswer(
                deed, option.Node, random.Next(4), deed == TrialDeed.Choose ? option.Partners[random.Next(option.Partners.Count)] : option.Partner,
                deed == TrialDeed.Complete ? step!.Outcomes[random.Next(step.Outcomes.Count)] : null));
            trial = Play(chain, facts, [.. answers]);

            // Time that passes before an answer may have taken the step away.
            if (trial.Faults.Count > 0)
            {
                answers[^1] = new TrialAnswer(TrialDeed.Wait, After: answers[^1].After);
                trial = Play(chain, facts, [.. answers]);
            }

            Assert.Empty(trial.Faults);
            Assert.True(answers.Count < Trial.MostAnswers, "it does not end");
        }

        Assert.NotNull(trial.State!.Ended);
        Assert.NotEmpty(Told(trial));
        Assert.Equal(Written.Of(trial.Entries.Select(e => e.Happened)), Written.Of(Play(chain, facts, [.. answers]).Entries.Select(e => e.Happened)));
    }

    private static FactValue Any(FactType type) => type switch
    {
        FactType.CodeList list => new FactValue.Code(list.Codes[0].Code),
        FactType.WholeNumber bounds => new FactValue.Number(bounds.Max),
        FactType.YesNo => new FactValue.YesNo(true),
        _ => new FactValue.Month(new DateOnly(2026, 9, 1)),
    };

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1999, 12, 31)]
    [InlineData(2200, 1, 1)]
    [InlineData(9999, 12, 31)]
    public void A_trial_begins_within_two_centuries(int year, int month, int day)
    {
        var trial = Trial.Play(Of(Step("childcare", "north")), new TrialScript(new DateOnly(year, month, day)), Monday);
        Assert.Equal(("begin", "day-range"), (Assert.Single(trial.Faults).Path, trial.Faults[0].Code));
        Assert.Empty(trial.Options);
    }

    [Fact]
    public void Who_withdrew_from_the_version_is_offered_nothing()
    {
        var trial = Trial.Play(Of(Step("childcare", "north,south")), new TrialScript(null), Monday, new HashSet<OrganisationId> { new("north") });
        Assert.Equal("south", Assert.Single(trial.State!.OpenOffers).Partner.Value);
    }

    private static Trial Play(ChainVersion chain, IReadOnlyDictionary<string, FactValue>? facts, params TrialAnswer[] answers) =>
        Trial.Play(chain, new TrialScript(null, Holder, facts, answers), Monday);

    private static string Told(Trial trial)
    {
        var words = new TrialWords(trial, o => o.Value.ToUpperInvariant());
        return string.Join('\n', trial.Entries.Select(e => (e.At, Said: words.Of(e.Happened))).Where(e => e.Said is not null)
            .Select(e => $"{WorkingCalendar.Local(e.At).ToString("ddd yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)} {e.Said!.En}"));
    }

    private static IEnumerable<string> Options(Trial trial) =>
        trial.Options.Select(o => $"{o.Node}{(o.Partner is { } partner ? " " + partner.Value.ToUpperInvariant() : "")}: {string.Join(", ", o.Deeds)}");

    private static IEnumerable<string> Faults(Trial trial) => trial.Faults.Select(f => $"{f.Path} {f.Code}");
}
