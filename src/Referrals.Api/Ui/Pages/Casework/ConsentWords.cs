using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A consent in words.</summary>
public static class ConsentWords
{
    /// <summary>Everything that it says, as pairs.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(Consent consent, ChainVersion chain, Words words, Dates dates) =>
    [
        (words["Referral.ConsentForm"], words[consent.Form == ConsentForm.Written ? "Referral.ConsentForm.written" : "Referral.ConsentForm.electronic"]),
        (words["Referral.ConsentGiven"], dates.Day(consent.Given)),
        (words["Referral.ConsentPurpose"], Purpose(consent.Purpose, words)),
        (words["Referral.ConsentScope"], consent.Steps is null
            ? words["Referral.ConsentWhole"]
            : string.Join(", ", consent.Steps.Select(s => chain.FindStep(s) is { } step ? words.StepTitle(step) : s.Value))),
        (words["Referral.ConsentUntil"], consent.Until is { } until ? dates.Day(until) : words["Referral.ConsentNoEnd"]),
    ];

    /// <summary>In a line: <c>schriftlich, 12.11.2026, gültig bis 12.05.2027</c>.</summary>
    public static string InLine(Consent consent, Words words, Dates dates)
    {
        var how = words[consent.Form == ConsentForm.Written ? "Referral.ConsentForm.written" : "Referral.ConsentForm.electronic"];
        return consent.Until is { } until
            ? words["Referral.ConsentShortUntil", how, dates.Day(consent.Given), dates.Day(until)]
            : words["Referral.ConsentShort", how, dates.Day(consent.Given)];
    }

    /// <summary>A release from secrecy in a line: <c>schriftlich, 12.11.2026, gültig bis 12.05.2027, für: Suchtberatung</c>.</summary>
    public static string InLine(Release release, ChainVersion chain, Words words, Dates dates) => words[
        "Referral.ReleaseLine", InLine(new Consent(release.Form, release.Given, "", release.Until), words, dates),
        string.Join(", ", release.Steps.Select(s => chain.FindStep(s) is { } step ? words.StepTitle(step) : s.Value))];

    private static string Purpose(string code, Words words) => ConsentInput.Purposes.Contains(code) ? words.Code("Referral.Purpose", code) : code;
}
