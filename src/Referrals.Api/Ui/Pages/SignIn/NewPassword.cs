using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.SignIn;

/// <summary>The fields for a new password, <c>neu</c> and <c>wiederholung</c>, wherever one is chosen.</summary>
internal static class NewPassword
{
    /// <summary>Whether it may be the person's new password; what is wrong stands in the form.</summary>
    public static async Task<bool> CheckAsync(FormInput form, Account account, Words w, CancellationToken ct)
    {
        var (password, hash) = (form.Secret("neu"), account.Credentials.PasswordHash);
        var fault = Passwords.Check(password, account.Person.Login);
        if (fault != PasswordFault.None)
        {
            form.Fault("neu", w.Code("SignIn.PasswordFault", fault.ToString()));
        }
        else if (password != form.Secret("wiederholung"))
        {
            form.Fault("wiederholung", w["SignIn.PasswordsDiffer"]);
        }
        else if (await Task.Run(() => Passwords.Matches(hash, password), ct))
        {
            form.Fault("neu", w["SignIn.PasswordSame"]);
        }

        return form.IsValid;
    }

    /// <summary>The hash of the new password.</summary>
    public static Task<string> HashAsync(FormInput form, CancellationToken ct) => Task.Run(() => Passwords.Hash(form.Secret("neu")), ct);
}
