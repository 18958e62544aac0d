using Referrals.Engine.Network.Measures;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review.Partners;

/// <summary>A partner that is looked at, by the steering group or by itself.</summary>
/// <param name="Sight">What is looked at.</param>
/// <param name="Partner">The partner, as it stands in the path.</param>
/// <param name="View">Its figures; null where nothing counts for it yet.</param>
/// <param name="ForSteering">Whether the steering group looks; else the partner itself, which sees nothing of others.</param>
public sealed record PartnerSight(ReviewSight Sight, string Partner, PartnerView? View, bool ForSteering)
{
    /// <summary>How much it completed month by month.</summary>
    public ControlChart Completed => Sight.Figures.ControlChart(Sight.Filter, ChartMeasure.Completed, new ChartSubject(null, Partner));

    /// <summary>The months of waiting, with limits.</summary>
    public ControlChart Months => Sight.Figures.ControlChart(Sight.Filter, ChartMeasure.Waiting, new ChartSubject(null, Partner));

    /// <summary>Measures of the group for this partner; their words are the group's own.</summary>
    public IEnumerable<MeasureState> Measures => ForSteering ? Sight.Measures.Where(m => m.Plan.Partner?.Value == Partner) : [];

    /// <summary>Where a measure for it is noted.</summary>
    public string NoteMeasure => Links.With(Links.NewMeasure, (Review.Measures.MeasureForm.Partner, Partner));
}
