using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.SignIn;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.MyAccount;

/// <summary>What a person sets for itself: language, colours, mails, shortcuts, the organisation it works for, its password.</summary>
internal static class AccountPages
{
    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.Account, ShowAsync);
        members.MapPost(Links.Account, SaveAsync);
        members.MapPost(Links.AccountOrganisation, SwitchAsync);
        members.MapGet(Links.AccountPassword, async (HttpContext context, AccountStore accounts, CancellationToken ct) =>
            await MineAsync(context, accounts, ct) is { Credentials.PasswordHash: not null } ? Answer.With<PasswordPage>(new FormInput()) : Answer.NotFound());
        members.MapPost(Links.AccountPassword, SetPasswordAsync).RequireRateLimiting(Limits.SignIn);
    }

    /// <summary>The account of who looks; null for a program with a token.</summary>
    public static async Task<Account?> MineAsync(HttpContext context, AccountStore accounts, CancellationToken ct) =>
        context.User.Person() is { } person ? await accounts.FindAsync(person, ct) : null;

    private static async Task<IResult> ShowAsync(HttpContext context, AccountStore accounts, OpenSessions open, NetworkNames names, CancellationToken ct)
    {
        if (await MineAsync(context, accounts, ct) is not { } account)
        {
            return Answer.NotFound();
        }

        var wanted = account.Person.Preferences;
        var form = FormInput.Of(
            ("sprache", wanted.Locale), ("darstellung", wanted.Theme), ("mails", wanted.MailMode), ("tasten", wanted.Shortcuts ? "ja" : null));
        return Answer.With<AccountPage>(new AccountModel(
            account, form, await SignInPages.ChoicesAsync(account, names, ct), await SessionPages.MineAsync(context, account, open, ct)));
    }

    private static async Task<IResult> SaveAsync(
        FormInput form, HttpContext context, AccountStore accounts, Sessions sessions, OpenSessions open, NetworkNames names, Words w, CancellationToken ct)
    {
        if (await MineAsync(context, accounts, ct) is not { } account)
        {
            return Answer.NotFound();
        }

        var wanted = new Preferences(form["sprache"], form["darstellung"], form["mails"], form.Holds("tasten", "ja"));
        Choose(form, "sprache", Preferences.Locales, wanted.Locale, w);
        Choose(form, "darstellung", Preferences.Themes, wanted.Theme, w);
        Choose(form, "mails", Preferences.MailModes, wanted.MailMode, w);
        if (!form.IsValid)
        {
            return Answer.Invalid<AccountPage>(new AccountModel(
                account, form, await SignInPages.ChoicesAsync(account, names, ct), await SessionPages.MineAsync(context, account, open, ct)));
        }

        await accounts.SetPreferencesAsync(account.Person.Id, wanted, ct);
        sessions.Forget(account.Person.Id);
        Sessions.Show(context, wanted);
        return Answer.Go(Links.Account, "Account.Saved");
    }

    private static async Task<IResult> SwitchAsync(
        FormInput form, HttpContext context, AccountStore accounts, Sessions sessions, NetworkNames names, CancellationToken ct)
    {
        var account = await MineAsync(context, accounts, ct);
        if (account?.Memberships.FirstOrDefault(m => m.Organisation.Value == form["organisation"]) is not { } membership)
        {
            return Answer.NotFound();
        }

        await sessions.SwitchAsync(context, account, membership.Organisation, ct);
        return Answer.Go(Links.Home, "Account.Switched", (await names.DirectoryAsync(ct)).NameOf(membership.Organisation));
    }

    private static async Task<IResult> SetPasswordAsync(
        FormInput form, HttpContext context, AccountStore accounts, SignInFlow flow, Sessions sessions, Words w, CancellationToken ct)
    {
        if (await MineAsync(context, accounts, ct) is not { Credentials.PasswordHash: not null } account)
        {
            return Answer.NotFound();
        }

        if (!await flow.KnowsPasswordAsync(account, form.Secret("bisher"), ct))
        {
            form.Fault("bisher", w["Account.PasswordWrong"]);
        }

        if (!await NewPassword.CheckAsync(form, account, w, ct))
        {
            return Answer.Invalid<PasswordPage>(form);
        }

        if (await accounts.SetPasswordAsync(account, await NewPassword.HashAsync(form, ct), ct) is { } stamp)
        {
            await sessions.RenewAsync(context, account.Person.Id, context.User.Organisation(), stamp, ct);
        }

        return Answer.Go(Links.Account, "Account.PasswordSaved");
    }

    private static void Choose(FormInput form, string field, IReadOnlyList<string> choices, string chosen, Words w)
    {
        if (!choices.Contains(chosen))
        {
            form.Fault(field, w["Account.NotAChoice"]);
        }
    }
}
