using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Review.Measures;

/// <summary>Where and for whom a measure can be.</summary>
/// <param name="Places">Chains and their steps.</param>
/// <param name="Partners">Organisations.</param>
public sealed record MeasureChoices(IReadOnlyList<Choice> Places, IReadOnlyList<Choice> Partners)
{
    /// <summary>The name of a place.</summary>
    public string PlaceOf(MeasurePlan plan) =>
        plan.Chain is { } chain ? Places.FirstOrDefault(p => p.Value == MeasureForm.PlaceOf(chain, plan.Step))?.Text ?? MeasureForm.PlaceOf(chain, plan.Step) : "";

    /// <summary>The name of a partner.</summary>
    public string PartnerOf(MeasurePlan plan) =>
        plan.Partner is { } partner ? Partners.FirstOrDefault(p => p.Value == partner.Value)?.Text ?? partner.Value : "";
}

/// <summary>The list of measures.</summary>
/// <param name="Measures">Measures, those that run first.</param>
/// <param name="Choices">Names.</param>
/// <param name="Today">Today.</param>
public sealed record MeasuresModel(IReadOnlyList<MeasureState> Measures, MeasureChoices Choices, DateOnly Today);

/// <summary>The form for a measure.</summary>
/// <param name="Form">The values.</param>
/// <param name="Choices">Names.</param>
public sealed record MeasureFormModel(FormInput Form, MeasureChoices Choices)
{
    /// <summary>What the screen found, by field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ScreenHit>> Hits { get; init; } = new Dictionary<string, IReadOnlyList<ScreenHit>>();
}

/// <summary>A measure with what became of it, and the form to follow it up.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Version">Version of its history.</param>
/// <param name="Form">The form to follow it up.</param>
/// <param name="Choices">Names.</param>
/// <param name="Now">The time.</param>
public sealed record MeasureModel(MeasureState Measure, long Version, FormInput Form, MeasureChoices Choices, DateTimeOffset Now)
{
    /// <summary>What the screen found, by field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ScreenHit>> Hits { get; init; } = new Dictionary<string, IReadOnlyList<ScreenHit>>();
}
