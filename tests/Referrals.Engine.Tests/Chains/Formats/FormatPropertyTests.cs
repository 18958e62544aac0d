using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Bpmn;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Chains.Formats;

public sealed class FormatPropertyTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void Every_format_is_recognised_and_gives_the_same_chain(ChainVersion chain)
    {
        foreach (var format in Enum.GetValues<ChainFormat>())
        {
            var import = ChainFormats.Import(ChainFormats.Export(chain, format));

            Assert.Equal(format, import.Format);
            Assert.Empty(import.Faults);
            Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(import.Chain!));
        }
    }

    // The chain that the file carries along is not simply taken: its drawing, read figure by figure, gives every node of it back.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void A_file_of_which_the_title_was_changed_gives_the_rest_back_whole(ChainVersion chain)
    {
        var expected = ChainJson.ContentHash(chain with { Title = new LocalText("Anders") });

        Assert.Equal(expected, ChainJson.ContentHash(ChainFormats.Import(Renamed(chain, ChainFormat.Bpmn)).Chain!));
        Assert.Equal(expected, ChainJson.ContentHash(ChainFormats.Import(Renamed(chain, ChainFormat.Elsa)).Chain!));
    }

    // What a repeat goes on for is said with the same words as the opposite of what ends it.
    [Fact]
    public void A_branch_for_the_opposite_of_what_ends_the_repeat_keeps_its_condition()
    {
        var sample = ChainJson.Read(ChainSample.Valid).Chain!;
        var steps = sample.Steps().Take(2).ToList();
        Condition ends = new Condition.Outcome(steps[0].Id, [steps[0].Outcomes[0]]);
        var choice = new ChainNode.Choice { Id = new NodeId("wahl"), Branches = [new Branch(new Condition.Not(ends), steps[1])] };
        var repeat = new ChainNode.Repeat { Id = new NodeId("runden"), Child = choice, MaxRounds = 2, Until = ends };
        A_file_of_which_the_title_was_changed_gives_the_rest_back_whole(
            sample with { Description = null, Root = new ChainNode.Sequence { Id = new NodeId("ganz"), Children = [steps[0], repeat] } });
    }

    // The same caseworkers and partners, acting at random, come to the same events on both.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 100)]
    public void What_came_back_runs_as_the_chain_did(ChainVersion chain, int seed)
    {
        var before = new TwoSides(chain, seed).Play();
        foreach (var format in new[] { ChainFormat.Bpmn, ChainFormat.Elsa })
        {
            var after = new TwoSides(ChainFormats.Import(Renamed(chain, format)).Chain!, seed).Play();

            Assert.Equal(Written.Of([.. before.History.Where(e => e is not ReferralEvent.Started)]), Written.Of([.. after.History.Where(e => e is not ReferralEvent.Started)]));
            Assert.Equal(before.State.Outcomes.OrderBy(o => o.Key.Value), after.State.Outcomes.OrderBy(o => o.Key.Value));
            Assert.Equal(before.State.Offers.Values.Select(o => (o.Place, o.Partner, o.Status)), after.State.Offers.Values.Select(o => (o.Place, o.Partner, o.Status)));
        }
    }

    [Property(MaxTest = 500)]
    public void Arbitrary_bytes_are_refused_with_a_fault(byte[] bytes)
    {
        foreach (byte[] start in new byte[][] { [], [(byte)'<'], [(byte)'{'], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF] })
        {
            Assert.NotEmpty(ChainFormats.Import((byte[])[.. start, .. bytes]).Faults);
        }
    }

    // Real files with a piece cut out, doubled or exchanged: read or refused, and what is read can be written in every format.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 400)]
    public void Mangled_files_are_read_or_refused(ChainVersion chain, int where, int length, byte how)
    {
        foreach (var format in Enum.GetValues<ChainFormat>())
        {
            var file = Encoding.UTF8.GetString(ChainFormats.Export(chain, format));
            var from = (int)((uint)where % file.Length);
            var to = Math.Min(file.Length, from + (int)((uint)length % 60));
            Survives((how % 4) switch
            {
                0 => file.Remove(from, to - from),
                1 => file.Insert(to, file[from..to]),
                2 => string.Concat(file.AsSpan(0, from), "\u0001\"<{", file.AsSpan(to)),
                _ => string.Concat(file.AsSpan(0, from), new string(file[from..to].Reverse().ToArray()), file.AsSpan(to)),
            });
        }
    }

    // As people edit: figures and arrows taken away, moved to other figures, renamed, made another kind.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 400)]
    public void Drawings_changed_at_random_are_read_or_refused(ChainVersion chain, int seed)
    {
        var random = new Random(seed);
        var document = XDocument.Parse(Encoding.UTF8.GetString(BpmnWriter.Write(chain)));
        string[] kinds = ["task", "parallelGateway", "exclusiveGateway", "inclusiveGateway", "endEvent", "startEvent", "subProcess", "intermediateCatchEvent", "sequenceFlow", "boundaryEvent"];
        for (var change = 0; change < 4; change++)
        {
            var figures = document.Descendants().Where(e => e.Name.Namespace == BpmnNames.Model && e.Attribute("id") is not null && e.Parent?.Name.LocalName is "process" or "subProcess").ToList();
            var (one, other) = (figures[random.Next(figures.Count)], figures[random.Next(figures.Count)]);
            switch (random.Next(6))
            {
                case 0: one.Remove(); break;
                case 1: one.SetAttributeValue("name", random.Next(2) == 0 ? "Neu" : null); break;
                case 2: one.SetAttributeValue(random.Next(2) == 0 ? "sourceRef" : "targetRef", other.Attribute("id")!.Value); break;
                case 3: one.Name = BpmnNames.Model + kinds[random.Next(kinds.Length)]; break;
                case 4: one.SetAttributeValue("id", other.Attribute("id")!.Value); break;
                default: one.AddAfterSelf(new XElement(other)); break;
            }
        }

        Survives(document.ToString());
        document.Descendants(BpmnNames.Model + "extensionElements").Remove();
        Survives(document.ToString());
    }

    private static void Survives(string file)
    {
        var import = ChainFormats.Import(Encoding.UTF8.GetBytes(file));
        Assert.True(import.Chain is not null || import.Faults.Count > 0);
        Assert.All(import.Faults, fault => Assert.True(fault.Message is { De.Length: > 0, En.Length: > 0 }));
        if (import.Chain is { } chain)
        {
            Assert.All(Enum.GetValues<ChainFormat>(), format => Assert.NotEmpty(ChainFormats.Export(chain, format)));
        }
    }

    private static byte[] Renamed(ChainVersion chain, ChainFormat format)
    {
        var file = Encoding.UTF8.GetString(ChainFormats.Export(chain, format));
        if (format == ChainFormat.Elsa)
        {
            var definition = JsonNode.Parse(file)!;
            definition["name"] = "Anders";
            return Encoding.UTF8.GetBytes(definition.ToJsonString());
        }

        var document = XDocument.Parse(file);
        document.Root!.Element(BpmnNames.Model + "process")!.SetAttributeValue("name", "Anders");
        return Encoding.UTF8.GetBytes(document.ToString());
    }
}
