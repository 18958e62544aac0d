using System.Collections.Concurrent;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Every figure of the review, for pages, API and files alike; pure, over one table. Keep it as long as the table: it remembers what it
/// was asked for.
/// </summary>
/// <param name="table">What is reviewed.</param>
public sealed class ReviewFigures(ReviewTable table)
{
    // Pages, and the sentences on them, ask for the same figures; a table is soon replaced, and all that was kept with it.
    private const int MostKept = 64;

    private const double WorkingDaysOfAMonth = 21;
    private const double DaysOfAMonth = 30.4;
    private const int MostSettling = 6;

    private readonly Lazy<Known> _known = new(() => Known.Of(table));
    private readonly ConcurrentDictionary<object, object> _kept = [];

    /// <summary>What is reviewed.</summary>
    public ReviewTable Table => table;

    /// <summary>The first and the last month in which anything counts (<see cref="Visits.Months"/>).</summary>
    public (int First, int Last) Months => (_known.Value.First, _known.Value.Last);

    /// <summary>The chains and versions that can be filtered by, by title: those of which anything counts or shows.</summary>
    public IReadOnlyList<ChainName> Chains() =>
        [.. table.Chains.Where((_, i) => _known.Value.Chains[i]).GroupBy(c => c.Id)
            .Select(g => new ChainName(g.Key, g.MaxBy(c => c.Version)!.Title, [.. g.Select(c => c.Version).Order()]))
            .OrderBy(c => c.Title.De, StringComparer.Ordinal)];

    /// <summary>Codes of the partners of which anything counts or shows.</summary>
    public IReadOnlyList<string> Partners() => [.. table.Partners.Where((_, i) => _known.Value.Partners[i])];

    /// <summary>The steps that a filter leaves, in the order of their chains.</summary>
    public IReadOnlyList<StepName> Steps(ReviewFilter filter) => [.. In(filter).Steps.Select(s => s.Name)];

    /// <summary>The whole at a glance.</summary>
    public Overview Overview(ReviewFilter filter) => Keep((nameof(Overview), filter), () =>
    {
        var scope = In(filter);
        return OverviewFigures.Of(scope, Before(scope));
    });

    /// <summary>Where people wait, the most first.</summary>
    public Ranking Ranking(ReviewFilter filter, RankBy by = RankBy.Step) => Keep((nameof(Ranking), filter, by), () => RankingFigures.Of(In(filter), by));

    /// <summary>Partners by steps.</summary>
    public HeatTable HeatTable(ReviewFilter filter) => Keep((nameof(HeatTable), filter), () => HeatFigures.Of(In(filter)));

    /// <summary>A chain with what happens at its steps and between them.</summary>
    public ChainMap ChainMap(ReviewFilter filter) => Keep((nameof(ChainMap), filter), () => MapFigures.Of(In(filter)));

    /// <summary>Where something is stuck now.</summary>
    public StuckList StuckList(ReviewFilter filter) => Keep((nameof(StuckList), filter), () => StuckFigures.Of(In(filter)));

    /// <summary>One step in depth; null when the filter leaves no such step.</summary>
    public StepDetail? StepDetail(ReviewFilter filter, ChainId chain, string step)
    {
        var scope = In(filter);
        return scope.IndexOf(chain, step) is >= 0 and var index ? Keep((nameof(StepDetail), filter, index), () => StepFigures.Of(scope, index)) : null;
    }

    /// <summary>One partner; null when nothing of it counts or shows.</summary>
    public PartnerView? PartnerView(ReviewFilter filter, string partner)
    {
        var scope = In(filter);
        return scope.PartnerOf(partner) is >= 0 and var index && _known.Value.Partners[index]
            ? Keep((nameof(PartnerView), filter, index), () => PartnerFigures.Of(scope, index))
            : null;
    }

    /// <summary>How referrals flow from step to step and where they end.</summary>
    public Flows Flows(ReviewFilter filter) => Keep((nameof(Flows), filter), () => FlowFigures.Flows(In(filter)));

    /// <summary>How far cases come, and where and why they drop out.</summary>
    public Funnel Funnel(ReviewFilter filter) => Keep((nameof(Funnel), filter), () => FlowFigures.Funnel(In(filter)));

    /// <summary>Where visits are repeated or passed on.</summary>
    public Loops Loops(ReviewFilter filter) => Keep((nameof(Loops), filter), () => FlowFigures.Loops(In(filter)));

    /// <summary>How long visits took, month by month; of one step or partner, or of all.</summary>
    public Dotted Dotted(ReviewFilter filter, ChartSubject? subject = null)
    {
        var scope = In(filter);
        var step = subject?.Step is { } s ? scope.IndexOf(s.Chain, s.Step) : -1;
        var partner = subject?.Partner is { } p ? scope.PartnerOf(p) : -1;
        return (subject?.Step is not null && step < 0) || (subject?.Partner is not null && partner < 0)
            ? new(scope.Frame, [])
            : Keep((nameof(Dotted), filter, step, partner), () => DottedFigures.Of(scope, step, partner));
    }

    /// <summary>A measure by month with its limits and signals.</summary>
    public ControlChart ControlChart(ReviewFilter filter, ChartMeasure measure, ChartSubject? subject = null) =>
        ChartFigures.In(In(filter), Keep(
            (nameof(ControlChart), filter with { FromMonth = 1 }, measure, subject?.Step, subject?.Partner),
            () => ChartFigures.Of(Whole(filter), Settled(filter), measure, subject ?? new())));

    /// <summary>Where waiting rises beyond chance; of the whole history up to the last month looked at.</summary>
    public EarlyWarnings EarlyWarnings(ReviewFilter filter) => Keep((nameof(EarlyWarnings), filter with { FromMonth = 1 }), () => WarningFigures.Of(Whole(filter), Settled(filter)));

    /// <summary>
    /// How many months the beginning of a history lasts: as long as nine of ten cases take, but half a year at most. What has ended by then is what was quick,
    /// so it is no measure for what comes later.
    /// </summary>
    internal int Settled(ReviewFilter filter)
    {
        var scope = Whole(filter);
        var days = Keep((nameof(Settled), scope.Filter), () => OverviewFigures.Throughput(scope)).P90 ?? 0;
        return Math.Min(MostSettling, (int)Math.Ceiling(days / (scope.Unit == TimeUnit.WorkingDays ? WorkingDaysOfAMonth : DaysOfAMonth)));
    }

    /// <summary>Two periods or two versions side by side.</summary>
    public Comparison Comparison(ReviewFilter first, ReviewFilter second) => Keep((nameof(Comparison), first, second), () => ComparisonFigures.Of(In(first), In(second)));

    /// <summary>
    /// The open visits of an organisation's own cases with the probability that they miss their agreed time, the likeliest first; what has missed it
    /// already is left out. Not coarsened: for that organisation alone.
    /// </summary>
    /// <param name="own">Cases that the organisation holds.</param>
    public IReadOnlyList<LikelyLate> LikelyLate(IEnumerable<ReviewCase> own) => new LikelyLateFigures(In(ReviewFilter.All)).Of(own);

    /// <summary>What stands out, each finding with the figure that backs it.</summary>
    public ReportSentences ReportSentences(ReviewFilter filter) => Keep((nameof(ReportSentences), filter), () => SentenceFigures.Of(this, filter));

    /// <summary>Throughput of two sides alone.</summary>
    internal ComparedDurations Throughputs(ReviewFilter first, ReviewFilter second) => ComparisonFigures.Throughputs(In(first), In(second));

    /// <summary>Throughput against as many months just before, or null where there are none that compare.</summary>
    internal ComparedDurations? AgainstBefore(ReviewFilter filter)
    {
        var scope = In(filter);
        return Before(scope) is { } before ? ComparisonFigures.Throughputs(before, scope) : null;
    }

    private Scope? Before(Scope scope) =>
        (scope.Filter with { FromMonth = scope.First, ToMonth = scope.Last }).Before() is { } before && !scope.IsEmpty && before.FromMonth >= _known.Value.First + Settled(scope.Filter)
            ? In(before)
            : null;

    private Scope Whole(ReviewFilter filter) => In(filter with { FromMonth = 1 });

    // Two who ask at the same time may both compute it; they get the same.
    private T Keep<T>(object asked, Func<T> compute)
        where T : class
    {
        if (_kept.TryGetValue(asked, out var known))
        {
            return (T)known;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        var computed = compute();
        _kept[asked] = computed;
        return computed;
    }

    private Scope In(ReviewFilter filter) => Keep((nameof(Scope), filter), () => new Scope(table, filter, _known.Value));
}
