using System.Runtime.CompilerServices;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Logs;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>Opens what a page of the review looks at.</summary>
public sealed class ReviewDesk(OwnReview own, LogReviews logs, NetworkNames names, VersionDates versions, MeasureService measures, IHttpContextAccessor accessor)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly ConditionalWeakTable<ReviewTable, ReviewFigures> Figures = [];
    private static readonly IReadOnlyDictionary<(ChainId, int), DateOnly> NoVersions = new Dictionary<(ChainId, int), DateOnly>();

    /// <summary>What the address asks for.</summary>
    public ReviewScope Scope { get; } = ReviewScope.Read(accessor.HttpContext!.Request.Query);

    /// <summary>The figures, with the names for them; null while the history is being read for the first time, or if there is no such log.</summary>
    public async Task<ReviewSight?> OpenAsync(CancellationToken ct)
    {
        if (await FiguresAsync(ct) is not { } figures)
        {
            return null;
        }

        var directory = await names.DirectoryAsync(ct);
        return new ReviewSight(figures, Scope, Scope.For(figures.Table), directory)
        {
            Measures = Scope.Log.Length > 0 ? [] : await measures.ListAsync([], ct),
            InForce = Scope.Log.Length > 0 ? NoVersions : await versions.OfAsync(figures.Chains().Select(c => c.Chain), ct),
        };
    }

    /// <summary>The figures alone; null while the history is being read for the first time, or if there is no such log.</summary>
    public async Task<ReviewFigures?> FiguresAsync(CancellationToken ct) =>
        await (Scope.Log.Length > 0 ? logs.FindAsync(Scope.Log, ct) : own.LatestAsync(Patience, ct)) is { } table ? Of(table) : null;

    /// <summary>The figures of a table, one for all who ask.</summary>
    public static ReviewFigures Of(ReviewTable table) => Figures.GetValue(table, t => new ReviewFigures(t));

    /// <summary>How far the history has been read, from 0 to 1; null where that isn't known.</summary>
    public Task<double?> ProgressAsync(CancellationToken ct) => own.ProgressAsync(ct);
}

/// <summary>What a page of the review looks at.</summary>
/// <param name="Figures">All figures.</param>
/// <param name="Scope">What the address asks for.</param>
/// <param name="Filter">The same as a filter.</param>
/// <param name="Directory">Names of organisations.</param>
public sealed record ReviewSight(ReviewFigures Figures, ReviewScope Scope, ReviewFilter Filter, NetworkDirectory Directory)
{
    /// <summary>Measures of the steering group.</summary>
    public IReadOnlyList<MeasureState> Measures { get; init; } = [];

    /// <summary>The day on which each version of a chain came into force, by chain and number; empty for imported logs.</summary>
    public IReadOnlyDictionary<(ChainId Chain, int Version), DateOnly> InForce { get; init; } = new Dictionary<(ChainId, int), DateOnly>();

    /// <summary>The first and the last month in which anything counts.</summary>
    public (int First, int Last) Frame => Figures.Months;

    /// <summary>The moment up to which it tells.</summary>
    public DateTimeOffset AsOf => Moments.At(Figures.Table.AsOf)!.Value;

    /// <summary>Name of an organisation, or of a group of an imported log.</summary>
    public string NameOf(string partner) => Codes.IsCode(partner) ? Directory.NameOf(new OrganisationId(partner)) : partner;

    /// <summary>Title of a chain.</summary>
    public string ChainName(ChainId id) => Figures.Chains().FirstOrDefault(c => c.Chain == id) is { } chain ? Words.Of(chain.Title) : id.Value;

    /// <summary>A step with its chain, as steps of several chains may have the same title.</summary>
    public string NameOf(StepName step) => Figures.Chains().Count > 1 ? $"{Words.Of(step.Title)} ({ChainName(step.Chain)})" : Words.Of(step.Title);

    /// <summary>The chains to choose from.</summary>
    public IReadOnlyList<Choice> Chains => [.. Figures.Chains().Select(c => new Choice(c.Chain.Value, Words.Of(c.Title)))];

    /// <summary>The versions of the chosen chain to choose from.</summary>
    public IReadOnlyList<Choice> Versions => Figures.Chains().FirstOrDefault(c => c.Chain.Value == Scope.Chain) is { } chosen
        ? [.. chosen.Versions.Select(v => new Choice(v.ToString(System.Globalization.CultureInfo.InvariantCulture), v.ToString(System.Globalization.CultureInfo.CurrentCulture)))]
        : [];
}
