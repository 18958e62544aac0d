using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Referrals;

/// <summary>What has to be right before a referral can be started: all faults at once.</summary>
internal static class StartRules
{
    /// <summary>Every fault of a start on this chain version.</summary>
    public static IReadOnlyList<ReferralRefusal> Check(
        ReferralCommand.Start start, ChainVersion chain, DateOnly today, IReadOnlySet<OrganisationId> withdrawn) =>
    [
        .. CaseReference(start.CaseReference),
        .. Facts(start, chain),
        .. Partners(start, chain, withdrawn),
        .. Parts(start, chain),
        .. start.Note?.Kept is not null && !chain.KeepsNames ? [ReferralRefusal.NamesNotKept with { Field = "note" }] : Array.Empty<ReferralRefusal>(),
        .. CheckConsent(start.Consent, chain, today),
        .. start.Release is { } release ? Releasing.Check(release, chain, today) : [],
    ];

    /// <summary>Every fault of a consent.</summary>
    public static IEnumerable<ReferralRefusal> CheckConsent(Consent consent, ChainVersion chain, DateOnly today)
    {
        if (consent.Given > today)
        {
            yield return new ReferralRefusal("consent-in-future", "The consent can't have been given in the future.", "consent.given");
        }

        if (consent.Until is { } until && until < consent.Given)
        {
            yield return new ReferralRefusal("consent-ends-before-start", "The consent ends before it was given.", "consent.until");
        }
        else if (consent.Until is { } last && last < today)
        {
            yield return new ReferralRefusal("consent-expired", "The consent has expired.", "consent.until");
        }

        if (!Codes.IsCode(consent.Purpose))
        {
            yield return new ReferralRefusal("consent-purpose-not-a-code", "The purpose is a code of lower-case letters, digits and hyphens.", "consent.purpose");
        }

        foreach (var unknown in (consent.Steps ?? []).Where(s => chain.FindStep(s) is null))
        {
            yield return new ReferralRefusal("step-unknown", $"The chain has no step '{unknown}'.", "consent.steps");
        }
    }

    private static IEnumerable<ReferralRefusal> CaseReference(string reference) =>
        NoteScreen.ScreenCaseReference(reference) is ScreenResult.Passed
            ? []
            : [new ReferralRefusal("case-reference-unusable", "The case reference is unusable, or could tell who the person is.", "caseReference")];

    private static IEnumerable<ReferralRefusal> Facts(ReferralCommand.Start start, ChainVersion chain)
    {
        foreach (var (name, value) in start.Facts)
        {
            if (chain.FindFact(name) is not { } declared)
            {
                yield return new ReferralRefusal("fact-unknown", $"The chain does not declare the fact '{name}'.", $"facts.{name}");
            }
            else if (!declared.Type.Allows(value))
            {
                yield return new ReferralRefusal("fact-value-not-allowed", $"The fact '{name}' can't have this value.", $"facts.{name}");
            }
        }

        foreach (var missing in chain.Facts.Where(f => f.Required && !start.Facts.ContainsKey(f.Name)))
        {
            yield return new ReferralRefusal("fact-missing", $"The fact '{missing.Name}' is required.", $"facts.{missing.Name}");
        }
    }

    private static IEnumerable<ReferralRefusal> Partners(ReferralCommand.Start start, ChainVersion chain, IReadOnlySet<OrganisationId> withdrawn)
    {
        foreach (var (id, partner) in start.Partners)
        {
            if (chain.FindStep(id) is not { Offer: OfferMode.Chosen } step)
            {
                yield return new ReferralRefusal("partner-not-to-be-chosen", $"The chain has no step '{id}' whose partner is chosen.", $"partners.{id}");
            }
            else if (!step.Partners.Contains(partner))
            {
                yield return new ReferralRefusal("partner-not-agreed", $"The chain does not name '{partner}' for this step.", $"partners.{id}");
            }
            else if (withdrawn.Contains(partner))
            {
                yield return ReferralRefusal.PartnerWithdrew with { Field = $"partners.{id}" };
            }
        }
    }

    private static IEnumerable<ReferralRefusal> Parts(ReferralCommand.Start start, ChainVersion chain) =>
        from id in start.Parts.Keys
        where !chain.Nodes().OfType<ChainNode.Optional>().Any(o => o.Id == id)
        select new ReferralRefusal("part-unknown", $"The chain has no optional part '{id}'.", $"parts.{id}");
}
