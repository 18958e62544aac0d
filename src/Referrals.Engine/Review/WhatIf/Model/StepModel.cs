namespace Referrals.Engine.Review.WhatIf.Model;

/// <summary>What is known of a step of a chain over all its versions.</summary>
/// <param name="Sites">What is known of it at each partner, by the partner's code.</param>
/// <param name="Anywhere">What is known of it over all partners: for a partner without a history.</param>
public sealed record StepModel(IReadOnlyDictionary<string, SiteModel> Sites, SiteModel Anywhere)
{
    /// <summary>How long it takes from where the referral reaches the step to its first offer: until a caseworker has decided or chosen.</summary>
    public Durations FirstGap { get; init; } = Durations.None;

    /// <summary>How long it takes from the end of an offer to the next one of the same step.</summary>
    public Durations NextGap { get; init; } = Durations.None;

    /// <summary>How often per working day somebody ends a visit that waits.</summary>
    public ExitRates Waiting { get; init; } = ExitRates.None;

    /// <summary>How often per working day somebody ends a visit that is in work.</summary>
    public ExitRates Working { get; init; } = ExitRates.None;

    /// <summary>What a caseworker does when nobody is left to be offered it: weights of trying again, leaving it out, giving up.</summary>
    public IReadOnlyList<double> DeadEnd { get; init; } = [0, 1, 0];

    /// <summary>Share of referrals that end here early although the step was completed.</summary>
    public double DropAfter { get; init; }

    /// <summary>What is known of it at a partner.</summary>
    public SiteModel At(string partner) => Sites.GetValueOrDefault(partner) ?? Anywhere;
}

/// <summary>How often per working day a visit is ended by the case holder.</summary>
/// <param name="Drop">The referral ends: taken back, closed early, or the consent is withdrawn.</param>
/// <param name="Reroute">The step goes to another partner.</param>
/// <param name="Skip">The step is left out.</param>
public sealed record ExitRates(double Drop, double Reroute, double Skip)
{
    /// <summary>Never.</summary>
    public static ExitRates None { get; } = new(0, 0, 0);

    /// <summary>All together.</summary>
    public double Sum => Drop + Reroute + Skip;
}

/// <summary>What is known of a step at a partner.</summary>
public sealed record SiteModel
{
    /// <summary>How many visits were seen here.</summary>
    public int Visits { get; init; }

    /// <summary>How often caseworkers chose it, against the others of the step.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>From the offer until somebody has seen it.</summary>
    public Durations Acknowledge { get; init; } = Durations.None;

    /// <summary>From there until it is accepted or declined, as far as no lack of room delays it.</summary>
    public Durations Decide { get; init; } = Durations.None;

    /// <summary>From the acceptance until work could begin, as far as no lack of room delays it.</summary>
    public Durations Begin { get; init; } = Durations.None;

    /// <summary>From the beginning of work to its end, pauses included: how long it takes up a place.</summary>
    public Durations Work { get; init; } = Durations.None;

    /// <summary>Share of that which is paused.</summary>
    public double Paused { get; init; }

    /// <summary>Share that is declined for another reason than a lack of room.</summary>
    public double Declines { get; init; }

    /// <summary>Share of the rest that is declined for lack of room while there is some.</summary>
    public double NoCapacityWhenFree { get; init; }

    /// <summary>The same while there is none.</summary>
    public double NoCapacityWhenFull { get; init; }

    /// <summary>Reported outcomes of completed work, each with its weight; none: it took place.</summary>
    public IReadOnlyList<(string Code, double Weight)> Outcomes { get; init; } = [];
}
