using System.Text.Json;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Api.Ui.Parts.Timeline;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Referrals;
using Referrals.LocalServers;

namespace Referrals.Api.Tests.Ui;

/// <summary>
/// Pages to look at: the demo chains as previews and as referrals in several states with a timeline, and titles at worst. Written as HTML files into the
/// folder named by <c>PICTURE_SAMPLES</c>; without it there is nothing to do.
/// </summary>
public sealed class PictureSamples
{
    private static readonly Words Words = new();

    public static TheoryData<string> Chains => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal), "schlimm"];

    private static string Folder => Path.Combine(Repository.Root, "deploy/demo/chains");

    [Theory]
    [MemberData(nameof(Chains))]
    public async Task Writes_pages_to_look_at(string name)
    {
        var folder = Environment.GetEnvironmentVariable("PICTURE_SAMPLES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "PICTURE_SAMPLES names no folder");
        using var reader = Reader.German();
        var chain = name == "schlimm" ? new WildTitles(5).Of(Chain("gesund-in-arbeit")) : Chain(name);
        var names = Organisations();
        var source = new PictureSource(chain, Words, o => names.GetValueOrDefault(o.Value, o.Value));
        var models = new List<PictureModel> { PictureBuilder.Build(source) };
        var history = new TwoSides(chain, 8).Play().History;
        foreach (var share in new[] { 0.15, 0.45, 0.75 })
        {
            models.Add(PictureBuilder.Build(source with { Live = Live(chain, history, (int)(history.Count * share)) }));
        }

        var pictures = new List<string>();
        foreach (var (model, i) in models.Select((m, i) => (m, i)))
        {
            pictures.Add(await Rendered.HtmlAsync<ChainPicture>(new() { ["Model"] = model, ["Id"] = $"k{i}", ["StepIds"] = i == 0 }));
        }

        var now = history[^1].At.AddDays(5);
        var timeline = new ReferralTimelineSource(chain, Recorded.Of(history), now, Words, source.Organisation, Recorded.Users);
        pictures.Add(await Rendered.HtmlAsync<ReferralTimeline>(new() { ["Items"] = ReferralTimelineBuilder.Build(timeline) }));
        foreach (var theme in new[] { "light", "dark" })
        {
            await File.WriteAllTextAsync(Path.Combine(folder!, $"{name}-{theme}.html"), Page(theme, pictures), TestContext.Current.CancellationToken);
        }
    }

    private static LiveReferral Live(ChainVersion chain, List<ReferralEvent> history, int count)
    {
        var happened = history.Take(Math.Max(1, count)).ToList();
        var now = happened.Max(e => e.At).AddDays(2);
        var state = ReferralState.Fold(happened)!;
        return new LiveReferral(state, Flow.Next(chain, state, now), now) { Who = _ => "A. Lindner" };
    }

    private static ChainVersion Chain(string name) => ChainJson.Read(File.ReadAllText(Path.Combine(Folder, name + ".json"))).Chain!;

    private static Dictionary<string, string> Organisations() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy/demo/organisations.json"))).RootElement.GetProperty("organisations")
        .EnumerateArray().ToDictionary(o => o.GetProperty("id").GetString()!, o => o.GetProperty("name").GetString()!);

    private static string Page(string theme, IEnumerable<string> pictures) => $"""
        <!DOCTYPE html><html lang="de" data-kern-theme="{theme}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <link rel="stylesheet" href="pages/kern.min.css"><link rel="stylesheet" href="pages/app.css"></head>
        <body><main class="kern-container app-main">{string.Join("<hr>", pictures)}</main></body></html>
        """;
}
