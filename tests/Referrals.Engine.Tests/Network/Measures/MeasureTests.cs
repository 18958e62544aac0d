using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Privacy;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Network.Measures;

public sealed class MeasureTests
{
    private static readonly MeasureId Id = new(Guid.Parse("6d0e4c5a-7f53-4a4b-8d8f-0d1f0c0a9b11"));
    private static readonly Actor Group = new("ida.leuchtturm", new OrganisationId("north"));

    private static readonly MeasurePlan Plan = new(
        Text("Zweite Beratungsstelle einbinden"), Text("Schuldnerberatung"), new DateOnly(2026, 10, 1), new DateOnly(2026, 12, 31),
        new ChainId("arbeit-mit-kind"), new NodeId("debt"), new OrganisationId("debt-one"));

    private static readonly GivenWhenThen<MeasureState, MeasureEvent, MeasureCommand> Measure = new(
        MeasureState.Evolve,
        (command, state) => MeasureDecider.Decide(command, Id, state, Samples.Now) switch
        {
            MeasureDecision.Happens h => new(h.Events),
            MeasureDecision.Refused r => new([], r.Refusal.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    private static readonly MeasureEvent Noted = new MeasureEvent.Noted(Plan) { Measure = Id, At = Samples.Now };

    private static Note Text(string text) => TestChains.Note(text);

    private static MeasureEvent.FollowedUp Seen(MeasureStatus status, Note? note = null) => new MeasureEvent.FollowedUp(status, note) { Measure = Id, At = Samples.Now };

    [Fact]
    public void It_is_noted_once() => Measure.Given().When(new MeasureCommand.Take(Plan)).Then(Noted);

    [Fact]
    public void Another_one_can_not_take_its_id() =>
        Measure.Given(Noted).When(new MeasureCommand.Take(Plan with { Until = new DateOnly(2027, 1, 1) })).ThenRefused("measure-exists");

    [Fact]
    public void What_was_agreed_can_be_changed_while_it_runs()
    {
        var later = Plan with { Until = new DateOnly(2027, 3, 31) };
        var state = Measure.Given(Noted).When(new MeasureCommand.Change(later)).Then(new MeasureEvent.PlanChanged(later) { Measure = Id, At = Samples.Now });
        Assert.Equal(later, state!.Plan);
        Measure.Given(Noted, Seen(MeasureStatus.Done)).When(new MeasureCommand.Change(later)).ThenRefused("measure-ended");
    }

    [Fact]
    public void It_is_followed_up_and_can_go_on_again()
    {
        var state = Measure.Given(Noted, Seen(MeasureStatus.Dropped)).When(new MeasureCommand.FollowUp(MeasureStatus.Running, Text("Neuer Anlauf")))
            .Then(Seen(MeasureStatus.Running, Text("Neuer Anlauf")));
        Assert.Equal((MeasureStatus.Running, 2), (state!.Status, state.Looks.Count));
        Assert.True(state.IsOverdue(new DateOnly(2027, 1, 1)));
        Assert.False(state.IsOverdue(Plan.Until));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Measure.Given().When(new MeasureCommand.Take(Plan with { Until = Plan.From.AddDays(-1) })).ThenRefused("measure-until-before-from");
        Measure.Given().When(new MeasureCommand.Take(Plan with { Chain = null })).ThenRefused("measure-step-without-chain");
        Measure.Given().When(new MeasureCommand.FollowUp(MeasureStatus.Done, null)).ThenRefused("measure-not-found");
    }

    [Fact]
    public async Task The_list_shows_what_was_written_and_a_stale_version_changes_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var service = new MeasureService(new MemoryEventLog(EngineEvents.Codec), new FakeTimeProvider(Samples.Now));
        Assert.IsType<MeasureOutcome.Done>(await service.DoAsync(Group, Id, new MeasureCommand.Take(Plan), 0, ct));
        Assert.IsType<MeasureOutcome.Stale>(await service.DoAsync(Group, Id, new MeasureCommand.FollowUp(MeasureStatus.Done, null), 0, ct));
        var listed = Assert.Single(await service.ListAsync([MeasureStatus.Running], ct));
        Assert.Equal(Plan, listed.Plan);
        var done = Assert.IsType<MeasureOutcome.Done>(await service.DoAsync(Group, Id, new MeasureCommand.FollowUp(MeasureStatus.Done, Text("Wirkt")), 1, ct));
        Assert.Equal((2, MeasureStatus.Done), (done.Version, done.Measure.Status));
        Assert.Empty(await service.ListAsync([MeasureStatus.Running], ct));
        Assert.Equal("Wirkt", Assert.Single(Assert.Single(await service.ListAsync([], ct)).Looks).Note!.Text);
    }
}
