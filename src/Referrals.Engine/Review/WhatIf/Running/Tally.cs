namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>What is counted of the visits of one step at one partner between two moments.</summary>
internal sealed class Tally
{
    public readonly List<double> Waits = [];
    public int Offered;
    public int Accepted;
    public int Declined;
    public int Expired;
    public int Completed;
    public int ToBeAcknowledged;
    public int AcknowledgedInTime;
    public int ToBeCompleted;
    public int CompletedInTime;
    public double DaysWaiting;
    public double DaysQueued;
    public double DaysInWork;

    public void Clear()
    {
        Waits.Clear();
        (Offered, Accepted, Declined, Expired, Completed) = (0, 0, 0, 0, 0);
        (ToBeAcknowledged, AcknowledgedInTime, ToBeCompleted, CompletedInTime) = (0, 0, 0, 0);
        (DaysWaiting, DaysQueued, DaysInWork) = (0, 0, 0);
    }

    public void Add(Tally other)
    {
        Waits.AddRange(other.Waits);
        Offered += other.Offered;
        Accepted += other.Accepted;
        Declined += other.Declined;
        Expired += other.Expired;
        Completed += other.Completed;
        ToBeAcknowledged += other.ToBeAcknowledged;
        AcknowledgedInTime += other.AcknowledgedInTime;
        ToBeCompleted += other.ToBeCompleted;
        CompletedInTime += other.CompletedInTime;
        DaysWaiting += other.DaysWaiting;
        DaysQueued += other.DaysQueued;
        DaysInWork += other.DaysInWork;
    }
}

/// <summary>What is counted of the referrals of one chain between two moments.</summary>
internal sealed class CaseTally
{
    public readonly List<double> Lengths = [];
    public int Arrived;
    public int Dropped;

    public void Add(CaseTally other)
    {
        Lengths.AddRange(other.Lengths);
        Arrived += other.Arrived;
        Dropped += other.Dropped;
    }
}
