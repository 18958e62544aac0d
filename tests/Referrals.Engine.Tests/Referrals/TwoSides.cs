using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referral = Referrals.Engine.Referrals.ReferralCommand;
using Work = Referrals.Engine.Assignments.AssignmentCommand;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>
/// A referral and all its assignments, with caseworkers and partners who act at random, clocks that jump, and messages between them
/// that come late, twice and in any order. After a while everybody works towards the end. The same seed plays the same.
/// </summary>
/// <param name="chain">The version that the referral starts on.</param>
/// <param name="seed">What is played.</param>
/// <param name="next">A version that caseworkers try to move it to, or null.</param>
public sealed partial class TwoSides(ChainVersion chain, int seed, ChainVersion? next = null)
{
    private const int WildActions = 150;
    private const int MaxActions = 20_000;

    private readonly Random _random = new(seed);
    private readonly Dictionary<AssignmentId, AssignmentState> _assignments = [];
    private readonly List<(AssignmentId To, Work Command)> _toPartners = [];
    private readonly List<Referral.Hear> _toHolder = [];
    private readonly Dictionary<AssignmentId, ChainVersion> _agreed = [];
    private ChainVersion _chain = chain;
    private bool _reopened;

    public List<ReferralEvent> History { get; } = [];

    public List<AssignmentEvent> Work { get; } = [];

    public DateTimeOffset Now { get; private set; } = ReferralStory.Monday;

    public ReferralState State { get; private set; } = null!;

    /// <summary>Plays until the referral is closed and every message has arrived.</summary>
    public TwoSides Play()
    {
        Decide(Start());
        for (var action = 0; State.Ended is null || _toPartners.Count + _toHolder.Count > 0; action++)
        {
            Assert.True(action < MaxActions, "the chain does not end");
            Act(wild: action < WildActions);
            if (State.Ended is { Reason: ClosingReason.Completed } && !_reopened && State.Runs.Count > 0 && _random.Next(3) == 0)
            {
                _reopened = true;
                Decide(new Referral.Reopen([Pick(State.Runs.Keys.OrderBy(p => p.Value).ToList())], Full()));
            }
        }

        return this;
    }

    public AssignmentState? Assignment(AssignmentId id) => _assignments.GetValueOrDefault(id);

    private Consent Full() => new(ConsentForm.Electronic, WorkingCalendar.LocalDay(Now), "support");

    private Referral.Start Start() => TestChains.Start(s => s with
    {
        Consent = _random.Next(3) switch
        {
            0 => Full() with { Until = WorkingCalendar.LocalDay(Now).AddDays(_random.Next(20)) },
            1 => Full() with { Steps = [.. _chain.Steps().Where(_ => _random.Next(2) == 0).Select(x => x.Id)] },
            _ => Full(),
        },
        Release = _random.Next(2) == 0 ? TestChains.Released(_chain) : null,
        Facts = _chain.Facts.Where(f => f.Required || _random.Next(2) == 0).ToDictionary(f => f.Name, f => Value(f.Type)),
        Partners = _chain.Steps().Where(x => x.Offer == OfferMode.Chosen && _random.Next(2) == 0).ToDictionary(x => x.Id, x => Pick(x.Partners)),
        Parts = _chain.Nodes().OfType<ChainNode.Optional>().Where(_ => _random.Next(3) == 0).ToDictionary(o => o.Id, _ => _random.Next(2) == 0),
    });

    private void Act(bool wild)
    {
        switch (_random.Next(10))
        {
            case 0 or 1 or 2 when _toPartners.Count > 0: DeliverToPartner(); break;
            case 3 or 4 or 5 when _toHolder.Count > 0: DeliverToHolder(); break;
            case 6 or 7: PartnerActs(wild); break;
            case 8: CaseworkerActs(wild); break;
            default: TimePasses(wild); break;
        }
    }

    private void TimePasses(bool wild)
    {
        var next = Flow.Next(_chain, State, Now).WakeAt;
        Now = wild && next is { } at && _random.Next(4) == 0 ? at : Now.AddMinutes(_random.Next(wild ? 600 : 30));
        Decide(new Referral.PassTime());
    }

    private void CaseworkerActs(bool wild)
    {
        if (next is { } other && _random.Next(4) == 0)
        {
            Decide(new Referral.MoveTo(new AgreedChain(other, ChainJson.ContentHash(other), ChainStatus.InForce)));
            return;
        }

        var waiting = Flow.Next(_chain, State, Now).Waiting;
        if (waiting.Count > 0)
        {
            var w = Pick(waiting);
            Decide(w.For switch
            {
                WaitingFor.Part => new Referral.DecidePart(w.Place, _random.Next(2) == 0),
                WaitingFor.Consent when _random.Next(3) == 0 => new Referral.OverrideConsent([w.Node], LegalGround.VitalInterests, TestChains.Note("Dringend.")),
                WaitingFor.Consent => new Referral.RecordConsent(Full()),
                WaitingFor.Release => new Referral.RecordRelease(TestChains.Released(_chain)!),
                _ when wild && _random.Next(3) > 0 => new Referral.ChoosePartner(w.Place, Pick(_chain.Step(w.Node).Partners)),
                _ => new Referral.Skip(w.Place),
            });
        }
        else if (wild && State.Runs.Count > 0)
        {
            var place = Pick(State.Runs.Keys.OrderBy(p => p.Value).ToList());
            var partner = Pick(_chain.Step(place.Node).Partners);
            Decide(_random.Next(40) switch
            {
                < 5 => new Referral.Reroute(place, partner),
                < 7 => new Referral.Skip(place),
                < 10 => new Referral.ChoosePartner(place, partner),
                < 15 when State.Offers.Count > 0 => new Referral.Remind(Pick(State.Offers.Keys.OrderBy(o => o.Value).ToList())),
                < 20 when Question() is { } question => new Referral.Answer(question, TestChains.Note("Ja.")),
                20 => new Referral.WithdrawConsent(),
                21 => new Referral.Withdraw("client-moved"),
                22 => new Referral.Close(),
                23 => new Referral.DecidePart(place, true),
                24 => new Referral.Reopen([place]),
                26 or 27 => new Referral.WithdrawConsent([place.Node]),
                29 => new Referral.WithdrawRelease(_random.Next(2) == 0 ? null : [place.Node]),
                30 when TestChains.Released(_chain) is { } release => new Referral.RecordRelease(release with { Until = WorkingCalendar.LocalDay(Now).AddDays(_random.Next(3)) }),
                28 => new Referral.RecordConsent(Full() with { Until = WorkingCalendar.LocalDay(Now).AddDays(_random.Next(3)) }),
                25 => new Referral.HandOver(_random.Next(2) == 0 ? null : "herr.muster"),
                _ => new Referral.PassTime(),
            });
        }
    }

    private QuestionId? Question() =>
        State.Offers.Values.SelectMany(o => o.Questions.Keys).OrderBy(q => q.Value).Cast<QuestionId?>().FirstOrDefault();

    private void PartnerActs(bool wild)
    {
        var open = _assignments.Where(a => wild || a.Value.IsOpen).OrderBy(a => a.Key.Value).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var (id, state) = Pick(open);
        var agreed = _agreed[id];
        var step = agreed.Step(state.Offer.Step);
        var complete = new Work.Complete(Pick(step.Outcomes), step.ReturnFacts.Where(_ => _random.Next(2) == 0).ToDictionary(f => f, f => Value(agreed.FindFact(f)!.Type)));
        Decide(id, wild ? _random.Next(18) switch
        {
            0 or 1 => new Work.Acknowledge(),
            2 or 3 or 4 => new Work.Accept(),
            5 => new Work.Decline(Pick(DeclineReasons.All), TestChains.Note("Leider nicht.")),
            6 => new Work.Ask(new QuestionId(NewId()), TestChains.Note("Ab wann?")),
            7 or 8 => new Work.Start(),
            9 => new Work.RecordFirstContact(),
            10 => new Work.Pause(),
            11 => new Work.Resume(),
            12 or 13 => new Work.UndoAcknowledgement(),
            14 or 15 => new Work.UndoAcceptance(),
            16 => new Work.Assign(_random.Next(2) == 0 ? null : "frau.muster"),
            _ => complete,
        }
        : state.Status is AssignmentStatus.Received or AssignmentStatus.Acknowledged ? new Work.Accept() : complete);
    }

    // False when the message has to come again.
    private bool Decide(Referral command)
    {
        var decision = ReferralDecider.Decide(command, State, _chain, Now, NewId);
        Assert.False(command is Referral.Hear && decision is ReferralDecision.Refused, $"an honest partner's message was refused: {command}");
        if (decision is ReferralDecision.Happens happens)
        {
            _chain = command is Referral.MoveTo move ? move.Target.Version : _chain;
            foreach (var happened in happens.Events)
            {
                var before = State;
                State = ReferralState.Evolve(before, happened);
                LegalReferral.AssertStep(before, happened, State, _chain);
                History.Add(happened);
                if (happened is ReferralEvent.StepOffered offered)
                {
                    _agreed[offered.Assignment] = _chain;
                }

                Send(happened);
            }

            LegalReferral.AssertAtRest(State, _chain, Now);
            var again = ReferralDecider.Decide(command, State, _chain, Now, NewId);
            Assert.True(again is ReferralDecision.Refused or ReferralDecision.Happens { Events.Count: 0 }, "deciding twice must record once");
        }

        return decision is not ReferralDecision.TooEarly;
    }

    private bool Decide(AssignmentId id, Work command)
    {
        var state = Assignment(id);
        var decision = AssignmentDecider.Decide(command, state, _agreed[id], Now);
        if (decision is AssignmentDecision.Happens happens)
        {
            foreach (var happened in happens.Events)
            {
                _assignments[id] = state = AssignmentState.Evolve(state, happened);
                Work.Add(happened);
                if (Said(happened) is { } said)
                {
                    _toHolder.Add(new Referral.Hear(id, happened.Number, happened.At, said));
                }
            }

            var again = AssignmentDecider.Decide(command, state, _agreed[id], Now);
            Assert.True(again is AssignmentDecision.Refused or AssignmentDecision.Happens { Events.Count: 0 }, "deciding twice must record once");
        }

        return decision is not AssignmentDecision.TooEarly;
    }

    private FactValue Value(FactType type) => type switch
    {
        FactType.CodeList list => new FactValue.Code(Pick(list.Codes).Code),
        FactType.WholeNumber bounds => new FactValue.Number(_random.Next(bounds.Min, bounds.Max + 1)),
        FactType.YesNo => new FactValue.YesNo(_random.Next(2) == 0),
        _ => new FactValue.Month(new DateOnly(_random.Next(2025, 2029), _random.Next(1, 13), 1)),
    };

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
