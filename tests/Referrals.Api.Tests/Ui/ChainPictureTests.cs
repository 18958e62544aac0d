using System.Xml.Linq;
using FsCheck.Xunit;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Api.Tests.Ui;

public sealed class ChainPictureTests
{
    private static readonly Words Words = new();

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 150)]
    public void Nothing_overlaps_and_no_text_leaves_its_box_in_a_preview(ChainVersion chain, int seed)
    {
        using var reader = seed % 2 == 0 ? Reader.German() : Reader.English();
        var titles = new WildTitles(seed);
        Check(PictureBuilder.Build(new PictureSource(titles.Of(chain), Words, _ => titles.Text().De)));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 60)]
    public void Nothing_overlaps_and_no_text_leaves_its_box_at_any_time_of_a_referral(ChainVersion chain, int seed)
    {
        using var reader = Reader.German();
        var history = new TwoSides(chain, seed).Play().History;
        var titles = new WildTitles(seed);
        var random = new Random(seed);
        for (var tries = 0; tries < 4; tries++)
        {
            var happened = history.Take(random.Next(1, history.Count + 1)).ToList();
            var now = happened.Max(e => e.At).AddDays(random.Next(30));
            var state = ReferralState.Fold(happened)!;
            var live = new LiveReferral(state, Flow.Next(chain, state, now), now) { Who = _ => titles.Text().De };
            var model = PictureBuilder.Build(new PictureSource(titles.Of(chain), Words, _ => titles.Text().De) { Live = live });
            Check(model);
            Assert.Equal(chain.Steps().Count(), model.Rows.Count);
        }
    }

    [Fact]
    public void A_lane_that_goes_on_in_the_next_line_keeps_clear_of_the_others()
    {
        using var reader = Reader.German();
        var row = new ChainNode.Sequence { Id = new NodeId("row"), Children = [.. Enumerable.Range(1, 7).Select(i => TestChains.Step($"a-{i}"))] };
        var chain = TestChains.Of(
            TestChains.Step("first"),
            TestChains.Parallel(row, TestChains.Repeat("again", 3, TestChains.Ended("b", "helped"), TestChains.Optional("maybe", TestChains.Step("b")))),
            TestChains.Step("last"));
        var model = PictureBuilder.Build(Preview(chain));
        Check(model);
        Assert.InRange(PictureSvg.AcrossDrawing(model).Width, 0, 1260);
        Assert.InRange(PictureSvg.DownDrawing(model).Width, 0, 350);
    }

    [Fact]
    public void The_same_model_is_always_drawn_alike()
    {
        using var reader = Reader.German();
        var chain = ChainGen.FromSeed(17);
        Assert.Equal(PictureSvg.Across(PictureBuilder.Build(Preview(chain)), "k"), PictureSvg.Across(PictureBuilder.Build(Preview(chain)), "k"));
    }

    [Fact]
    public void A_chain_of_61_steps_is_a_table_with_a_sentence()
    {
        using var reader = Reader.German();
        var model = PictureBuilder.Build(Preview(Long(61)));
        Assert.Null(model.Root);
        Assert.Equal("Diese Kette ist mit 61 Schritten zu groß für ein Bild. Die Tabelle zeigt sie vollständig.", model.TooLarge);
        Assert.Equal(61, model.Rows.Count);
        Check(PictureBuilder.Build(Preview(Long(60))));
    }

    [Fact]
    public void Parts_too_deep_within_one_another_are_a_table()
    {
        using var reader = Reader.German();
        ChainNode Nested(int depth) => depth == 0 ? TestChains.Step("s") : TestChains.Optional($"o{depth}", Nested(depth - 1));
        Check(PictureBuilder.Build(Preview(TestChains.Of(Nested(PictureBuilder.MaxDepth)))));
        Assert.NotNull(PictureBuilder.Build(Preview(TestChains.Of(Nested(PictureBuilder.MaxDepth + 1)))).TooLarge);
    }

    [Theory]
    [InlineData("Ausbildungsvorbereitung")]
    [InlineData("Schuldner- und Insolvenzberatungsstelle")]
    public void Long_compounds_are_broken_and_not_cut(string title)
    {
        var lines = TextFit.Lines(title, PictureFont.Title, 204, 3);
        Assert.DoesNotContain(lines, line => line.EndsWith('…'));
        Assert.Equal(title.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
            string.Concat(lines).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));
    }

    [Property]
    public void Any_text_fits_its_lines(string? text, byte width, byte lines)
    {
        var (room, most) = (60.0 + width, 1 + lines % 4);
        var fitted = TextFit.Lines(text ?? "", PictureFont.Title, room, most);
        Assert.InRange(fitted.Count, 0, most);
        Assert.All(fitted, line => Assert.True(TextFit.Width(line, PictureFont.Title) <= room));
    }

    private static PictureSource Preview(ChainVersion chain) => new(chain, Words, o => o.Value);

    private static ChainVersion Long(int steps) => TestChains.Of([.. Enumerable.Range(1, steps).Select(i => TestChains.Step($"step-{i}"))]);

    private static void Check(PictureModel model)
    {
        Assert.NotNull(model.Root);
        PictureGeometry.Check(PictureSvg.AcrossDrawing(model));
        PictureGeometry.Check(PictureSvg.DownDrawing(model));
        foreach (var svg in new[] { PictureSvg.Across(model, "k"), PictureSvg.Down(model, "k") })
        {
            var ids = XDocument.Parse(svg).Descendants().Attributes("id").Select(a => a.Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.DoesNotContain('#', svg.Replace("href=\"#", "", StringComparison.Ordinal).Replace("&#", "", StringComparison.Ordinal));
        }
    }
}
