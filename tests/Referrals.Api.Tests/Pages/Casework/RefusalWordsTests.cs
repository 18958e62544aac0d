using System.Reflection;
using System.Text.RegularExpressions;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>Every code that a caseworker may be shown has words; that they are there in both languages <see cref="WordsTests"/> knows.</summary>
public sealed partial class RefusalWordsTests
{
    private readonly Words _words = new();

    public static TheoryData<string> Refusals() =>
    [
        .. typeof(ReferralRefusal).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((ReferralRefusal)f.GetValue(null)!).Code)
            .Append(ReferralRefusal.InvalidStart([]).Code).Append(ReferralRefusal.InvalidConsent([]).Code)
            .Concat(NewRefusal().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src/Referrals.Engine/Referrals/StartRules.cs"))).Select(m => m.Groups[1].Value))
            .Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_has_words(string code) => Assert.NotEmpty(_words.Code("Referral.Refusal", code));

    [Fact]
    public void Every_status_reason_and_purpose_has_words()
    {
        Assert.True(Refusals().Count > 30);
        Assert.All(Enum.GetValues<ReferralStatus>(), s => Assert.NotEmpty(_words.Code("Referral.Status", ReferralBoard.StatusCode(s))));
        Assert.All(ReferralAct.WithdrawalReasons, r => Assert.NotEmpty(_words.Code("Referral.Withdrawal", r)));
        Assert.All(ReferralAct.WithdrawalReasons.Concat(ConsentInput.Purposes), c => Assert.True(Engine.Codes.IsCode(c)));
        Assert.All(ConsentInput.Purposes, p => Assert.NotEmpty(_words.Code("Referral.Purpose", p)));
        Assert.All(ReferralAct.All, a => Assert.NotEmpty(_words[$"Referral.Done.{a.Name}"]));
        Assert.All(ReferralFilter.Statuses.Keys, s => Assert.NotEmpty(_words.Code("ReferralList.Status", s)));
        Assert.All(ReferralFilter.Dues, d => Assert.NotEmpty(_words.Code("ReferralList.Due", d)));
        Assert.All(Enum.GetValues<WaitingFor>(), w => Assert.NotEmpty(_words[$"Referral.WaitsFor.{w.ToString().ToLowerInvariant()}"]));
        Assert.All(Enum.GetValues<OfferStatus>().Where(o => o < OfferStatus.Completed), o => Assert.NotEmpty(_words.Code("Referral.Offer", o.ToString().ToLowerInvariant())));
        Assert.All(Enum.GetValues<OfferMode>().Where(m => m != OfferMode.Chosen), m => Assert.NotEmpty(_words.Code("Start.OfferTo", m == OfferMode.InOrder ? "in-order" : "first-to-accept")));
    }

    [GeneratedRegex("new ReferralRefusal\\(\"([a-z-]+)\"")]
    private static partial Regex NewRefusal();
}
