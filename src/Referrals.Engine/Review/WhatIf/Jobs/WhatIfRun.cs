using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>Simulates a question. Pure: the same basis and question give the same answer.</summary>
public static class WhatIfRun
{
    private const int Decimals = 4;

    /// <summary>Simulates.</summary>
    /// <param name="basis">The network as it is.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="errors">What the simulation is worth on this history; told with the answer.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ArgumentException"><see cref="WhatIfBasis.Check"/> has something against it.</exception>
    public static WhatIfAnswer Run(
        WhatIfBasis basis, WhatIfQuestion question, IReadOnlyList<PredictionError> errors, IProgress<double>? progress, CancellationToken ct)
    {
        var scenario = basis.Apply(question.Changes).Model ?? throw new ArgumentException("the question makes no sense of this network", nameof(question));
        var (result, window) = (Simulator.Run(basis.Model, scenario, question.Settings, progress, ct), Simulator.WindowOf(basis.Model, question.Settings));
        var days = basis.Model.Days;
        return new(
            basis.AsOf, days.Date(window.From), days.Date(window.Until - 1), [.. result.Rows.Where(r => basis.MayBeTold(r.Scope) && IsOften(basis, r) && IsAsked(basis, question, r.Scope)).Select(Rounded)],
            errors, result.Offers);
    }

    // Of what hardly ever begins in the time simulated every figure would be one of a few referrals, and mostly chance.
    private static bool IsOften(WhatIfBasis basis, ResultRow row) =>
        row.Scope == ResultScope.Network || Math.Max(row[Measure.Started]?.Baseline?.Mean ?? 0, row[Measure.Started]?.Scenario?.Mean ?? 0) >= basis.Threshold;

    // A partner's services are told of where the partner has a step of the chains that are asked for.
    private static bool IsAsked(WhatIfBasis basis, WhatIfQuestion question, ResultScope scope) => question.Chains.Count == 0
        || scope == ResultScope.Network
        || question.Chains.Any(id => id.Value == scope.Chain || (scope.Service is not null && basis.Model.Find(id) is { } chain
            && chain.Earlier.Append(chain.Current).SelectMany(v => v.Steps()).Any(s => s.Service == scope.Service && s.Partners.Any(p => p.Value == scope.Partner))));

    private static ResultRow Rounded(ResultRow row) => row with
    {
        Measures = [.. row.Measures.Select(m => m with { Baseline = Rounded(m.Baseline), Scenario = Rounded(m.Scenario), Difference = Rounded(m.Difference) })],
    };

    private static Estimate? Rounded(Estimate? e) => e is null ? null : new(Math.Round(e.Mean, Decimals), Math.Round(e.Lower, Decimals), Math.Round(e.Upper, Decimals));
}
