using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework.Cards;

/// <summary>Takes contact cards that a caseworker's browser has sealed. What they say is never sent.</summary>
internal static class CardPages
{
    /// <summary>Name of the act.</summary>
    public const string Seal = "kontaktkarte";

    /// <summary>Which card of the assignment it is.</summary>
    public const string Issue = "karte";

    /// <summary>Fingerprint of the partner's key.</summary>
    public const string Key = "schluessel";

    /// <summary>Until when it can be opened.</summary>
    public const string Until = "bis";

    /// <summary>The ciphertext, put there by the script.</summary>
    public const string Sealed = "versiegelt";

    public static void Map(RouteGroupBuilder caseworkers) => caseworkers.MapPost(Links.ReferralCard("{nr}"), SealAsync).Looks(LookCodes.Referral);

    private static async Task<IResult> SealAsync(string nr, FormInput form, Visitor me, ReferralDesk desk, CardService cards, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(me.Organisation, nr, ct) is not { Number: { } number } view || !Guid.TryParse(form[ReferralAct.Target], out var assignment))
        {
            return Answer.NotFound();
        }

        var seal = Read(form, new AssignmentId(assignment));
        var outcome = seal is null
            ? new ReferralOutcome.Refused(ReferralRefusal.CardInvalid)
            : await cards.SealAsync(me.Actor, view.State.Start.Referral, seal, form[Sealed], form.Version, ct);
        return outcome switch
        {
            ReferralOutcome.Done => Answer.Go(Links.Referral(number), $"Referral.Done.{Seal}"),
            ReferralOutcome.Refused { Refusal: var refusal } => await desk.ChangedAsync(me, nr, Seal, form, words.Code("Referral.Refusal", refusal.Code), ct),
            ReferralOutcome.Stale => await desk.ChangedAsync(me, nr, Seal, form, words["Referral.Stale"], ct),
            _ => throw new UnreachableException(),
        };
    }

    private static ReferralCommand.SealCard? Read(FormInput form, AssignmentId assignment) =>
        int.TryParse(form[Issue], NumberStyles.None, CultureInfo.InvariantCulture, out var issue) && SealedCard.IsPrint(form[Key])
        && DateTimeOffset.TryParse(form[Until], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until)
            ? new ReferralCommand.SealCard(assignment, issue, form[Key], until)
            : null;
}
