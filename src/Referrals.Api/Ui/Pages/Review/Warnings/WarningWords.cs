using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review.Warnings;

/// <summary>A warning in words.</summary>
/// <param name="Where">Step or chain.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Partner">The partner with its page, or null: all of them.</param>
/// <param name="Sentence">What rises, how much, since when and what says so.</param>
/// <param name="Caption">Name of its chart.</param>
/// <param name="Concerns">Whether a measure is about it.</param>
internal sealed record WarningText(string Where, string Href, (string Name, string Href)? Partner, string Sentence, string Caption, Func<MeasurePlan, bool> Concerns);

/// <summary>Says warnings in plain sentences.</summary>
/// <param name="words">The reader's language.</param>
/// <param name="dates">Months.</param>
/// <param name="sight">What is looked at.</param>
internal sealed class WarningWords(Words words, Dates dates, ReviewSight sight)
{
    /// <summary>The words for a warning.</summary>
    public WarningText Of(EarlyWarning warning)
    {
        var say = new FigureWords(words, warning.Chart.Frame.Unit);
        var (step, partner) = (warning.Chart.Subject.Step, warning.Chart.Subject.Partner);
        var chain = step?.Chain ?? warning.Chain!.Value;
        var chainTitle = sight.ChainName(chain);
        var rules = string.Join(", ", warning.Signals.Select(s => words[$"ReviewCourse.Rule.{s.Rule}.Above"]).Distinct());
        var sentence = words[
            step is null ? "ReviewWarning.Chain" : "ReviewWarning.Step",
            say.Days(warning.Recent), say.Days(warning.Usual), words[$"ReviewWarning.Course.{warning.Course}", dates.Month(warning.Since)], rules];
        var at = sight.Scope with { Chain = "" };
        return new WarningText(
            step is null ? chainTitle : sight.NameOf(step),
            at.At(step is null ? Links.ReviewChain(chain.Value) : Links.ReviewStep(chain.Value, step.Step)),
            partner is null ? null : (sight.NameOf(partner), at.At(Links.ReviewPartner(partner))),
            sentence,
            words[step is null ? "ReviewWarning.ThroughputOf" : "ReviewWarning.WaitingOf", partner is null ? chainTitle : sight.NameOf(partner)],
            plan => Concerns(plan, chain, step, partner));
    }

    private static bool Concerns(MeasurePlan plan, ChainId chain, StepName? step, string? partner) =>
        plan.Chain is { } about ? about == chain && (plan.Step is not { } node || node.Value == step?.Step) : partner is not null && plan.Partner?.Value == partner;
}
