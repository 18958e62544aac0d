using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Model;

/// <summary>What the simulation knows of a network: how much comes, which ways it goes, how partners answer and how many they can work on at once.</summary>
/// <param name="Days">The time line.</param>
/// <param name="From">Where on it the history that it rests on begins.</param>
/// <param name="Until">Where it ends, and where a simulation that goes on from it begins.</param>
/// <param name="Chains">Chains.</param>
/// <param name="Capacity">The room of a partner's service; what is not listed has room for everybody.</param>
/// <param name="Open">Referrals that run at <paramref name="Until"/>.</param>
public sealed record NetworkModel(
    WorkingDays Days,
    double From,
    double Until,
    IReadOnlyList<ChainModel> Chains,
    IReadOnlyDictionary<PoolKey, Room> Capacity,
    IReadOnlyList<OpenReferral> Open)
{
    /// <summary>The model of a chain, or null.</summary>
    public ChainModel? Find(ChainId id) => Chains.FirstOrDefault(c => c.Current.Id == id);
}

/// <summary>People who work on one service of a partner: what has a capacity.</summary>
/// <param name="Partner">Partner.</param>
/// <param name="Service">Code of the service.</param>
public readonly record struct PoolKey(string Partner, string Service);

/// <summary>The room of a partner's service.</summary>
/// <param name="Places">How many can be in work at once.</param>
/// <param name="Turnover">Working days that a place stays empty from when it gets free to when the next one who waits for it is begun with.</param>
/// <param name="Backlog">How many it accepts beyond its places at most; with so many accepted, it answers none until there is room again. Null: it accepts any number.</param>
public sealed record Room(int Places, double Turnover = 0, int? Backlog = null);

/// <summary>A chain in the model.</summary>
/// <param name="Current">The version on which new referrals start.</param>
/// <param name="Earlier">Other versions, on which referrals may still run.</param>
/// <param name="Arrivals">How many start.</param>
/// <param name="Steps">What is known of each step, by its id.</param>
/// <param name="Paths">How often which way is taken.</param>
public sealed record ChainModel(
    ChainVersion Current,
    IReadOnlyList<ChainVersion> Earlier,
    ArrivalModel Arrivals,
    IReadOnlyDictionary<string, StepModel> Steps,
    PathModel Paths)
{
    /// <summary>The version of this number; the current one where it is not known.</summary>
    public ChainVersion Version(int version) => Earlier.FirstOrDefault(v => v.Version == version) ?? Current;
}

/// <summary>How often which way is taken where facts or people decide.</summary>
/// <param name="Branches">For a choice, by its id, the weight of each branch, then of otherwise.</param>
/// <param name="Parts">For an optional part, by its id, the share that includes it.</param>
/// <param name="Enough">For a repeat, by its id, the share of rounds after which there is no further one.</param>
public sealed record PathModel(
    IReadOnlyDictionary<string, double[]> Branches, IReadOnlyDictionary<string, double> Parts, IReadOnlyDictionary<string, double> Enough)
{
    /// <summary>Nothing known: every way is as likely.</summary>
    public static PathModel Unknown { get; } = new(new Dictionary<string, double[]>(), new Dictionary<string, double>(), new Dictionary<string, double>());
}

/// <summary>How many referrals start.</summary>
/// <param name="PerDay">On a working day on average, at the level of the history's end.</param>
/// <param name="Weekdays">Factor of Monday to Friday.</param>
/// <param name="Months">Factor of January to December.</param>
/// <param name="Crowding">How much more days differ than by chance: variance ÷ mean; 1: by chance alone (Poisson).</param>
public sealed record ArrivalModel(double PerDay, IReadOnlyList<double> Weekdays, IReadOnlyList<double> Months, double Crowding)
{
    /// <summary>The same every day, by chance alone.</summary>
    public static ArrivalModel Steady(double perDay) => new(perDay, [1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 1);

    /// <summary>The mean of a day.</summary>
    public double On(DateOnly day) => PerDay * Months[day.Month - 1]
        * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : Weekdays[(int)day.DayOfWeek - 1]);
}

/// <summary>A referral that runs where the history ends.</summary>
/// <param name="Chain">Index of its chain in the model.</param>
/// <param name="Version">Version of the chain.</param>
/// <param name="Started">When it started.</param>
/// <param name="Visits">What happened in it so far.</param>
public sealed record OpenReferral(int Chain, int Version, double Started, IReadOnlyList<KnownVisit> Visits);

/// <summary>A visit of a running referral; what has not happened is not a number.</summary>
/// <param name="Step">Step.</param>
/// <param name="Partner">Partner.</param>
/// <param name="Round">Round.</param>
/// <param name="Offered">When it was offered.</param>
/// <param name="Acknowledged">When it was acknowledged.</param>
/// <param name="Accepted">When it was accepted.</param>
/// <param name="Started">When work began.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="End">How.</param>
/// <param name="Reason">Outcome or reason.</param>
public sealed record KnownVisit(
    string Step, string Partner, int Round, double Offered, double Acknowledged, double Accepted, double Started, double Ended, Visits.VisitEnd End, string Reason);
