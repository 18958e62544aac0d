using Referrals.Engine;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>What was measured in the months before an answer, to stand beside what it simulates as "as it is".</summary>
/// <param name="figures">The figures.</param>
/// <param name="asOf">Up to where the history was known that the answer rests on.</param>
public sealed class MeasuredLately(ReviewFigures figures, DateTimeOffset asOf)
{
    /// <summary>How many months count.</summary>
    public const int Months = 6;

    private readonly ReviewFilter _filter = ReviewFilter.Latest(Moments.Of(asOf), Months);

    /// <summary>The measured value, in working days; null where there is none or it isn't told.</summary>
    public double? Of(ResultScope scope, Measure measure) => (scope, measure) switch
    {
        ({ Chain: { } chain, Step: null }, Measure.ThroughputMedian) => Throughput(chain).Median,
        ({ Chain: { } chain, Step: null }, Measure.ThroughputP90) => Throughput(chain).P90,
        ({ Step: not null, Partner: not null }, Measure.WaitingMedian) => Waiting(scope)?.Median,
        ({ Step: not null, Partner: not null }, Measure.WaitingP90) => Waiting(scope)?.P90,
        _ => null,
    };

    private Durations Throughput(string chain) => figures.Overview(_filter with { Chain = new ChainId(chain) }).Throughput;

    private Durations? Waiting(ResultScope scope) => figures.Ranking(_filter, RankBy.StepAndPartner).Rows
        .FirstOrDefault(r => r.Partner == scope.Partner && r.Step?.Step == scope.Step && r.Step?.Chain.Value == scope.Chain)?.Waiting;
}
