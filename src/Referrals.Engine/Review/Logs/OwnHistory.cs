using System.Globalization;
using System.Security.Cryptography;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Reading;

namespace Referrals.Engine.Review.Logs;

/// <summary>An organisation's own history as an event log.</summary>
/// <param name="Log">The log; null when no referral of the period has been offered to anybody.</param>
/// <param name="Cases">How many referrals it holds.</param>
/// <param name="LeftOut">How many were started in the period and never offered, so that there is nothing to tell of them.</param>
public sealed record OwnHistoryLog(EventLog? Log, int Cases, int LeftOut);

/// <summary>
/// Writes the referrals that an organisation itself holds as an event log, for its own use: cases are numbered anew by chance with each export, and nothing
/// leads back to a referral, a client or a person who worked on it.
/// </summary>
public sealed class OwnHistory(IEventLog log)
{
    private const int PageSize = 500;
    private const int AtOnce = 16;
    private const int IdBytes = 6;

    /// <summary>The log of the referrals that an organisation holds and that were started in a period.</summary>
    public async Task<OwnHistoryLog> ReadAsync(OrganisationId holder, HistoryPeriod period, CancellationToken ct)
    {
        var events = new List<(string Id, IReadOnlyList<CaseEvent> Events)>();
        foreach (var some in (await StartedAsync(holder, period, ct)).Chunk(AtOnce))
        {
            var told = await Task.WhenAll(some.Select(id => EventsAsync(holder, id, ct)));
            events.AddRange(told.Select(t => (NewId(), t)));
        }

        // By chance too, not in the order in which they were started.
        var cases = events.Where(e => e.Events.Any(x => x.Change == CaseChange.Offered)).OrderBy(e => e.Id, StringComparer.Ordinal).ToList();
        var built = new EventLogBuilder(new LogLimits());
        cases.ForEach(c => Add(built, c.Id, c.Events));
        return new OwnHistoryLog(cases.Count == 0 ? null : built.Build(), cases.Count, events.Count - cases.Count);
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    private async Task<IReadOnlyList<ReferralId>> StartedAsync(OrganisationId holder, HistoryPeriod period, CancellationToken ct)
    {
        var (query, found) = (new ListQuery(holder.Value, ReferralBoard.List) { Limit = PageSize }, new List<ReferralId>());
        for (var more = true; more;)
        {
            var rows = await log.QueryRowsAsync(query, ct);
            found.AddRange(rows.Select(ReferralBoard.Read).Where(i => period.Holds(Chains.WorkingCalendar.LocalDay(i.StartedAt))).Select(i => i.Id));
            more = rows.Count == PageSize;
            query = more ? query with { After = ListKey.Of(rows[^1], query.ByDue) } : query;
        }

        return found;
    }

    private async Task<IReadOnlyList<CaseEvent>> EventsAsync(OrganisationId holder, ReferralId id, CancellationToken ct) =>
        [.. (await log.ReadStreamAsync(ReferralBoard.Stream(holder, id), 0, ct)).Select(r => CaseEvent.Of((ReferralEvent)r.Data)).Where(e => e.Change != CaseChange.Nothing)];

    private static void Add(EventLogBuilder built, string id, IReadOnlyList<CaseEvent> events)
    {
        var (started, ended) = (events[0], events[^1].Change == CaseChange.Closed ? events[^1].At : 0);
        var place = built.Case(id)!.Value;
        built.Dates(place, At(started.At), ended == 0 ? null : At(ended), null);
        var number = 0;
        foreach (var visit in events.Where(e => e.Change == CaseChange.Offered))
        {
            var (activity, run) = ($"{started.Chain}/{visit.Step}", (++number).ToString(CultureInfo.InvariantCulture));
            foreach (var (transition, at, byHolder) in Life([.. events.Where(e => e.Assignment == visit.Assignment)]))
            {
                built.Add(place, At(at), activity, byHolder ? $"{started.Holder} (caseworker)" : $"{visit.Partner} (partner)", visit.Partner, transition, run);
            }
        }
    }

    // What was taken back counts as never done. Without a recorded beginning work began as the review has it: with the first contact.
    private static IEnumerable<(string Transition, uint At, bool ByHolder)> Life(IReadOnlyList<CaseEvent> events)
    {
        var begun = LastOf(CaseChange.WorkStarted) ?? FirstOf(CaseChange.FirstContact);
        for (var i = 0; i < events.Count; i++)
        {
            var (change, at) = (events[i].Change, events[i].At);
            (string Transition, bool ByHolder)? told = change switch
            {
                CaseChange.Offered => (LogLife.Schedule, true),
                CaseChange.Acknowledged when !IsUndone(i, CaseChange.AcknowledgementUndone) => (LogLife.Acknowledge, false),
                CaseChange.Accepted when !IsUndone(i, CaseChange.AcceptanceUndone) => (LogLife.Assign, false),
                CaseChange.WorkStarted or CaseChange.FirstContact when i == begun => (LogLife.Start, false),
                CaseChange.Paused => (LogLife.Suspend, false),
                CaseChange.Resumed => (LogLife.Resume, false),
                CaseChange.Completed => (LogLife.Complete, false),
                CaseChange.Declined => (LogLife.Abort, false),
                CaseChange.TakenBack => (LogLife.Withdraw, true),
                _ => null,
            };
            if (told is var (transition, byHolder))
            {
                yield return (transition, at, byHolder);
            }
        }

        bool IsUndone(int place, CaseChange by) => events.Skip(place + 1).TakeWhile(e => e.Change != events[place].Change).Any(e => e.Change == by);
        int? LastOf(CaseChange change) => Enumerable.Range(0, events.Count).Where(i => events[i].Change == change).Cast<int?>().LastOrDefault();
        int? FirstOf(CaseChange change) => Enumerable.Range(0, events.Count).Where(i => events[i].Change == change).Cast<int?>().FirstOrDefault();
    }

    private static DateTime At(uint moment) => DateTime.UnixEpoch.AddSeconds(moment);
}
