using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Assignments;

/// <summary>Given what happened to an assignment, when a command comes, then these events or a refusal. Deciding the same again records nothing.</summary>
public sealed class AssignmentStory
{
    private readonly ChainVersion _chain;
    private AssignmentDecision? _decision;

    private AssignmentStory(ChainVersion chain) => _chain = chain;

    public static AssignmentId Id { get; } = ReferralStory.Nth(1);

    public DateTimeOffset Now { get; private set; } = ReferralStory.Monday;

    public AssignmentState? State { get; private set; }

    public AssignmentState Known => State ?? throw new InvalidOperationException("the assignment was not received");

    public static AssignmentStory On(ChainNode.Step step) => new(TestChains.Of(step));

    public AssignmentStory Received() => Given(Receive());

    public AssignmentCommand.Receive Receive() => new(
        Id, TestChains.Holder, _chain.Steps().First().Partners[0], _chain.Id, _chain.Version, _chain.Steps().First().Id,
        ReferralStory.Monday, ReferralStory.Monday.AddDays(2), TestChains.NoFacts);

    public AssignmentStory At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    public AssignmentStory Given(params AssignmentCommand[] commands)
    {
        foreach (var command in commands)
        {
            When(command);
            Assert.IsType<AssignmentDecision.Happens>(_decision);
        }

        return this;
    }

    public AssignmentStory When(AssignmentCommand command)
    {
        _decision = AssignmentDecider.Decide(command, State, _chain, Now);
        if (_decision is not AssignmentDecision.Happens happens)
        {
            return this;
        }

        foreach (var happened in happens.Events)
        {
            Assert.True(happened.Number == 0 || happened.Number == (State?.Told ?? 0) + 1, "what the sender is told is numbered without gaps");
            State = AssignmentState.Evolve(State, happened);
        }

        var again = AssignmentDecider.Decide(command, State, _chain, Now);
        Assert.True(again is AssignmentDecision.Refused or AssignmentDecision.Happens { Events.Count: 0 }, "deciding the same command again must record nothing");
        return this;
    }

    public AssignmentStory Then(params AssignmentEvent[] events)
    {
        Assert.Equal(Written.Of(events), Written.Of(Assert.IsType<AssignmentDecision.Happens>(_decision).Events));
        return this;
    }

    public AssignmentStory ThenNothing() => Then();

    public AssignmentStory ThenRefused(AssignmentRefusal refusal)
    {
        Assert.Equal(refusal, Assert.IsType<AssignmentDecision.Refused>(_decision).Refusal);
        return this;
    }

    /// <summary>What came of the command: the kinds of event joined by +, - for nothing, or the code of the refusal.</summary>
    public string Result => _decision switch
    {
        AssignmentDecision.Happens { Events.Count: 0 } => "-",
        AssignmentDecision.Happens happens => string.Join('+', happens.Events.Select(e => e.GetType().Name)),
        AssignmentDecision.Refused refused => refused.Refusal.Code,
        _ => "too-early",
    };

    public AssignmentStory ThenEvents(string kinds)
    {
        Assert.Equal(kinds, Result);
        return this;
    }

    public AssignmentStory ThenTooEarly()
    {
        Assert.IsType<AssignmentDecision.TooEarly>(_decision);
        return this;
    }
}
