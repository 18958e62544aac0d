using System.Runtime.CompilerServices;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Inbox;

/// <summary>Reads the work list for people: the same few questions to the database, however long the list is.</summary>
internal sealed class InboxList(IEventLog log, NetworkNames names, UserStore users, Words words, Dates dates, TimeProvider time)
{
    private const int MaxCount = 1000;
    private const int ExportPage = 500;

    /// <summary>A page of the list with everything around it.</summary>
    public async Task<InboxModel> ShowAsync(Visitor me, InboxFilter filter, FormInput? sent, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var query = filter.Query(me.Organisation, me.Login, now);
        var impossible = filter.Number.Length > 0 && query.Number is null;
        var page = impossible ? Task.FromResult(new KeyPage([], null, null)) : KeyPage.ReadAsync(log, query, filter.Before, filter.After, ct);
        var count = impossible ? Task.FromResult(0) : log.CountRowsAsync(query, MaxCount, ct);
        var byStatus = log.CountByStatusAsync(me.Organisation.Value, AssignmentBoard.List, filter.Person == "meine" ? me.Login : null, MaxCount, ct);
        var overdue = OverdueAsync(me.Organisation, now, ct);
        var directory = await names.DirectoryAsync(ct);
        var lines = await LinesAsync(me.Organisation, (await page).Rows, ct);
        var form = Filled(filter);
        if (impossible)
        {
            form.Fault("nummer", words["Inbox.NumberForm"]);
        }

        foreach (var fault in sent?.Faults ?? [])
        {
            form.Fault(fault.Field, fault.Message);
        }

        return new InboxModel
        {
            Filter = filter,
            Lines = lines,
            Form = form,
            Count = await count is var found && found >= MaxCount ? words["Inbox.CountMax", MaxCount] : words.Count("Inbox.Count", found),
            Statuses = StatusChoices(await byStatus),
            Services = ServiceChoices(directory.Find(me.Organisation)?.Services.Select(s => s.Service) ?? [], (await page).Rows, filter),
            Senders = [.. directory.Lines.Select(o => new Choice(o.Id.Value, o.Profile.Name))],
            Overdue = await overdue,
            Before = (await page).Before is { } before ? (filter.FromStart() with { Before = before }).Url() : null,
            After = (await page).After is { } after ? (filter.FromStart() with { After = after }).Url() : null,
        };
    }

    /// <summary>The whole list with this filter, line by line.</summary>
    public async IAsyncEnumerable<InboxLine> AllAsync(OrganisationId partner, string login, InboxFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var query = filter.Query(partner, login, time.GetUtcNow()) with { Limit = ExportPage };
        while (filter.Number.Length == 0 || query.Number is not null)
        {
            var rows = await log.QueryRowsAsync(query, ct);
            foreach (var line in await LinesAsync(partner, rows, ct))
            {
                yield return line;
            }

            if (rows.Count < ExportPage)
            {
                yield break;
            }

            query = query with { After = ListKey.Of(rows[^1], byDue: true) };
        }
    }

    /// <summary>Rows as lines for people.</summary>
    public async Task<IReadOnlyList<InboxLine>> LinesAsync(OrganisationId partner, IReadOnlyList<ListRow> rows, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var people = rows.Any(r => r.Assignee is not null)
            ? (await users.ListAsync(partner, ct)).ToDictionary(m => m.Person.Login, m => m.Person.Name)
            : [];
        var directory = await names.DirectoryAsync(ct);
        var items = rows.Select(r => (Row: r, Item: AssignmentBoard.Read(r))).ToList();
        var chains = await names.ChainsAsync(items.Select(i => (i.Item.Chain, i.Item.ChainVersion)), ct);
        return [.. items.Select(i => Line(i.Row, i.Item, chains[(i.Item.Chain, i.Item.ChainVersion)]))];

        InboxLine Line(ListRow row, AssignmentListItem item, ChainVersion chain)
        {
            var (service, step) = (words.Service(item.Service), words.StepTitle(chain.Step(item.Step)));
            return new InboxLine(
                item.Number.ToString()!, service, step == service ? null : step, directory.NameOf(item.Sender), item.Status, item.QuestionOpen,
                item.DueAt is { } due ? dates.Due(due, now) : null,
                item.DueAt is { } day ? Dates.LastDay(day) : null,
                item.DueAt < now,
                row.Assignee is { } login ? people.GetValueOrDefault(login, login) : null,
                item.ReceivedAt);
        }
    }

    private async Task<InboxOverdue?> OverdueAsync(OrganisationId partner, DateTimeOffset now, CancellationToken ct)
    {
        var late = new ListQuery(partner.Value, AssignmentBoard.List) { DueBefore = now, ByDue = true, Limit = 1 };
        var count = log.CountRowsAsync(late, MaxCount, ct);
        var first = (await log.QueryRowsAsync(late, ct)).Select(AssignmentBoard.Read).FirstOrDefault();
        if (first?.DueAt is not { } due)
        {
            _ = await count;
            return null;
        }

        var step = (await names.ChainAsync(first.Chain, first.ChainVersion, ct)).Step(first.Step);
        var received = first.Status == AssignmentStatus.Received;
        var agreed = received ? step.AcknowledgeWithin : step.CompleteWithin ?? 0;
        var several = await count > 1;
        var title = several ? words["Inbox.OverdueMany", await count, dates.Due(due, now)]
            : words[received ? "Inbox.OverdueAcknowledge" : "Inbox.OverdueComplete", dates.Due(due, now)];
        var text = words[received ? "Inbox.AgreedAcknowledge" : "Inbox.AgreedComplete", dates.WorkingDays(agreed)];
        return new InboxOverdue(title, text, first.Number.ToString()!, several);
    }

    private static FormInput Filled(InboxFilter filter) => FormInput.Of(
        ("nummer", filter.Number), ("status", filter.Status), ("leistung", filter.Service), ("von", filter.Sender), ("person", filter.Person), ("frist", filter.Due));

    private IReadOnlyList<Choice> StatusChoices(IReadOnlyDictionary<string, int> counts)
    {
        string Numbered(string text, int count) => count >= MaxCount ? $"{text} ({MaxCount}+)" : $"{text} ({count})";
        return
        [
            new Choice(InboxFilter.Open, Numbered(words["Inbox.StatusOpen"], InboxFilter.OpenStatuses.Sum(s => counts.GetValueOrDefault(s)))),
            .. InboxFilter.Statuses.Select(s => new Choice(
                s.Word, Numbered(words.Code("Assignment.Status", AssignmentBoard.StatusCode(s.Status)), counts.GetValueOrDefault(AssignmentBoard.StatusCode(s.Status))))),
            new Choice(InboxFilter.Any, words["Inbox.StatusAny"]),
        ];
    }

    private IReadOnlyList<Choice> ServiceChoices(IEnumerable<string> own, IReadOnlyList<ListRow> rows, InboxFilter filter) =>
    [
        .. own.Concat(rows.Select(r => r.Subject)).Append(filter.Service).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(s => new Choice(s, words.Service(s))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase),
    ];
}
