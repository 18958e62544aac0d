using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>How a partner works.</summary>
/// <param name="Acknowledge">Working days until somebody looks, on average.</param>
/// <param name="Mondays">Whether the inbox is worked through on Mondays.</param>
/// <param name="Decline">Share that is declined.</param>
/// <param name="Ask">Share with a question first.</param>
/// <param name="Pause">Share of the work that is interrupted.</param>
internal sealed record PartnerHabits(double Acknowledge, bool Mondays, double Decline, double Ask, double Pause)
{
    private static readonly PartnerHabits Usual = new(0.7, false, 0.07, 0.10, 0.08);

    private static readonly Dictionary<string, PartnerHabits> ByPartner = new(StringComparer.Ordinal)
    {
        ["kita-amt-lindenfurt"] = new(0.3, false, 0.12, 0.08, 0.03),
        ["kita-amt-falkenrode"] = new(0.6, false, 0.10, 0.10, 0.03),
        ["kita-amt-schwarzbrueck"] = new(1.4, true, 0.08, 0.15, 0.05),
        ["schuldnerberatung-elbaue"] = new(0.5, false, 0.04, 0.12, 0.10),
        ["schuldnerberatung-heideland"] = new(0.9, false, 0.06, 0.10, 0.08),
        ["jugendamt-elbtal"] = new(1.3, false, 0.10, 0.20, 0.06),
        ["gesundheitsamt-elbtal"] = new(1.5, true, 0.12, 0.15, 0.05),
        ["aerztinnennetz-elbtal"] = new(1.2, false, 0.05, 0.20, 0.05),
        ["fitnessstudio-auenkraft"] = new(0.2, false, 0.02, 0.02, 0.10),
        ["akademie-heideland"] = new(1.0, true, 0.06, 0.08, 0.05),
        ["regionalwerkstatt-elbaue"] = new(1.6, true, 0.10, 0.10, 0.08),
        ["rechtsberatung-elbaue"] = new(1.1, false, 0.09, 0.18, 0.04),
        ["wohlfahrtsverband-heideland"] = new(0.9, false, 0.09, 0.12, 0.08),
        ["familienberatung-lindenfurt"] = new(0.5, false, 0.05, 0.08, 0.12),
    };

    // Median working days from start to end.
    private static readonly Dictionary<string, double> Days = new(StringComparer.Ordinal)
    {
        ["childcare"] = 7,
        ["childminding"] = 8,
        ["debt-counselling"] = 12,
        ["housing-help"] = 5,
        ["family-counselling"] = 12,
        ["early-support"] = 18,
        ["legal-advice"] = 5,
        ["health-check"] = 3,
        ["medical-clarification"] = 8,
        ["psychosocial-care"] = 28,
        ["health-course"] = 22,
        ["addiction-counselling"] = 25,
        ["case-management"] = 14,
        ["placement-support"] = 10,
        ["competence-assessment"] = 6,
        ["mobility-help"] = 4,
        ["part-time-apprenticeship"] = 40,
        ["training-course"] = 55,
        ["mentoring"] = 22,
    };

    private static readonly (string Reason, double Weight)[] Reasons =
    [
        ("no-capacity", 4), ("not-responsible", 1.5), ("target-group-mismatch", 1.5), ("information-missing", 1), ("already-served", 0.6),
        ("client-not-reached", 0.8), ("client-declined", 0.8), ("other", 0.4),
    ];

    /// <summary>The habits of a partner.</summary>
    public static PartnerHabits Of(OrganisationId partner) => ByPartner.GetValueOrDefault(partner.Value, Usual);

    /// <summary>Median working days that a service takes from start to end.</summary>
    public static double DaysOf(string service) => Days.GetValueOrDefault(service, 10);

    /// <summary>When somebody looks at what came in.</summary>
    public DateTimeOffset LooksAt(Dice dice, DateTimeOffset received, double stress, string at)
    {
        if (dice.Chance(0.02, "forgotten", at))
        {
            return OfficeTime.Later(received, dice.Within(5, 14, "forgotten-for", at));
        }

        var looks = OfficeTime.Later(received, 0.05 + dice.Exponential(Acknowledge * (1 + (1.2 * stress)), "looks", at));
        return Mondays && dice.Chance(0.6, "on-monday", at) ? OfficeTime.Next(looks, DayOfWeek.Monday, dice.Within(0.5, 3, "monday", at)) : looks;
    }

    /// <summary>Why it is declined.</summary>
    public static string Reason(Dice dice, bool full, string at) => full ? "no-capacity" : dice.Weighted(Reasons, "reason", at);

    /// <summary>How the work ends: mostly well, with one of the outcomes that the step allows.</summary>
    public static string Outcome(Dice dice, ChainNode.Step step, string at) =>
        dice.Weighted([.. step.Outcomes.Select((o, i) => (o, WeightOf(o, i)))], "outcome", at);

    private static double WeightOf(string outcome, int place) => outcome switch
    {
        "client-not-reached" => 0.35,
        "client-ended" => 0.4,
        "not-eligible" => 0.35,
        "no-effect" => 0.6,
        "waiting-list" => 0.8,
        "limited" => 1.4,
        _ => place == 0 ? 6 : 2.5,
    };
}
