using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Chains.Agreeing;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Retention;

namespace Referrals.Api.Ui.Pages.Retention;

/// <summary>How long words are kept: the rules and what they do, in numbers; and a chain's rule, for its coordinator.</summary>
internal static class RetentionPages
{
    /// <summary>Form field: how many months; empty: no rule.</summary>
    public const string Months = "monate";

    private const int Last = 50;

    public static void Add(IServiceCollection services) => services.AddSingleton<RetentionService>();

    public static void Map(RouteGroupBuilder members)
    {
        members.MapGroup("").RequireAuthorization(Policies.Admin).MapGet(Links.Retention, ShowAsync);
        var coordinators = members.MapGroup("").RequireAuthorization(Policies.Coordinator);
        coordinators.MapGet(Links.ChainRetention(AgreementPages.Code), ShowRuleAsync);
        coordinators.MapPost(Links.ChainRetention(AgreementPages.Code), SetRuleAsync);
    }

    private static async Task<IResult> ShowAsync(Visitor me, RetentionService retention, AuditStore audit, TimeProvider time, CancellationToken ct) =>
        Answer.With<RetentionPage>(new RetentionModel(
            await retention.LookAsync([me.Organisation], ct),
            await audit.ListAsync([me.Organisation], new AuditFilter([AuditCodes.RetentionRun]), null, Last, ct),
            time.GetUtcNow()));

    private static async Task<IResult> ShowRuleAsync(string kette, ChainDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { Draws: true } sight
            ? Answer.With<RulePage>(new RuleModel(sight, FormInput.Of((Months, sight.Chain.RetentionMonths?.ToString(CultureInfo.InvariantCulture)))))
            : Answer.NotFound();

    private static async Task<IResult> SetRuleAsync(string kette, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w, CancellationToken ct)
    {
        if (await desk.FindAsync(kette, ct) is not { Draws: true } sight)
        {
            return Answer.NotFound();
        }

        int? months = int.TryParse(form[Months], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        if (months is null && form[Months].Length > 0)
        {
            form.Fault(Months, w["Retention.MonthsFault"]);
            return Answer.Invalid<RulePage>(new RuleModel(sight, form));
        }

        switch (await chains.DoAsync(me.Actor, sight.Chain.Id, new ChainCommand.SetRetention(me.Organisation, months), null, ct))
        {
            case ChainOutcome.Done:
                return Answer.Go(Links.Chain(sight.Id), "Retention.RuleDone");
            case ChainOutcome.Refused { Refusal: var refusal }:
                form.Fault(Months, refusal.Code == ChainRefusal.RetentionInvalid.Code ? w["Retention.MonthsFault"] : w["Chain.Refusal.other"]);
                return Answer.Invalid<RulePage>(new RuleModel(sight, form));
            case ChainOutcome.Stale:
                form.Fault("", w["Chain.Refusal.other"]);
                return Answer.Changed<RulePage>(new RuleModel(sight, form));
            default:
                throw new UnreachableException();
        }
    }
}

/// <summary>What the page about retention shows: numbers, never cases.</summary>
/// <param name="Lines">Each chain's rule and what is due.</param>
/// <param name="Runs">What was erased last.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record RetentionModel(IReadOnlyList<RetentionLine> Lines, IReadOnlyList<AuditEntry> Runs, DateTimeOffset Now)
{
    /// <summary>Title of a chain.</summary>
    public string TitleOf(string chain) => Lines.FirstOrDefault(l => l.Chain.Value == chain) is { } line ? Words.Of(line.Title) : chain;
}

/// <summary>What the page about a chain's rule shows.</summary>
/// <param name="Sight">The chain.</param>
/// <param name="Form">What was typed.</param>
public sealed record RuleModel(ChainSight Sight, FormInput Form);
