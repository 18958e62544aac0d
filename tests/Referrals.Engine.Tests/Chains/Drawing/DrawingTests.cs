using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Engine.Tests.Chains.Drawing;

public sealed class DrawingTests
{
    private static readonly ChainVersion Blank = Contents.Blank(new ChainId("kette"), new LocalText("Kette"), "BB", new OrganisationId("jobcenter"));

    [Fact]
    public void A_chain_is_drawn_from_nothing()
    {
        var chain = Add(Blank, "Erstgespräch", new DrawPlace.AtEnd());
        chain = Add(chain, "Kinderbetreuung", new DrawPlace.AtEnd());
        chain = Add(chain, "Schuldnerberatung", new DrawPlace.Beside(new NodeId("kinderbetreuung")));
        chain = Add(chain, "Rechtsberatung", new DrawPlace.Beside(new NodeId("gleichzeitig")));
        chain = Add(chain, "Qualifizierung", new DrawPlace.After(new NodeId("gleichzeitig")));
        Assert.Equal("[erstgespraech gleichzeitig=(kinderbetreuung | schuldnerberatung | rechtsberatung) qualifizierung]", Drawn(chain));
    }

    [Fact]
    public void Ids_come_from_titles_and_are_not_used_twice()
    {
        var chain = Add(Add(Add(Blank, "Größe & Maß", new DrawPlace.AtEnd()), "Größe & Maß", new DrawPlace.AtEnd()), "12 — 34", new DrawPlace.AtEnd());
        Assert.Equal(["groesse-mass", "groesse-mass-2", "schritt"], chain.Steps().Select(s => s.Id.Value));
        Assert.All(chain.Nodes(), n => Assert.True(Codes.IsCode(n.Id.Value)));
        Assert.True(Codes.IsCode(TitleCodes.Of(new string('ä', 200))));
    }

    [Fact]
    public void A_lane_that_becomes_empty_goes_and_the_last_one_is_no_parallel_part()
    {
        var chain = Steps("a", "b");
        chain = Add(chain, "c", new DrawPlace.Beside(new NodeId("b")));
        Assert.Equal("[a gleichzeitig=(b | c)]", Drawn(chain));
        Assert.Equal("[a b]", Drawn(Blocks.Remove(chain, new NodeId("c"))));
        Assert.Equal("[c a b]", Drawn(Blocks.MoveTo(chain, new NodeId("c"), new DrawPlace.Before(new NodeId("a")))));
        Assert.Equal("[a gleichzeitig=(c | b)]", Drawn(Blocks.MoveUp(chain, new NodeId("c"))));
    }

    [Fact]
    public void What_follows_a_step_in_a_lane_follows_there()
    {
        var chain = Add(Steps("a", "b"), "c", new DrawPlace.Beside(new NodeId("b")));
        chain = Add(chain, "d", new DrawPlace.After(new NodeId("c")));
        Assert.Equal("[a gleichzeitig=(b | ablauf-2=[c d])]", Drawn(chain));
        Assert.Equal("[a gleichzeitig=(b | ablauf-2=[c d] | e)]", Drawn(Add(chain, "e", new DrawPlace.Beside(new NodeId("ablauf-2")))));
        Assert.Equal("[a gleichzeitig=(b | ablauf-2=[c gleichzeitig-2=(d | e)])]", Drawn(Add(chain, "e", new DrawPlace.Beside(new NodeId("d")))));
        Assert.Equal("[a gleichzeitig=(ablauf-2=[c d] | b)]", Drawn(Blocks.MoveUp(chain, new NodeId("ablauf-2"))));
    }

    [Fact]
    public void A_choice_has_branches_to_fill_and_an_otherwise()
    {
        var (chain, choice) = Frames.Choice(Steps("a", "b"), new NodeId("b"));
        chain = Frames.AddOtherwise(Frames.AddBranch(chain, choice!.Value), choice.Value);
        Assert.Equal("[a auswahl={b / ablauf-2=[] / ablauf-3=[]}]", Drawn(chain));
        chain = Add(chain, "c", new DrawPlace.Inside(new NodeId("ablauf-2")));
        chain = Add(chain, "d", new DrawPlace.Inside(new NodeId("ablauf-3")));
        Assert.Equal("[a auswahl={b / c / d}]", Drawn(chain));
        Assert.Equal("[a auswahl={c / b / d}]", Drawn(Frames.MoveBranch(chain, choice.Value, 1, -1)));
        Assert.Equal(Drawn(chain), Drawn(Frames.MoveBranch(chain, choice.Value, 1, 1)));
        Assert.Equal("[a auswahl={b / d}]", Drawn(Frames.RemoveBranch(chain, choice.Value, 1)));
        Assert.Equal("[a auswahl={b / c}]", Drawn(Frames.RemoveBranch(chain, choice.Value, 2)));
        Assert.Equal("[a b c d]", Drawn(Frames.Unwrap(chain, choice.Value)));
        Assert.Equal("[a]", Drawn(Frames.RemoveBranch(Frames.RemoveBranch(Frames.RemoveBranch(chain, choice.Value, 2), choice.Value, 1), choice.Value, 0)));
    }

    [Fact]
    public void What_is_empty_is_named_as_a_fault_and_can_be_filled()
    {
        var (chain, frame) = Frames.Optional(Steps("a"), new NodeId("a"), new LocalText("Wenn gewünscht"));
        chain = Blocks.Remove(chain, new NodeId("a"));
        Assert.Equal("[wahlweise=<ablauf-2=[]>]", Drawn(chain));
        Assert.Contains(ChainValidation.Check(chain), f => f is { Path: "root.children[0].child.children", Code: "children-too-few" });
        Assert.Equal("[wahlweise=<b>]", Drawn(Add(chain, "b", new DrawPlace.Inside(frame!.Value))));
        Assert.Equal(["children-too-few"], ChainValidation.Check(Blank).Select(f => f.Code));
    }

    [Fact]
    public void A_step_that_is_removed_leaves_the_conditions_that_ask_for_it_as_faults()
    {
        var (chain, frame) = Frames.Repeat(Steps("a", "b"), new NodeId("b"));
        chain = Conditions.Set(chain, new ConditionPlace(frame!.Value, null), new Condition.Outcome(new NodeId("a"), ["helped"]));
        var without = Blocks.Remove(chain, new NodeId("a"));
        Assert.Contains(ChainValidation.Check(without), f => f.Code == "step-unknown");
        Assert.Equal(Conditions.At(chain, new ConditionPlace(frame.Value, null)), Conditions.At(without, new ConditionPlace(frame.Value, null)));
    }

    [Fact]
    public void The_conditions_of_a_copy_ask_for_the_copied_steps()
    {
        var (chain, frame) = Frames.Repeat(Steps("a"), new NodeId("a"));
        chain = Conditions.Set(chain, new ConditionPlace(frame!.Value, null), new Condition.Not(new Condition.Outcome(new NodeId("a"), ["helped"])));
        var (copied, copy) = Blocks.Copy(chain, frame.Value);
        Assert.Equal("[wiederholung=<a> wiederholung-2=<a-2>]", Drawn(copied));
        var asked = Assert.IsType<Condition.Outcome>(Assert.IsType<Condition.Not>(Conditions.At(copied, new ConditionPlace(copy!.Value, null))).Of);
        Assert.Equal("a-2", asked.Step.Value);
    }

    [Fact]
    public void Nothing_is_moved_into_itself_or_to_where_nothing_is()
    {
        var (chain, frame) = Frames.Repeat(Steps("a", "b"), new NodeId("b"));
        foreach (var place in (DrawPlace[])[new DrawPlace.Inside(frame!.Value), new DrawPlace.After(new NodeId("b")), new DrawPlace.Before(new NodeId("nowhere")), new DrawPlace.Beside(frame.Value)])
        {
            Assert.Equal(Drawn(chain), Drawn(Blocks.MoveTo(chain, frame.Value, place)));
        }

        Assert.Equal("[wiederholung=<ablauf-2=[b a]>]", Drawn(Blocks.MoveTo(chain, new NodeId("a"), new DrawPlace.Inside(frame.Value))));
        Assert.Equal(Drawn(chain), Drawn(Blocks.MoveTo(chain, chain.Root.Id, new DrawPlace.AtEnd())));
    }

    [Fact]
    public void A_captioned_root_takes_what_is_put_before_and_after_it()
    {
        var chain = Steps("a", "b");
        chain = chain with { Root = chain.Root with { Title = new LocalText("Ablauf") } };
        Assert.Equal(["b", "a"], Blocks.MoveTo(chain, new NodeId("b"), new DrawPlace.Before(chain.Root.Id)).Steps().Select(s => s.Id.Value));
        Assert.Equal(["b", "a"], Blocks.MoveTo(chain, new NodeId("a"), new DrawPlace.After(chain.Root.Id)).Steps().Select(s => s.Id.Value));
    }

    [Fact]
    public void A_step_moved_to_the_end_of_the_short_list_that_it_stands_in_is_there()
    {
        var chain = Add(Add(Blank, "a", new DrawPlace.AtEnd()), "b", new DrawPlace.Beside(new NodeId("a")));
        chain = Add(chain, "c", new DrawPlace.After(new NodeId("b")));
        Assert.Equal("[gleichzeitig=(a | ablauf-2=[b c])]", Drawn(chain));
        Assert.Equal("[gleichzeitig=(a | ablauf-2=[c b])]", Drawn(Blocks.MoveTo(chain, new NodeId("b"), new DrawPlace.Inside(new NodeId("ablauf-2")))));
        var (framed, _) = Frames.Choice(Blocks.MoveTo(Steps("a", "b"), new NodeId("b"), new DrawPlace.AtEnd()), new NodeId("a"));
        framed = Add(framed, "c", new DrawPlace.After(new NodeId("a")));
        Assert.Equal("[auswahl={ablauf-2=[a c]} b]", Drawn(framed));
        Assert.Equal("[auswahl={ablauf-2=[c a]} b]", Drawn(Blocks.MoveTo(framed, new NodeId("a"), new DrawPlace.Inside(new NodeId("ablauf-2")))));
    }

    [Fact]
    public void A_foreign_tree_becomes_the_normal_form()
    {
        var step = Contents.NewStep(new LocalText("a"), "childcare") with { Id = new NodeId("a") };
        Assert.Equal("[a]", Drawn(NormalForm.Of(Blank with { Root = step })));
        var twice = new ChainNode.Sequence { Id = new NodeId("x"), Children = [step, new ChainNode.Sequence { Id = new NodeId("y"), Children = [step, new ChainNode.Parallel { Id = new NodeId("z"), Children = [step] }] }] };
        Assert.Equal("[a a-2 a-3]", Drawn(NormalForm.Of(Blank with { Root = twice })));
    }

    [Fact]
    public void Facts_and_outcomes_keep_their_codes()
    {
        var (chain, name) = Contents.AddFact(Blank, new FactDeclaration("", new LocalText("Kinder unter drei"), new FactType.WholeNumber(0, 9)));
        Assert.Equal("kinder-unter-drei", name);
        chain = Contents.ChangeFact(chain, name, chain.Facts[0] with { Title = new LocalText("Kleine Kinder") });
        Assert.Equal("kinder-unter-drei", chain.Facts[0].Name);
        (chain, var code) = Contents.AddOutcome(chain, new LocalText("Helped"));
        Assert.Equal("helped-2", code);
        chain = Contents.ChangeOutcome(chain, code, new LocalText("Raten vereinbart"));
        Assert.Equal(new CodeTitle("helped-2", new LocalText("Raten vereinbart")), Assert.Single(chain.Outcomes));
        Assert.Empty(Contents.RemoveFact(Contents.RemoveOutcome(chain, code), name).Facts);
    }

    [Fact]
    public void A_code_list_keeps_the_codes_of_titles_that_stay_or_are_reworded()
    {
        var list = Contents.CodeList([new("Vormittags"), new("Nachmittags"), new("Vormittags")]);
        Assert.Equal(["vormittags", "nachmittags", "vormittags-2"], list.Codes.Select(c => c.Code));
        var reworded = Contents.CodeList([new("Abends"), new("Am Nachmittag"), new("Vormittags")], Contents.CodeList([new("Vormittags"), new("Nachmittags")]));
        Assert.Equal(["abends", "nachmittags", "vormittags"], reworded.Codes.Select(c => c.Code));
    }

    [Fact]
    public void A_step_keeps_its_id_whatever_is_changed_in_it()
    {
        var chain = Contents.ChangeStep(Steps("a"), new NodeId("a"), s => s with { Id = new NodeId("other"), Title = new LocalText("Neu"), AcknowledgeWithin = 9 });
        Assert.Equal(("a", "Neu", 9), chain.Steps().Select(s => (s.Id.Value, s.Title!.De, s.AcknowledgeWithin)).Single());
    }

    private static ChainVersion Steps(params IEnumerable<string> titles) => titles.Aggregate(Blank, (chain, title) => Add(chain, title, new DrawPlace.AtEnd()));

    private static ChainVersion Add(ChainVersion chain, string title, DrawPlace place) =>
        Blocks.AddStep(chain, Contents.NewStep(new LocalText(title), "childcare"), place).Chain;

    private static string Drawn(ChainVersion chain) => "[" + string.Join(' ', chain.Root.Children().Select(Drawn)) + "]";

    private static string Drawn(ChainNode node) => node switch
    {
        ChainNode.Sequence sequence => $"{node.Id}=[{string.Join(' ', sequence.Children.Select(Drawn))}]",
        ChainNode.Parallel parallel => $"{node.Id}=({string.Join(" | ", parallel.Children.Select(Drawn))})",
        ChainNode.Choice choice => $"{node.Id}={{{string.Join(" / ", choice.Children().Select(Drawn))}}}",
        ChainNode.Optional or ChainNode.Repeat => $"{node.Id}=<{string.Join(' ', node.Children().Select(Drawn))}>",
        _ => node.Id.Value,
    };
}
