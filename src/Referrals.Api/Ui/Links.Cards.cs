using Referrals.Engine;

namespace Referrals.Api.Ui;

// Addresses of sealed contact cards and of the keys that open them.
public static partial class Links
{
    /// <summary>The own organisation's keys for contact cards; publishes one (POST).</summary>
    public const string CardKeys = "/organisation/schluessel";

    /// <summary>Revokes a key (POST).</summary>
    public const string CardKeyRevocation = CardKeys + "/widerrufen";

    /// <summary>Takes a card that was sealed in the browser (POST).</summary>
    public static string ReferralCard(CaseNumber number) => ReferralCard(number.ToString());

    /// <summary>Takes a card that was sealed in the browser (POST).</summary>
    public static string ReferralCard(string number) => $"{Referrals}/{number}/kontaktkarte";

    /// <summary>Hands the ciphertext of a card out to a script (POST).</summary>
    public static string AssignmentCard(string number) => Assignment(number, "kontaktkarte");

    /// <summary>A script could open the card (POST).</summary>
    public static string AssignmentCardOpened(string number) => Assignment(number, "kontaktkarte-geoeffnet");

    /// <summary>The card can't be opened here (POST).</summary>
    public static string AssignmentCardReturn(string number) => Assignment(number, "kontaktkarte-zurueckgeben");
}
