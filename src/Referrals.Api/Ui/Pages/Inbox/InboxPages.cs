using System.Globalization;
using System.Runtime.CompilerServices;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Inbox;

/// <summary>The partner's work list: find, acknowledge and take over, one or several at once.</summary>
internal static class InboxPages
{
    /// <summary>Acknowledges what was chosen.</summary>
    public const string AcknowledgeAct = "bestaetigen";

    /// <summary>Takes over what was chosen.</summary>
    public const string TakeAct = "uebernehmen";

    /// <summary>Takes acknowledgements back.</summary>
    public const string UndoAct = "rueckgaengig";

    /// <summary>Most that can be chosen at once: a page of the list.</summary>
    public const int MaxChosen = InboxFilter.PageSize;

    public static void Add(IServiceCollection services) => services.AddSingleton<InboxList>().AddSingleton<BulkWork>();

    public static void Map(RouteGroupBuilder members)
    {
        var partners = members.MapGroup("").RequireAuthorization(Policies.Partner);
        partners.MapGet(Links.Inbox, ShowAsync).Looks(LookCodes.Assignments, InboxFilter.Names);
        partners.MapGet(Links.InboxExport, ExportAsync).Looks(LookCodes.AssignmentsFile, InboxFilter.Names);
        partners.MapPost(Links.InboxChosen, ActAsync).Looks(LookCodes.Assignments);
    }

    private static async Task<IResult> ShowAsync(InboxFilter filter, Visitor me, InboxList list, BulkWork bulk, CancellationToken ct)
    {
        var model = await list.ShowAsync(me, filter, null, ct);
        return Answer.With<InboxPage>(model with { Undo = await bulk.UndoableAsync(me, Chosen(filter.Just.Split(',')), ct) });
    }

    // Counted before it is sent, because who takes how much is written down first.
    private static async Task<CsvAnswer> ExportAsync(InboxFilter filter, Visitor me, InboxList list, Words words, CancellationToken ct)
    {
        string[] head =
        [
            words["Inbox.Number"], words["Inbox.Service"], words["Inbox.Step"], words["Inbox.Sender"], words["Inbox.Status"], words["Inbox.QuestionOpen"],
            words["Inbox.Late"], words["Inbox.Due"], words["Inbox.Received"], words["Inbox.Person"],
        ];
        var lines = list.AllAsync(me.Organisation, me.Login, filter, ct);
        return new CsvAnswer(words["Inbox.FileName"], head, LinesAsync(lines, words, ct), await lines.CountAsync(ct));
    }

    private static async IAsyncEnumerable<IReadOnlyList<string?>> LinesAsync(IAsyncEnumerable<InboxLine> lines, Words words, [EnumeratorCancellation] CancellationToken ct)
    {
        string YesNo(bool value) => words[value ? "Inbox.Yes" : "Inbox.No"];
        string Day(DateOnly day) => day.ToString("d", CultureInfo.CurrentCulture);
        await foreach (var line in lines.WithCancellation(ct))
        {
            yield return
            [
                "A-" + line.Number, line.Service, line.Step ?? line.Service, line.Sender, words.Code("Assignment.Status", AssignmentBoard.StatusCode(line.Status)),
                YesNo(line.QuestionOpen), YesNo(line.IsLate), line.DueDay is { } day ? Day(day) : null,
                Day(Engine.Chains.WorkingCalendar.LocalDay(line.ReceivedAt)), line.Person,
            ];
        }
    }

    // A row's own button names one; the check boxes name several. The count that the button named, where there is script, or the page in
    // between says that the person knows how many.
    private static async Task<IResult> ActAsync(FormInput form, Visitor me, InboxList list, BulkWork bulk, Words words, CancellationToken ct)
    {
        var back = Links.Local(form[PageForm.Back]);
        var filter = InboxFilter.Of(back);
        var chosen = Chosen(form["nur"].Length > 0 ? [form["nur"]] : form.All("nr"));
        var act = form["tun"] is TakeAct or UndoAct ? form["tun"] : AcknowledgeAct;
        if (chosen.Count is 0 or > MaxChosen)
        {
            form.Fault("nr", words["Inbox.ChooseOne", MaxChosen]);
            return Answer.Invalid<InboxPage>(await list.ShowAsync(me, filter, form, ct));
        }

        var known = form["nur"].Length > 0 || form["anzahl"] == chosen.Count.ToString(CultureInfo.InvariantCulture);
        if (!known)
        {
            return Answer.With<BulkPage>(new BulkModel(act, await bulk.LinesAsync(me, chosen, ct), filter.FromStart().Url()));
        }

        var result = await bulk.DoAsync(me, act, chosen, filter.FromStart().Url(), ct);
        return result.Failed.Count > 0 ? Answer.Changed<BulkResultPage>(result)
            : act == AcknowledgeAct ? Answer.Go((filter with { Just = string.Join(',', result.Lines.Select(l => l.Number)) }).Url())
            : Answer.Go(filter.FromStart().Url(), Done(act, result.Lines.Count), result.Lines.Count.ToString(CultureInfo.CurrentCulture));
    }

    private static string Done(string act, int count) => (act, count) switch
    {
        (TakeAct, 1) => "Inbox.Taken.One",
        (TakeAct, _) => "Inbox.Taken.Many",
        (_, 1) => "Inbox.Undone.One",
        _ => "Inbox.Undone.Many",
    };

    private static IReadOnlyList<Engine.CaseNumber> Chosen(IEnumerable<string> numbers) =>
        [.. numbers.Select(n => Engine.CaseNumber.TryParse(n, out var number) ? number : default).Where(n => n.Series is not null).Distinct().Take(MaxChosen + 1)];
}
