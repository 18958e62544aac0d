using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Elsa;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.History;

namespace Referrals.Engine.Tests.Chains.Formats;

/// <summary>Our files after somebody worked on them in another tool: what is drawn counts, and what isn't drawn stays.</summary>
public sealed class EditedFileTests
{
    private static readonly ChainVersion Chain = ChainJson.Read(ChainSample.Valid).Chain!;

    [Fact]
    public void Figures_moved_about_change_nothing()
    {
        var import = Edited(d => d.Descendants(BpmnNames.Bounds + "Bounds").ToList().ForEach(b => b.SetAttributeValue("x", 7)));

        Assert.Equal(ChainJson.ContentHash(Chain), ChainJson.ContentHash(import.Chain!));
    }

    [Fact]
    public void A_renamed_task_is_a_renamed_step()
    {
        var import = Edited(d => Find(d, "step_childcare").SetAttributeValue("name", "Kita-Platz"));

        Assert.Empty(import.Faults);
        Assert.Equal(new LocalText("Kita-Platz"), import.Chain!.Steps().First().Title);
        var root = Assert.IsType<ChainNode.Sequence>(import.Chain!.Root);
        ChainNode[] back = [Chain.Steps().First(), .. root.Children.Skip(1)];
        Assert.Equal(ChainJson.ContentHash(Chain), ChainJson.ContentHash(import.Chain! with { Root = root with { Children = back } }));
    }

    [Fact]
    public void A_task_taken_out_is_gone_and_what_asked_for_it_is_a_fault()
    {
        var import = Edited(d => Remove(d, "step_childcare"));

        Assert.Equal(["debt", "family", "sport", "course"], import.Chain!.Steps().Select(s => s.Id.Value));
        Assert.Equal("main", import.Chain!.Root.Id.Value);
        Assert.Contains(import.Faults, f => f.Code == "step-unknown");
    }

    [Fact]
    public void A_task_put_in_lies_in_the_sequence_and_waits_to_be_completed()
    {
        var import = Edited(d =>
        {
            var flow = d.Descendants(BpmnNames.Model + "sequenceFlow").Single(f => f.Attribute("sourceRef")!.Value == "step_childcare");
            var target = flow.Attribute("targetRef")!.Value;
            flow.SetAttributeValue("targetRef", "Activity_1");
            flow.AddAfterSelf(
                new XElement(BpmnNames.Model + "userTask", new XAttribute("id", "Activity_1"), new XAttribute("name", "Gespräch über Geld")),
                new XElement(BpmnNames.Model + "sequenceFlow", new XAttribute("id", "Flow_1"), new XAttribute("sourceRef", "Activity_1"), new XAttribute("targetRef", target)));
        });

        var main = Assert.IsType<ChainNode.Sequence>(import.Chain!.Root);
        Assert.Equal(["childcare", "gespraech-ueber-geld", "after", "both"], main.Children.Select(c => c.Id.Value));
        Assert.Equal(new NodeId("main"), main.Id);
        Assert.Equal(Json(Chain.Steps().First()), Json(import.Chain!.Steps().First()));
        Assert.Contains(import.Faults, f => f is { Path: "root.children[1].service", Code: "service-missing" });
    }

    [Fact]
    public void A_time_changed_or_taken_away_counts()
    {
        var import = Edited(d =>
        {
            Find(d, "step_childcare_complete").Descendants(BpmnNames.Model + "timeDuration").Single().Value = "P4W";
            Remove(d, "step_childcare_escalate");
        });

        var step = import.Chain!.Steps().First();
        Assert.Equal((2, 20, (int?)null, 1), (step.AcknowledgeWithin, step.CompleteWithin, step.EscalateAfter, step.RemindBefore));
    }

    [Fact]
    public void A_partner_taken_off_or_a_condition_reworded_counts()
    {
        var import = Edited(d =>
        {
            d.Descendants(BpmnNames.Model + "messageFlow").Where(m => m.Attributes().Any(a => a.Value == "partner_kita-a")).Remove();
            Find(d, "flow_choice_after_branch2").SetAttributeValue("name", "sehr viele Kinder");
        });

        Assert.Equal(["kita-b"], import.Chain!.Steps().First().Partners.Select(p => p.Value));
        Assert.Contains(import.Faults, f => f.Code == "condition-in-words" && f.Message.De.Contains("sehr viele Kinder", StringComparison.Ordinal));
        var choice = Assert.Single(import.Chain!.Nodes().OfType<ChainNode.Choice>());
        Assert.Equal(Json(Chain.Nodes().OfType<ChainNode.Choice>().Single().Branches[0].When), Json(choice.Branches[0].When));
    }

    [Fact]
    public void What_the_file_carries_along_may_be_edited_too_but_the_drawing_wins()
    {
        var import = Edited(d =>
        {
            var carried = d.Descendants(BpmnNames.Own + "chain").Single();
            carried.Value = carried.Value.Replace("\"service\": \"debt-counselling\"", "\"service\": \"insolvency\"", StringComparison.Ordinal)
                .Replace("\"de\": \"Kurs\"", "\"de\": \"Lehrgang\"", StringComparison.Ordinal);
        });

        Assert.Equal("insolvency", import.Chain!.FindStep(new NodeId("debt"))!.Service);
        Assert.Equal("Kurs", import.Chain!.FindStep(new NodeId("course"))!.Title!.De);
    }

    [Fact]
    public void Where_it_can_not_be_read_any_more_the_drawing_is_read_and_that_is_told()
    {
        var import = Edited(d => d.Descendants(BpmnNames.Own + "chain").Single().Value = "{ \"id\": 1 }");

        Assert.Equal(Shapes.Of(Chain.Root), Shapes.Of(import.Chain!.Root));
        Assert.Contains(import.Faults, f => f.Code == "embedded-unreadable");
    }

    [Fact]
    public void An_activity_renamed_or_taken_out_in_elsa_counts()
    {
        var definition = JsonNode.Parse(ElsaWriter.Write(Chain))!;
        var flowchart = definition["root"]!;
        var activities = flowchart["activities"]!.AsArray();
        activities.Single(a => a!["id"]!.GetValue<string>() == "step_course")!["metadata"]!["displayText"] = "Lehrgang";
        activities.Remove(activities.Single(a => a!["id"]!.GetValue<string>() == "step_childcare"));
        var connections = flowchart["connections"]!.AsArray();
        var (into, from) = (connections.Single(c => c!["target"]!["activity"]!.GetValue<string>() == "step_childcare"), connections.Single(c => c!["source"]!["activity"]!.GetValue<string>() == "step_childcare"));
        into!["target"]!["activity"] = from!["target"]!["activity"]!.GetValue<string>();
        connections.Remove(from);

        var import = ElsaReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString()));

        Assert.Equal(["Schuldnerberatung", "Familie", "Sport", "Lehrgang"], import.Chain!.Steps().Select(s => s.Title!.De));
        Assert.Equal(2, import.Chain!.Nodes().OfType<ChainNode.Choice>().Single().Branches.Count);
        Assert.Equal(["school", "academy"], import.Chain!.FindStep(new NodeId("course"))!.Partners.Select(p => p.Value));
    }

    [Fact]
    public void A_workflow_of_others_made_of_blocks_becomes_a_draft()
    {
        var import = ChainFormats.Import(Foreign("elsa-example.json"));

        Assert.Equal(ChainFormat.Elsa, import.Format);
        Assert.Equal("seq(step[Jobcenter] choice(par(step[Childcare] step[Debt counselling]) else ))", Shapes.Of(import.Chain!.Root));
        Assert.Equal(["jobcenter", "childcare", "debt-counselling"], import.Chain!.Steps().Select(s => s.Service));
        Assert.Contains(import.Faults, f => f.Code == "condition-in-words" && f.Message.De.Contains("Needs childcare?", StringComparison.Ordinal));
    }

    // A race between an event and a deadline is how other tools write what a step of ours agrees: refused by name, not half read.
    [Fact]
    public void A_workflow_that_races_against_a_deadline_is_refused_in_words()
    {
        var import = ChainFormats.Import(Foreign("elsa-step-with-deadline.json"));

        Assert.Equal(ChainFormat.Elsa, import.Format);
        Assert.Null(import.Chain);
        foreach (var (figure, type) in new[] { ("waitAck", "Elsa.Event"), ("deadline", "Elsa.Delay"), ("waitDone", "Elsa.Event") })
        {
            Assert.Contains(import.Faults, f => f.Path == figure && f.Message.De == $"„{figure}“ ({type}) hat in einer Kette keine Bedeutung.");
        }

        var race = Assert.Single(import.Faults, f => f.Code == "split-and-join-differ");
        Assert.StartsWith("Was sich an dem parallelen Gateway fork teilt, kommt an", race.Message.De, StringComparison.Ordinal);
    }

    private static byte[] Foreign(string name)
    {
        var file = Repository.File($"../shared/reference/{name}");
        if (!File.Exists(file))
        {
            Assert.Skip($"There is no {file}; the workflow is no part of the repository.");
        }

        return File.ReadAllBytes(file);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, EventCodec.Json);

    private static ChainImport Edited(Action<XDocument> edit)
    {
        var document = XDocument.Parse(Encoding.UTF8.GetString(BpmnWriter.Write(Chain)));
        edit(document);
        return BpmnReader.Read(Encoding.UTF8.GetBytes(document.ToString()));
    }

    private static XElement Find(XDocument document, string id) => document.Descendants().Single(e => e.Name.Namespace == BpmnNames.Model && e.Attribute("id")?.Value == id);

    // As a modeler does it: the figure, what sits on it, and the arrows and messages at both; the arrow before it leads on.
    private static void Remove(XDocument document, string id)
    {
        foreach (var boundary in document.Descendants(BpmnNames.Model + "boundaryEvent").Where(b => b.Attribute("attachedToRef")!.Value == id).Select(b => b.Attribute("id")!.Value).ToList())
        {
            Remove(document, boundary);
        }

        var flows = document.Descendants().Where(e => e.Name.LocalName is "sequenceFlow" or "messageFlow").ToList();
        var (into, from) = (flows.Find(f => f.Name.LocalName == "sequenceFlow" && f.Attribute("targetRef")!.Value == id), flows.Find(f => f.Name.LocalName == "sequenceFlow" && f.Attribute("sourceRef")!.Value == id));
        if (into is null && from is not null)
        {
            Find(document, from.Attribute("targetRef")!.Value).Remove();
        }

        into?.SetAttributeValue("targetRef", from!.Attribute("targetRef")!.Value);
        flows.Where(f => f != into && f.Attributes().Any(a => a.Value == id)).Remove();
        Find(document, id).Remove();
    }
}
