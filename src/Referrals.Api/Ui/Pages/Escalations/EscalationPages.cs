using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Users;
using Rows = Referrals.Engine.Network.Escalations;

namespace Referrals.Api.Ui.Pages.Escalations;

/// <summary>Where chains are stuck, for those who coordinate them: chain, step and partner, never a case.</summary>
public static class EscalationPages
{
    /// <summary>Those that nobody has looked after, in the address.</summary>
    public const string OpenWord = "offen";

    /// <summary>Those that somebody took care of.</summary>
    public const string HandledWord = "erledigt";

    /// <summary>Both.</summary>
    public const string AnyWord = "alle";

    private const int PageSize = 50;
    private const int MaxCount = 1000;

    internal static void Map(RouteGroupBuilder members)
    {
        var coordinators = members.MapGroup("").RequireAuthorization(Policies.Coordinator);
        coordinators.MapGet(Links.Escalations, ShowAsync).Looks(LookCodes.Escalations, "status", "kette", "partner");
        coordinators.MapPost(Links.EscalationHandled("{id:guid}"), HandleAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, Visitor me, IEventLog log, NetworkNames names, UserStore users, ChainService chains, Words words, Dates dates, TimeProvider time, CancellationToken ct)
    {
        string Code(string name) => context.Request.Query[name].ToString() is var value && Codes.IsCode(value) ? value : "";
        string Mark(string name) => context.Request.Query[name].ToString();
        var (chain, partner) = (Code("kette"), Code("partner"));
        var status = Code("status") is HandledWord or AnyWord ? Code("status") : OpenWord;
        var query = new ListQuery(me.Organisation.Value, Rows.List)
        {
            Statuses = status switch { AnyWord => [], HandledWord => [Rows.Handled], _ => [Rows.Open] },
            Subject = chain.Length > 0 ? chain : null,
            Counterpart = partner.Length > 0 ? partner : null,
            Limit = PageSize,
        };
        var reading = KeyPage.ReadAsync(log, query, Mark("vor"), Mark("nach"), ct);
        var counting = log.CountRowsAsync(query, MaxCount, ct);
        var coordinated = chains.AllAsync([], me.Organisation, ct);
        var people = (await users.ListAsync(me.Organisation, ct)).ToDictionary(m => m.Person.Login, m => m.Person.Name);
        var directory = await names.DirectoryAsync(ct);
        var page = await reading;
        var items = page.Rows.Select(Rows.Read).ToList();
        var versions = await names.ChainsAsync(items.Select(i => (i.Chain, i.ChainVersion)), ct);
        var now = time.GetUtcNow();
        string? Here(string? before, string? after) => Links.With(
            Links.Escalations, ("status", status == OpenWord ? null : status), ("kette", chain), ("partner", partner), ("vor", before), ("nach", after));
        return Answer.With<EscalationsPage>(new EscalationsModel(
            FormInput.Of(("status", status), ("kette", chain), ("partner", partner)),
            [
                .. items.Select(i => new EscalationLine(
                    i.Id, Words.Of(versions[(i.Chain, i.ChainVersion)].Title), words.StepTitle(versions[(i.Chain, i.ChainVersion)].Step(i.Step)), directory.NameOf(i.Partner),
                    directory.NameOf(i.Sender), words.Find($"Escalation.Deadline.{i.Deadline}") ?? i.Deadline, dates.Due(i.MissedAt, now),
                    i.HandledAt is { } at ? words["Escalation.HandledBy", people.GetValueOrDefault(i.HandledBy ?? "", i.HandledBy ?? ""), dates.Moment(at, now)] : null)),
            ],
            await counting is var count && count >= MaxCount ? words["Escalation.CountMax", MaxCount] : words.Count("Escalation.Count", count),
            [.. (await coordinated).Where(c => c.Latest is not null).Select(c => new Choice(c.Id.Value, Words.Of(c.Title)))],
            [.. directory.Lines.Select(o => new Choice(o.Id.Value, o.Profile.Name))])
        {
            Here = Here(null, null)!,
            Before = page.Before is null ? null : Here(page.Before, null),
            After = page.After is null ? null : Here(null, page.After),
        });
    }

    private static async Task<IResult> HandleAsync(Guid id, FormInput form, Visitor me, OperationService operations, CancellationToken ct) =>
        await operations.HandleEscalationAsync(me.Actor, id, ct) switch
        {
            OperationOutcome.Done => Answer.Go(Links.Local(form[PageForm.Back]), "Escalation.Done"),
            OperationOutcome.Refused => Answer.NotFound(),
            _ => throw new UnreachableException(),
        };
}
