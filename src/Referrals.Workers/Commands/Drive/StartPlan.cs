using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Drive;

/// <summary>A chain in force.</summary>
internal sealed record DrivenChain(ChainVersion Version, string ContentHash);

/// <summary>The network that is driven. Both lists are in the order of their codes, so that the seed means the same everywhere.</summary>
/// <param name="Holders">Organisations that may hold cases.</param>
/// <param name="Chains">Chains in force.</param>
internal sealed record DrivenNetwork(IReadOnlyList<OrganisationId> Holders, IReadOnlyList<DrivenChain> Chains);

/// <summary>What a referral is started with, as the seed says.</summary>
internal sealed record StartPlan(
    DrivenChain Chain,
    OrganisationId Holder,
    string CaseReference,
    Consent Consent,
    IReadOnlyDictionary<string, FactValue> Facts,
    IReadOnlyDictionary<NodeId, OrganisationId> Partners,
    IReadOnlyDictionary<NodeId, bool> Parts,
    string? Note)
{
    /// <summary>The consent to everything, given on that day.</summary>
    public static Consent WholeConsent(DateOnly given) => new(ConsentForm.Written, given, "service-chain");

    /// <summary>The release from secrecy for every step that needs one, given on that day; null: none does.</summary>
    public static Release? WholeRelease(ChainVersion chain, DateOnly given) =>
        chain.Steps().Where(s => s.Secrecy).Select(s => s.Id).ToList() is { Count: > 0 } steps ? new Release(ConsentForm.Written, given, null, steps) : null;

    /// <summary>The release from secrecy that it is started with.</summary>
    public Release? Release => WholeRelease(Chain.Version, Consent.Given);

    /// <summary>The plan of a referral.</summary>
    /// <param name="dice">The referral's chance.</param>
    /// <param name="network">Where it runs.</param>
    /// <param name="today">The day at which the consent is given.</param>
    public static StartPlan Of(Dice dice, DrivenNetwork network, DateOnly today)
    {
        var chain = dice.Pick(network.Chains, "chain");
        var version = chain.Version;
        var holder = dice.Pick(network.Holders, "holder");
        return new StartPlan(
            chain, holder, $"D{dice.Seed}-{dice.Referral}", FirstConsent(dice, version, today),
            version.Facts.Where(f => f.Required || dice.Chance(0.7, "knows", f.Name)).ToDictionary(f => f.Name, f => Value(dice, f, "start")),
            version.Steps().Where(s => s.Offer == OfferMode.Chosen && dice.Chance(0.5, "choose-at-start", s.Id.Value))
                .ToDictionary(s => s.Id, s => dice.Pick(s.Partners, "partner-at-start", s.Id.Value)),
            version.Nodes().OfType<ChainNode.Optional>().Where(o => dice.Chance(0.5, "part-at-start", o.Id.Value))
                .ToDictionary(o => o.Id, o => dice.Chance(0.6, "includes-at-start", o.Id.Value)),
            dice.Chance(0.3, "note") ? dice.Pick(Phrases.Notes, "which-note") : null);
    }

    /// <summary>A value for a fact.</summary>
    public static FactValue Value(Dice dice, FactDeclaration fact, string at) => fact.Type switch
    {
        FactType.CodeList list => new FactValue.Code(dice.Pick(list.Codes, "fact", fact.Name, at).Code),
        FactType.WholeNumber bounds => new FactValue.Number(dice.Between(bounds.Min, bounds.Max, "fact", fact.Name, at)),
        FactType.YesNo => new FactValue.YesNo(dice.Chance(0.5, "fact", fact.Name, at)),
        FactType.Month => new FactValue.Month(new DateOnly(2026, dice.Between(1, 12, "fact", fact.Name, at), 1)),
        _ => throw new UnreachableException(),
    };

    private static Consent FirstConsent(Dice dice, ChainVersion chain, DateOnly today)
    {
        var whole = WholeConsent(today) with { Form = dice.Chance(0.5, "consent-form") ? ConsentForm.Written : ConsentForm.Electronic };
        var steps = chain.Steps().Select(s => s.Id).ToList();
        return dice.Chance(0.1, "narrow-consent") && steps.Count > 1 ? whole with { Steps = steps[..(steps.Count / 2)] } : whole;
    }
}

/// <summary>What people write. Nothing in it tells who a person is.</summary>
internal static class Phrases
{
    /// <summary>Notes to a partner.</summary>
    public static IReadOnlyList<string> Notes { get; } =
        ["Betreuung ab 6 Uhr wird gebraucht, der Bus fährt früh.", "Bitte zuerst das Gespräch, dann die Unterlagen.", "3 Kinder, eines davon unter drei."];

    /// <summary>Questions of a partner.</summary>
    public static IReadOnlyList<string> Questions { get; } =
        ["Ist ein Termin am Nachmittag möglich?", "Liegt ein Bescheid schon vor?", "Ab wann wird die Betreuung gebraucht?"];

    /// <summary>Answers of a caseworker.</summary>
    public static IReadOnlyList<string> Answers { get; } = ["Ja.", "Nein, noch nicht.", "Das ist ab dem kommenden Monat so."];

    /// <summary>Words of a partner that declines for another reason.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["Die Gruppe beginnt erst im Herbst.", "Der Kurs ist in diesem Jahr ausgefallen."];
}
