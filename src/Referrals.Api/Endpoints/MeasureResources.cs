using Referrals.Api.Answers;
using Referrals.Api.Requests;
using Referrals.Api.Ui.Pages.Review.Measures;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Measures;

namespace Referrals.Api.Endpoints;

/// <summary>What the steering group agreed to do.</summary>
/// <param name="What">What is to be done.</param>
/// <param name="Who">Who does it: an organisation or a role, no person.</param>
/// <param name="From">The day from which it is to be felt.</param>
/// <param name="Until">The day until which it is to be done.</param>
/// <param name="Chain">The chain that it is for; absent: the network.</param>
/// <param name="Step">The step of the chain; absent: all.</param>
/// <param name="Partner">The partner that it is for; absent: all.</param>
public sealed record PlanResource(string What, string Who, DateOnly From, DateOnly Until, ChainId? Chain = null, NodeId? Step = null, OrganisationId? Partner = null)
{
    /// <summary>The resource of a plan.</summary>
    public static PlanResource Of(MeasurePlan plan) => new(plan.What.Text, plan.Who.Text, plan.From, plan.Until, plan.Chain, plan.Step, plan.Partner);

    /// <summary>The plan; or the problem with it, which names every fault.</summary>
    internal (MeasurePlan? Plan, ProblemResult? Problem) Read(MeasureChoices choices, bool partnerKnown)
    {
        var texts = new Texts();
        var (what, who) = (texts.Required("what", What), texts.Required("who", Who));
        var faults = Faults(choices, partnerKnown).ToList();
        return texts.Faults.Count + faults.Count > 0
            ? (null, texts.Refused(faults))
            : (new MeasurePlan(what!, who!, From, Until, Chain, Step, Partner), null);
    }

    private IEnumerable<Fault> Faults(MeasureChoices choices, bool partnerKnown)
    {
        if (Chain is { } chain && !Has(choices.Places, MeasureForm.PlaceOf(chain, null)))
        {
            yield return new Fault("chain", "chain-unknown", "There is no such chain.");
        }
        else if (Chain is { } known && Step is { } step && !Has(choices.Places, MeasureForm.PlaceOf(known, step)))
        {
            yield return new Fault("step", "step-unknown", "The chain has no such step.");
        }

        if (!partnerKnown)
        {
            yield return new Fault("partner", "partner-unknown", "There is no such organisation.");
        }
    }

    private static bool Has(IReadOnlyList<Choice> choices, string value) => choices.Any(c => c.Value == value);
}

/// <summary>How a measure stands, and what was seen.</summary>
/// <param name="Status"><c>running</c>, <c>done</c> or <c>dropped</c>.</param>
/// <param name="Note">What was seen.</param>
public sealed record FollowUpResource(MeasureStatus Status, string? Note = null);

/// <summary>What was seen when the group looked again.</summary>
/// <param name="At">When.</param>
/// <param name="Status">How it stood.</param>
/// <param name="Note">What was seen.</param>
public sealed record LookResource(DateTimeOffset At, MeasureStatus Status, string? Note = null);

/// <summary>A measure of the steering group.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Plan">What is agreed now.</param>
/// <param name="Status">How it stands.</param>
/// <param name="NotedAt">When it was noted.</param>
/// <param name="Looks">What was seen when the group looked again, the oldest first.</param>
public sealed record MeasureResource(MeasureId Id, PlanResource Plan, MeasureStatus Status, DateTimeOffset NotedAt, IReadOnlyList<LookResource> Looks)
{
    /// <summary>The resource of a measure.</summary>
    public static MeasureResource Of(MeasureState measure) => new(
        measure.Id, PlanResource.Of(measure.Plan), measure.Status, measure.NotedAt, [.. measure.Looks.Select(l => new LookResource(l.At, l.Status, l.Note?.Text))]);
}
