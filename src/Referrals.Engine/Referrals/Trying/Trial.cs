using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals.Trying;

/// <summary>Something that happened in a trial.</summary>
/// <param name="At">When.</param>
/// <param name="Happened">What.</param>
/// <param name="Answer">Index of the answer that led to it; -1: the start.</param>
public sealed record TrialEntry(DateTimeOffset At, ReferralEvent Happened, int Answer);

/// <summary>
/// A chain walked through with made-up answers before anybody agrees to it: the same interpreter and the same decisions as for a referral, on the real calendar, with
/// nothing recorded and nobody told. The same script gives the same trial.
/// </summary>
/// <param name="Chain">The version that is tried.</param>
/// <param name="Entries">What happened, in order.</param>
/// <param name="Faults">Why the script could not be played to its end; empty: it was.</param>
/// <param name="State">Where the referral stands; null: it could not even be started.</param>
/// <param name="Now">The time at which the trial stands (UTC).</param>
public sealed record Trial(ChainVersion Chain, IReadOnlyList<TrialEntry> Entries, IReadOnlyList<TrialFault> Faults, ReferralState? State, DateTimeOffset Now)
{
    /// <summary>Partners that ended their agreement to the version and are offered nothing; null: none.</summary>
    public IReadOnlySet<OrganisationId>? Withdrawn { get; init; }

    /// <summary>At most this many answers.</summary>
    public const int MostAnswers = 500;

    /// <summary>The first day on which one can begin.</summary>
    public static readonly DateOnly FirstDay = new(2000, 1, 1);

    /// <summary>The last day on which one can begin.</summary>
    public static readonly DateOnly LastDay = new(2199, 12, 31);

    /// <summary>At most this many working days between two answers.</summary>
    public const int LongestWait = 750;

    /// <summary>What is next.</summary>
    public FlowResult Next => State is null ? new FlowResult([], [], null) : Flow.Next(Chain, State, Now, Withdrawn);

    /// <summary>What can be done next; empty: it has ended.</summary>
    public IReadOnlyList<TrialOption> Options => State is null ? [] :
    [
        .. State.OpenOffers.OrderBy(o => o.OfferedAt).ThenBy(o => o.Assignment.Value).Select(o => new TrialOption(
            o.Step,
            [.. o.AwaitsAcknowledgement ? (TrialDeed[])[TrialDeed.Acknowledge] : [], .. o.IsAccepted ? (TrialDeed[])[] : [TrialDeed.Accept, TrialDeed.Decline], TrialDeed.Complete],
            o.Partner, [])),
        .. Next.Waiting.Select(w => w.For == WaitingFor.Part
            ? new TrialOption(w.Node, [TrialDeed.Include, TrialDeed.LeaveOut], null, [])
            : new TrialOption(w.Node, [TrialDeed.Choose, TrialDeed.Skip], null, Chain.Step(w.Node).Partners)),
    ];

    /// <summary>Plays a script on a chain that has no faults; plays as far as it goes.</summary>
    /// <param name="chain">A valid chain.</param>
    /// <param name="script">What is done.</param>
    /// <param name="today">When it begins, where the script doesn't say.</param>
    /// <param name="withdrawn">Partners that ended their agreement to the version and are offered nothing; null: none.</param>
    public static Trial Play(ChainVersion chain, TrialScript script, DateOnly today, IReadOnlySet<OrganisationId>? withdrawn = null)
    {
        var play = new TrialPlay(chain, withdrawn);
        var answers = script.Answers ?? [];
        if (answers.Count > MostAnswers)
        {
            play.Fault("answers", "too-many", $"Es sind mehr als {MostAnswers} Antworten.", $"There are more than {MostAnswers} answers.");
        }
        else if (play.Start(script, script.Begin ?? today))
        {
            for (var i = 0; i < answers.Count && play.Answer(answers[i], i); i++)
            {
            }
        }

        return play.Result;
    }
}

/// <summary>What can be done next in a trial about a step or an optional part.</summary>
/// <param name="Node">The step or part.</param>
/// <param name="Deeds">What can be done.</param>
/// <param name="Partner">The partner that it is with, or null.</param>
/// <param name="Partners">Partners to choose from.</param>
public sealed record TrialOption(NodeId Node, IReadOnlyList<TrialDeed> Deeds, OrganisationId? Partner, IReadOnlyList<OrganisationId> Partners);
