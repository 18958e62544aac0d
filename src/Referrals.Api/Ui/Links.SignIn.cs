namespace Referrals.Api.Ui;

public static partial class Links
{
    /// <summary>The code of the second factor, on the way to a session.</summary>
    public const string SignInCode = SignIn + "/code";

    /// <summary>A password of one's own in place of the first one.</summary>
    public const string SignInPassword = SignIn + "/kennwort";

    /// <summary>A second factor, where it is demanded.</summary>
    public const string SignInFactor = SignIn + "/zweiter-faktor";

    /// <summary>The choice of the organisation to work for.</summary>
    public const string SignInOrganisation = SignIn + "/organisation";

    /// <summary>Sign in with the configured issuer.</summary>
    public const string SignInExternal = SignIn + "/extern";

    /// <summary>Where the issuer's answer has been read.</summary>
    public const string SignInExternalDone = SignInExternal + "/fertig";

    /// <summary>Work for another organisation (POST; field <c>organisation</c>).</summary>
    public const string AccountOrganisation = Account + "/organisation";

    /// <summary>Change my password.</summary>
    public const string AccountPassword = Account + "/kennwort";

    /// <summary>Where I am signed in, and ending it (POST; field <c>anmeldung</c>).</summary>
    public const string AccountSessions = Account + "/anmeldungen";

    /// <summary>My second factor.</summary>
    public const string AccountFactor = Account + "/zweiter-faktor";

    /// <summary>Switch my second factor off (POST).</summary>
    public const string AccountFactorOff = AccountFactor + "/aus";
}
