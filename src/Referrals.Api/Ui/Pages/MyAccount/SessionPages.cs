using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.MyAccount;

/// <summary>Where I am signed in, and ending my other sessions, one or all, with the password.</summary>
internal static class SessionPages
{
    /// <summary>Value of the choice that stands for all sessions but this one.</summary>
    public const string Others = "andere";

    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.AccountSessions, ShowAsync);
        members.MapPost(Links.AccountSessions, EndAsync).RequireRateLimiting(Limits.SignIn);
    }

    /// <summary>My sessions, those used last first.</summary>
    public static async Task<SessionList> MineAsync(HttpContext context, Account account, OpenSessions open, CancellationToken ct) =>
        new(await open.ListAsync(account.Person.Id, ct), Sessions.IdOf(context.User) ?? "");

    private static async Task<IResult> ShowAsync(HttpContext context, AccountStore accounts, OpenSessions open, CancellationToken ct) =>
        await AccountPages.MineAsync(context, accounts, ct) is { } account
            ? Answer.With<SessionsPage>(await ModelAsync(new FormInput(), context, account, open, ct))
            : Answer.NotFound();

    private static async Task<IResult> EndAsync(
        FormInput form, HttpContext context, AccountStore accounts, OpenSessions open, SignInFlow flow, SecurityLog log, Words w,
        CancellationToken ct)
    {
        if (await AccountPages.MineAsync(context, accounts, ct) is not { } account || Sessions.IdOf(context.User) is not { } own)
        {
            return Answer.NotFound();
        }

        var chosen = form["anmeldung"];
        if (chosen != Others && (!PersonSession.IsId(chosen) || chosen == own))
        {
            form.Fault("anmeldung", w["Account.SessionMissing"]);
        }

        if (account.Credentials.PasswordHash is not null && !await flow.KnowsPasswordAsync(account, form.Secret("kennwort"), ct))
        {
            form.Fault("kennwort", w["Account.PasswordWrong"]);
        }

        if (!form.IsValid)
        {
            return Answer.Invalid<SessionsPage>(await ModelAsync(form, context, account, open, ct));
        }

        // One that ended meanwhile has ended, as was wanted.
        var ended = chosen == Others ? await open.EndOthersAsync(account.Person.Id, own, ct) : await open.EndAsync(account.Person.Id, chosen, ct) ? 1 : 0;
        log.SessionsEnded(account.Person.Id, ended, chosen == Others ? "others" : "one");
        return Answer.Go(Links.Account, ended == 1 ? "Account.SessionEnded" : "Account.SessionsEnded");
    }

    private static async Task<SessionsModel> ModelAsync(FormInput form, HttpContext context, Account account, OpenSessions open, CancellationToken ct) =>
        new(form, await MineAsync(context, account, open, ct), account.Credentials.PasswordHash is not null);
}
