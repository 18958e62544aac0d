using Referrals.Api.Ui.Parts;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>What the charts over time are about.</summary>
/// <param name="Sight">What is looked at.</param>
/// <param name="Step">The step, as <c>chain/step</c>, or empty.</param>
/// <param name="Partner">The partner, or empty.</param>
public sealed record CourseSight(ReviewSight Sight, string Step, string Partner)
{
    /// <summary>Steps to choose from.</summary>
    public IReadOnlyList<Choice> Steps { get; } =
        [.. Sight.Figures.Steps(Sight.Filter).Select(s => new Choice(ValueOf(s), Sight.Scope.Chain.Length > 0 ? Words.Of(s.Title) : Sight.NameOf(s)))];

    /// <summary>Partners to choose from.</summary>
    public IReadOnlyList<Choice> Partners { get; } =
        [.. Sight.Figures.Partners().Select(p => new Choice(p, Sight.NameOf(p))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    /// <summary>The same for the figures; what is not there counts as not chosen.</summary>
    public ChartSubject Subject => new(
        Sight.Figures.Steps(Sight.Filter).FirstOrDefault(s => ValueOf(s) == Step), Sight.Figures.Partners().Contains(Partner) ? Partner : null);

    /// <summary>How a step stands in the address.</summary>
    public static string ValueOf(StepName step) => $"{step.Chain}/{step.Step}";
}
