using Microsoft.AspNetCore.Authentication;
using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.SignIn;

/// <summary>From login and password, over second factor, first password and choice of organisation, to a session; and out again.</summary>
internal static class SignInPages
{
    public static void Map(RouteGroupBuilder open)
    {
        open.MapGet(Links.SignIn, Show);
        open.MapGet(Links.SignInCode, (HttpContext context, SignInFlow flow, CancellationToken ct) =>
            AtAsync(context, flow, SignInStep.Code, _ => Task.FromResult(Answer.With<CodePage>(new FormInput())), ct));
        open.MapGet(Links.SignInPassword, (HttpContext context, SignInFlow flow, CancellationToken ct) =>
            AtAsync(context, flow, SignInStep.Password, _ => Task.FromResult(Answer.With<FirstPasswordPage>(new FormInput())), ct));
        open.MapGet(Links.SignInOrganisation, ShowOrganisationsAsync);
        open.MapPost(Links.SignOut, SignOutAsync).WithMetadata(new NeverRefuses());
        var tries = open.MapGroup("").RequireRateLimiting(Limits.SignIn);
        tries.MapPost(Links.SignIn, SignInAsync);
        tries.MapPost(Links.SignInCode, SendCodeAsync);
        tries.MapPost(Links.SignInPassword, SetPasswordAsync);
        tries.MapPost(Links.SignInOrganisation, ChooseOrganisationAsync);
    }

    /// <summary>Goes to the next step; after the last one to where the person wanted to go.</summary>
    public static async Task<IResult> GoOnAsync(HttpContext context, Sessions sessions, OnTheWay way, CancellationToken ct)
    {
        if (way.Next == SignInStep.Session)
        {
            return await StartAsync(context, sessions, way, way.Account.Memberships[0], ct);
        }

        await SignInFlow.WriteAsync(context, way);
        return Answer.Go(AddressOf(way.Next));
    }

    /// <summary>The address to come back to, if it is a page of ours that is not about signing in.</summary>
    public static string Back(string? path)
    {
        const int longest = 1000;
        var local = Links.Local(path);
        return local.Length > longest || local.StartsWith(Links.SignIn, StringComparison.Ordinal) || local.StartsWith(Links.SignOut, StringComparison.Ordinal) ? Links.Home : local;
    }

    private static IResult Show(Visitor me, SignInSettings settings, string? zurueck, string? fehler) => me.IsSignedIn
        ? Answer.Go(Back(zurueck))
        : Answer.With<SignInPage>(new SignInModel(FormInput.Of((PageForm.Back, Back(zurueck))), settings.Local, settings.Oidc?.Name, fehler is not null));

    private static async Task<IResult> SignInAsync(
        FormInput form, HttpContext context, SignInSettings settings, SignInFlow flow, Sessions sessions, Words w, CancellationToken ct)
    {
        if (!settings.Local)
        {
            return Answer.NotFound();
        }

        Need(form, "login", w["SignIn.LoginMissing"]);
        Need(form, "kennwort", w["SignIn.PasswordMissing"]);
        if (form.IsValid)
        {
            if (await flow.WithPasswordAsync(form["login"], form.Secret("kennwort"), ct) is { } account)
            {
                return await GoOnAsync(context, sessions, flow.Begin(account, SignInFlow.ByPassword, Back(form[PageForm.Back])), ct);
            }

            form.Fault("", w["SignIn.Wrong", AccountStore.MaxTries, AccountStore.Lock.TotalMinutes]);
        }

        return Answer.Invalid<SignInPage>(new SignInModel(form, true, settings.Oidc?.Name, false));
    }

    private static Task<IResult> SendCodeAsync(FormInput form, HttpContext context, SignInFlow flow, Sessions sessions, Words w, CancellationToken ct) =>
        AtAsync(context, flow, SignInStep.Code, async way =>
        {
            if (await flow.WithCodeAsync(way.Account, form["code"], ct))
            {
                return await GoOnAsync(context, sessions, way with { HasCode = true }, ct);
            }

            return Answer.Invalid<CodePage>(form.Fault("code", w["SignIn.CodeWrong", AccountStore.MaxTries, AccountStore.Lock.TotalMinutes]));
        }, ct);

    private static Task<IResult> SetPasswordAsync(
        FormInput form, HttpContext context, SignInFlow flow, Sessions sessions, AccountStore accounts, Words w, CancellationToken ct) =>
        AtAsync(context, flow, SignInStep.Password, async way =>
        {
            if (!await NewPassword.CheckAsync(form, way.Account, w, ct))
            {
                return Answer.Invalid<FirstPasswordPage>(form);
            }

            await accounts.SetPasswordAsync(way.Account, await NewPassword.HashAsync(form, ct), ct);
            var account = await accounts.FindAsync(way.Account.Person.Id, ct);
            return account is null ? Answer.Go(Links.SignIn) : await GoOnAsync(context, sessions, way with { Account = account }, ct);
        }, ct);

    private static Task<IResult> ShowOrganisationsAsync(HttpContext context, SignInFlow flow, NetworkNames names, CancellationToken ct) =>
        AtAsync(context, flow, SignInStep.Organisation, async way =>
        {
            var last = way.Account.Person.LastOrganisation is { } known ? way.Account.In(known) : null;
            var form = FormInput.Of(("organisation", (last ?? way.Account.Memberships[0]).Organisation.Value));
            return Answer.With<OrganisationPage>(new OrganisationChoiceModel(form, await ChoicesAsync(way.Account, names, ct)));
        }, ct);

    private static Task<IResult> ChooseOrganisationAsync(
        FormInput form, HttpContext context, SignInFlow flow, Sessions sessions, NetworkNames names, Words w, CancellationToken ct) =>
        AtAsync(context, flow, SignInStep.Organisation, async way =>
        {
            if (way.Account.Memberships.FirstOrDefault(m => m.Organisation.Value == form["organisation"]) is { } chosen)
            {
                return await StartAsync(context, sessions, way, chosen, ct);
            }

            form.Fault("organisation", w["SignIn.OrganisationMissing"]);
            return Answer.Invalid<OrganisationPage>(new OrganisationChoiceModel(form, await ChoicesAsync(way.Account, names, ct)));
        }, ct);

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions, SecurityLog log, CancellationToken ct)
    {
        if (context.User.Person() is { } person)
        {
            log.SessionsEnded(person, 1, "sign-out");
        }

        await sessions.EndAsync(context, ct);
        await context.SignOutAsync(Schemes.Pending);
        await context.SignOutAsync(Schemes.Session);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Answer.Go(Links.SignIn, "SignIn.SignedOut");
    }

    /// <summary>The organisations that a person works for, by their names.</summary>
    public static async Task<IReadOnlyList<Choice>> ChoicesAsync(Account account, NetworkNames names, CancellationToken ct)
    {
        var directory = await names.DirectoryAsync(ct);
        return [.. account.Memberships.Select(m => new Choice(m.Organisation.Value, directory.NameOf(m.Organisation))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];
    }

    // Only the step that is next can be taken, whatever address is opened.
    internal static async Task<IResult> AtAsync(HttpContext context, SignInFlow flow, SignInStep step, Func<OnTheWay, Task<IResult>> at, CancellationToken ct) =>
        await flow.ReadAsync(context, ct) switch
        {
            null => Answer.Go(Links.SignIn, "SignIn.Again"),
            { } way when way.Next == step => await at(way),
            { } way => Answer.Go(AddressOf(way.Next)),
        };

    internal static async Task<IResult> StartAsync(HttpContext context, Sessions sessions, OnTheWay way, Membership membership, CancellationToken ct)
    {
        await sessions.StartAsync(context, way.Account, membership.Organisation, way.HasCode ? way.By + "-code" : way.By, ct);
        return Answer.Go(way.Back);
    }

    internal static string AddressOf(SignInStep step) => step switch
    {
        SignInStep.Code => Links.SignInCode,
        SignInStep.Password => Links.SignInPassword,
        SignInStep.Factor => Links.SignInFactor,
        SignInStep.Organisation => Links.SignInOrganisation,
        _ => Links.SignIn,
    };

    private static void Need(FormInput form, string field, string message)
    {
        if (form[field].Length == 0)
        {
            form.Fault(field, message);
        }
    }
}
