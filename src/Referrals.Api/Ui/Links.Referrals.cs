using Referrals.Engine;

namespace Referrals.Api.Ui;

public static partial class Links
{
    /// <summary>The list as a file.</summary>
    public const string ReferralsCsv = Referrals + "/liste.csv";

    /// <summary>The organisation's own history as an event log.</summary>
    public const string ReferralsLog = Referrals + "/ereignisprotokoll";

    /// <summary>Saves a view of the list (POST).</summary>
    public const string SaveView = Referrals + "/ansichten";

    /// <summary>Removes a view of the list (POST).</summary>
    public const string RemoveView = Referrals + "/ansichten/entfernen";

    /// <summary>The guided start.</summary>
    public const string StartReferral = Referrals + "/neu";

    /// <summary>Removes a draft (POST).</summary>
    public const string RemoveDraft = StartReferral + "/verwerfen";

    /// <summary>A page of the guided start.</summary>
    public static string StartPage(string page, Guid? draft = null) => With($"{StartReferral}/{page}", ("entwurf", draft?.ToString()));

    /// <summary>Moves one to the version of its chain that is in force; GET: what that would change.</summary>
    public static string Move(CaseNumber number) => $"{Referrals}/{number}/fassung";

    /// <summary>Erases one; GET: what goes and what stays.</summary>
    public static string Erase(CaseNumber number) => $"{Referrals}/{number}/loeschen";

    /// <summary>Everything about one, for a request for information.</summary>
    public static string Information(CaseNumber number) => $"{Referrals}/{number}/auskunft";

    /// <summary>The same, as JSON.</summary>
    public static string InformationJson(CaseNumber number) => Information(number) + "/json";

    /// <summary>Moves the organisation's referrals on a chain to the version in force; GET: what that would change.</summary>
    public static string MoveAll(ChainId chain) => $"{Chains}/{chain}/umstellen";

    /// <summary>Walks through a chain with made-up answers; which version: a number or the draft.</summary>
    public static string TryChain(string chain, string? version = null) => With($"{Chains}/{chain}/probe", ("fassung", version));

    /// <summary>A referral.</summary>
    public static string Referral(CaseNumber number) => $"{Referrals}/{number}";

    /// <summary>Something done with a referral (POST).</summary>
    public static string Referral(CaseNumber number, string act) => $"{Referrals}/{number}/{act}";
}
