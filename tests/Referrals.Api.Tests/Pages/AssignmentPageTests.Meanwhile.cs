using System.Net;
using Referrals.Engine.Assignments;

namespace Referrals.Api.Tests.Pages;

/// <summary>What happened while somebody had the page open.</summary>
public sealed partial class AssignmentPageTests
{
    [Theory]
    [Covers("POST /auftraege/{nr}/bestaetigen", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/annehmen", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/beginnen", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/erstkontakt", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/pausieren", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/fortsetzen", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/uebernehmen", PageCase.Refuses)]
    [Covers("POST /auftraege/{nr}/freigeben", PageCase.Refuses)]
    [InlineData("bestaetigen")]
    [InlineData("annehmen")]
    [InlineData("beginnen")]
    [InlineData("erstkontakt")]
    [InlineData("pausieren")]
    [InlineData("fortsetzen")]
    [InlineData("uebernehmen")]
    [InlineData("freigeben")]
    public async Task What_the_state_no_longer_allows_is_told_with_what_happened(string act)
    {
        var (me, number) = await Received();
        var page = await me.Open(Path(number));
        await _desk.HearAsync(number, new AssignmentCommand.ReceiveWithdrawal("rerouted"));
        var answer = (await me.Post(Path(number, act), Fields(page))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Inzwischen hat sich etwas geändert", answer.Text, StringComparison.Ordinal);
        Assert.Contains("an einen anderen Partner umgeleitet", answer.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("sender hat diesen Auftrag zurückgenommen", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_of_two_who_decide_at_once_learns_what_happened_and_loses_nothing()
    {
        var (me, number) = await Received();
        var page = await me.Open(Path(number));
        await _desk.DoAsync(number, new AssignmentCommand.Accept(), "kern");
        var asking = (await me.Send(page, Path(number, "rueckfrage"), ("frage", "Auch samstags?"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Auftrag angenommen", asking.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("kern", asking.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Auch samstags?", asking.Value("frage"));
        Assert.Empty((await _desk.StateAsync(number)).Questions);
        (await me.Send(asking, Path(number, "rueckfrage"))).Is(HttpStatusCode.SeeOther);
        Assert.Single((await _desk.StateAsync(number)).Questions);
    }

    [Fact]
    public async Task What_was_typed_is_shown_even_when_its_form_is_gone()
    {
        var (me, number) = await Received();
        var page = await me.Open(Path(number));
        await _desk.DoAsync(number, new AssignmentCommand.Decline("no-capacity"), "kern");
        var answer = (await me.Send(page, Path(number, "rueckfrage"), ("frage", "Auch samstags?"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Das hatten Sie geschrieben: Auch samstags?", answer.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(PageAnswer page) =>
    [
        new("__RequestVerificationToken", page.Value("__RequestVerificationToken")!),
        new("fassung", page.Value("fassung")!),
    ];
}
