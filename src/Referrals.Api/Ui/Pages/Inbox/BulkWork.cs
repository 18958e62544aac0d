using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Pages.Inbox;

/// <summary>Does the same with several assignments, each by itself: one that can't be done doesn't hold up the others.</summary>
internal sealed class BulkWork(AssignmentService assignments, InboxList list, IEventLog log, Words words, TimeProvider time, AssignmentOptions? options = null)
{
    private readonly TimeSpan _undoWithin = (options ?? new()).UndoWithin;

    /// <summary>The lines of these numbers; those that this organisation doesn't have are left out.</summary>
    public async Task<IReadOnlyList<InboxLine>> LinesAsync(Visitor me, IReadOnlyList<CaseNumber> numbers, CancellationToken ct) =>
        await list.LinesAsync(me.Organisation, [.. (await RowsAsync(me, numbers, ct)).OfType<ListRow>()], ct);

    /// <summary>Does it and tells with which, and with which not.</summary>
    public async Task<BulkModel> DoAsync(Visitor me, string act, IReadOnlyList<CaseNumber> numbers, string back, CancellationToken ct)
    {
        var rows = await RowsAsync(me, numbers, ct);
        var done = new List<ListRow>();
        var failed = new List<(string, string)>();
        foreach (var (number, row) in numbers.Zip(rows))
        {
            var outcome = row is null
                ? new AssignmentOutcome.Refused(AssignmentRefusal.NotFound)
                : await assignments.DoAsync(me.Actor, new AssignmentId(row.Id), Command(act, me), null, ct);
            switch (outcome)
            {
                case AssignmentOutcome.Done:
                    done.Add(row!);
                    break;
                case AssignmentOutcome.Refused refused:
                    failed.Add((number.ToString(), words.Code("Assignment.Refusal", refused.Refusal.Code)));
                    break;
                case AssignmentOutcome.Stale:
                    failed.Add((number.ToString(), words["Assignment.ChangedMeanwhile"]));
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        return new BulkModel(act, await list.LinesAsync(me.Organisation, done, ct), back) { Failed = failed };
    }

    /// <summary>Which of these were acknowledged so short a time ago that it can be taken back, and until when all of them can.</summary>
    public async Task<InboxUndo?> UndoableAsync(Visitor me, IReadOnlyList<CaseNumber> numbers, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var items = (await RowsAsync(me, numbers, ct)).OfType<ListRow>().Select(AssignmentBoard.Read)
            .Where(i => i.Status == AssignmentStatus.Acknowledged && i.ChangedAt + _undoWithin > now).ToList();
        return items.Count == 0 ? null : new InboxUndo([.. items.Select(i => i.Number.ToString()!)], items.Min(i => i.ChangedAt) + _undoWithin);
    }

    private static AssignmentCommand Command(string act, Visitor me) => act switch
    {
        InboxPages.AcknowledgeAct => new AssignmentCommand.Acknowledge(),
        InboxPages.TakeAct => new AssignmentCommand.Assign(me.Login),
        InboxPages.UndoAct => new AssignmentCommand.UndoAcknowledgement(),
        _ => throw new UnreachableException(),
    };

    // Side by side: at most a page of the list, each found by its number.
    private Task<ListRow?[]> RowsAsync(Visitor me, IReadOnlyList<CaseNumber> numbers, CancellationToken ct)
    {
        var partner = me.Organisation.Value;
        return Task.WhenAll(numbers.Select(async n =>
            await log.QueryRowsAsync(new ListQuery(partner, AssignmentBoard.List) { Number = n, Limit = 1 }, ct) is [var row, ..] ? row : null));
    }
}
