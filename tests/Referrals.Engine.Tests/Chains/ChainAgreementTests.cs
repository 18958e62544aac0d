using System.Diagnostics;
using System.Text.Json;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Command = Referrals.Engine.Chains.ChainCommand;
using Event = Referrals.Engine.Chains.ChainEvent;

namespace Referrals.Engine.Tests.Chains;

/// <summary>Days to come, withdrawal, and leaving the network.</summary>
public sealed class ChainAgreementTests
{
    // 23:30 on 1 September in Berlin.
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 21, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 9, 1);
    private static readonly DateOnly October = new(2026, 10, 1);
    private static readonly ChainId Id = new("work-with-child");
    private static readonly OrganisationId Coordinator = new("jobcenter");
    private static readonly OrganisationId Kita = new("kita");
    private static readonly OrganisationId Debt = new("debt");
    private static readonly OrganisationId Clock = new(StreamName.Network);
    private static readonly ChainVersion First = Definition(1);
    private static readonly ChainVersion Second = Definition(2);
    private static readonly Note Reason = JsonSerializer.Deserialize<Note>("\"Wir haben keine Plätze mehr.\"", EventCodec.Json)!;

    private static readonly GivenWhenThen<ChainState, ChainEvent, ChainCommand> Chain = At(Now);

    private static ChainEvent[] InForce => [Proposed(First), Agreed(1, Kita), Agreed(1, Debt), PutInForce(1)];

    private static ChainEvent[] Waiting => [Proposed(First, October), Agreed(1, Kita), Agreed(1, Debt)];

    [Fact]
    public void A_day_is_today_in_Berlin_or_later()
    {
        Chain.Given().When(new Command.Propose(Coordinator, First, Today.AddDays(-1))).ThenRefused("chain-from-past");
        Chain.Given().When(new Command.Propose(Coordinator, First, Today)).Then(Proposed(First, Today));
        At(Now.AddHours(1)).Given().When(new Command.Propose(Coordinator, First, Today)).ThenRefused("chain-from-past");
        Chain.Given(Proposed(First, October)).When(new Command.Propose(Coordinator, First)).ThenRefused("chain-version-taken");
    }

    [Fact]
    public void With_a_day_to_come_the_last_agreement_does_not_yet_put_it_in_force()
    {
        var state = Chain.Given(Proposed(First, October), Agreed(1, Kita)).When(new Command.Agree(Debt, 1)).Then(Agreed(1, Debt))!;
        Assert.Equal(ChainStatus.Agreed, state.Versions[1].Status);
        Assert.Null(state.InForce);
        Assert.Equal(new DateTimeOffset(2026, 9, 30, 22, 0, 0, TimeSpan.Zero), state.DueAt);
    }

    [Fact]
    public void Time_puts_it_in_force_on_its_day()
    {
        Chain.Given(Waiting).When(new Command.PassTime(Clock)).ThenNothing();
        var midnight = new DateTimeOffset(2026, 9, 30, 22, 0, 0, TimeSpan.Zero);
        At(midnight.AddTicks(-1)).Given(Waiting).When(new Command.PassTime(Clock)).ThenNothing();
        var state = At(midnight).Given(Waiting).When(new Command.PassTime(Clock)).Then(PutInForce(1) with { At = midnight })!;
        Assert.Equal(1, state.InForce!.Definition.Version);
        Assert.Null(state.DueAt);
    }

    [Fact]
    public void A_day_that_has_passed_when_the_last_one_agrees_is_no_obstacle()
    {
        var late = Now.AddDays(60);
        At(late).Given(Proposed(First, October), Agreed(1, Kita)).When(new Command.Agree(Debt, 1))
            .Then(Agreed(1, Debt) with { At = late }, PutInForce(1) with { At = late });
    }

    [Fact]
    public void Until_it_is_in_force_a_partner_may_object()
    {
        var state = Chain.Given(Waiting).When(new Command.RaiseObjection(Kita, 1, Reason)).Then(Objected(1, Kita))!;
        Assert.Equal(ChainStatus.Objected, state.Versions[1].Status);
        Assert.Null(state.DueAt);
        Assert.Equal(2, state.Draft!.Version);
        Chain.Given(Waiting).When(new Command.Withdraw(Kita, 1, Reason)).ThenRefused("chain-version-not-in-force");
    }

    [Fact]
    public void The_old_version_stays_in_force_until_the_day()
    {
        var state = Chain.Given([.. InForce, Proposed(Second, October), Agreed(2, Kita)]).When(new Command.Agree(Debt, 2)).Then(Agreed(2, Debt))!;
        Assert.Equal(1, state.InForce!.Definition.Version);
        var later = Now.AddDays(40);
        var after = At(later).Given([.. InForce, Proposed(Second, October), Agreed(2, Kita), Agreed(2, Debt)])
            .When(new Command.PassTime(Clock)).Then(PutInForce(2) with { At = later })!;
        Assert.Equal(ChainStatus.Replaced, after.Versions[1].Status);
    }

    [Fact]
    public void What_waits_for_its_day_stays_when_a_newer_one_is_proposed_and_is_replaced_when_that_comes_first()
    {
        var state = Chain.Given(Waiting).When(new Command.Propose(Coordinator, Second)).Then(Proposed(Second))!;
        Assert.Equal(ChainStatus.Agreed, state.Versions[1].Status);
        var after = Chain.Given([.. Waiting, Proposed(Second), Agreed(2, Kita)]).When(new Command.Agree(Debt, 2)).Then(Agreed(2, Debt), PutInForce(2))!;
        Assert.Equal(ChainStatus.Replaced, after.Versions[1].Status);
        Assert.Null(after.DueAt);
    }

    [Fact]
    public void Of_two_whose_day_has_come_the_later_day_is_in_force_in_the_end()
    {
        var later = Now.AddDays(60);
        var state = At(later).Given([.. Waiting, Proposed(Second, October.AddDays(5)), Agreed(2, Kita), Agreed(2, Debt)])
            .When(new Command.PassTime(Clock)).Then(PutInForce(1) with { At = later }, PutInForce(2) with { At = later })!;
        Assert.Equal(2, state.InForce!.Definition.Version);
    }

    [Fact]
    public void A_partner_withdraws_from_a_version_in_force()
    {
        var state = Chain.Given(InForce).When(new Command.Withdraw(Kita, 1, Reason)).Then(Withdrew(1, Kita))!;
        Assert.True(state.NeedsNewVersion);
        Assert.Equal(ChainStatus.InForce, state.Versions[1].Status);
        Assert.Equal([Kita], state.Versions[1].Withdrawals.Keys);
        Assert.DoesNotContain(Kita, state.Versions[1].Agreements.Keys);
        Chain.Given(InForce).When(new Command.Withdraw(Coordinator, 1, Reason)).ThenRefused("chain-not-partner");
        Chain.Given(Proposed(First)).When(new Command.Withdraw(Kita, 1, Reason)).ThenRefused("chain-version-not-in-force");
        Chain.Given([Proposed(First), new Event.Retired(1) { Chain = Id, At = Now }]).When(new Command.Withdraw(Kita, 1, Reason)).ThenRefused("chain-version-closed");
        Chain.Given(InForce).When(new Command.Withdraw(Kita, 2, Reason)).ThenRefused("chain-not-found");
    }

    [Fact]
    public void A_partner_withdraws_from_a_version_that_was_in_force_and_on_which_referrals_may_still_run()
    {
        var state = Chain.Given([.. InForce, Proposed(Second), PutInForce(2)]).When(new Command.Withdraw(Kita, 1, Reason)).Then(Withdrew(1, Kita))!;
        Assert.Contains(Kita, state.Versions[1].Withdrawn);
        Assert.Empty(state.Versions[2].Withdrawn);
        Assert.False(state.NeedsNewVersion);
        Chain.Given([.. InForce, new Event.Retired(1) { Chain = Id, At = Now }]).When(new Command.Withdraw(Kita, 1, Reason)).Then(Withdrew(1, Kita));
    }

    [Fact]
    public void Who_is_to_coordinate_the_chain_from_then_on_is_asked_too()
    {
        var other = new OrganisationId("chain-office-two");
        var proposed = Proposed(First with { Coordinator = other });
        Event[] before = [new Event.Drafted(First) { Chain = Id, At = Now }, proposed, Agreed(1, Kita), Agreed(1, Debt)];
        var (open, known) = (Chain.Given(before), before.Aggregate((ChainState?)null, ChainState.Evolve)!);
        Assert.Equal([other], known.Versions[1].Silent());
        Assert.Equal(Coordinator, known.Coordinator);
        open.When(new Command.Retire(other, 1)).ThenRefused("chain-not-coordinator");
        var state = open.When(new Command.Agree(other, 1)).Then(Agreed(1, other), PutInForce(1))!;
        Assert.Equal(other, state.Coordinator);
        Assert.Equal(other, ChainState.Evolve(state, new Event.Retired(1) { Chain = Id, At = Now }).Coordinator);
        open.When(new Command.RaiseObjection(other, 1, Reason)).Then(new Event.Objected(1, other, Reason) { Chain = Id, At = Now });
    }

    [Fact]
    public void Agreeing_again_ends_it()
    {
        var state = Chain.Given([.. InForce, Withdrew(1, Kita)]).When(new Command.Agree(Kita, 1)).Then(Agreed(1, Kita))!;
        Assert.False(state.NeedsNewVersion);
        Assert.Equal(1, state.InForce!.Definition.Version);
    }

    [Fact]
    public void A_withdrawal_also_counts_for_the_versions_before_on_which_referrals_still_run()
    {
        ChainEvent[] two = [.. InForce, Proposed(Second), Agreed(2, Kita), Agreed(2, Debt), PutInForce(2)];
        var state = Chain.Given(two).When(new Command.Withdraw(Kita, 2, Reason)).Then(Withdrew(2, Kita))!;
        Assert.Contains(Kita, state.Versions[1].Withdrawals.Keys);
        var again = Chain.Given([.. two, Withdrew(2, Kita)]).When(new Command.Agree(Kita, 2)).Then(Agreed(2, Kita))!;
        Assert.Empty(again.Versions[1].Withdrawals);
    }

    [Fact]
    public void A_new_version_needs_no_further_one_and_leaves_the_withdrawal_from_the_old_one_as_it_is()
    {
        var state = Chain.Given([.. InForce, Withdrew(1, Kita), Proposed(Second), Agreed(2, Kita)]).When(new Command.Agree(Debt, 2)).Then(Agreed(2, Debt), PutInForce(2))!;
        Assert.False(state.NeedsNewVersion);
        Assert.Contains(Kita, state.Versions[1].Withdrawals.Keys);
        Assert.Empty(state.Versions[2].Withdrawals);
    }

    [Fact]
    public void Who_leaves_the_network_objects_to_what_is_open_and_withdraws_from_what_was_agreed()
    {
        var left = new Event.PartnerWithdrew(1, Kita, null, Left: true) { Chain = Id, At = Now };
        var objected = new Event.Objected(2, Kita, null, "left-network") { Chain = Id, At = Now };
        var state = Chain.Given([.. InForce, Proposed(Second, October), Agreed(2, Kita)]).When(new Command.Leave(Kita)).Then(objected, left)!;
        Assert.True(state.NeedsNewVersion);
        Assert.Equal(ChainStatus.Objected, state.Versions[2].Status);
        Assert.Equal(3, state.Draft!.Version);
        Chain.Given([.. InForce, Withdrew(1, Kita)]).When(new Command.Leave(Kita)).Then(left);
        Chain.Given([.. InForce, Proposed(Second), PutInForce(2), Withdrew(2, Debt)]).When(new Command.Leave(Coordinator)).ThenNothing();
        Chain.Given([.. InForce, new Event.Retired(1) { Chain = Id, At = Now }]).When(new Command.Leave(Kita)).Then(left);
        Chain.Given(Proposed(First)).When(new Command.Leave(Kita)).Then(objected with { Version = 1 });
        Chain.Given().When(new Command.Leave(Kita)).ThenRefused("chain-not-found");
    }

    [Fact]
    public void An_objection_leaves_another_draft_and_a_newer_proposal_alone()
    {
        var other = Second with { Title = new LocalText("Anders") };
        var drafted = new Event.Drafted(other) { Chain = Id, At = Now };
        Assert.Equal("Anders", Chain.Given(Proposed(First), drafted).When(new Command.RaiseObjection(Kita, 1, Reason)).Then(Objected(1, Kita))!.Draft!.Title.De);
        Assert.Null(Chain.Given([.. Waiting, Proposed(Second)]).When(new Command.RaiseObjection(Kita, 1, Reason)).Then(Objected(1, Kita))!.Draft);
    }

    // Whatever people ask, in whatever order: at most one version is in force; and only one to which, at some time, every partner had agreed.
    [Property(MaxTest = 300)]
    public void At_most_one_version_is_in_force_and_all_had_agreed(int seed)
    {
        var (random, now, state) = (new Random(seed), Now, (ChainState?)null);
        var agreed = new HashSet<(int, OrganisationId)>();
        for (var turn = 0; turn < 40; turn++)
        {
            now = now.AddHours(random.Next(30));
            if (ChainDecider.Decide(AnyCommand(random, state, now), Id, state, now) is not ChainDecision.Happens happens)
            {
                continue;
            }

            foreach (var happened in happens.Events)
            {
                state = ChainState.Evolve(state, happened);
                if (happened is Event.Agreed e)
                {
                    agreed.Add((e.Version, e.Partner));
                }
                else if (happened is Event.PutInForce put)
                {
                    Assert.True(state.Versions[put.Version].From is not { } day || WorkingCalendar.LocalDay(now) >= day);
                    Assert.All(state.Versions[put.Version].Definition.Partners(), p => Assert.Contains((put.Version, p), agreed));
                }

                Assert.InRange(state.Versions.Values.Count(v => v.Status == ChainStatus.InForce), 0, 1);
            }
        }
    }

    private static Command AnyCommand(Random random, ChainState? state, DateTimeOffset now)
    {
        var by = new[] { Kita, Debt, Coordinator }[random.Next(3)];
        var last = state?.Latest?.Definition.Version ?? 0;
        var version = Math.Max(1, last - random.Next(2));
        return random.Next(12) switch
        {
            0 or 1 => new Command.Propose(Coordinator, Definition(last + 1), random.Next(2) == 0 ? null : WorkingCalendar.LocalDay(now).AddDays(random.Next(4))),
            2 => new Command.RaiseObjection(by, version, Reason),
            3 => new Command.Withdraw(by, version, Reason),
            4 => random.Next(3) == 0 ? new Command.Leave(by) : new Command.PassTime(Clock),
            5 => random.Next(3) == 0 ? new Command.Retire(Coordinator, version) : new Command.PassTime(Clock),
            _ => new Command.Agree(by, version),
        };
    }

    private static GivenWhenThen<ChainState, ChainEvent, ChainCommand> At(DateTimeOffset now) => new(
        ChainState.Evolve,
        (command, state) => ChainDecider.Decide(command, Id, state, now) switch
        {
            ChainDecision.Happens happens => new(happens.Events),
            ChainDecision.Refused refused => new([], refused.Refusal.Code),
            _ => throw new UnreachableException(),
        });

    private static Event.Proposed Proposed(ChainVersion definition, DateOnly? from = null) =>
        new(definition, ChainJson.ContentHash(definition), from) { Chain = Id, At = Now };

    private static Event.Agreed Agreed(int version, OrganisationId partner) => new(version, partner) { Chain = Id, At = Now };

    private static Event.Objected Objected(int version, OrganisationId partner) => new(version, partner, Reason) { Chain = Id, At = Now };

    private static Event.PutInForce PutInForce(int version) => new(version) { Chain = Id, At = Now };

    private static Event.PartnerWithdrew Withdrew(int version, OrganisationId partner) => new(version, partner, Reason, Left: false) { Chain = Id, At = Now };

    private static ChainVersion Definition(int version) => new()
    {
        Id = Id,
        Version = version,
        Title = new LocalText("Arbeit mit Kind"),
        FederalState = "BB",
        Coordinator = Coordinator,
        Root = new ChainNode.Sequence { Id = new NodeId("main"), Children = [Step("childcare", Kita), Step("debt-counselling", Debt)] },
    };

    private static ChainNode.Step Step(string id, OrganisationId partner) => new()
    {
        Id = new NodeId(id),
        Title = new LocalText(id),
        Service = id,
        Partners = [partner],
        AcknowledgeWithin = 2,
        Outcomes = ["helped"],
    };
}
