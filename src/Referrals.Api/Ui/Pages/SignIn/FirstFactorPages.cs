using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.MyAccount;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.SignIn;

/// <summary>A second factor on the way to a session, where one is demanded: taken with a code that proves it, then the recovery codes once.</summary>
internal static class FirstFactorPages
{
    public static void Map(RouteGroupBuilder open)
    {
        open.MapGet(Links.SignInFactor, (HttpContext context, SignInFlow flow, PageSettings site, SecondFactor factor, CancellationToken ct) =>
            SignInPages.AtAsync(context, flow, SignInStep.Factor, way => Task.FromResult(Answer.With<FirstFactorPage>(Model(way, new FormInput(), SecondFactor.NewSecret(), site, factor))), ct));
        open.MapPost(Links.SignInFactor, TakeAsync).RequireRateLimiting(Limits.SignIn);
    }

    private static Task<IResult> TakeAsync(
        FormInput form, HttpContext context, SignInFlow flow, Sessions sessions, AccountStore accounts, PageSettings site, SecondFactor factor, Words w, CancellationToken ct) =>
        SignInPages.AtAsync(context, flow, SignInStep.Factor, async way =>
        {
            var (id, secret) = (way.Account.Person.Id, factor.Offered(way.Account.Person.Id, form["angebot"]));
            if (secret is null || factor.StepOf(secret, form["code"]) is not { } step)
            {
                return Answer.Invalid<FirstFactorPage>(Model(way, form.Fault("code", w["Account.CodeWrong"]), secret ?? SecondFactor.NewSecret(), site, factor));
            }

            var codes = SecondFactor.NewRecoveryCodes();
            await accounts.SetTotpAsync(way.Account, factor.Seal(secret), step, [.. codes.Select(c => SecondFactor.RecoveryHash(id, c))], ct);
            return await accounts.FindAsync(id, ct) is { } account
                ? Answer.With<RecoveryCodesPage>(new RecoveryCodesModel(codes, await GoOnAsync(context, sessions, way with { Account = account, HasCode = true }, ct)))
                : Answer.Go(Links.SignIn);
        }, ct);

    // The address of what comes after the recovery codes.
    private static async Task<string> GoOnAsync(HttpContext context, Sessions sessions, OnTheWay way, CancellationToken ct)
    {
        if (way.Next == SignInStep.Session)
        {
            await SignInPages.StartAsync(context, sessions, way, way.Account.Memberships[0], ct);
            return way.Back;
        }

        await SignInFlow.WriteAsync(context, way);
        return SignInPages.AddressOf(way.Next);
    }

    private static FactorModel Model(OnTheWay way, FormInput form, string secret, PageSettings site, SecondFactor factor) =>
        new(form, false, 0, FactorPages.Offer(way.Account, secret, site, factor));
}
