using System.Text.Json;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Api.Ui.Pages.StartReferral;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Overview;

/// <summary>Gathers what each role has to do.</summary>
internal sealed class OverviewDesk(IEventLog log, ReferralLines lines, RecentlyEnded ended, DraftStore drafts, NetworkNames names, ChainService chains, Words words, TimeProvider time)
{
    /// <summary>Beyond this number nobody counts.</summary>
    public const int MaxCounted = 99;

    private const int Most = 8;

    /// <summary>The page.</summary>
    public async Task<OverviewModel> ModelAsync(Visitor me, bool mine, CancellationToken ct)
    {
        var actor = me.Actor;
        var casework = me.Has(NetworkRoles.Caseworker) ? CaseworkerAsync(actor, mine, ct) : null;
        var partner = me.Has(NetworkRoles.Partner) ? PartnerAsync(actor, ct) : null;
        var escalations = me.Has(NetworkRoles.Coordinator) ? EscalationsAsync(actor, ct) : null;
        var letters = me.Has(NetworkRoles.Admin) ? log.CountRowsAsync(new ListQuery(actor.Tenant, DeadLetters.List), MaxCounted + 1, ct) : null;
        return new OverviewModel(time.GetUtcNow())
        {
            Caseworker = casework is null ? null : await casework,
            Partner = partner is null ? null : await partner,
            Escalations = escalations is null ? null : await escalations,
            DeadLetters = letters is null ? null : await letters,
            Steering = me.Has(NetworkRoles.Steering),
        };
    }

    private async Task<CaseworkerPart> CaseworkerAsync(Actor actor, bool mine, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var all = new ListQuery(actor.Tenant, ReferralBoard.List) { Assignee = mine ? actor.User : null, ByDue = true, Limit = Most };
        var running = all with { Statuses = [Code(ReferralStatus.Running)] };
        var waiting = log.QueryRowsAsync(all with { Statuses = [Code(ReferralStatus.QuestionOpen), Code(ReferralStatus.NeedsDecision)] }, ct);
        var late = log.QueryRowsAsync(running with { DueBefore = now }, ct);
        var inTime = log.QueryRowsAsync(running with { After = new ListKey(now, Guid.Empty) }, ct);
        var counts = log.CountByStatusAsync(actor.Tenant, ReferralBoard.List, all.Assignee, MaxCounted + 1, ct);
        var lateCount = log.CountRowsAsync(running with { DueBefore = now }, MaxCounted + 1, ct);
        var dueLater = log.CountRowsAsync(running with { DueFrom = now }, MaxCounted + 1, ct);
        var gone = ended.ListAsync(actor, mine, Most, ct);
        var open = DraftsAsync(actor, ct);
        var (byStatus, overdue) = (await counts, await lateCount);
        return new CaseworkerPart(
            mine,
            new Few<ReferralLine>(
                await lines.OfAsync(actor.Organisation, [.. (await waiting).Concat(await late).Take(Most)], ct),
                Math.Min(MaxCounted + 1, Of(byStatus, ReferralStatus.QuestionOpen) + Of(byStatus, ReferralStatus.NeedsDecision) + overdue)),
            new Few<ReferralLine>(await lines.OfAsync(actor.Organisation, await inTime, ct), InTime(Of(byStatus, ReferralStatus.Running), overdue, await dueLater, (await inTime).Count)),
            await lines.OfAsync(actor.Organisation, await gone, ct), await open);
    }

    private async Task<IReadOnlyList<DraftLine>> DraftsAsync(Actor actor, CancellationToken ct)
    {
        var open = await drafts.ListAsync(actor, ct);
        if (open.Count == 0)
        {
            return [];
        }

        var titles = (await chains.AllAsync(ct)).ToDictionary(c => c.Id.Value, c => Words.Of(c.Title), StringComparer.Ordinal);
        return [.. open.Select(d => new DraftLine(d.Id, d[StartFields.CaseReference], titles.GetValueOrDefault(d[StartFields.Chain]), d.ChangedAt))];
    }

    private async Task<PartnerPart> PartnerAsync(Actor actor, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var all = new ListQuery(actor.Tenant, AssignmentBoard.List) { ByDue = true, Limit = Most };
        var fresh = all with { Statuses = [AssignmentBoard.StatusCode(AssignmentStatus.Received)], DueFrom = now };
        var (lateRows, newRows) = (log.QueryRowsAsync(all with { DueBefore = now }, ct), log.QueryRowsAsync(fresh, ct));
        var (lateCount, newCount) = (log.CountRowsAsync(all with { DueBefore = now }, MaxCounted + 1, ct), log.CountRowsAsync(fresh, MaxCounted + 1, ct));
        return new PartnerPart(
            new Few<AssignmentLine>(await AssignmentsAsync(await lateRows, now, ct), await lateCount), new Few<AssignmentLine>(await AssignmentsAsync(await newRows, now, ct), await newCount));
    }

    private async Task<IReadOnlyList<AssignmentLine>> AssignmentsAsync(IReadOnlyList<ListRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var items = rows.Select(AssignmentBoard.Read).ToList();
        var versions = await names.ChainsAsync(items.Select(i => (i.Chain, i.ChainVersion)), ct);
        var directory = await names.DirectoryAsync(ct);
        return
        [
            .. items.Select(i => new AssignmentLine(
                i.Number, words.StepTitle(versions[(i.Chain, i.ChainVersion)].Step(i.Step)), directory.NameOf(i.Sender), i.DueAt, i.DueAt <= now)),
        ];
    }

    private async Task<Few<EscalationLine>> EscalationsAsync(Actor actor, CancellationToken ct)
    {
        var query = new ListQuery(actor.Tenant, Engine.Network.Escalations.List) { Statuses = [Engine.Network.Escalations.Open], Limit = Most };
        var count = log.CountRowsAsync(query, MaxCounted + 1, ct);
        var items = (await log.QueryRowsAsync(query, ct)).Select(r => JsonSerializer.Deserialize<EscalationListItem>(r.Data, EventCodec.Json)!).ToList();
        var versions = await names.ChainsAsync(items.Select(i => (i.Chain, i.ChainVersion)), ct);
        var directory = await names.DirectoryAsync(ct);
        return new Few<EscalationLine>(
            [.. items.Select(i => (Item: i, Chain: versions[(i.Chain, i.ChainVersion)])).Select(i => new EscalationLine(
                Words.Of(i.Chain.Title), words.StepTitle(i.Chain.Step(i.Item.Step)), directory.NameOf(i.Item.Partner), i.Item.MissedAt))],
            await count);
    }

    // What was not counted to its end can't be subtracted from.
    private static int InTime(int running, int overdue, int dueLater, int shown) =>
        running <= MaxCounted && overdue <= MaxCounted ? Math.Max(running - overdue, shown) : Math.Max(dueLater, shown);

    private static string Code(ReferralStatus status) => ReferralBoard.StatusCode(status);

    private static int Of(IReadOnlyDictionary<string, int> counts, ReferralStatus status) => counts.GetValueOrDefault(Code(status));
}
