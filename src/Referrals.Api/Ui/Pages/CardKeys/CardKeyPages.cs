using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.CardKeys;

/// <summary>The keys with which the own organisation's people open contact cards. The server gets the public halves alone.</summary>
internal static class CardKeyPages
{
    /// <summary>The public key, put there by the script.</summary>
    public const string PublicKey = "oeffentlich";

    /// <summary>Fingerprint of a key.</summary>
    public const string Key = "schluessel";

    public static void Map(RouteGroupBuilder members)
    {
        var own = members.MapGroup("").RequireAuthorization(Policies.OwnOrganisation);
        own.MapGet(Links.CardKeys, ShowAsync);
        var admins = members.MapGroup("").RequireAuthorization(Policies.Admin);
        admins.MapPost(Links.CardKeys, PublishAsync);
        admins.MapPost(Links.CardKeyRevocation, RevokeAsync);
    }

    private static async Task<IResult> ShowAsync(Visitor me, OrganisationService organisations, IEventLog log, TimeProvider time, CancellationToken ct) =>
        await FindAsync(me, organisations, log, time, ct) is { } model ? Answer.With<CardKeyPage>(model) : Answer.NotFound();

    private static async Task<IResult> PublishAsync(
        FormInput form, Visitor me, OrganisationService organisations, IEventLog log, NetworkNames names, Words words, TimeProvider time, CancellationToken ct)
    {
        var outcome = await organisations.DoAsync(me.Actor, me.Organisation, new OrganisationCommand.PublishCardKey(form[PublicKey]), form.Version, ct);
        return await AnswerAsync(outcome, "CardKey.Published");

        async Task<IResult> AnswerAsync(OrganisationOutcome became, string done) => await ToldAsync(became, done, form, me, organisations, log, names, words, time, ct);
    }

    private static async Task<IResult> RevokeAsync(
        FormInput form, Visitor me, CardService cards, OrganisationService organisations, IEventLog log, NetworkNames names, Words words, TimeProvider time, CancellationToken ct) =>
        await ToldAsync(await cards.RevokeKeyAsync(me.Actor, form[Key], form.Version, ct), "CardKey.Revoked", form, me, organisations, log, names, words, time, ct);

    private static async Task<IResult> ToldAsync(
        OrganisationOutcome outcome, string done, FormInput form, Visitor me, OrganisationService organisations, IEventLog log, NetworkNames names, Words words, TimeProvider time,
        CancellationToken ct)
    {
        if (outcome is OrganisationOutcome.Done)
        {
            names.Forget();
            return Answer.Go(Links.CardKeys, done);
        }

        if (await FindAsync(me, organisations, log, time, ct) is not { } model)
        {
            return Answer.NotFound();
        }

        var refusal = outcome is OrganisationOutcome.Refused { Refusal: var why } ? why.Faults is [var first, ..] ? first : why : null;
        form.Fault("", refusal is null ? words["CardKey.Stale"] : words.Code("Network.Refusal", refusal.Code));
        return outcome switch
        {
            OrganisationOutcome.Refused => Answer.Invalid<CardKeyPage>(model with { Form = form }),
            OrganisationOutcome.Stale => Answer.Changed<CardKeyPage>(model with { Form = form }),
            _ => throw new UnreachableException(),
        };
    }

    // Who made a key stands in the organisation's own history and not in the directory, which everybody reads.
    private static async Task<CardKeyModel?> FindAsync(Visitor me, OrganisationService organisations, IEventLog log, TimeProvider time, CancellationToken ct)
    {
        if (await organisations.FindAsync(me.Organisation, ct) is not var (state, version))
        {
            return null;
        }

        var history = await log.ReadStreamAsync(OrganisationBoard.Stream(me.Organisation), 0, ct);
        var makers = history.Where(e => e.Data is OrganisationEvent.CardKeyPublished)
            .ToDictionary(e => ((OrganisationEvent.CardKeyPublished)e.Data).Key, e => e.Context.User, StringComparer.Ordinal);
        return new CardKeyModel([.. state.CardKeys.Reverse()], makers, version, time.GetUtcNow());
    }
}

/// <summary>The own organisation's keys.</summary>
/// <param name="Keys">Newest first.</param>
/// <param name="Makers">Sign-in names of who made them, by fingerprint.</param>
/// <param name="Version">Version of the organisation's entry.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record CardKeyModel(IReadOnlyList<CardKey> Keys, IReadOnlyDictionary<string, string> Makers, long Version, DateTimeOffset Now)
{
    /// <summary>The key to which new cards are sealed, or null.</summary>
    public CardKey? Current => Keys is [{ RevokedAt: null } newest, ..] ? newest : null;

    /// <summary>A form that could not be done.</summary>
    public FormInput Form { get; init; } = new();
}
