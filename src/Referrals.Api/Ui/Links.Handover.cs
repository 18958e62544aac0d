namespace Referrals.Api.Ui;

// Addresses of handing a client over with a code. Browsers print the address with a page: that of the slip names no referral.
public static partial class Links
{
    /// <summary>Makes a code and shows its slip (POST).</summary>
    public const string HandoverSlip = Referrals + "/uebergabecode";

    /// <summary>Redeems a code that came without saying for which assignment (POST).</summary>
    public const string InboxHandover = Inbox + "/uebergabecode";

    /// <summary>Redeems a code for an assignment (POST).</summary>
    public static string AssignmentHandover(string number) => Assignment(number, "uebergabecode");
}
