using Referrals.Engine.Chains;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

public sealed class ChainFileTests : IDisposable
{
    private static readonly string Demo = Repository.Path("deploy", "demo", "chains", "zurueck-in-ausbildung.json");
    private readonly string _folder = Directory.CreateTempSubdirectory("referrals-chain").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("json")]
    [InlineData("bpmn")]
    [InlineData("elsa")]
    public async Task What_is_exported_is_imported_as_the_same_chain(string format)
    {
        var (exported, said) = await CommandRun.Of("chain", "export", Demo, "--format", format, "--out", In("there"));
        var (imported, _) = await CommandRun.Of("chain", "import", In("there"), "--out", In("back"));

        Assert.Equal((0, 0, ""), (exported, imported, said));
        Assert.Equal(await HashAsync(Demo), await HashAsync(In("back")));
        Assert.Equal(["back", "there"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Without_a_file_to_write_it_goes_to_standard_output()
    {
        var (status, text) = await CommandRun.Of("chain", "export", Demo, "--format", "bpmn", "--out", "-");

        Assert.Equal(0, status);
        Assert.StartsWith("<?xml", text, StringComparison.Ordinal);
        Assert.EndsWith("</bpmn:definitions>", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drawing_without_what_only_we_know_becomes_a_draft_with_its_faults_listed()
    {
        await File.WriteAllTextAsync(In("hand.xml"), """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="Von Hand"><startEvent id="a" />
            <task id="b" name="Beratung" /><sequenceFlow id="f" sourceRef="a" targetRef="b" /></process></definitions>
            """, TestContext.Current.CancellationToken);

        var (status, text) = await CommandRun.Of("chain", "import", In("hand.xml"), "--out", In("draft.json"), "--lang", "de");

        Assert.Equal(1, status);
        Assert.Contains("root.partners: Schritt „Beratung“: Es ist kein Partner genannt.", text, StringComparison.Ordinal);
        Assert.Equal("beratung", ChainJson.Read(await File.ReadAllBytesAsync(In("draft.json"), TestContext.Current.CancellationToken)).Chain!.Root.Id.Value);
    }

    [Fact]
    public async Task What_is_no_chain_leaves_the_file_alone()
    {
        await File.WriteAllTextAsync(In("no.bpmn"), "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("kept.json"), "before", TestContext.Current.CancellationToken);

        var (status, text) = await CommandRun.Of("chain", "import", In("no.bpmn"), "--out", In("kept.json"), "--lang", "en");

        Assert.Equal(1, status);
        Assert.Contains("DOCTYPE", text, StringComparison.Ordinal);
        Assert.Equal("before", await File.ReadAllTextAsync(In("kept.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_place_that_can_not_be_written_ends_with_1()
    {
        var (status, text) = await CommandRun.Of("chain", "export", Demo, "--format", "json", "--out", "/nowhere/chain.json", "--lang", "en");

        Assert.Equal(1, status);
        Assert.Contains("can't be written", text, StringComparison.Ordinal);
    }

    private static async Task<string> HashAsync(string file) =>
        ChainJson.ContentHash(ChainJson.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).Chain!);

    private string In(string name) => Path.Combine(_folder, name);
}
