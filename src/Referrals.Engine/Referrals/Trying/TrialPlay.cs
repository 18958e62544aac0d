using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals.Trying;

/// <summary>A trial being played.</summary>
internal sealed class TrialPlay(ChainVersion chain, IReadOnlySet<OrganisationId>? withdrawn)
{
    private const int MaxWakes = 2_000;
    private const int Opening = 9;

    private readonly List<TrialEntry> _entries = [];
    private readonly List<TrialFault> _faults = [];
    private ReferralState? _state;
    private DateTimeOffset _now;
    private int _answer = -1;
    private int _ids;

    public Trial Result => new(chain, _entries, _faults, _state, _now) { Withdrawn = withdrawn };

    public bool Start(TrialScript script, DateOnly begin)
    {
        if (begin < Trial.FirstDay || begin > Trial.LastDay)
        {
            return Fault("begin", "day-range", $"Eine Probe beginnt zwischen {Trial.FirstDay:dd.MM.yyyy} und {Trial.LastDay:dd.MM.yyyy}.", $"A trial begins between {Trial.FirstDay:yyyy-MM-dd} and {Trial.LastDay:yyyy-MM-dd}.");
        }

        _now = At(begin);
        var consent = new Consent(ConsentForm.Written, begin, "trial");
        return Do("", new ReferralCommand.Start(
            new ReferralId(Guid.Empty), script.Holder ?? chain.Coordinator, ChainJson.ContentHash(chain), "T-1", consent,
            script.Facts ?? new Dictionary<string, FactValue>(), new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(),
            Release: WholeRelease(begin)));
    }

    private Release? WholeRelease(DateOnly given) =>
        chain.Steps().Where(s => s.Secrecy).Select(s => s.Id).ToList() is { Count: > 0 } steps ? new Release(ConsentForm.Written, given, null, steps) : null;

    public bool Answer(TrialAnswer answer, int index)
    {
        _answer = index;
        var path = $"answers[{index}]";
        if (_state!.Ended is not null)
        {
            return Fault(path, "trial-ended", "Die Überleitung ist schon zu Ende.", "The referral has ended already.");
        }

        if (answer.After is < 0 or > Trial.LongestWait)
        {
            return Fault($"{path}.after", "time-range", $"Zwischen zwei Antworten liegen 0 bis {Trial.LongestWait} Arbeitstage.", $"Between two answers lie 0 to {Trial.LongestWait} working days.");
        }

        if (answer is { Does: not TrialDeed.Complete, Facts.Count: > 0 })
        {
            return Fault(
                $"{path}.facts", "facts-not-with-this",
                "Angaben kommen nur zurück, wenn ein Schritt abgeschlossen wird.", "Facts come back only when a step is completed.");
        }

        return Wait(path, answer.After) && (answer.Does == TrialDeed.Wait || Act(path, answer));
    }

    public bool Fault(string path, string code, string de, string en)
    {
        _faults.Add(new TrialFault(path, code, new LocalText(de, en)));
        return false;
    }

    // The clocks change at two or three at night, so that nine is always fifteen hours before the next midnight.
    private static DateTimeOffset At(DateOnly day) => WorkingCalendar.Midnight(day.AddDays(1)) - TimeSpan.FromHours(24 - Opening);

    // At the same time of day; what falls due on the way happens in its order.
    private bool Wait(string path, int days)
    {
        if (days == 0)
        {
            return true;
        }

        var until = At(WorkingCalendar.LocalDay(chain.Calendar().Deadline(_now, days).AddTicks(-1)));
        for (var wakes = 0; wakes < MaxWakes && Flow.Next(chain, _state!, _now, withdrawn).WakeAt is { } at && at <= until; wakes++)
        {
            _now = at;
            if (!Do(path, new ReferralCommand.PassTime()))
            {
                return false;
            }
        }

        _now = until;
        return Do(path, new ReferralCommand.PassTime());
    }

    private bool Act(string path, TrialAnswer answer)
    {
        if (answer.Node is not { } node)
        {
            return Fault($"{path}.node", "node-missing", "Es fehlt, worum es geht.", "It is not said what it is about.");
        }

        return answer.Does is TrialDeed.Acknowledge or TrialDeed.Accept or TrialDeed.Decline or TrialDeed.Complete
            ? AsPartner(path, answer, node)
            : AsCaseworker(path, answer, node);
    }

    private bool AsCaseworker(string path, TrialAnswer answer, NodeId node)
    {
        var next = Flow.Next(chain, _state!, _now, withdrawn);
        if (next.Waiting.Select(w => w.Place).Concat(next.At).Cast<Place?>().FirstOrDefault(p => p!.Value.Node == node) is not { } place)
        {
            return Fault($"{path}.node", "place-not-reached", $"„{TitleDe(node)}“ ist gerade nicht an der Reihe.", $"“{TitleEn(node)}” is not due at the moment.");
        }

        return answer.Does switch
        {
            TrialDeed.Include => Do($"{path}.node", new ReferralCommand.DecidePart(place, true)),
            TrialDeed.LeaveOut => Do($"{path}.node", new ReferralCommand.DecidePart(place, false)),
            TrialDeed.Skip => Do($"{path}.node", new ReferralCommand.Skip(place)),
            TrialDeed.Choose when answer.Partner is { } partner => Do($"{path}.partner", new ReferralCommand.ChoosePartner(place, partner)),
            TrialDeed.Choose => Fault($"{path}.partner", "partner-missing", "Es fehlt, welcher Partner gewählt wird.", "It is not said which partner is chosen."),
            _ => throw new UnreachableException(),
        };
    }

    private bool AsPartner(string path, TrialAnswer answer, NodeId node)
    {
        var open = _state!.OpenOffers.Where(o => o.Step == node && (answer.Partner is null || o.Partner == answer.Partner)).ToList();
        if (open.Count != 1)
        {
            return open.Count == 0
                ? Fault($"{path}.node", "not-with-partner", $"„{TitleDe(node)}“ liegt gerade nicht bei diesem Partner.", $"“{TitleEn(node)}” is not with this partner at the moment.")
                : Fault($"{path}.partner", "partner-missing", $"„{TitleDe(node)}“ liegt bei mehreren Partnern: Es fehlt, welcher antwortet.", $"“{TitleEn(node)}” is with several partners: it is not said which one answers.");
        }

        var offer = open[0];
        var step = chain.Step(node);
        var outcome = answer.Outcome ?? step.Outcomes[0];
        if (answer.Does == TrialDeed.Complete && !step.Outcomes.Contains(outcome))
        {
            return Fault($"{path}.outcome", "outcome-not-allowed", $"„{TitleDe(node)}“ kann nicht mit „{outcome}“ enden.", $"“{TitleEn(node)}” can't end with “{outcome}”.");
        }

        var facts = answer.Facts ?? new Dictionary<string, FactValue>();
        if (!AreReturned(path, step, facts))
        {
            return false;
        }

        PartnerSaid[] said = answer.Does switch
        {
            TrialDeed.Acknowledge => [new PartnerSaid.Acknowledged()],
            TrialDeed.Accept => [new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted()],
            TrialDeed.Decline => [new PartnerSaid.Acknowledged(), new PartnerSaid.Declined(answer.Outcome is { } why && Codes.IsCode(why) ? why : "no-capacity", null)],
            TrialDeed.Complete => [new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted(), new PartnerSaid.Completed(OutcomeCodes.Reported(outcome, step.Feedback), facts)],
            _ => throw new UnreachableException(),
        };
        return ((PartnerSaid[])[new PartnerSaid.Received(), .. said]).SkipWhile(s => IsDone(s, offer)).All(s => Hear(path, offer.Assignment, s))
            || _faults.Count == 0;
    }

    // The case holder hears no more than was agreed.
    private bool AreReturned(string path, ChainNode.Step step, IReadOnlyDictionary<string, FactValue> facts)
    {
        foreach (var (name, value) in facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var title = chain.FindFact(name)?.Title ?? new LocalText(name);
            if (!step.ReturnFacts.Contains(name))
            {
                Fault(
                    $"{path}.facts.{name}", "fact-not-returned",
                    $"„{TitleDe(step.Id)}“ meldet „{title.De}“ nicht zurück.", $"“{TitleEn(step.Id)}” does not return “{title.En ?? title.De}”.");
            }
            else if (chain.FindFact(name) is { } fact && !fact.Type.Allows(value))
            {
                Fault(
                    $"{path}.facts.{name}", "fact-value-not-allowed",
                    $"„{title.De}“ kann diesen Wert nicht haben.", $"“{title.En ?? title.De}” can't have this value.");
            }
        }

        return _faults.Count == 0;
    }

    private static bool IsDone(PartnerSaid said, Offer offer) => said switch
    {
        PartnerSaid.Received => offer.Status != OfferStatus.Offered,
        PartnerSaid.Acknowledged => offer.Status is not (OfferStatus.Offered or OfferStatus.Received),
        PartnerSaid.Accepted => offer.IsAccepted,
        _ => false,
    };

    // An offer that was taken back in the middle of it, such as by the first acceptance, hears nothing more.
    private bool Hear(string path, AssignmentId assignment, PartnerSaid said)
    {
        var offer = _state!.Offers[assignment];
        return offer.IsOpen && Do(path, new ReferralCommand.Hear(assignment, offer.Heard + 1, _now, said));
    }

    private bool Do(string path, ReferralCommand command)
    {
        switch (ReferralDecider.Decide(command, _state, chain, _now, NewId, withdrawn))
        {
            case ReferralDecision.Happens happens:
                foreach (var happened in happens.Events)
                {
                    _state = ReferralState.Evolve(_state, happened);
                    _entries.Add(new TrialEntry(_now, happened, _answer));
                }

                return true;
            case ReferralDecision.Refused { Refusal: var refusal }:
                foreach (var fault in refusal.Faults.Count > 0 ? refusal.Faults : [refusal])
                {
                    _faults.Add(new TrialFault(fault.Field ?? path, fault.Code, TrialWords.Of(fault)));
                }

                return false;
            default:
                throw new UnreachableException();
        }
    }

    private Guid NewId() => new(++_ids, 0, 0, new byte[8]);

    private string TitleDe(NodeId node) => Title(node)?.De ?? node.Value;

    private string TitleEn(NodeId node) => Title(node) is { } title ? title.En ?? title.De : node.Value;

    private LocalText? Title(NodeId node) => chain.Nodes().FirstOrDefault(n => n.Id == node)?.Title;
}
