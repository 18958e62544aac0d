using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>A visit as it stood at the end of the history that a model rests on; times in working days, not a number for what had not happened.</summary>
internal sealed class SeenVisit
{
    public required int Case { get; init; }

    public required string Step { get; init; }

    public required string Service { get; init; }

    public required string Partner { get; init; }

    public required int Round { get; init; }

    public required int Attempt { get; init; }

    public required double Offered { get; init; }

    public double Acknowledged { get; init; }

    public double Accepted { get; init; }

    public double Started { get; init; }

    public double Ended { get; init; }

    /// <summary>Share of the time from start to end that was paused.</summary>
    public double Paused { get; init; }

    public VisitEnd End { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Whether the partner had no room when it was offered, acknowledged, accepted.</summary>
    public bool FullAtOffer { get; set; }

    public bool FullAtAcknowledgement { get; set; }

    public bool FullAtAcceptance { get; set; }

    public PoolKey Pool => new(Partner, Service);

    /// <summary>When somebody had looked at it: acknowledged, or declined without it.</summary>
    public double Seen => double.IsNaN(Acknowledged) && End == VisitEnd.Declined ? Ended : Acknowledged;

    /// <summary>When it was accepted or declined.</summary>
    public double Decided => !double.IsNaN(Accepted) ? Accepted : End == VisitEnd.Declined ? Ended : double.NaN;

    public bool IsOpen => End == VisitEnd.Open;

    /// <summary>The time until which it was watched.</summary>
    public double Watched(double until) => IsOpen ? until : Ended;
}

/// <summary>A referral as it stood at the end of the history.</summary>
/// <param name="Chain">Index of its chain in the model.</param>
/// <param name="Version">Version of the chain.</param>
/// <param name="Started">When it started.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="RanToItsEnd">Whether the chain ran to its end.</param>
/// <param name="Counts">Whether it may be counted.</param>
/// <param name="IsWhole">Whether it may be counted with all its visits.</param>
/// <param name="Visits">Its visits that may be counted.</param>
internal sealed record SeenCase(int Chain, int Version, double Started, double Ended, bool RanToItsEnd, bool Counts, bool IsWhole, IReadOnlyList<SeenVisit> Visits)
{
    public bool IsOpen => double.IsNaN(Ended);
}
