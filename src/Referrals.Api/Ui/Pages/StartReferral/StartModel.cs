using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>A page of the guided start.</summary>
/// <param name="Step">Which one.</param>
/// <param name="Draft">The draft's id; a new one where nothing was saved yet.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record StartModel(StartStep Step, Guid Draft, FormInput Form, DateTimeOffset Now)
{
    /// <summary>The version of the chosen chain that is in force; null: none is chosen, or it is in force no more.</summary>
    public ChainVersion? Chain { get; init; }

    /// <summary>Partners that have withdrawn from it: nobody chooses them.</summary>
    public IReadOnlySet<OrganisationId> Withdrawn { get; init; } = new HashSet<OrganisationId>();

    /// <summary>The partners of a step that can still be asked.</summary>
    public IEnumerable<OrganisationId> PartnersOf(ChainNode.Step step) => step.Partners.Where(p => !Withdrawn.Contains(p));

    /// <summary>Chains to choose from, on the first page.</summary>
    public IReadOnlyList<Choice> Chains { get; init; } = [];

    /// <summary>The organisations of the network.</summary>
    public NetworkDirectory Directory { get; init; } = new([]);

    /// <summary>What the screen found in what was typed.</summary>
    public IReadOnlyList<ScreenHit> Hits { get; init; } = [];

    /// <summary>Whether this page has to be filled in before the one that was asked for.</summary>
    public bool ComesFirst { get; init; }

    /// <summary>Whether another version of the chain came into force since the partners and facts were typed.</summary>
    public bool ChainChanged { get; init; }

    /// <summary>What happens when it is sent, on the last page.</summary>
    public Sending? Sending { get; init; }

    /// <summary>Whether anything was saved yet.</summary>
    public bool IsSaved { get; init; }
}

/// <summary>What is sent, and what follows from it.</summary>
/// <param name="Command">What is sent.</param>
/// <param name="Offers">Who gets what at once.</param>
/// <param name="Waiting">What waits for the caseworker at once.</param>
public sealed record Sending(ReferralCommand.Start Command, IReadOnlyList<ReferralEvent.StepOffered> Offers, IReadOnlyList<Waiting> Waiting)
{
    /// <summary>Plays the start through without recording anything; null when it would be refused.</summary>
    public static Sending? Play(ReferralCommand.Start command, AgreedChain agreed, DateTimeOffset now)
    {
        if (ReferralDecider.Decide(command, null, agreed.Version, now, Guid.NewGuid, agreed.Withdrawn) is not ReferralDecision.Happens happens)
        {
            return null;
        }

        var state = ReferralState.Fold(happens.Events)!;
        return new Sending(command, [.. happens.Events.OfType<ReferralEvent.StepOffered>()], ReferralDecider.Outlook(state, agreed.Version, now, agreed.Withdrawn).Waiting);
    }
}
