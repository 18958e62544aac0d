using System.Diagnostics;
using System.Text.Json;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework.ClientRights;

/// <summary>Erasing a referral: first what goes and what stays, then the erasure with its reason.</summary>
internal static class ErasePages
{
    /// <summary>Form field: why.</summary>
    public const string Reason = "grund";

    /// <summary>Form field: the tick without which nothing is erased.</summary>
    public const string Sure = "sicher";

    public static void Map(RouteGroupBuilder caseworkers)
    {
        var one = caseworkers.MapGroup("").Looks(LookCodes.Referral);
        one.MapGet(Links.Referrals + "/{nr}/loeschen", ShowAsync);
        one.MapPost(Links.Referrals + "/{nr}/loeschen", EraseAsync);
    }

    /// <summary>Code of a reason.</summary>
    public static string Code(ErasureReason reason) => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());

    private static async Task<IResult> ShowAsync(string nr, Visitor me, ReferralDesk desk, NetworkNames names, CancellationToken ct) =>
        await desk.FindAsync(me.Organisation, nr, ct) is not { } view ? Answer.NotFound()
        : view.State.Erased is not null ? Answer.Go(Links.Referral(view.Number!.Value))
        : Answer.With<ErasePage>(new EraseModel(view, await names.DirectoryAsync(ct), FormInput.Of()));

    private static async Task<IResult> EraseAsync(
        string nr, Visitor me, FormInput form, ReferralDesk desk, ReferralService referrals, NetworkNames names, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(me.Organisation, nr, ct) is not { } view)
        {
            return Answer.NotFound();
        }

        if (Read(form, words) is not { } reason)
        {
            return Answer.Invalid<ErasePage>(new EraseModel(view, await names.DirectoryAsync(ct), form));
        }

        switch (await referrals.DoAsync(me.Actor, view.State.Start.Referral, new ReferralCommand.Erase(reason), form.Version ?? view.Version, ct))
        {
            case ReferralOutcome.Done:
                return Answer.Go(Links.Referral(view.Number!.Value), "Erase.Done");
            case ReferralOutcome.Refused { Refusal.Code: var code }:
                form.Fault(Reason, code == ReferralRefusal.NotClosed.Code ? words["Erase.OnlyRequest"] : words.Code("Referral.Refusal", code));
                break;
            case ReferralOutcome.Stale:
                form.Fault("", words["Referral.Stale"]);
                break;
            default:
                throw new UnreachableException();
        }

        return Answer.Changed<ErasePage>(new EraseModel((await desk.FindAsync(me.Organisation, nr, ct))!, await names.DirectoryAsync(ct), form));
    }

    // Null when something is missing, which is noted in the form.
    private static ErasureReason? Read(FormInput form, Words words)
    {
        var reason = Enum.GetValues<ErasureReason>().Where(r => Code(r) == form[Reason]).Select(r => (ErasureReason?)r).FirstOrDefault();
        if (reason is null)
        {
            form.Fault(Reason, words["Erase.ReasonMissing"]);
        }

        if (!form.Holds(Sure, "ja"))
        {
            form.Fault(Sure, words["Erase.SureMissing"]);
        }

        return form.IsValid ? reason : null;
    }
}

/// <summary>What the page about erasing shows.</summary>
/// <param name="View">The referral.</param>
/// <param name="Directory">The organisations.</param>
/// <param name="Form">What was tried.</param>
public sealed record EraseModel(ReferralView View, NetworkDirectory Directory, FormInput Form)
{
    /// <summary>Whether it is taken back first.</summary>
    public bool IsOpen => View.State.Ended is null;

    /// <summary>Reasons that there can be: one that runs is erased only because the client asks.</summary>
    public IReadOnlyList<ErasureReason> Reasons => IsOpen ? [ErasureReason.Request] : [ErasureReason.Request, ErasureReason.Retention, ErasureReason.Error];

    /// <summary>Names of the partners that have words of it.</summary>
    public IReadOnlyList<string> Partners => [.. View.State.Offers.Values.OrderBy(o => o.OfferedAt).Select(o => Directory.NameOf(o.Partner)).Distinct()];

    /// <summary>How many questions and answers go.</summary>
    public int Questions => View.State.Offers.Values.Sum(o => o.Questions.Values.Sum(q => q.Answer is null ? 1 : 2));
}
