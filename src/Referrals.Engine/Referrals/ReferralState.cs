using System.Collections.Immutable;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals;

/// <summary>A referral as the fold of its events.</summary>
public sealed partial record ReferralState
{
    /// <summary>What it was started with.</summary>
    public required ReferralEvent.Started Start { get; init; }

    /// <summary>The version of the chain that it runs on.</summary>
    public required ChainPin Pin { get; init; }

    /// <summary>The versions that it ran on before, oldest first.</summary>
    public ImmutableList<ChainPin> EarlierPins { get; init; } = [];

    /// <summary>Sign-in name of the person who looks after it, or null.</summary>
    public string? Caseworker { get; init; }

    /// <summary>The consent that counts now; null after it was withdrawn.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Facts known now: those of the start and those that steps returned.</summary>
    public ImmutableSortedDictionary<string, FactValue> Facts { get; init; } = ImmutableSortedDictionary<string, FactValue>.Empty;

    /// <summary>The branch taken by each choice reached (null: none).</summary>
    public ImmutableDictionary<Place, int?> Branches { get; init; } = ImmutableDictionary<Place, int?>.Empty;

    /// <summary>For each repeated part reached: rounds ended, and whether another one follows.</summary>
    public ImmutableDictionary<Place, Rounds> Repeats { get; init; } = ImmutableDictionary<Place, Rounds>.Empty;

    /// <summary>Optional parts decided at their place.</summary>
    public ImmutableDictionary<Place, bool> Parts { get; init; } = ImmutableDictionary<Place, bool>.Empty;

    /// <summary>Steps reached.</summary>
    public ImmutableDictionary<Place, StepRun> Runs { get; init; } = ImmutableDictionary<Place, StepRun>.Empty;

    /// <summary>Offers made, by their random id.</summary>
    public ImmutableDictionary<AssignmentId, Offer> Offers { get; init; } = ImmutableDictionary<AssignmentId, Offer>.Empty;

    /// <summary>The latest reported outcome of each step.</summary>
    public ImmutableDictionary<NodeId, string> Outcomes { get; init; } = ImmutableDictionary<NodeId, string>.Empty;

    /// <summary>Why and when it ended; null while it runs.</summary>
    public Ending? Ended { get; init; }

    /// <summary>Why and when its words were erased; null while they are there.</summary>
    public Erasure? Erased { get; init; }

    /// <summary>Offers that are with a partner.</summary>
    public IEnumerable<Offer> OpenOffers => Offers.Values.Where(o => o.IsOpen);

    /// <summary>The run of a step at a place; an empty one when nothing happened there yet.</summary>
    public StepRun Run(Place place) => Runs.GetValueOrDefault(place) ?? StepRun.Empty;

    /// <summary>The state after one more event; null before the first.</summary>
    public static ReferralState Evolve(ReferralState? state, ReferralEvent happened)
    {
        if (happened is ReferralEvent.Started started)
        {
            return state is not null ? throw new InvalidOperationException("a referral is started once") : new ReferralState
            {
                Start = started,
                Pin = new ChainPin(started.ChainVersion, started.ContentHash),
                Caseworker = started.Caseworker,
                Facts = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, started.Facts),
            }.WithConsent(started.Consent, started.At).WithRelease(started.Release);
        }

        return (state ?? throw new InvalidOperationException($"a referral begins with {nameof(ReferralEvent.Started)}, not {happened.GetType().Name}"))
            .Apply(happened);
    }

    /// <summary>The state after these events; null when there are none.</summary>
    public static ReferralState? Fold(IEnumerable<ReferralEvent> events) => events.Aggregate((ReferralState?)null, Evolve);

    private ReferralState Apply(ReferralEvent happened) => happened switch
    {
        ReferralEvent.MovedToVersion e => Moved(e),
        ReferralEvent.CaseworkerChanged e => this with { Caseworker = e.To },
        ReferralEvent.BranchTaken e => this with { Branches = Branches.SetItem(e.Place, e.Branch) },
        ReferralEvent.RoundEnded e => this with { Repeats = Repeats.SetItem(e.Place, new Rounds(e.Round, e.Again)) },
        ReferralEvent.PartDecided e => this with { Parts = Parts.SetItem(e.Place, e.Included) },
        ReferralEvent.PartnerChosen e => WithRun(e.Place, r => r with { Choice = e.Partner }),
        ReferralEvent.StepRerouted e => WithRun(e.Place, r => r with { Choice = e.To }),
        ReferralEvent.StepOffered e => Offered(e),
        ReferralEvent.StepSkipped e => WithRun(e.Place, r => r with { End = new StepEnd(OutcomeCodes.Skipped, e.At), Choice = null })
            with
        { Outcomes = Outcomes.SetItem(e.Step, OutcomeCodes.Skipped) },
        ReferralEvent.StepCompleted e => Completed(e),
        ReferralEvent.ConsentRecorded e => WithConsent(e.Consent, e.At),
        ReferralEvent.ConsentWithdrawn => this with { Consent = null },
        ReferralEvent.ConsentEnding => this with { ConsentEndingTold = true },
        ReferralEvent.ConsentExpired => this with { ConsentExpired = true },
        ReferralEvent.ConsentNarrowed e => this with { Consent = e.Consent },
        ReferralEvent.ConsentOverridden e => WithOverride(e),
        ReferralEvent.ReleaseRecorded e => WithRelease(e.Release),
        ReferralEvent.ReleaseWithdrawn e => WithoutRelease(e.Steps),
        ReferralEvent.ReleaseExpired => this with { ReleaseExpired = true },
        ReferralEvent.OfferWithdrawn e => Stopped(e),
        ReferralEvent.Withdrawn => this,
        ReferralEvent.Closed e => this with { Ended = new Ending(e.Reason, e.At), Overridden = Overridden.Clear() },
        ReferralEvent.Reopened e => Reopened(e),
        ReferralEvent.StepErased => this,
        ReferralEvent.Erased e => Erasing.Apply(this, e),
        _ => OfferEvolution.Apply(this, happened),
    };

    private ReferralState WithRun(Place place, Func<StepRun, StepRun> change) => this with { Runs = Runs.SetItem(place, change(Run(place))) };

    private ReferralState Offered(ReferralEvent.StepOffered e) =>
        WithRun(e.Place, r => r with { Offers = r.Offers.Add(e.Assignment), Tried = r.Tried.Add(e.Partner), Choice = null, Stopped = r.Stopped.Remove(e.Partner) })
            with
        { Offers = Offers.Add(e.Assignment, Offer.From(e)) };

    private ReferralState Completed(ReferralEvent.StepCompleted e)
    {
        var offer = Offers[e.Assignment];
        return WithRun(offer.Place, r => r with { End = new StepEnd(e.Outcome, e.At) }) with
        {
            Offers = Offers.SetItem(e.Assignment, offer with { Status = OfferStatus.Completed, EndedAt = e.At, Outcome = e.Outcome, Heard = e.Number }),
            Outcomes = Outcomes.SetItem(offer.Step, e.Outcome),
            Facts = Facts.SetItems(e.Facts),
        };
    }

    private ReferralState Moved(ReferralEvent.MovedToVersion e) => this with
    {
        Pin = new ChainPin(e.To, e.ContentHash),
        EarlierPins = EarlierPins.Add(Pin),
        Runs = Runs.RemoveRange(e.Left),
        Repeats = Repeats.RemoveRange(e.Left),
        Parts = Parts.RemoveRange(e.Left),
        Branches = Branches.RemoveRange(e.Left).SetItems(e.Branches),
        Consent = e.Consent ?? Consent,
        Release = e.Release ?? Release,
        Overridden = Overridden.RemoveRange(Overridden.Keys.Except(OpenOffers.Select(o => o.Step))),
        Offers = Offers.SetItems(e.CompleteWithin.Select(c => KeyValuePair.Create(c.Key, Offers[c.Key] with { Agreed = new AgreedTime(c.Value) }))),
    };

    // A place that is run again begins afresh; what happened there before stays in the offers and in the log.
    private ReferralState Reopened(ReferralEvent.Reopened e) => (this with
    {
        Ended = null,
        Runs = Runs.RemoveRange(e.Again),
    }).WithConsent(e.Consent, e.At);
}

/// <summary>A version of the chain by its number and the hash of its content.</summary>
public sealed record ChainPin(int Version, string ContentHash);

/// <summary>How many rounds of a repeated part have ended, and whether another one follows.</summary>
public readonly record struct Rounds(int Ended, bool Again);

/// <summary>Why and when a referral ended.</summary>
public sealed record Ending(ClosingReason Reason, DateTimeOffset At);

/// <summary>Why and when words were erased.</summary>
public sealed record Erasure(ErasureReason Reason, DateTimeOffset At);

/// <summary>How and when a step ended.</summary>
public sealed record StepEnd(string Outcome, DateTimeOffset At);

/// <summary>What happened so far at one place.</summary>
/// <param name="Offers">Offers made, in order.</param>
/// <param name="Tried">Partners that were offered it.</param>
/// <param name="Choice">Partner that it is to be offered to next, if somebody chose one.</param>
/// <param name="End">How it ended, or null.</param>
public sealed record StepRun(
    ImmutableList<AssignmentId> Offers, ImmutableHashSet<OrganisationId> Tried, OrganisationId? Choice, StepEnd? End)
{
    /// <summary>Partners from which it was taken back for lack of a consent; they get it again.</summary>
    public ImmutableHashSet<OrganisationId> Stopped { get; init; } = [];

    /// <summary>Nothing happened yet.</summary>
    public static StepRun Empty { get; } = new([], [], null, null);
}
