using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>
/// How many cases a partner can work on at once: as many as its usual demand takes, with something to spare; fewer in summer and when people
/// are ill. One partner loses people in the last part of the story.
/// </summary>
internal sealed class Staffing
{
    /// <summary>The partner that slowly becomes the bottleneck.</summary>
    public static readonly OrganisationId Bottleneck = new("schuldnerberatung-elbaue");

    // More than the mean demand takes, for the months with most; and for chance, which weighs less the more cases there are.
    private const double Margin = 1.18;
    private const double Spare = 0.9;
    private const double Lost = 0.5;

    // What stays lying is found after so long at the latest.
    private static readonly TimeSpan LyingSince = TimeSpan.FromDays(270);

    // How many of a hundred referrals come to begin at a partner's service, found out by playing with room for everybody; where others
    // send what they can't take, more.
    private static readonly Dictionary<(string Partner, string Service), double> Demand = new()
    {
        [("aerztinnennetz-elbtal", "medical-clarification")] = 6.2,
        [("akademie-heideland", "training-course")] = 2.2,
        [("ausbildungsring-elbtal", "competence-assessment")] = 5.6,
        [("ausbildungsring-elbtal", "part-time-apprenticeship")] = 1,
        [("bildungswerk-lindenfurt", "competence-assessment")] = 6,
        [("bildungswerk-lindenfurt", "training-course")] = 2.8,
        [("fallmanagement-heide", "case-management")] = 27.4,
        [("familienberatung-lindenfurt", "family-counselling")] = 14.8,
        [("fitnessstudio-auenkraft", "health-course")] = 1.6,
        [("frauenzentrum-schwarzbrueck", "mentoring")] = 1.4,
        [("gesunde-kinder-elbtal", "early-support")] = 15.8,
        [("gesundheitsamt-elbtal", "health-check")] = 4.4,
        [("gesundheitsamt-elbtal", "medical-clarification")] = 1,
        [("gesundheitszentrum-lindenfurt", "health-check")] = 19.2,
        [("gesundheitszentrum-lindenfurt", "health-course")] = 2,
        [("handwerksschule-falkenrode", "training-course")] = 4.2,
        [("hilfswerk-klosterhain", "early-support")] = 1.2,
        [("jobcenter-elbtal", "placement-support")] = 26.4,
        [("jugendamt-elbtal", "family-counselling")] = 3.4,
        [("kita-amt-falkenrode", "childcare")] = 7.2,
        [("kita-amt-lindenfurt", "childcare")] = 37.4,
        [("kita-amt-schwarzbrueck", "childcare")] = 1.4,
        [("landaufschwung-heideland", "mentoring")] = 1,
        [("projektagentur-heideland", "health-course")] = 12.6,
        [("rechtsberatung-elbaue", "legal-advice")] = 9,
        [("regionalwerkstatt-elbaue", "mentoring")] = 1.2,
        [("regionalwerkstatt-elbaue", "mobility-help")] = 1,
        [("schuldnerberatung-elbaue", "debt-counselling")] = 55.8,
        [("schuldnerberatung-heideland", "debt-counselling")] = 15,
        [("sozialamt-elbtal", "housing-help")] = 5.8,
        [("sozialverband-elbaue", "family-counselling")] = 7,
        [("sozialverband-elbaue", "psychosocial-care")] = 5.6,
        [("suchtberatung-falkenrode", "addiction-counselling")] = 6.2,
        [("tagespflege-elbtal", "childminding")] = 4.2,
        [("wohlfahrtsverband-heideland", "mobility-help")] = 3.4,
        [("wohlfahrtsverband-heideland", "psychosocial-care")] = 1,
    };

    // Share of what comes in the last weeks and stays unread there; elsewhere less.
    private static readonly Dictionary<string, double> Behind = new(StringComparer.Ordinal)
    {
        [Bottleneck.Value] = 0.16,
        ["schuldnerberatung-heideland"] = 0.12,
        ["kita-amt-lindenfurt"] = 0.1,
        ["gesundheitsamt-elbtal"] = 0.5,
        ["jugendamt-elbtal"] = 0.4,
        ["rechtsberatung-elbaue"] = 0.4,
        ["fallmanagement-heide"] = 0.12,
    };

    // Share of the work that stays lying and is never completed, where there is much of it.
    private static readonly Dictionary<string, double> Lying = new(StringComparer.Ordinal)
    {
        [Bottleneck.Value] = 0.02,
        ["kita-amt-lindenfurt"] = 0.006,
        ["fallmanagement-heide"] = 0.01,
        ["jobcenter-elbtal"] = 0.008,
    };

    private readonly HistoryOrder _order;
    private readonly double _perDay;

    /// <param name="order">What is played.</param>
    public Staffing(HistoryOrder order)
    {
        _order = order;
        var first = DateOnly.FromDateTime(order.From.UtcDateTime);
        var days = DateOnly.FromDateTime(order.Until.UtcDateTime).DayNumber - first.DayNumber;
        _perDay = order.Referrals / (double)Math.Max(1, Enumerable.Range(0, days).Count(d => OfficeTime.IsOpen(first.AddDays(d))));
    }

    /// <summary>How much pressure the partner is under: 0 as usual to 1.</summary>
    public double StressOf(OrganisationId partner, DateTimeOffset at) => partner == Bottleneck ? _order.Stress(at) : 0;

    /// <summary>The probability that nobody there looks in time at what comes now.</summary>
    public double BehindOf(OrganisationId partner, DateTimeOffset at) => _order.IsLastWeeks(at) ? Behind.GetValueOrDefault(partner.Value, 0.03) : 0;

    /// <summary>The probability that work there stays lying.</summary>
    public double LyingOf(OrganisationId partner, DateTimeOffset at) => at >= _order.Until - LyingSince ? Lying.GetValueOrDefault(partner.Value, 0.001) : 0;

    /// <summary>How many cases the partner can work on at once.</summary>
    public int PlacesOf(OrganisationId partner, string service, DateTimeOffset at)
    {
        var demand = Demand.GetValueOrDefault((partner.Value, service), 5) / 100;
        var load = _perDay * demand * PartnerHabits.DaysOf(service);
        var usual = Math.Max(1.5, (load * Margin) + (Spare * Math.Sqrt(load)));
        var places = usual * Season(at) * Health(partner, at) * (1 - (Lost * StressOf(partner, at)));
        return Math.Max(1, (int)Math.Round(places));
    }

    private static double Season(DateTimeOffset at) => at.Month is 7 or 8 ? 0.85 : 1;

    private double Health(OrganisationId partner, DateTimeOffset at)
    {
        var week = ISOWeek.GetWeekOfYear(WorkingCalendar.LocalDay(at).ToDateTime(TimeOnly.MinValue));
        return new Dice(_order.Seed, week).Chance(0.05, "ill", partner.Value, at.Year.ToString(CultureInfo.InvariantCulture)) ? 0.55 : 1;
    }
}
