using Npgsql;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;
using Referrals.Engine.Referrals;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Notifications;

/// <summary>Finds out whom an event concerns, and writes it down for them.</summary>
public sealed class NotificationWriter(
    IEventLog log, ReferralService referrals, IChainCatalog chains, Recipients recipients, NotificationStore store, MailSettings mail, TimeProvider time,
    ILogger<NotificationWriter> logger)
{
    /// <summary>Nobody is told of what is older: a new installation over an old log begins with an empty list.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    private readonly WorkingCalendar _calendar = WorkingCalendar.For(mail.FederalState);

    /// <summary>Tells of events.</summary>
    public async Task TellAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct)
    {
        var oldest = time.GetUtcNow() - MaxAge;
        var occasions = events.Where(e => e.Context.At >= oldest && Occasion.Of(e.Data) is not null);
        foreach (var own in occasions.GroupBy(e => e.Stream.Tenant))
        {
            var organisation = new OrganisationId(own.Key);
            var people = await recipients.OfAsync(organisation, ct);
            var notifications = new List<NewNotification>();
            foreach (var e in own)
            {
                notifications.AddRange(await TryAsync(e.Type, e.Id, () => OfEventAsync(organisation, e, people, ct), ct));
            }

            await store.PutAsync(organisation, notifications, ct);
        }

        foreach (var e in events.Where(e => e.Context.At >= oldest && e.Data is ChainEvent))
        {
            await TellOfChainAsync(e, (ChainEvent)e.Data, ct);
        }
    }

    /// <summary>Tells of rows.</summary>
    public async Task TellAsync(IReadOnlyList<RowNews> news, CancellationToken ct)
    {
        foreach (var own in news.GroupBy(n => n.Tenant))
        {
            var organisation = new OrganisationId(own.Key);
            var people = await recipients.OfAsync(organisation, ct);
            var notifications = new List<NewNotification>();
            foreach (var row in own)
            {
                notifications.AddRange(await TryAsync(row.List, row.Row, () => OfRowAsync(organisation, row, people, ct), ct));
            }

            await store.PutAsync(organisation, notifications, ct);
        }
    }

    // Chains belong to the network: those who are told work for several organisations. Who came later finds them in the list.
    private async Task TellOfChainAsync(RecordedEvent e, ChainEvent happened, CancellationToken ct)
    {
        if (ChainOccasion.Of(happened, e.Context.Organisation) is not { } occasion || await chains.FindNowAsync(happened.Chain, occasion.Version, ct) is not { } known)
        {
            return;
        }

        var before = occasion.TellsPartnersBefore(known) ? await BeforeAsync(happened.Chain, occasion.Version, ct) : [];
        foreach (var organisation in occasion.Told(known.Version, before))
        {
            var people = (await recipients.NowAsync(organisation, ct))
                .Where(m => (m.Roles.Contains(NetworkRoles.Partner) || m.Roles.Contains(NetworkRoles.Coordinator)) && m.Person.Login != e.Context.User && m.Person.CreatedAt <= e.Context.At);
            await store.PutAsync(
                organisation, [.. people.Select(m => New(m, e.Id, occasion.Kind, null, known.Version.Title, e.Context.At) with { Chain = happened.Chain })], ct);
        }
    }

    private async Task<IReadOnlyList<ChainVersion>> BeforeAsync(ChainId chain, int version, CancellationToken ct)
    {
        var before = new List<ChainVersion>();
        for (var number = version - 1; number > 0; number--)
        {
            if (await chains.FindAsync(chain, number, ct) is { WasAgreed: true } earlier)
            {
                before.Add(earlier.Version);
            }
        }

        return before;
    }

    // What can't be told is said in the log and keeps nobody else waiting; without the database everything waits.
    private async Task<IReadOnlyList<NewNotification>> TryAsync(string what, Guid id, Func<Task<IReadOnlyList<NewNotification>>> make, CancellationToken ct)
    {
        try
        {
            return await make();
        }
        catch (Exception e) when (e is not NpgsqlException && !ct.IsCancellationRequested)
        {
            WorkersMetrics.Untold.Add(1);
            logger.LogError(e, "Nobody could be told of {What} {Id}", what, id);
            return [];
        }
    }

    private async Task<IReadOnlyList<NewNotification>> OfEventAsync(
        OrganisationId organisation, RecordedEvent e, IReadOnlyList<Member> people, CancellationToken ct)
    {
        if (people.Count == 0 || Occasion.Of(e.Data) is not { } occasion)
        {
            return [];
        }

        var isReferral = e.Data is ReferralEvent;
        var row = await log.FindRowAsync(organisation.Value, isReferral ? ReferralBoard.List : AssignmentBoard.List, e.Stream.Id, ct)
            ?? throw new InvalidOperationException("a case without a row");
        if (KindNow(occasion, row) is not { } kind)
        {
            return [];
        }

        var concerned = Recipients.Choose(people, isReferral ? NetworkRoles.Caseworker : NetworkRoles.Partner, occasion.Person, row.Assignee, e.Context.User);
        if (concerned.Count == 0)
        {
            return [];
        }

        var step = isReferral ? await StepOfReferralAsync(organisation, e.Stream.Id, occasion.Assignment, ct) : await StepOfAssignmentAsync(row, ct);
        return [.. concerned.Select(m => New(m, e.Id, kind, row.CaseNumber, step, e.Context.At))];
    }

    private async Task<IReadOnlyList<NewNotification>> OfRowAsync(OrganisationId organisation, RowNews news, IReadOnlyList<Member> people, CancellationToken ct)
    {
        var isEscalation = news.List == Escalations.List;
        var concerned = Recipients.Choose(people, isEscalation ? NetworkRoles.Coordinator : NetworkRoles.Admin, null, null, "");
        if (concerned.Count == 0 || await log.FindRowAsync(organisation.Value, news.List, news.Row, ct) is not { } row)
        {
            return [];
        }

        var step = isEscalation ? await StepOfEscalationAsync(row, ct) : null;
        var kind = isEscalation ? NotificationKinds.Escalation : NotificationKinds.DeadLetter;
        return [.. concerned.Select(m => New(m, news.Row, kind, null, step, row.SortAt))];
    }

    // A referral that waits for a decision says so instead of why; one that has ended tells of its end and not of the last step.
    private static string? KindNow(Occasion occasion, ListRow row)
    {
        var needsDecision = row.Status == ReferralBoard.StatusCode(ReferralStatus.NeedsDecision);
        var hasRunToItsEnd = row.Status == ReferralBoard.StatusCode(ReferralStatus.Completed);
        return occasion.Kind switch
        {
            NotificationKinds.Declined or NotificationKinds.Completed when needsDecision => NotificationKinds.Decision,
            NotificationKinds.Completed when hasRunToItsEnd => null,
            NotificationKinds.Decision when occasion.OnlyWhenDecisionNeeded && !needsDecision => null,
            var kind => kind,
        };
    }

    private NewNotification New(Member member, Guid eventId, string kind, CaseNumber? number, LocalText? step, DateTimeOffset at) => new(
        member.Person.Login, eventId, kind, number, step, at,
        mail.IsOn && member.Person.Email is not null
            ? MailTimes.Next(member.Person.Preferences.MailMode, time.GetUtcNow(), mail.Gather, _calendar)
            : null);

    private async Task<LocalText?> StepOfReferralAsync(OrganisationId organisation, Guid id, AssignmentId? assignment, CancellationToken ct) =>
        assignment is { } known && await referrals.FindAsync(organisation, new ReferralId(id), ct) is { } view
            && view.State.Offers.TryGetValue(known, out var offer)
            ? view.Step(offer.Step).Title
            : null;

    private async Task<LocalText?> StepOfAssignmentAsync(ListRow row, CancellationToken ct)
    {
        var item = AssignmentBoard.Read(row);
        return await StepAsync(item.Chain, item.ChainVersion, item.Step, ct);
    }

    private async Task<LocalText?> StepOfEscalationAsync(ListRow row, CancellationToken ct)
    {
        var item = System.Text.Json.JsonSerializer.Deserialize<EscalationListItem>(row.Data, EventCodec.Json)!;
        return await StepAsync(item.Chain, item.ChainVersion, item.Step, ct);
    }

    private async Task<LocalText?> StepAsync(ChainId chain, int version, NodeId step, CancellationToken ct) =>
        (await chains.FindAsync(chain, version, ct))?.Version.Step(step).Title;
}
