using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.WhatIf.Running;
using Referrals.Engine.Tests.Chains;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

public sealed class WalkTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 400)]
    public void The_light_walk_offers_what_the_engine_offers(ChainVersion chain, int seed) => new Pair(chain, seed).Play();

    private sealed class OneWalk(ChainPlan plan, IWalkWorld<OneWalk> world) : Walk<OneWalk>(plan, world);

    // The engine and the light walk side by side: the same answers go to both, and what they offer is compared.
    private sealed class Pair : IWalkWorld<OneWalk>
    {
        private const int MostActions = 2000;

        private readonly ChainVersion _chain;
        private readonly Random _random;
        private readonly Words _outcomes = new();
        private readonly OneWalk _walk;
        private readonly List<string> _offered = [];
        private readonly Dictionary<AssignmentId, int> _numbers = [];
        private ReferralState _state = null!;
        private DateTimeOffset _now = ReferralStory.Monday;
        private bool _closed;

        public Pair(ChainVersion chain, int seed)
        {
            (_chain, _random) = (chain, new Random(seed));
            _walk = new OneWalk(new ChainPlan(chain, _outcomes), this);
        }

        public void Play()
        {
            Decide(TestChains.Start(s => s with
            {
                Release = TestChains.Released(_chain),
                Facts = _chain.Facts.Where(f => f.Required || _random.Next(2) == 0).ToDictionary(f => f.Name, f => Value(f.Type)),
            }));
            for (var action = 0; _state.Ended is null; action++)
            {
                Assert.True(action < MostActions, "the chain does not end");
                Act();
            }

            Assert.True(_closed);
        }

        private void Act()
        {
            var open = _state.OpenOffers.OrderBy(o => o.Assignment.Value).ToList();
            var waiting = Flow.Next(_chain, _state, _now).Waiting;
            var choice = _random.Next(open.Count + waiting.Count + 1);
            if (choice < open.Count)
            {
                Answer(open[choice]);
            }
            else if (choice < open.Count + waiting.Count)
            {
                Help(waiting[choice - open.Count]);
            }
            else
            {
                PassTime(open);
            }
        }

        private void PassTime(List<Offer> open)
        {
            _now = _now.AddDays(_random.Next(1, 5));
            var mayExpire = open.Where(o => o.AwaitsAcknowledgement && _now >= o.AcknowledgeBy && _walk.MayExpire(StepOf(o.Step))).Select(o => o.Assignment).ToHashSet();
            Decide(new ReferralCommand.PassTime());
            Assert.Equal(mayExpire, open.Where(o => !_state.Offers[o.Assignment].IsOpen).Select(o => o.Assignment).ToHashSet());
        }

        private void Help(Waiting waiting) => Decide(waiting.For switch
        {
            WaitingFor.Part => new ReferralCommand.DecidePart(waiting.Place, _random.Next(2) == 0),
            _ when _random.Next(3) > 0 => new ReferralCommand.ChoosePartner(waiting.Place, Pick(_chain.Step(waiting.Node).Partners)),
            _ => new ReferralCommand.Skip(waiting.Place),
        });

        private void Answer(Offer offer)
        {
            if (offer.Status == OfferStatus.Offered)
            {
                Say(offer, new PartnerSaid.Received());
            }
            else if (offer.Status == OfferStatus.Received && _random.Next(3) == 0)
            {
                Say(offer, new PartnerSaid.Declined("no-capacity", null));
            }
            else if (offer.Status == OfferStatus.Received)
            {
                Say(offer, new PartnerSaid.Accepted());
            }
            else
            {
                var step = _chain.Step(offer.Step);
                var facts = step.ReturnFacts.ToDictionary(f => f, f => Value(_chain.FindFact(f)!.Type));
                Say(offer, new PartnerSaid.Completed(OutcomeCodes.Reported(Pick(step.Outcomes), step.Feedback), facts));
            }
        }

        private void Say(Offer offer, PartnerSaid said) => Decide(new ReferralCommand.Hear(
            offer.Assignment, _numbers[offer.Assignment] = _numbers.GetValueOrDefault(offer.Assignment) + 1, _now, said));

        private void Decide(ReferralCommand command)
        {
            var decision = ReferralDecider.Decide(command, _state, _chain, _now, Guid.NewGuid);
            var events = Assert.IsType<ReferralDecision.Happens>(decision).Events;
            _state = events.Aggregate((ReferralState?)_state, ReferralState.Evolve)!;
            _offered.Clear();
            foreach (var happened in events)
            {
                Tell(happened);
            }

            Assert.Equal(events.OfType<ReferralEvent.StepOffered>().Select(e => $"{CaseRounds.Of(e.Place.Value)} {e.Step} {e.Partner}").Order(), _offered.Order());
            Assert.Equal(_state.Ended is not null, _closed);
        }

        private void Tell(ReferralEvent happened)
        {
            switch (happened)
            {
                case ReferralEvent.Started: _walk.Begin(); break;
                case ReferralEvent.StepAccepted e: _walk.Accept(StepOf(_state.Offers[e.Assignment].Step)); break;
                case ReferralEvent.StepDeclined e: _walk.Decline(StepOf(_state.Offers[e.Assignment].Step)); break;
                case ReferralEvent.StepCompleted e: _walk.Complete(StepOf(_state.Offers[e.Assignment].Step), _outcomes.Of(e.Outcome)); break;
                case ReferralEvent.OfferWithdrawn { Reason: WithdrawalReason.DeadlinePassed } e: _walk.Expire(StepOf(_state.Offers[e.Assignment].Step)); break;
                case ReferralEvent.PartDecided e: _walk.DecidePart(_walk.Plan.Nodes.ToList().FindIndex(n => n.Node.Id == e.Place.Node), e.Included); break;
                case ReferralEvent.PartnerChosen e: _walk.Choose(StepOf(e.Place.Node), _chain.Step(e.Place.Node).Partners.ToList().IndexOf(e.Partner)); break;
                case ReferralEvent.StepSkipped { ByRule: false } e: _walk.Skip(StepOf(e.Step)); break;
                default: break;
            }
        }

        public bool TakeOver(OneWalk walk, int step) => false;

        public void Offer(OneWalk walk, int step, int partner)
        {
            var about = walk.Plan.Steps[step].Step;
            _offered.Add($"{walk.RoundOf(step)} {about.Id} {about.Partners[partner]}");
        }

        public void WithdrawOthers(OneWalk walk, int step) => Assert.Equal(OfferMode.FirstToAccept, walk.Plan.Steps[step].Step.Offer);

        public void AskForPartner(OneWalk walk, int step) =>
            Assert.Contains(Flow.Next(_chain, _state, _now).Waiting, w => w.Node == walk.Plan.Steps[step].Step.Id && w.For == WaitingFor.Partner);

        public void AskForPart(OneWalk walk, int node) =>
            Assert.Contains(Flow.Next(_chain, _state, _now).Waiting, w => w.Node == walk.Plan.Nodes[node].Node.Id && w.For == WaitingFor.Part);

        public int Branch(OneWalk walk, int node)
        {
            var (about, choice) = (walk.Plan.Nodes[node], (ChainNode.Choice)walk.Plan.Nodes[node].Node);
            for (var i = 0; i < choice.Branches.Count; i++)
            {
                if (Holds(walk, choice.Branches[i].When, about.Conditions[i]))
                {
                    return i;
                }
            }

            return choice.Branches.Count;
        }

        public bool IsEnough(OneWalk walk, int node, int round) =>
            Holds(walk, ((ChainNode.Repeat)walk.Plan.Nodes[node].Node).Until, walk.Plan.Nodes[node].Conditions[0]);

        public void Close(OneWalk walk) => _closed = true;

        private bool Holds(OneWalk walk, Condition condition, Func<int[], bool>? compiled)
        {
            var outcomes = walk.Plan.Steps.Where(s => walk.Outcomes[s.Index] >= 0).ToDictionary(s => s.Step.Id, s => _outcomes[walk.Outcomes[s.Index]]);
            var holds = condition.Holds(_state.Facts, outcomes);
            Assert.Equal(holds, compiled?.Invoke(walk.Outcomes) ?? holds);
            return holds;
        }

        private int StepOf(NodeId id) => _walk.Plan.FindStep(id.Value)!.Value;

        private FactValue Value(FactType type) => type switch
        {
            FactType.CodeList list => new FactValue.Code(Pick(list.Codes).Code),
            FactType.WholeNumber bounds => new FactValue.Number(_random.Next(bounds.Min, bounds.Max + 1)),
            FactType.YesNo => new FactValue.YesNo(_random.Next(2) == 0),
            _ => new FactValue.Month(new DateOnly(2025, 1, 1).AddMonths(_random.Next(48))),
        };

        private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
    }
}
