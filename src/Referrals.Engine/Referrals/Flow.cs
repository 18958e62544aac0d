using System.Collections.Frozen;
using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals;

/// <summary>
/// The interpreter of chains: what is due next, as a pure function of the chain, the referral and the time. The only home of
/// branching, joining and completion.
/// </summary>
public static partial class Flow
{
    /// <summary>What is next.</summary>
    /// <param name="chain">The version of the chain.</param>
    /// <param name="state">The referral so far.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="withdrawn">Partners that ended their agreement to the version and are offered nothing any more; null: none.</param>
    public static FlowResult Next(ChainVersion chain, ReferralState state, DateTimeOffset now, IReadOnlySet<OrganisationId>? withdrawn = null)
    {
        if (state.Ended is not null)
        {
            return new FlowResult([], [], null);
        }

        var walk = new Walk(chain, state, now, withdrawn ?? FrozenSet<OrganisationId>.Empty);
        if (walk.HasEnded(chain.Root, ""))
        {
            walk.Due.Add(new Due.CloseReferral());
        }
        else
        {
            walk.WatchPermissions();
        }

        return new FlowResult(walk.Due, walk.Waiting, walk.WakeAt) { At = walk.At };
    }

    private sealed partial class Walk(ChainVersion chain, ReferralState state, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        private readonly WorkingCalendar _calendar = chain.Calendar();

        public List<Due> Due { get; } = [];

        public List<Waiting> Waiting { get; } = [];

        public List<Place> At { get; } = [];

        public DateTimeOffset? WakeAt { get; private set; }

        /// <summary>Whether the node has run to its end; if not, what is due in it is noted.</summary>
        public bool HasEnded(ChainNode node, string prefix) => node switch
        {
            ChainNode.Sequence sequence => sequence.Children.All(child => HasEnded(child, prefix)),
            ChainNode.Parallel parallel => AllHaveEnded(parallel, prefix),
            ChainNode.Choice choice => HasEnded(choice, prefix),
            ChainNode.Optional optional => HasEnded(optional, prefix),
            ChainNode.Repeat repeat => HasEnded(repeat, prefix),
            ChainNode.Step step => HasEnded(step, prefix),
            _ => throw new UnreachableException(),
        };

        // Every child is walked, also when one before it has not ended.
        private bool AllHaveEnded(ChainNode.Parallel parallel, string prefix) =>
            parallel.Children.Count(child => HasEnded(child, prefix)) == parallel.Children.Count;

        private bool HasEnded(ChainNode.Choice choice, string prefix)
        {
            var place = Place.Of(prefix, choice.Id);
            if (!state.Branches.TryGetValue(place, out var taken))
            {
                Due.Add(new Due.TakeBranch(place, BranchOf(choice)));
                return false;
            }

            return BranchNode(choice, taken) is not { } branch || HasEnded(branch, prefix);
        }

        // The branches are numbered from 0; otherwise counts as the one after the last.
        private int? BranchOf(ChainNode.Choice choice)
        {
            for (var i = 0; i < choice.Branches.Count; i++)
            {
                if (choice.Branches[i].When.Holds(state.Facts, state.Outcomes))
                {
                    return i;
                }
            }

            return choice.Otherwise is null ? null : choice.Branches.Count;
        }

        private static ChainNode? BranchNode(ChainNode.Choice choice, int? taken) =>
            taken is not { } index ? null : index < choice.Branches.Count ? choice.Branches[index].Then : choice.Otherwise;

        private bool HasEnded(ChainNode.Optional optional, string prefix)
        {
            var place = Place.Of(prefix, optional.Id);
            var known = state.Parts.TryGetValue(place, out var included) || state.Start.Parts.TryGetValue(optional.Id, out included);
            if (!known)
            {
                Waiting.Add(new Waiting(place, optional.Id, WaitingFor.Part));
                return false;
            }

            return !included || HasEnded(optional.Child, prefix);
        }

        private bool HasEnded(ChainNode.Repeat repeat, string prefix)
        {
            var place = Place.Of(prefix, repeat.Id);
            var rounds = state.Repeats.TryGetValue(place, out var known) ? known : new Rounds(0, Again: true);
            var round = rounds.Again ? rounds.Ended + 1 : rounds.Ended;
            for (var earlier = 1; earlier < round; earlier++)
            {
                // A round before counts as ended, unless a step in it was opened again.
                if (!HasEnded(repeat.Child, Round(repeat, prefix, earlier)))
                {
                    return false;
                }
            }

            var roundEnded = HasEnded(repeat.Child, Round(repeat, prefix, round));
            if (!rounds.Again)
            {
                return roundEnded;
            }

            if (roundEnded)
            {
                var again = round < repeat.MaxRounds && !repeat.Until.Holds(state.Facts, state.Outcomes) && HasContent(Round(repeat, prefix, round));
                Due.Add(new Due.EndRound(place, round, again));
            }

            return false;
        }

        // A round without a step or a decision has changed nothing, so that the next one would be the same.
        private bool HasContent(string round) =>
            state.Runs.Keys.Concat(state.Parts.Keys).Any(place => place.Value.StartsWith(round, StringComparison.Ordinal));

        private static string Round(ChainNode.Repeat repeat, string prefix, int round) => $"{prefix}{repeat.Id.Value}.{round}/";

        private bool HasEnded(ChainNode.Step step, string prefix)
        {
            var place = Place.Of(prefix, step.Id);
            var run = state.Run(place);
            if (run.End is not null)
            {
                return true;
            }

            At.Add(place);
            var open = run.Offers.Select(id => state.Offers[id]).Where(o => o.IsOpen).ToList();
            if (open.Count == 0)
            {
                OfferNext(place, step, run);
            }
            else
            {
                Watch(step, run, open);
            }

            return false;
        }

        private void OfferNext(Place place, ChainNode.Step step, StepRun run)
        {
            var choice = Choice(step, run);
            var stopped = choice is null ? Available([.. step.Partners.Where(run.Stopped.Contains)]) : [];
            var declined = run.Offers.Any(id => state.Offers[id].Status == OfferStatus.Declined);
            if (choice is null && stopped.Count == 0 && declined && step.OnDecline == DeclinePath.Skip)
            {
                Due.Add(new Due.SkipStep(place, step));
                return;
            }

            var backToCaseworker = declined && step.OnDecline == DeclinePath.BackToCaseworker;
            var partners = choice is { } partner ? Available([partner]) : stopped.Count > 0 ? stopped : backToCaseworker ? [] : NextPartners(step, run);
            if (partners.Count == 0)
            {
                Waiting.Add(new Waiting(place, step.Id, WaitingFor.Partner));
            }
            else if (!state.IsPermitted(step.Id, WorkingCalendar.LocalDay(now)))
            {
                Waiting.Add(new Waiting(place, step.Id, WaitingFor.Consent));
            }
            else if (step.Secrecy && state.Release?.Covers(step.Id, WorkingCalendar.LocalDay(now)) != true)
            {
                Waiting.Add(new Waiting(place, step.Id, WaitingFor.Release));
            }
            else
            {
                Due.Add(new Due.OfferStep(place, step, partners));
            }
        }

        // One that was chosen before the referral moved to this version counts only where this version names it.
        private OrganisationId? Choice(ChainNode.Step step, StepRun run) =>
            (run.Choice ?? ChosenAtStart(step, run)) is { } chosen && step.Partners.Contains(chosen) ? chosen : null;

        private OrganisationId? ChosenAtStart(ChainNode.Step step, StepRun run) =>
            run.Offers.IsEmpty && step.Offer == OfferMode.Chosen && state.Start.Partners.TryGetValue(step.Id, out var chosen) ? chosen : null;

        private IReadOnlyList<OrganisationId> NextPartners(ChainNode.Step step, StepRun run) => step.Offer switch
        {
            OfferMode.Chosen => [],
            OfferMode.FirstToAccept => run.Offers.IsEmpty ? Available(step.Partners) : [],
            OfferMode.InOrder => [.. Available(step.Partners).Where(p => !run.Tried.Contains(p)).Take(1)],
            _ => throw new UnreachableException(),
        };

        private IReadOnlyList<OrganisationId> Available(IReadOnlyList<OrganisationId> partners) =>
            withdrawn.Count == 0 ? partners : [.. partners.Where(p => !withdrawn.Contains(p))];
    }
}
