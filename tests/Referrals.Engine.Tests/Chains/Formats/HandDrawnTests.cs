using System.Diagnostics;
using System.Text;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Tests.Chains.Formats.HandDrawn;

namespace Referrals.Engine.Tests.Chains.Formats;

public sealed class HandDrawnTests
{
    [Fact]
    public void Tasks_gateways_and_names_become_a_draft_with_what_is_missing_as_faults()
    {
        var import = Read(
            Tasks("a Aufnahme", "b Schuldnerberatung", "c Kinderbetreuung", "d Abschluss") + Gateways("parallel", "p", "q")
            + Flows("s a", "a p", "p b", "p c", "b q", "c q", "q d", "d e"));

        Assert.Equal("seq(step[Aufnahme] par(step[Schuldnerberatung] step[Kinderbetreuung]) step[Abschluss])", Shapes.Of(import.Chain!.Root));
        Assert.Equal(("wege-in-arbeit", "Wege in Arbeit", 1), (import.Chain.Id.Value, import.Chain.Title.De, import.Chain.Version));
        Assert.Equal(["aufnahme", "schuldnerberatung", "kinderbetreuung", "abschluss"], import.Chain.Steps().Select(s => s.Id.Value));
        Assert.Contains(import.Faults, f => f is { Path: "root.children[0].partners", Code: "partners-empty" });
        Assert.Contains(import.Faults, f => f is { Path: "federalState", Code: "federal-state-unknown" });
        Assert.Equal(ChainJson.Write(import.Chain), ChainJson.Write(ChainJson.Read(ChainJson.Write(import.Chain)).Chain!));
    }

    [Fact]
    public void Figures_of_one_id_are_named()
    {
        var import = Read(Tasks("a Aufnahme", "a Schuldnerberatung") + Flows("s a", "a e"));

        Assert.Equal("step[Aufnahme]", Shapes.Of(import.Chain!.Root));
        var lost = Assert.Single(import.Lost);
        Assert.Equal("Mehrere Figuren haben die Kennung „a“; nur die erste wird gelesen, nicht: „Schuldnerberatung“.", lost.Message.De);
    }

    [Fact]
    public void A_decision_keeps_its_order_and_its_words_are_named()
    {
        var import = Read(
            """<bpmn:exclusiveGateway id="x" name="Schulden?" default="Flow_3" />""" + Tasks("b Beratung", "c Kurs") + Gateways("exclusive", "y")
            + Flows("s x", "x b viel", "x c wenig", "x y", "b y", "c y", "y e"));

        var choice = Assert.IsType<ChainNode.Choice>(import.Chain!.Root);
        Assert.Equal(("schulden", "Schulden?", 2), (choice.Id.Value, choice.Title!.De, choice.Branches.Count));
        Assert.Null(choice.Otherwise);
        Assert.Contains(import.Faults, f => f.Code == "condition-in-words" && f.Message.De == "Die Bedingung „viel“ an „Schulden?“ steht nur in Worten da; bitte aus Angaben und Ergebnissen zusammenstellen.");
    }

    [Fact]
    public void Branches_may_end_for_themselves()
    {
        var import = Read(
            Tasks("a Prüfung", "b Beratung", "c Kurs") + """<bpmn:endEvent id="e2" name="Nicht zuständig" />""" + Gateways("exclusive", "x Zuständig?")
            + Flows("s a", "a x", "x b ja", "x e2 nein", "b c", "c e"));

        Assert.Equal("seq(step[Prüfung] choice(seq(step[Beratung] step[Kurs]) else ))", Shapes.Of(import.Chain!.Root));
    }

    [Fact]
    public void Gateways_may_be_left_out_where_the_meaning_is_clear()
    {
        var import = Read(Tasks("a Aufnahme", "b Beratung", "c Kurs", "d Abschluss") + Gateways("parallel", "q") + Flows("s a", "a b", "a c", "b q", "c q", "q d", "d e"));

        Assert.Equal("seq(step[Aufnahme] par(step[Beratung] step[Kurs]) step[Abschluss])", Shapes.Of(import.Chain!.Root));
    }

    [Fact]
    public void Optional_parts_and_loops_and_sub_processes_are_recognised()
    {
        var import = Read(
            Tasks("b Sport", "c Kurs") + Gateways("exclusive", "o Sport einbeziehen?", "p", "h", "x Noch einmal?")
            + """
            <bpmn:subProcess id="g" name="Begleitung"><bpmn:startEvent id="gs" /><bpmn:task id="g1" name="Gespräch" /><bpmn:sequenceFlow id="gf" sourceRef="gs" targetRef="g1" />
              <bpmn:standardLoopCharacteristics loopMaximum="4"><bpmn:loopCondition>nicht stabil</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:subProcess>
            <bpmn:task id="t" name="Anruf"><bpmn:standardLoopCharacteristics loopMaximum="2" /></bpmn:task>
            """
            + Flows("s o", "o b ja", "b p", "o p nein", "p h", "h c", "c x", "x h ja", "x g fertig", "g t", "t e"));

        Assert.Equal("seq(optional(step[Sport]) repeat0(step[Kurs]) repeat4(step[Gespräch]) repeat2(step[Anruf]))", Shapes.Of(import.Chain!.Root));
        Assert.Equal("Sport", import.Chain.Nodes().OfType<ChainNode.Optional>().Single().Title!.De);
        Assert.Contains(import.Faults, f => f.Code == "condition-in-words" && f.Message.De.Contains("„fertig“ an „Noch einmal?“", StringComparison.Ordinal));
        Assert.Contains(import.Faults, f => f.Code == "rounds-range");
    }

    [Fact]
    public void Pools_lanes_and_timers_tell_partners_and_times()
    {
        const string beside = """
            <bpmn:collaboration id="k"><bpmn:participant id="own" name="Jobcenter" processRef="Process_1" /><bpmn:participant id="pa" name="Amt für Kita" />
            <bpmn:participant id="pb" name="kita-b" /><bpmn:messageFlow id="m1" sourceRef="a" targetRef="pa" /><bpmn:messageFlow id="m2" sourceRef="pb" targetRef="a" /></bpmn:collaboration>
            """;
        var import = Read(
            Tasks("a Kita", "b Kurs")
            + """
            <bpmn:laneSet id="l"><bpmn:lane id="l1" name="schule"><bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
            <bpmn:boundaryEvent id="t1" name="Annahme" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:boundaryEvent id="t2" name="fertig nach" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeDuration>P2W</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
            <bpmn:endEvent id="e2" />
            """
            + Flows("s a", "a b", "b e", "t1 e2"), beside, name => name == "Amt für Kita" ? new OrganisationId("kita-amt") : null);

        var (kita, course) = (import.Chain!.Steps().First(), import.Chain!.Steps().Last());
        Assert.Equal(("kita-amt,kita-b", 3, 10), (string.Join(',', kita.Partners), kita.AcknowledgeWithin, kita.CompleteWithin));
        Assert.Equal("schule", Assert.Single(course.Partners).Value);
        Assert.DoesNotContain(import.Faults, f => f.Code.StartsWith("timer", StringComparison.Ordinal));
    }

    [Fact]
    public void An_arrow_back_into_the_middle_is_told_by_the_names()
    {
        var import = Read(Tasks("a Aufnahme", "b Beratung", "c Kurs") + Gateways("exclusive", "x") + Flows("s a", "a b", "b x", "x c", "x a zurück", "c b", "c e"));

        Assert.Null(import.Chain);
        Assert.Contains(import.Faults, f => f.Code == "loop-not-structured"
            && f.Message.De.StartsWith("Von „Kurs“ führt ein Pfeil zurück hinter „Aufnahme“.", StringComparison.Ordinal)
            && f.Message.En!.StartsWith("From “Kurs” an arrow leads back behind “Aufnahme”.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("branches-cross", "a Eins,b Zwei,c Drei", "p", "q,r", "s p", "p a", "p b", "a q", "b q", "b c", "c r", "q r", "r e")]
    [InlineData("split-and-join-differ", "a Eins,b Zwei", "p", "q", "s p", "p a", "p b", "a q", "b q", "q e")]
    [InlineData("not-connected", "a Eins,b Zwei", "", "", "s a", "a e", "b e")]
    [InlineData("drawing-empty", "", "", "", "s e")]
    public void What_is_no_block_is_refused(string code, string tasks, string parallel, string exclusive, params string[] flows)
    {
        var import = Read(
            Tasks(tasks.Split(',', StringSplitOptions.RemoveEmptyEntries)) + Gateways("parallel", parallel.Split(',', StringSplitOptions.RemoveEmptyEntries))
            + Gateways("exclusive", exclusive.Split(',', StringSplitOptions.RemoveEmptyEntries)) + Flows(flows));

        Assert.Null(import.Chain);
        Assert.Contains(import.Faults, f => f.Code == code);
    }

    [Theory]
    [InlineData("""<bpmn:inclusiveGateway id="i" name="Was trifft zu?" />""", "figure-not-possible", "Was trifft zu?")]
    [InlineData("""<bpmn:intermediateCatchEvent id="i" name="Warten"><bpmn:timerEventDefinition /></bpmn:intermediateCatchEvent>""", "figure-not-possible", "Warten")]
    [InlineData("""<bpmn:task id="i" name="Viele"><bpmn:multiInstanceLoopCharacteristics /></bpmn:task>""", "figure-not-possible", "Viele")]
    [InlineData("""<bpmn:task id="i" name="x" /><bpmn:boundaryEvent id="t" name="Irgendwann" attachedToRef="i"><bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>""", "timer-unclear", "Irgendwann")]
    [InlineData("""<bpmn:task id="i" name="x" /><bpmn:boundaryEvent id="t" name="Annahme" attachedToRef="i"><bpmn:timerEventDefinition><bpmn:timeDuration>P1M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>""", "timer-unreadable", "Annahme")]
    public void What_has_no_meaning_in_a_chain_is_named(string figure, string code, string name)
    {
        var import = Read(Tasks("a Eins") + figure + Flows("s a", "a i", "i e"));

        Assert.Contains(import.Faults, f => f.Code == code && f.Message.De.Contains(name, StringComparison.Ordinal) && f.Message.En!.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>", "not-xml")]
    [InlineData("<x>", "not-xml")]
    [InlineData("<x/>", "not-bpmn")]
    [InlineData("<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>", "not-bpmn")]
    public void Files_that_are_no_bpmn_are_refused(string file, string code) => Assert.Equal(code, Assert.Single(BpmnReader.Read(Encoding.UTF8.GetBytes(file)).Faults).Code);

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Assert.Equal("xml-too-deep", Assert.Single(BpmnReader.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000)))).Faults).Code);
        Assert.Equal("too-large", Assert.Single(ChainFormats.Import(new byte[ChainFormats.MaxBytes + 1]).Faults).Code);
    }

    // A long row, a wide split and a ladder of splits: time grows with the figures and not with their square.
    [Fact]
    public void Large_drawings_are_read_in_time()
    {
        var start = Stopwatch.GetTimestamp();
        var row = Read(Tasks([.. Enumerable.Range(0, 5000).Select(i => $"t{i} Teil")]) + Flows(["s t0", .. Enumerable.Range(1, 4999).Select(i => $"t{i - 1} t{i}"), "t4999 e"]));
        var wide = Read(
            Tasks([.. Enumerable.Range(0, 3000).Select(i => $"t{i} Teil")]) + Gateways("parallel", "p", "q")
            + Flows(["s p", "q e", .. Enumerable.Range(0, 3000).SelectMany(i => new[] { $"p t{i}", $"t{i} q" })]));

        Assert.Contains(row.Faults, f => f.Code == "nodes-too-many");
        Assert.Contains(wide.Faults, f => f.Code == "nodes-too-many");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 20);
    }
}
