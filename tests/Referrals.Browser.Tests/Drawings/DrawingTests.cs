using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;
using Referrals.LocalServers;

namespace Referrals.Browser.Tests.Drawings;

/// <summary>
/// Exported chains in the tools of the field: bpmn-moddle reads them without a warning, and bpmn-js draws them so that nothing lies over anything else. With
/// <c>REFERRALS_DRAWINGS=FOLDER</c> the pictures are kept there.
/// </summary>
public sealed class DrawingTests(Stage stage)
{
    private static readonly string Folder = Repository.Path("tests", "Referrals.Browser.Tests", "Drawings");

    // The demo's chains, and one with parts within parts of every kind and long words.
    private static readonly IReadOnlyList<ChainVersion> Chains =
    [
        .. Directory.GetFiles(Repository.Path("deploy", "demo", "chains"), "*.json").Order().Select(file => ChainJson.Read(File.ReadAllBytes(file)).Chain!),
        .. Enumerable.Range(1, 12).Select(Deep),
    ];

    [Fact]
    public async Task Bpmn_moddle_reads_every_chain_without_a_warning()
    {
        var folder = Directory.CreateTempSubdirectory("referrals-drawings");
        try
        {
            var files = Chains.Select((chain, i) => (Path.Combine(folder.FullName, $"{i}.bpmn"), ChainFormats.Export(chain, ChainFormat.Bpmn))).ToList();
            foreach (var (path, content) in files)
            {
                await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
            }

            using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "read.mjs"), .. files.Select(f => f.Item1)]) { RedirectStandardOutput = true })!;
            var said = JsonDocument.Parse(await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement;
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, node.ExitCode);
            Assert.Equal(Chains.Count, said.GetProperty("read").GetInt32());
            Assert.Empty(said.GetProperty("faults").EnumerateArray().Select(f => f.GetString()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Bpmn_js_draws_every_chain_with_nothing_over_anything_else()
    {
        var page = await WindowAsync();
        foreach (var chain in Chains)
        {
            var file = ChainFormats.Export(chain, ChainFormat.Bpmn);
            var seen = await page.EvaluateAsync<JsonElement>("xml => look(xml)", Encoding.UTF8.GetString(file));

            Assert.Empty(seen.GetProperty("faults").EnumerateArray().Select(f => $"{chain.Id}: {f.GetString()}"));
            Assert.True(seen.GetProperty("shapes").GetInt32() > chain.Steps().Count() + chain.Partners().Count());
            if (Environment.GetEnvironmentVariable("REFERRALS_DRAWINGS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{chain.Id}.png") });
            }
        }
    }

    // So that the test above is known to see: a figure pushed onto its neighbour is told.
    [Fact]
    public async Task A_figure_over_another_would_be_seen()
    {
        var document = XDocument.Parse(Encoding.UTF8.GetString(ChainFormats.Export(Chains[0], ChainFormat.Bpmn)));
        var tasks = document.Descendants().Where(e => e.Name.LocalName == "BPMNShape" && e.Attribute("bpmnElement")!.Value.StartsWith("step_", StringComparison.Ordinal))
            .Where(e => document.Descendants().Any(t => t.Name.LocalName == "serviceTask" && t.Attribute("id")!.Value == e.Attribute("bpmnElement")!.Value))
            .Select(e => e.Elements().First()).ToList();
        tasks[1].SetAttributeValue("x", tasks[0].Attribute("x")!.Value);

        var page = await WindowAsync();
        var seen = await page.EvaluateAsync<JsonElement>("xml => look(xml)", document.ToString());

        Assert.Contains(seen.GetProperty("faults").EnumerateArray(), f => f.GetString()!.Contains("overlaps", StringComparison.Ordinal));
    }

    private async Task<IPage> WindowAsync()
    {
        var page = await stage.OpenAsync(new Screen(1800));
        await page.SetContentAsync("<!doctype html><div id=\"canvas\" style=\"position:absolute;inset:0\"></div>");
        var library = Path.Combine(Folder, "node_modules", "bpmn-js", "dist");
        foreach (var style in new[] { "bpmn-js.css", "diagram-js.css" })
        {
            await page.AddStyleTagAsync(new PageAddStyleTagOptions { Path = Path.Combine(library, "assets", style) });
        }

        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Path.Combine(library, "bpmn-navigated-viewer.production.min.js") });
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = Path.Combine(Folder, "look.js") });
        return page;
    }

    // Every kind of part within every other, in turn; the number says which comes first.
    private static ChainVersion Deep(int number)
    {
        var count = 0;
        return new ChainVersion
        {
            Id = new ChainId($"deep-{number}"),
            Version = 1,
            Title = new LocalText("Verschachtelt"),
            FederalState = "BB",
            Coordinator = new OrganisationId("jobcenter"),
            Facts = [new FactDeclaration("rent", new LocalText("Mietrückstand in ganzen Monaten zum Zeitpunkt der Aufnahme"), new FactType.WholeNumber(0, 24))],
            Root = Sequence(Step(), Part(number, 1 + (number % 4)), Step()),
        };

        ChainNode Part(int kind, int depth) => depth == 0 ? Step() : (kind % 4) switch
        {
            0 => new ChainNode.Parallel { Id = Id(), Title = new LocalText("Alles zugleich beginnen"), Children = [Part(kind + 1, depth - 1), Step(), Part(kind + 2, depth - 1)] },
            1 => new ChainNode.Choice
            {
                Id = Id(),
                Title = new LocalText("Ist die Wohnung in Gefahr oder schon gekündigt?"),
                Branches = [new Branch(Asks(2), Part(kind + 2, depth - 1)), new Branch(Asks(1), Sequence(Step(), Part(kind + 1, depth - 1)))],
                Otherwise = number % 2 == 0 ? Step() : null,
            },
            2 => new ChainNode.Optional { Id = Id(), Title = new LocalText("Donaudampfschifffahrtsgesellschaftsberatung auf Wunsch"), Child = Part(kind + 1, depth - 1) },
            _ => new ChainNode.Repeat { Id = Id(), MaxRounds = 3, Until = Asks(1), Child = Sequence(Part(kind + 2, depth - 1), Step()) },
        };

        ChainNode.Sequence Sequence(params IReadOnlyList<ChainNode> children) => new() { Id = Id(), Children = children };

        Condition Asks(int months) => new Condition.All(
            [new Condition.Fact("rent", Comparison.AtLeast, new FactValue.Number(months)), new Condition.Not(new Condition.Fact("rent", Comparison.Unknown))]);

        ChainNode.Step Step() => new()
        {
            Id = Id(),
            Title = new LocalText(count % 3 == 0 ? "Schuldner- und Insolvenzberatung mit ausführlicher Aufnahme aller Gläubiger" : $"Beratung {count}"),
            Service = "advice",
            Partners = [.. Enumerable.Range(count % 5, 1 + (count % 3)).Select(i => new OrganisationId($"beratungsstelle-{i}"))],
            AcknowledgeWithin = 1 + (count % 5),
            CompleteWithin = count % 2 == 0 ? 20 : null,
            EscalateAfter = count % 3 == 0 ? 1 : null,
            Outcomes = ["helped"],
        };

        NodeId Id() => new($"part-{++count}");
    }
}
