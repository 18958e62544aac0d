using System.Globalization;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>The list of referrals: filters in the address, saved views, and the list as a file.</summary>
internal static class ReferralListPages
{
    private const string Name = "name";
    private const string Query = "filter";

    public static void Map(RouteGroupBuilder caseworkers)
    {
        caseworkers.MapGet(Links.Referrals, ShowAsync).Looks(LookCodes.Referrals, ReferralFilter.Names);
        caseworkers.MapGet(Links.ReferralsCsv, ExportAsync).Looks(LookCodes.ReferralsFile, ReferralFilter.Names);
        caseworkers.MapPost(Links.SaveView, SaveAsync).Looks(LookCodes.Referrals);
        caseworkers.MapPost(Links.RemoveView, RemoveAsync).WithMetadata(new LooksAtNothing("it answers with another page's address only"));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, Visitor me, ListDesk desk, CancellationToken ct) =>
        Answer.With<ReferralListPageView>(await desk.ModelAsync(me, context.Request.Query, new FormInput(), ct));

    // Counted before it is sent, because who takes how much is written down first.
    private static async Task<CsvAnswer> ExportAsync(HttpContext context, Visitor me, ReferralList list, Words words, CancellationToken ct)
    {
        var lines = list.AllAsync(me.Actor, ReferralFilter.From(context.Request.Query), ct);
        return new CsvAnswer("ueberleitungen", Head(words), Rows(lines, words), await lines.CountAsync(ct));
    }

    private static async Task<IResult> SaveAsync(Visitor me, FormInput form, ListDesk desk, SavedViews views, Words words, CancellationToken ct)
    {
        var query = QueryOf(form[Query]);
        var filter = ReferralFilter.From(query);
        if (form[Name].Length is 0 or > SavedViews.MaxName)
        {
            form.Fault(Name, words["ReferralList.ViewNameWrong", SavedViews.MaxName]);
        }
        else if (NoteScreen.Screen(form[Name]) is not ScreenResult.Passed)
        {
            form.Fault(Name, words["ReferralList.ViewNamePersonal"]);
        }
        else if (!await views.SaveAsync(me.Actor, ReferralBoard.List, form[Name], filter.Url[Links.Referrals.Length..], ct))
        {
            form.Fault(Name, words["ReferralList.ViewsMost", SavedViews.Most]);
        }

        return form.IsValid
            ? Answer.Go(filter.Url, "ReferralList.ViewSaved", form[Name])
            : Answer.Invalid<ReferralListPageView>(await desk.ModelAsync(me, query, form, ct));
    }

    private static async Task<IResult> RemoveAsync(Visitor me, FormInput form, SavedViews views, CancellationToken ct) =>
        Guid.TryParse(form["ansicht"], out var id) && await views.RemoveAsync(me.Actor, id, ct)
            ? Answer.Go(ReferralFilter.From(QueryOf(form[Query])).Url, "ReferralList.ViewRemoved")
            : Answer.NotFound();

    private static QueryCollection QueryOf(string query) => new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query));

    private static IReadOnlyList<string> Head(Words words) =>
    [
        words["ReferralList.Number"], words["ReferralList.CaseReference"], words["ReferralList.Chain"], words["ReferralList.StatusHead"],
        words["ReferralList.Step"], words["ReferralList.Partner"], words["ReferralList.DueHead"], words["ReferralList.Person"],
        words["ReferralList.StartedAt"], words["ReferralList.ChangedAt"],
    ];

    private static async IAsyncEnumerable<IReadOnlyList<string?>> Rows(IAsyncEnumerable<ReferralLine> lines, Words words)
    {
        await foreach (var line in lines)
        {
            yield return
            [
                line.Number is { } number ? ReferralNumber.Show(number) : null, line.CaseReference, line.Chain, words.Code("Referral.Status", ReferralBoard.StatusCode(line.Status)),
                string.Join(", ", line.Steps.Select(s => s.Title)), string.Join(", ", line.Steps.Select(s => s.Partner).Distinct()),
                line.DueAt is { } due ? Day(Dates.LastDay(due)) : null, line.Person, Day(WorkingCalendar.LocalDay(line.StartedAt)), Day(WorkingCalendar.LocalDay(line.ChangedAt)),
            ];
        }
    }

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);
}

/// <summary>Gathers what the list's page shows.</summary>
internal sealed class ListDesk(ReferralList list, ChainService chains, Colleagues colleagues, SavedViews views, Words words, TimeProvider time)
{
    /// <summary>The page for this query.</summary>
    public async Task<ReferralListModel> ModelAsync(Visitor me, IQueryCollection query, FormInput form, CancellationToken ct)
    {
        var filter = ReferralFilter.From(query);
        var agreed = chains.AllAsync(ct);
        var saved = views.ListAsync(me.Actor, ReferralBoard.List, ct);
        var page = await list.PageAsync(me.Actor, filter, query["nach"], query["vor"], ct);
        var people = (await colleagues.OfAsync(me.Organisation, ct)).Where(m => m.Roles.Contains(NetworkRoles.Caseworker)).Select(m => new Choice(m.Person.Login, m.Person.Name));
        return new ReferralListModel(
            filter, page,
            [.. (await agreed).Where(c => c.Latest is not null).Select(c => new Choice(c.Id.Value, Words.Of(c.Title))).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            [new(ReferralFilter.Mine, words["ReferralList.Mine"]), new(ReferralFilter.Nobodys, words["ReferralList.Nobody"]), .. people.Where(p => p.Value != me.Login)],
            await saved, form, time.GetUtcNow());
    }
}
