namespace Referrals.Engine.Network.Contracts;

/// <summary>
/// What every message between organisations names. Messages hold ids, codes, times, numbers and at most one screened note; no
/// referral id, no case reference, no place in the holder's run. Their shape never changes: a new one is a new contract, V2.
/// </summary>
public interface IMessageV1
{
    /// <summary>The organisation that sends.</summary>
    Code From { get; }

    /// <summary>The organisation that receives.</summary>
    Code To { get; }
}

/// <summary>What a partner reports of an assignment.</summary>
public interface IPartnerMessageV1 : IMessageV1
{
    /// <summary>The assignment.</summary>
    Guid Assignment { get; }

    /// <summary>Counts the partner's messages of this assignment from 1 without gaps, so that a lost or overtaken one shows.</summary>
    int Number { get; }

    /// <summary>When it happened at the partner (UTC).</summary>
    DateTimeOffset At { get; }
}
