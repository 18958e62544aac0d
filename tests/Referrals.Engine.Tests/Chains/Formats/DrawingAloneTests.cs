using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Elsa;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Tests.Chains.Formats;

/// <summary>Our files without the chain that they carry along: what is drawn is read from the drawing, and nothing that it shows goes unsaid.</summary>
public sealed class DrawingAloneTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void The_tree_and_its_steps_come_back_from_bpmn(ChainVersion chain) => IsSame(chain, BpmnReader.Read(BpmnRoundTripTests.Stripped(BpmnWriter.Write(chain))));

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void The_tree_and_its_steps_come_back_from_elsa(ChainVersion chain) => IsSame(chain, ElsaReader.Read(Bytes(Bare(chain))));

    // As people draw: figures that chains don't have, in place of others and beside them.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void Every_figure_of_bpmn_is_in_the_chain_or_named(ChainVersion chain, int seed)
    {
        var random = new Random(seed);
        var document = XDocument.Parse(Encoding.UTF8.GetString(BpmnRoundTripTests.Stripped(BpmnWriter.Write(chain))));
        var tasks = document.Descendants(BpmnNames.Model + "serviceTask").ToList();
        var names = tasks.Select(t => t.Attribute("name")!.Value).ToList();
        for (var i = 0; i < 3; i++)
        {
            names.Add(Change(document, tasks[random.Next(tasks.Count)], $"Figur {i}", random.Next(Changes)));
        }

        AllThere(BpmnReader.Read(Encoding.UTF8.GetBytes(document.ToString())), names);
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void Every_activity_of_elsa_is_in_the_chain_or_named(ChainVersion chain, int seed)
    {
        var (random, definition) = (new Random(seed), Bare(chain));
        var activities = definition["root"]!["activities"]!.AsArray();
        var names = new List<string>();
        string[] types = ["Elsa.Delay", "Elsa.Event", "Elsa.WriteLine", "Elsa.SetVariable", "Elsa.HttpEndpoint", "Elsa.ForEach", "Elsa.If", "Custom.Thing", "Elsa.RunTask"];
        for (var i = 0; i < 3; i++)
        {
            var activity = activities[random.Next(activities.Count)]!;
            if (activity["customProperties"]!["referralsRole"] is null && activity["type"]!.GetValue<string>() == "Elsa.RunTask")
            {
                activity["type"] = types[random.Next(types.Length)];
                activity["metadata"]!["displayText"] = $"Figur {i}";
                names.RemoveAll(n => n == activity["was"]?.GetValue<string>());
                activity["was"] = $"Figur {i}";
                names.Add($"Figur {i}");
            }

            var added = activity.DeepClone();
            (added["id"], added["type"], added["metadata"]!["displayText"], added["customProperties"]) = ($"neu-{i}", types[random.Next(types.Length)], $"Neu {i}", new JsonObject());
            activities.Add(added);
            names.Add($"Neu {i}");
        }

        AllThere(ElsaReader.Read(Bytes(definition)), names);
    }

    private static void IsSame(ChainVersion chain, ChainImport import)
    {
        Assert.NotNull(import.Chain);
        Assert.Equal(Shapes.Of(chain.Root), Shapes.Of(import.Chain.Root));
        Assert.Equal(chain.Steps().Select(Shown), import.Chain.Steps().Select(Shown));
        Assert.Equal(Optionals(chain), Optionals(import.Chain));

        // Conditions can't be made of words: each of them is named.
        var asked = chain.Nodes().Sum(n => n switch { ChainNode.Choice choice => choice.Branches.Count, ChainNode.Repeat => 1, _ => 0 });
        Assert.Equal(asked, import.Lost.Count(f => f.Code is "condition-in-words" or "condition-missing"));
        Assert.Equal(asked, import.Lost.Count);
    }

    private static string Shown(ChainNode.Step step) =>
        $"{step.Title!.De} {step.Service} {string.Join(',', step.Partners)} {step.AcknowledgeWithin} {step.CompleteWithin} {step.EscalateAfter}";

    private static IEnumerable<string> Optionals(ChainVersion chain) => chain.Nodes().OfType<ChainNode.Optional>().Select(o => o.Title!.De);

    private static void AllThere(ChainImport import, IEnumerable<string> names)
    {
        var titles = import.Chain?.Nodes().Select(n => n.Title?.De).OfType<string>().ToHashSet() ?? [];
        Assert.True(import.Chain is not null || import.Faults.Count > 0);
        if (import.Chain is not null)
        {
            Assert.Equal([], names.Where(n => !titles.Contains(n) && !import.Faults.Any(f => f.Message.De.Contains($"„{n}“", StringComparison.Ordinal))));
        }
    }

    private const int Changes = 9;

    // Gives the name of the figure that was changed or put in.
    private static string Change(XDocument document, XElement task, string name, int how)
    {
        XElement New(string kind, params object[] content) => new(BpmnNames.Model + kind, new XAttribute("id", name.Replace(' ', '-')), new XAttribute("name", name), content);
        var other = new[] { "intermediateCatchEvent", "intermediateThrowEvent", "inclusiveGateway", "eventBasedGateway", "adHocSubProcess" };
        switch (how)
        {
            case < 5:
                // A figure on the way to the task.
                var figure = New(other[how]);
                task.AddBeforeSelf(figure);
                document.Descendants(BpmnNames.Model + "sequenceFlow").Single(f => f.Attribute("targetRef")!.Value == task.Attribute("id")!.Value).SetAttributeValue("targetRef", figure.Attribute("id")!.Value);
                task.AddAfterSelf(new XElement(
                    BpmnNames.Model + "sequenceFlow", new XAttribute("id", $"to-{name}"), new XAttribute("sourceRef", figure.Attribute("id")!.Value), new XAttribute("targetRef", task.Attribute("id")!.Value)));
                break;
            case 5:
                task.AddAfterSelf(New("boundaryEvent", new XAttribute("attachedToRef", task.Attribute("id")!.Value), new XElement(BpmnNames.Model + "messageEventDefinition")));
                break;
            case 6:
                task.AddAfterSelf(New("dataObjectReference"));
                break;
            case 7:
                document.Root!.Element(BpmnNames.Model + "collaboration")!.Add(New("participant"));
                break;
            default:
                task.AddAfterSelf(New("task"));
                break;
        }

        return name;
    }

    private static JsonObject Bare(ChainVersion chain)
    {
        var definition = JsonNode.Parse(ElsaWriter.Write(chain))!.AsObject();
        definition["customProperties"]!.AsObject().Clear();
        return definition;
    }

    private static byte[] Bytes(JsonObject definition) => Encoding.UTF8.GetBytes(definition.ToJsonString());
}
