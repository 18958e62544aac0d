using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.MyAccount;

/// <summary>The second factor: taken with the password and a code that proves it, shown with its recovery codes once, and given up with the password.</summary>
internal static class FactorPages
{
    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.AccountFactor, ShowAsync);
        var tries = members.MapGroup("").RequireRateLimiting(Limits.SignIn);
        tries.MapPost(Links.AccountFactor, TakeAsync);
        tries.MapPost(Links.AccountFactorOff, GiveUpAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AccountStore accounts, PageSettings site, SecondFactor factor, CancellationToken ct) =>
        await AccountPages.MineAsync(context, accounts, ct) is { Credentials.PasswordHash: not null } account
            ? Answer.With<FactorPage>(Model(account, new FormInput(), SecondFactor.NewSecret(), site, factor))
            : Answer.NotFound();

    private static async Task<IResult> TakeAsync(
        FormInput form, HttpContext context, AccountStore accounts, SignInFlow flow, Sessions sessions, PageSettings site, SecondFactor factor, Words w, CancellationToken ct)
    {
        if (await AccountPages.MineAsync(context, accounts, ct) is not { Credentials.PasswordHash: not null } account)
        {
            return Answer.NotFound();
        }

        if (account.Credentials.TotpSecret is not null)
        {
            return Answer.Go(Links.AccountFactor);
        }

        var secret = factor.Offered(account.Person.Id, form["angebot"]);
        var proved = secret is null ? null : factor.StepOf(secret, form["code"]);
        if (!await flow.KnowsPasswordAsync(account, form.Secret("kennwort"), ct))
        {
            form.Fault("kennwort", w["Account.PasswordWrong"]);
        }

        if (proved is null)
        {
            form.Fault("code", w["Account.CodeWrong"]);
        }

        if (secret is null || proved is not { } step || !form.IsValid)
        {
            return Answer.Invalid<FactorPage>(Model(account, form, secret ?? SecondFactor.NewSecret(), site, factor));
        }

        var codes = SecondFactor.NewRecoveryCodes();
        if (await accounts.SetTotpAsync(account, factor.Seal(secret), step, [.. codes.Select(c => SecondFactor.RecoveryHash(account.Person.Id, c))], ct) is { } stamp)
        {
            await sessions.RenewAsync(context, account.Person.Id, context.User.Organisation(), stamp, ct);
        }

        return Answer.With<RecoveryCodesPage>(new RecoveryCodesModel(codes, Links.Account));
    }

    private static async Task<IResult> GiveUpAsync(
        FormInput form, HttpContext context, AccountStore accounts, SignInFlow flow, Sessions sessions, PageSettings site, SecondFactor factor, SignInSettings settings, Words w,
        CancellationToken ct)
    {
        if (await AccountPages.MineAsync(context, accounts, ct) is not { Credentials.TotpSecret: not null } account)
        {
            return Answer.Go(Links.AccountFactor);
        }

        if (settings.Demands(account))
        {
            return Answer.Invalid<FactorPage>(Model(account, form.Fault("", w["Account.FactorDemanded"]), "", site, factor));
        }

        if (!await flow.KnowsPasswordAsync(account, form.Secret("kennwort"), ct))
        {
            return Answer.Invalid<FactorPage>(Model(account, form.Fault("kennwort", w["Account.PasswordWrong"]), "", site, factor));
        }

        if (await accounts.RemoveTotpAsync(account, ct) is { } stamp)
        {
            await sessions.RenewAsync(context, account.Person.Id, context.User.Organisation(), stamp, ct);
        }

        return Answer.Go(Links.Account, "Account.FactorOff");
    }

    private static FactorModel Model(Account account, FormInput form, string secret, PageSettings site, SecondFactor factor) => account.Credentials.TotpSecret is not null
        ? new FactorModel(form, true, account.Credentials.RecoveryCodes, null)
        : new FactorModel(form, false, 0, Offer(account, secret, site, factor));

    /// <summary>A secret as the person is offered it.</summary>
    public static FactorOffer Offer(Account account, string secret, PageSettings site, SecondFactor factor) => new(
        factor.Offer(account.Person.Id, secret),
        string.Join(' ', secret.Chunk(4).Select(c => new string(c))),
        SecondFactor.Picture(SecondFactor.Address(site.Name, account.Person.Login, secret)));
}
