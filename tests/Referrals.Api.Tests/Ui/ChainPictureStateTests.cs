using Referrals.Api.Ui;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Tests.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Api.Tests.Ui;

/// <summary>What the boxes of a live picture say in each state of a step.</summary>
public sealed class ChainPictureStateTests
{
    [Fact]
    public void A_new_offer_names_partner_days_and_due_date()
    {
        using var reader = Reader.German();
        var box = Box(Offered(), "kita");
        Assert.Equal(("Nord", "Neu · 0 von 2 Arbeitstagen", "fällig in 2 Tagen (09.09.)", PictureTone.Active), (box.Partner, box.Status, box.Detail, box.Tone));
        Assert.Equal("#schritt-kita", box.Href);
        Assert.Equal("kita, Nord, Neu · 0 von 2 Arbeitstagen, fällig in 2 Tagen (09.09.), A. Lindner", box.Label);
    }

    [Fact]
    public void An_overdue_step_says_since_when()
    {
        using var reader = Reader.German();
        var box = Box(Offered(), "kita", ReferralStory.Monday.AddDays(4));
        Assert.Equal(("Überfällig · 4 von 2 Arbeitstagen", "Neu · fällig seit 2 Tagen (09.09.)", PictureTone.Late), (box.Status, box.Detail, box.Tone));
    }

    [Fact]
    public void A_step_is_not_overdue_until_its_last_day_has_ended()
    {
        using var reader = Reader.German();
        var midnight = new DateTimeOffset(2026, 9, 9, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(PictureTone.Active, Box(Offered(), "kita", midnight.AddTicks(-1)).Tone);
        Assert.Equal(PictureTone.Late, Box(Offered(), "kita", midnight).Tone);
    }

    [Fact]
    public void A_completed_step_says_its_days_and_outcome()
    {
        using var reader = Reader.German();
        var story = Offered().Accepted(1);
        story.At(story.Now.AddDays(3)).Heard(1, new PartnerSaid.Completed("helped", NoFacts));
        var box = Box(story, "kita");
        Assert.Equal(("Abgeschlossen · 3 von 10 Arbeitstagen", "Ergebnis: Geholfen", PictureTone.Done), (box.Status, box.Detail, box.Tone));
    }

    [Fact]
    public void A_question_waits_for_the_caseworker()
    {
        using var reader = Reader.German();
        var story = Offered().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Asked(new QuestionId(Guid.NewGuid()), Note("Wann?")));
        Assert.Equal(PictureTone.Waiting, Box(story, "kita").Tone);
        Assert.StartsWith("Rückfrage offen", Box(story, "kita").Status, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declined_step_without_a_next_partner_waits_for_a_decision()
    {
        using var reader = Reader.German();
        var box = Box(Offered().Declined(1), "kita");
        Assert.Equal(("Abgelehnt – bitte entscheiden", "Grund: keine freien Plätze", PictureTone.Waiting), (box.Status, box.Detail, box.Tone));
    }

    [Fact]
    public void A_skipped_step_and_one_not_reached_say_so()
    {
        using var reader = Reader.German();
        var story = Offered().Given(new ReferralCommand.Skip(new Place("kita")));
        Assert.Equal("Übersprungen", Box(story, "kita").Status);
        Assert.Equal("Noch nicht begonnen", Box(Offered(), "kurs").Status);
    }

    [Fact]
    public void The_way_taken_says_so_and_the_other_is_faded()
    {
        using var reader = Reader.German();
        var story = ReferralStory.On(Choice("wohin", Step("b"), new Branch(Children(2), Step("a")))).Started(s => s with
        {
            Facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(3) },
        });
        var lanes = Assert.IsType<PictureNode.Lanes>(Model(story).Root);
        Assert.Equal(["wenn Kinder mindestens 2 – trifft zu", "sonst"], lanes.Ways.Select(w => w.Caption));
        Assert.Equal([false, true], lanes.Ways.Select(w => w.Faded));
        Assert.Equal(["a", "b"], Model(story).Rows.Select(r => r.Place.Value));
        Assert.Equal("Entfällt", Box(story, "b").Status);
    }

    [Fact]
    public void An_optional_part_is_dashed_until_it_is_decided()
    {
        using var reader = Reader.German();
        var story = ReferralStory.On(Optional("dazu", Step("kita"))).Started();
        var open = Assert.IsType<PictureNode.Frame>(Model(story).Root);
        Assert.Equal(("dazu (wahlfrei – bitte entscheiden)", true, PictureTone.Waiting), (open.Caption, open.Dashed, open.Tone));
        story.Given(new ReferralCommand.DecidePart(new Place("dazu"), false));
        var left = Assert.IsType<PictureNode.Frame>(Model(story).Root);
        Assert.Equal(("dazu (wahlfrei, ausgelassen)", false, true), (left.Caption, left.Dashed, left.Faded));
    }

    [Fact]
    public void A_repeated_part_shows_the_round_that_runs()
    {
        using var reader = Reader.German();
        var story = ReferralStory.On(Repeat("wieder", 3, Ended("kita", "helped"), Step("kita"))).Started().Completed(1, "advice-given");
        var frame = Assert.IsType<PictureNode.Frame>(Model(story).Root);
        Assert.Equal("Runde 2 von höchstens 3, bis „kita“ endet mit „Geholfen“", frame.Caption);
        Assert.Equal("wieder.2/kita", Assert.IsType<PictureNode.Box>(frame.Part).Place.Value);
        Assert.Equal("schritt-wieder.2/kita", StepAnchor.Of(Assert.IsType<PictureNode.Box>(frame.Part).Place));
    }

    [Fact]
    public void Conditions_read_as_people_say_them()
    {
        using var reader = Reader.German();
        var chain = Of(Step("kita")) with
        {
            Facts = [new("car", new("Auto vorhanden"), new FactType.YesNo()), new("begin", new("Beginn"), new FactType.Month()), new("children", new("Kinder"), new FactType.WholeNumber(0, 9))],
        };
        var says = new ConditionWords(chain);
        var car = new Condition.Fact("car", Comparison.NotEqual, new FactValue.YesNo(true));
        var begin = new Condition.Fact("begin", Comparison.AtLeast, new FactValue.Month(new DateOnly(2027, 2, 1)));
        var children = new Condition.Fact("children", Comparison.NotEqual, new FactValue.Number(1));
        Assert.Equal("Auto vorhanden: nein", says.Of(car));
        Assert.Equal("Beginn ab Februar 2027", says.Of(begin));
        Assert.Equal("Kinder außer 1 und (Beginn ab Februar 2027 oder „kita“ endet nicht mit „Geholfen“)",
            says.Of(new Condition.All([children, new Condition.Any([begin, new Condition.Not(Ended("kita", "helped"))])])));
    }

    [Fact]
    public async Task The_component_shows_both_pictures_and_the_same_words_as_a_table()
    {
        using var reader = Reader.German();
        var model = Model(Offered());
        var page = await Rendered.PageAsync<ChainPicture>(new() { ["Model"] = model });
        Assert.Equal(2, page.QuerySelectorAll("svg[role=group]").Length);
        Assert.Equal(model.Rows.Select(r => r.Href), page.QuerySelectorAll(".chain-picture__across a.cp-box").Select(a => a.GetAttribute("href")));
        var cells = page.QuerySelectorAll("tbody tr").Select(tr => string.Join(" | ", tr.Children.Select(c => c.TextContent.Trim()))).ToList();
        Assert.Equal(["kita | Nord, A. Lindner | Neu · 0 von 2 Arbeitstagen | fällig in 2 Tagen (09.09.) | –", "kurs | east | Noch nicht begonnen | – | –"], cells);
        Assert.DoesNotContain("style=", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    private static ReferralStory Offered() => ReferralStory.On(Step("kita", "north"), Step("kurs", "east")).Started();

    private static PictureModel Model(ReferralStory story, DateTimeOffset? now = null)
    {
        var at = now ?? story.Now;
        var live = new LiveReferral(story.Known, Flow.Next(story.Chain, story.Known, at), at) { Who = _ => "A. Lindner" };
        return PictureBuilder.Build(new PictureSource(story.Chain, new Words(), o => o.Value == "north" ? "Nord" : o.Value) { Live = live });
    }

    private static PictureNode.Box Box(ReferralStory story, string place, DateTimeOffset? now = null) =>
        Boxes(Model(story, now).Root!).Single(b => b.Place.Value == place);

    private static IEnumerable<PictureNode.Box> Boxes(PictureNode node) => node switch
    {
        PictureNode.Box box => [box],
        PictureNode.Row row => row.Parts.SelectMany(Boxes),
        PictureNode.Lanes lanes => lanes.Ways.SelectMany(w => w.Part is { } part ? Boxes(part) : []),
        PictureNode.Frame frame => Boxes(frame.Part),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
