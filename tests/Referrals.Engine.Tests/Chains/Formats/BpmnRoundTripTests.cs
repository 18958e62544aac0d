using System.Text;
using System.Xml.Linq;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Bpmn;

namespace Referrals.Engine.Tests.Chains.Formats;

public sealed class BpmnRoundTripTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 500)]
    public void Bpmn_loses_nothing(ChainVersion chain)
    {
        var import = BpmnReader.Read(BpmnWriter.Write(chain));

        Assert.Empty(import.Faults);
        Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(import.Chain!));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 500)]
    public void Without_our_extensions_the_shape_stays(ChainVersion chain)
    {
        var import = BpmnReader.Read(Stripped(BpmnWriter.Write(chain)));

        Assert.NotNull(import.Chain);
        Assert.Equal(Shapes.Of(chain.Root), Shapes.Of(import.Chain.Root));
        Assert.Equal(chain.Title.De, import.Chain.Title.De);
    }

    // What a drawing shows of a step is read from the drawing alone, too.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void Without_our_extensions_titles_times_and_partners_stay(ChainVersion chain)
    {
        var (before, after) = (chain.Steps().ToList(), BpmnReader.Read(Stripped(BpmnWriter.Write(chain))).Chain!.Steps().ToList());

        Assert.Equal(
            before.Select(s => (s.Title!.De, s.AcknowledgeWithin, s.CompleteWithin, s.EscalateAfter, string.Join(',', s.Partners))),
            after.Select(s => (s.Title!.De, s.AcknowledgeWithin, s.CompleteWithin, s.EscalateAfter, string.Join(',', s.Partners))));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void The_same_chain_gives_the_same_file_with_every_id_once(ChainVersion chain)
    {
        var file = BpmnWriter.Write(chain);
        Assert.Equal(file, BpmnWriter.Write(chain));

        var ids = XDocument.Parse(Encoding.UTF8.GetString(file)).Descendants().Where(e => e.Name.Namespace != BpmnNames.Own).Select(e => e.Attribute("id")?.Value).OfType<string>().ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    internal static byte[] Stripped(byte[] file)
    {
        var document = XDocument.Parse(Encoding.UTF8.GetString(file));
        document.Descendants(BpmnNames.Model + "extensionElements").Remove();
        return Encoding.UTF8.GetBytes(document.ToString());
    }
}
