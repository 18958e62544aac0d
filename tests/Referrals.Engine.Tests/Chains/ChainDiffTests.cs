using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Chains;

public sealed class ChainDiffTests
{
    private static readonly ChainVersion Before = Of(Step("childcare"), Step("debts", "east"), Step("training", "west"));

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void Equal_chains_differ_in_nothing_whatever_their_number(ChainVersion chain)
    {
        Assert.Empty(ChainDiff.Of(chain, chain));
        Assert.Empty(ChainDiff.Of(chain, ChainJson.Read(ChainJson.Write(chain)).Chain! with { Version = chain.Version + 1 }));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void Whatever_is_changed_is_found(ChainVersion chain, int seed)
    {
        foreach (var (what, changed) in ChainMutations.Of(chain, seed))
        {
            if (ChainJson.ContentHash(changed) != ChainJson.ContentHash(chain))
            {
                Assert.True(ChainDiff.Of(chain, changed).Count > 0, $"not found: {what}");
                Assert.True(ChainDiff.Of(changed, chain).Count > 0, $"not found the other way round: {what}");
            }
        }
    }

    [Property(MaxTest = 100)]
    public void Quite_other_chains_are_compared_too(int one, int other)
    {
        var (a, b) = (ChainGen.FromSeed(one & int.MaxValue), ChainGen.FromSeed(other & int.MaxValue));
        var found = ChainDiff.Of(a, b);
        Assert.Equal(ChainJson.ContentHash(a with { Version = 1 }) == ChainJson.ContentHash(b with { Version = 1 }), found.Count == 0);
        Assert.All(found, d => Assert.False(string.IsNullOrWhiteSpace(d.Sentence.De) || string.IsNullOrWhiteSpace(d.Sentence.En)));
    }

    [Fact]
    public void A_step_that_is_new_gone_or_elsewhere()
    {
        Assert.Equal(["Added debts2 node"], Found(Of(Step("childcare"), Step("debts", "east"), Step("debts2", "south"), Step("training", "west"))));
        Assert.Equal(["Removed debts node"], Found(Of(Step("childcare"), Step("training", "west"))));
        var moved = Assert.Single(ChainDiff.Of(Before, Of(Step("training", "west"), Step("childcare"), Step("debts", "east"))));
        Assert.Equal("„training“ steht an anderer Stelle: bisher nach „debts“, jetzt am Anfang.", moved.Sentence.De);
        Assert.Equal("“training” stands elsewhere: after “debts” before, now at the beginning.", moved.Sentence.En);
    }

    [Fact]
    public void A_part_that_is_put_around_a_step_does_not_move_it()
    {
        var found = ChainDiff.Of(Before, Of(Step("childcare"), Optional("if-needed", Step("debts", "east")), Step("training", "west")));
        Assert.Equal(["Added if-needed node"], found.Select(Words));
        Assert.Equal(["east"], found[0].Partners.Select(p => p.Value));
        Assert.Equal(["Added both node"], Found(Of(Parallel(Step("childcare"), Step("debts", "east")), Step("training", "west"))));
        Assert.Equal(["Moved debts place"], ChainDiff.Of(
            Of(Parallel(Step("childcare"), Step("debts")), Step("training")), Of(Parallel(Step("childcare")), Step("debts"), Step("training"))).Select(Words));
    }

    [Fact]
    public void What_differs_in_a_step()
    {
        var after = Step("childcare", "south,north,east") with
        {
            Service = "childminding",
            Offer = OfferMode.FirstToAccept,
            AcknowledgeWithin = 3,
            CompleteWithin = null,
            RemindBefore = 1,
            EscalateAfter = 0,
            OnDecline = DeclinePath.Skip,
            Outcomes = ["helped", "placed"],
            PassFacts = ["children"],
            ReturnFacts = ["works"],
            Feedback = Feedback.TookPlace,
        };
        var found = ChainDiff.Of(Of(Step("childcare")), Of(after));
        Assert.Equal(
            [
                "service", "partner", "partner", "partner-order", "offer", "acknowledge-within", "complete-within", "remind-before", "escalate-after", "on-decline",
                "outcome", "outcome", "outcome", "pass-fact", "return-fact", "feedback",
            ],
            found.Select(d => d.What));
        Assert.Contains("Schritt „childcare“: Zeit zum Bestätigen: bisher 2 Arbeitstage, jetzt 3 Arbeitstage.", found.Select(d => d.Sentence.De));
        Assert.Contains("Step “childcare”: time for completing: 10 working days before, now none agreed.", found.Select(d => d.Sentence.En));
        Assert.Equal(("2", "3"), (found[5].Before, found[5].After));
    }

    [Fact]
    public void A_partner_sees_what_changes_for_it()
    {
        var after = Of(Step("childcare") with { AcknowledgeWithin = 5 }, Step("debts", "east") with { CompleteWithin = 20 }, Step("training", "west")) with
        {
            Coordinator = new OrganisationId("other"),
        };
        var found = ChainDiff.Of(Before, after);
        Assert.Equal(3, found.Count);
        Assert.Equal(["coordinator", "complete-within"], found.For(new("east")).Select(d => d.What));
        Assert.Equal(["coordinator", "acknowledge-within"], found.For(new("north")).Select(d => d.What));
    }

    [Fact]
    public void Conditions_are_told_in_words()
    {
        var when = new Condition.Fact("children", Comparison.AtLeast, new FactValue.Number(2));
        var (was, now) = (Choice("which", null, new Branch(when, Step("debts"))), Choice("which", Step("rest"), new Branch(when with { Is = Comparison.Greater }, Step("debts"))));
        var found = ChainDiff.Of(Of(was), Of(now));
        Assert.Equal("„debts“ findet statt, wenn: Kinder über 2 (bisher: Kinder mindestens 2).", found[0].Sentence.De);
        Assert.Equal(["condition", "otherwise", "node"], found.Select(d => d.What));
        var repeat = ChainDiff.Of(Of(Repeat("again", 3, Ended("debts", "helped"), Step("debts"))), Of(Repeat("again", 4, Ended("debts", "not-eligible"), Step("debts"))));
        Assert.Equal(["max-rounds", "until"], repeat.Select(d => d.What));
    }

    [Fact]
    public void What_a_partner_takes_on()
    {
        var chain = Of(
            Step("childcare") with { RemindBefore = 1, EscalateAfter = 1, PassFacts = ["children"], ReturnFacts = ["works"] },
            Optional("if-needed", Step("debts", "east")));
        Assert.Empty(Commitments.Of(chain, new("nobody")));
        var takes = Assert.Single(Commitments.Of(chain, new("south")));
        Assert.Equal((2, 3, 2, 10), (takes.Place, takes.Partners, takes.AcknowledgeWithin, takes.CompleteWithin));
        Assert.Equal(["Kinder"], takes.Learns.Select(f => f.Title.De));
        Assert.Contains("Gefragt wird nacheinander, hier als 2. von 3.", takes.Sentences.Select(s => s.De));
        Assert.Contains("Ein Angebot ist innerhalb von 2 Arbeitstagen zu bestätigen.", takes.Sentences.Select(s => s.De));
        Assert.Contains("coordinator erfährt 1 Arbeitstag nach Ablauf von einer verstrichenen Frist.", takes.Sentences.Select(s => s.De));
        Assert.Equal(["Nur, wenn die Fachkraft diesen Teil für nötig hält."], Assert.Single(Commitments.Of(chain, new("east"))).Around.Select(a => a.De));
    }

    [Fact]
    public void Where_the_chain_names_one_partner_a_decline_comes_back_to_the_caseworker()
    {
        var alone = Assert.Single(Commitments.Of(Of(Step("debts", "east") with { OnDecline = DeclinePath.NextPartner }), new("east"))).Sentences.Select(s => s.De).ToList();
        Assert.Contains("Der Schritt wird nur hier angeboten.", alone);
        Assert.Contains("Bei einer Ablehnung entscheidet die Fachkraft, wie es weitergeht: Einen anderen Partner nennt die Kette hier nicht.", alone);
        Assert.DoesNotContain(alone, s => s.Contains("der nächste Partner", StringComparison.Ordinal));
        var two = Commitments.Of(Of(Step("debts", "east,west") with { OnDecline = DeclinePath.NextPartner }), new("east"))[0];
        Assert.Contains("Bei einer Ablehnung: der nächste Partner wird gefragt.", two.Sentences.Select(s => s.De));
    }

    [Fact]
    public void Outcomes_that_stay_in_the_house_are_named_too()
    {
        var takes = Assert.Single(Commitments.Of(Of(Step("debts", "east") with { Feedback = Feedback.TookPlace }), new("east")));
        Assert.Contains(
            $"Gewählt wird am Ende eines von diesen Ergebnissen: {string.Join(", ", takes.Outcomes.Select(o => o.Title.De))}. Die fallführende Stelle erfährt davon nur, ob die Leistung stattfand.",
            takes.Sentences.Select(s => s.De));
        Assert.NotEmpty(takes.Outcomes);
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 100)]
    public void Every_partner_takes_on_exactly_its_steps(ChainVersion chain)
    {
        foreach (var partner in chain.Partners())
        {
            var takes = Commitments.Of(chain, partner);
            Assert.Equal(chain.Steps().Where(s => s.Partners.Contains(partner)).Select(s => s.Id), takes.Select(t => t.Step));
            Assert.All(takes.SelectMany(t => t.Sentences), s => Assert.False(string.IsNullOrWhiteSpace(s.De) || string.IsNullOrWhiteSpace(s.En)));
        }
    }

    private static string[] Found(ChainVersion after) => [.. ChainDiff.Of(Before, after).Select(Words)];

    private static string Words(ChainDifference d) => $"{d.Kind} {d.Node} {d.What}";
}
