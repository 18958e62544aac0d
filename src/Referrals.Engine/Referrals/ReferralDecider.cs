using System.Collections.Frozen;
using System.Diagnostics;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Moving;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>
/// Decides what becomes of a command on a referral. Pure: chain, time and new ids are arguments. After each command the
/// interpreter (<see cref="Flow"/>) says what is due, so that one decision takes the referral as far as it can go. Deciding the
/// same command a second time records nothing.
/// </summary>
public static class ReferralDecider
{
    /// <summary>Decides a command.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The referral so far; null before it was started.</param>
    /// <param name="chain">The version of the chain that it is pinned to.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="newId">Gives the random ids of new offers.</param>
    /// <param name="withdrawn">Partners that ended their agreement to the version and are offered nothing any more; null: none.</param>
    public static ReferralDecision Decide(
        Command command, ReferralState? state, ChainVersion chain, DateTimeOffset now, NewId newId, IReadOnlySet<OrganisationId>? withdrawn = null)
    {
        if (command is Command.MoveTo move && state is not null)
        {
            return VersionMove.Decide(move, state, chain, now, newId);
        }

        withdrawn ??= FrozenSet<OrganisationId>.Empty;
        var decision = (command, state) switch
        {
            (Command.Start start, null) => Start(start, chain, now, withdrawn),
            (Command.Start start, _) => IsSame(start, state.Start) ? new Happens([]) : new Refused(ReferralRefusal.AlreadyStarted),
            (_, null) => new Refused(ReferralRefusal.NotFound),
            _ when !chain.KeepsNames && NoteOf(command)?.Kept is not null => new Refused(ReferralRefusal.NamesNotKept),
            (Command.Erase erase, _) => Erasing.Decide(erase, state, chain, now, withdrawn),
            (Command.Hear hear, _) => Hearing.Decide(hear, state, chain),
            (Command.PassTime, _) => new Happens([]),
            _ when state.Erased is not null => new Refused(ReferralRefusal.Erased),
            _ => Caseworker.Decide(command, state, chain, now, withdrawn),
        };
        return decision is Happens happens ? GoOn(happens.Events, state, chain, now, newId, withdrawn) : decision;
    }

    /// <summary>What is next in the referral after these events, with nothing due any more.</summary>
    public static FlowResult Outlook(ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId>? withdrawn = null) =>
        Flow.Next(chain, state, now, withdrawn);

    private static ReferralDecision Start(Command.Start start, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        var faults = StartRules.Check(start, chain, WorkingCalendar.LocalDay(now), withdrawn);
        return faults.Count > 0
            ? new Refused(ReferralRefusal.InvalidStart(faults))
            : new Happens([new Event.Started(
                start.Referral, start.Holder, chain.Id, chain.Version, start.ContentHash, start.CaseReference,
                start.Consent, start.Facts, start.Partners, start.Parts, start.Note, start.Caseworker, start.Release) { At = now }]);
    }

    private static Privacy.Note? NoteOf(Command command) => command switch
    {
        Command.Answer answer => answer.Text,
        Command.OverrideConsent consent => consent.Reason,
        Command.Hear { Said: PartnerSaid.Declined declined } => declined.Note,
        Command.Hear { Said: PartnerSaid.Asked asked } => asked.Text,
        _ => null,
    };

    private static bool IsSame(Command.Start start, Event.Started started) =>
        start.Referral == started.Referral
        && start.Holder == started.Holder
        && start.ContentHash == started.ContentHash
        && start.CaseReference == started.CaseReference
        && start.Note == started.Note
        && start.Consent.IsSameAs(started.Consent)
        && (start.Release?.IsSameAs(started.Release) ?? started.Release is null)
        && HoldSame(start.Facts, started.Facts)
        && HoldSame(start.Partners, started.Partners)
        && HoldSame(start.Parts, started.Parts);

    private static bool HoldSame<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> one, IReadOnlyDictionary<TKey, TValue> other)
        where TValue : IEquatable<TValue> =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value.Equals(pair.Value));

    // Each due thing is recorded and folded before the next look, so that one can make the next one due. A valid chain ends:
    // every turn ends a step, a branch or a round, or offers a step to partners of which there are finitely many.
    internal static Happens GoOn(
        IReadOnlyList<Event> first, ReferralState? before, ChainVersion chain, DateTimeOffset now, NewId newId, IReadOnlySet<OrganisationId> withdrawn)
    {
        const int MaxTurns = 10_000;
        var events = new List<Event>(first);
        var state = first.Aggregate(before, ReferralState.Evolve) ?? throw new UnreachableException();
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            var due = Flow.Next(chain, state, now, withdrawn).Due;
            if (due.Count == 0)
            {
                return new Happens(events);
            }

            foreach (var happens in due.SelectMany(d => Carry(d, state, chain, now, newId)).ToList())
            {
                events.Add(happens);
                state = ReferralState.Evolve(state, happens);
            }
        }

        throw new InvalidOperationException($"chain {chain.Id} version {chain.Version} does not come to rest");
    }

    private static IEnumerable<Event> Carry(Due due, ReferralState state, ChainVersion chain, DateTimeOffset now, NewId newId) => due switch
    {
        Due.OfferStep d => d.Partners.Select(partner => Offer(d, partner, state, chain, now, newId)),
        Due.TakeBranch d => [new Event.BranchTaken(d.Place, d.Branch) { At = now }],
        Due.EndRound d => [new Event.RoundEnded(d.Place, d.Round, d.Again) { At = now }],
        Due.SkipStep d => [new Event.StepSkipped(d.Place, d.Step.Id, ByRule: true) { At = now }],
        Due.WithdrawOffer d => [Events.Withdraw(d.Offer, d.Reason, now)],
        Due.Remind d => [new Event.StepReminded(d.Offer.Assignment, d.Offer.Partner, d.Reminder) { At = now }],
        Due.Escalate d => [new Event.StepEscalated(
            d.Offer.Assignment, chain.Coordinator, d.Offer.Partner, chain.Id, chain.Version, d.Offer.Step, d.Deadline, d.MissedAt) { At = now }],
        Due.ExpireCard d => [new Event.CardExpired(d.Offer.Assignment, d.Issue) { At = now }],
        Due.TellConsentEnds d => [new Event.ConsentEnding(d.Until) { At = now }],
        Due.ExpireConsent d => Consenting.Expire(state, d.Until, now),
        Due.ExpireRelease d => Releasing.Expire(state, chain, d.Until, now),
        Due.CloseReferral => [new Event.Closed(ClosingReason.Completed) { At = now }],
        _ => throw new UnreachableException(),
    };

    private static Event.StepOffered Offer(
        Due.OfferStep due, OrganisationId partner, ReferralState state, ChainVersion chain, DateTimeOffset now, NewId newId) =>
        new(due.Place,
            due.Step.Id,
            new AssignmentId(newId()),
            partner,
            state.Start.Holder,
            chain.Id,
            chain.Version,
            chain.Calendar().Deadline(now, due.Step.AcknowledgeWithin),
            due.Step.PassFacts.Where(state.Facts.ContainsKey).ToDictionary(f => f, f => state.Facts[f]),
            state.Start.Note)
        {
            At = now,
        };
}

/// <summary>Events that are made in more than one place.</summary>
internal static class Events
{
    /// <summary>An offer is taken back.</summary>
    public static Event.OfferWithdrawn Withdraw(Offer offer, WithdrawalReason reason, DateTimeOffset now) =>
        new(offer.Assignment, offer.Partner, reason) { At = now };
}
