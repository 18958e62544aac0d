using System.Globalization;
using Referrals.Api.Endpoints;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Pages.Administration;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.AccessLog;

/// <summary>Who looked at what in the own organisation, for its officer for data protection. The cases themselves are not shown.</summary>
internal static class AccessLogPages
{
    private const int PageSize = 50;
    private const int MostCounted = 10_000;

    public static void Map(RouteGroupBuilder members)
    {
        var officers = members.MapGroup("").RequireAuthorization(Policies.Officer);
        officers.MapGet(Links.AccessLog, ShowAsync).Looks(LookCodes.AccessLog, AccessLogAsk.Names);
        officers.MapGet(Links.AccessLogCsv, CsvAsync).Looks(LookCodes.AccessLogFile, AccessLogAsk.Names);
        officers.MapGet(Links.AccessLogJson, JsonAsync).Looks(LookCodes.AccessLogFile, AccessLogAsk.Names);
    }

    private static async Task<IResult> ShowAsync([AsParameters] AccessLogAsk ask, string? vor, CancellationToken ct)
    {
        var people = await ask.PeopleAsync(ct);
        var (filter, form) = await ask.ReadAsync(people, ct);
        var before = long.TryParse(vor, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : (long?)null;
        var organisation = ask.Me.Organisation;
        var found = await ask.Looks.ListAsync(organisation, filter, before, PageSize + 1, ct);
        var shown = found.Take(PageSize).ToList();
        return Answer.With<AccessLogPage>(new AccessLogModel(
            form, shown, people, await ask.Looks.CountAsync(organisation, filter, MostCounted, ct),
            before is null ? null : ask.Url(Links.AccessLog),
            found.Count > PageSize ? ask.Url(Links.AccessLog, ("vor", shown[^1].Entry.ChainNo.ToString(CultureInfo.InvariantCulture))) : null,
            ask.Url(Links.AccessLogCsv), ask.Url(Links.AccessLogJson))
        {
            MostCounted = MostCounted,
        });
    }

    private static async Task<IResult> CsvAsync([AsParameters] AccessLogAsk ask, Words w, CancellationToken ct)
    {
        var lines = await LinesAsync(ask, ct);
        string[] head =
        [
            w["AccessLog.No"], w["AccessLog.At"], w["AccessLog.Who"], w["AccessLog.Role"], w["AccessLog.What"], w["AccessLog.Number"], w["AccessLog.Subject"],
            w["AccessLog.Purpose"], w["AccessLog.Outcome"], w["AccessLog.Lines"], w["AccessLog.Filters"],
        ];
        return new CsvAnswer(w["AccessLog.File"], head, lines.Lines.Select(l => Row(l, w)), lines.Count);
    }

    private static async Task<IResult> JsonAsync([AsParameters] AccessLogAsk ask, Words w, CancellationToken ct)
    {
        var lines = await LinesAsync(ask, ct);
        return new JsonFileAnswer<AccessResource>(w["AccessLog.File"], lines.Lines.Select(AccessResource.Of), lines.Count);
    }

    private static IReadOnlyList<string?> Row(LookLine line, Words w) =>
    [
        line.Entry.ChainNo.ToString(CultureInfo.InvariantCulture), Berlin.Local(line.Entry.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), line.Entry.Who,
        w.LookRole(line), w.LookWhat(line), AccessLogWords.Number(line), line.Subject?.ToString(), w.LookPurpose(line), w.LookOutcome(line),
        line.Count?.ToString(CultureInfo.InvariantCulture), line["filter"],
    ];

    // What is asked for is fixed before it is counted: what is written meanwhile, this look too, comes into the next file.
    private static async Task<(IAsyncEnumerable<LookLine> Lines, int Count)> LinesAsync(AccessLogAsk ask, CancellationToken ct)
    {
        var (organisation, looks) = (ask.Me.Organisation, ask.Looks);
        var (filter, _) = await ask.ReadAsync(await ask.PeopleAsync(ct), ct);
        var latest = await looks.ListAsync(organisation, filter, null, 1, ct) is [var one] ? one.Entry.ChainNo : 0;
        return (AllAsync(ct), await looks.CountAsync(organisation, filter, int.MaxValue, ct));

        async IAsyncEnumerable<LookLine> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
        {
            for (var before = latest + 1; ;)
            {
                var page = await looks.ListAsync(organisation, filter, before, LookStore.MaxPage, stop);
                foreach (var line in page)
                {
                    yield return line;
                }

                if (page.Count < LookStore.MaxPage)
                {
                    yield break;
                }

                before = page[^1].Entry.ChainNo;
            }
        }
    }
}

/// <summary>The access log, a page of it.</summary>
/// <param name="Filter">What is looked for, and what is wrong with it.</param>
/// <param name="Lines">The lines.</param>
/// <param name="People">Who can have looked.</param>
/// <param name="Count">How many there are with this filter, counted up to a bound.</param>
/// <param name="First">Address of the first page, or null.</param>
/// <param name="After">Address of the page after, or null.</param>
/// <param name="Csv">Address of all of it as CSV.</param>
/// <param name="Json">Address of all of it as JSON.</param>
public sealed record AccessLogModel(
    Forms.FormInput Filter, IReadOnlyList<LookLine> Lines, LookPeople People, int Count, string? First, string? After, string Csv, string Json) : ILists
{
    /// <summary>It is not counted further.</summary>
    public required int MostCounted { get; init; }

    int? ILists.Listed => Lines.Count;
}
