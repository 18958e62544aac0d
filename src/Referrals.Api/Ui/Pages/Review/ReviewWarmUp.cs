using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Reading;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>
/// Reads the history and computes what the first page of the review tells as soon as the process runs, so that who asks first doesn't wait until the code
/// is compiled. Whoever asks meanwhile shares the reading. Where the database can't be reached, the first page asks again.
/// </summary>
internal sealed partial class ReviewWarmUp(OwnReview own, ILogger<ReviewWarmUp> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await own.LatestAsync(Patience, stoppingToken) is { } table)
            {
                var figures = ReviewDesk.Of(table);
                var filter = ReviewFilter.Latest(table.AsOf);
                figures.Overview(filter);
                figures.Ranking(filter, RankBy.StepAndPartner);
                figures.ReportSentences(filter);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotRead(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The history could not be read ahead for the review's first page.")]
    private static partial void NotRead(ILogger logger, Exception e);
}
