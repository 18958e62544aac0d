using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Compares events by what is written of them, because records that hold lists are equal only by reference.</summary>
public static class Written
{
    private static readonly EventCodec Codec = new([.. ReferralEventTypes.All, .. AssignmentEventTypes.All]);

    public static string Of(IEnumerable<object> events) =>
        string.Join('\n', events.Select(e => $"{Codec.NameOf(e)} {JsonSerializer.Serialize(e, e.GetType(), EventCodec.Json)}"));
}

/// <summary>
/// Given what happened to a referral, when a command comes, then these events or a refusal. Every decision taken is checked for what
/// holds always: each prefix is a legal state, nothing due is left, and deciding the same again records nothing.
/// </summary>
public sealed class ReferralStory
{
    /// <summary>A Monday, 10:00 in Berlin.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 9, 7, 8, 0, 0, TimeSpan.Zero);

    private ChainVersion _chain;
    private readonly List<ReferralEvent> _history = [];
    private readonly HashSet<OrganisationId> _withdrawn = [];
    private ReferralDecision? _decision;
    private int _ids;

    private ReferralStory(ChainVersion chain) => _chain = chain;

    public ChainVersion Chain => _chain;

    public IReadOnlyList<ReferralEvent> History => _history;

    public DateTimeOffset Now { get; private set; } = Monday;

    public ReferralState? State { get; private set; }

    public ReferralState Known => State ?? throw new InvalidOperationException("the referral was not started");

    public FlowResult Next => Flow.Next(_chain, Known, Now, _withdrawn);

    public static ReferralStory On(params ChainNode[] sequence) => new(TestChains.Of(sequence));

    public static ReferralStory OnChain(ChainVersion chain) => new(chain);

    /// <summary>The n-th offer made, from 1.</summary>
    public static AssignmentId Nth(int n) => new(Guid.Parse($"00000000-0000-4000-8000-{n:d12}"));

    public ReferralStory At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    public ReferralStory Started(Func<ReferralCommand.Start, ReferralCommand.Start>? with = null) => Given(TestChains.Start(with));

    /// <summary>These partners, by comma, have withdrawn from the chain from here on; none: all are in again.</summary>
    public ReferralStory Withdrew(string partners)
    {
        _withdrawn.Clear();
        _withdrawn.UnionWith(partners.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => new OrganisationId(p)));
        return this;
    }

    /// <summary>Takes this command for granted: it must not be refused.</summary>
    public ReferralStory Given(ReferralCommand command)
    {
        When(command);
        Assert.IsType<ReferralDecision.Happens>(_decision);
        return this;
    }

    /// <summary>The partner of the n-th offer says these things, one message after the other.</summary>
    public ReferralStory Heard(int nth, params PartnerSaid[] said)
    {
        foreach (var one in said)
        {
            Given(Message(nth, one));
        }

        return this;
    }

    public ReferralStory Accepted(int nth) => Heard(nth, new PartnerSaid.Received(), new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted());

    public ReferralStory Declined(int nth) => Heard(nth, new PartnerSaid.Received(), new PartnerSaid.Declined("no-capacity", null));

    public ReferralStory Completed(int nth, string outcome = "helped") => Accepted(nth).Heard(nth, new PartnerSaid.Completed(outcome, TestChains.NoFacts));

    /// <summary>The next message of the partner of the n-th offer.</summary>
    public ReferralCommand.Hear Message(int nth, PartnerSaid said) => new(Nth(nth), Known.Offers[Nth(nth)].Heard + 1, Now, said);

    public ReferralStory When(ReferralCommand command)
    {
        _decision = ReferralDecider.Decide(command, State, _chain, Now, NewId, _withdrawn);
        if (_decision is ReferralDecision.Happens happens)
        {
            _chain = command is ReferralCommand.MoveTo move ? move.Target.Version : _chain;
            Fold(happens.Events);
            RecordsNothingMore(command);
        }

        return this;
    }

    public ReferralStory Then(params ReferralEvent[] events)
    {
        Assert.Equal(Written.Of(events), Written.Of(Assert.IsType<ReferralDecision.Happens>(_decision).Events));
        return this;
    }

    public ReferralStory ThenNothing() => Then();

    /// <summary>These kinds of event, in this order.</summary>
    public ReferralStory ThenKinds(params Type[] kinds)
    {
        Assert.Equal(kinds, Assert.IsType<ReferralDecision.Happens>(_decision).Events.Select(e => e.GetType()));
        return this;
    }

    public ReferralStory ThenRefused(ReferralRefusal refusal)
    {
        Assert.Equal(refusal, Assert.IsType<ReferralDecision.Refused>(_decision).Refusal);
        return this;
    }

    public ReferralStory ThenFaults(params string[] codesAndFields)
    {
        var faults = Assert.IsType<ReferralDecision.Refused>(_decision).Refusal.Faults;
        Assert.Equal(codesAndFields, faults.Select(f => $"{f.Code} {f.Field}"));
        return this;
    }

    public ReferralStory ThenTooEarly()
    {
        Assert.IsType<ReferralDecision.TooEarly>(_decision);
        return this;
    }

    public ReferralStory ThenWaits(string place, WaitingFor what)
    {
        Assert.Contains(Next.Waiting, w => w.Place.Value == place && w.For == what);
        return this;
    }

    /// <summary>These offers are with partners: place and partner.</summary>
    public ReferralStory ThenOpen(params string[] placeAndPartner)
    {
        Assert.Equal(placeAndPartner.Order(), Known.OpenOffers.Select(o => $"{o.Place} {o.Partner}").Order());
        return this;
    }

    public ReferralStory ThenClosed(ClosingReason reason)
    {
        Assert.Equal(reason, Known.Ended?.Reason);
        return this;
    }

    public ReferralStory ThenWakes(DateTimeOffset? at)
    {
        Assert.Equal(at, Next.WakeAt);
        return this;
    }

    private Guid NewId() => Nth(++_ids).Value;

    private void Fold(IReadOnlyList<ReferralEvent> events)
    {
        foreach (var happened in events)
        {
            var before = State;
            State = ReferralState.Evolve(before, happened);
            LegalReferral.AssertStep(before, happened, State, _chain);
            _history.Add(happened);
        }

        LegalReferral.AssertAtRest(Known, _chain, Now, _withdrawn);
        Assert.NotNull(ReferralState.Fold(_history));
    }

    private void RecordsNothingMore(ReferralCommand command)
    {
        var again = ReferralDecider.Decide(command, State, _chain, Now, Guid.NewGuid, _withdrawn);
        Assert.True(again is ReferralDecision.Refused or ReferralDecision.Happens { Events.Count: 0 }, "deciding the same command again must record nothing");
    }
}
