namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>What a walk along a chain asks of the world around it.</summary>
/// <typeparam name="TWalk">The walk.</typeparam>
internal interface IWalkWorld<in TWalk>
{
    /// <summary>Whether the step's past is known and was taken over; then the walk leaves it to the world to go on.</summary>
    bool TakeOver(TWalk walk, int step);

    /// <summary>A step is offered to a partner of it.</summary>
    void Offer(TWalk walk, int step, int partner);

    /// <summary>All offers of a step but the accepted one are taken back.</summary>
    void WithdrawOthers(TWalk walk, int step);

    /// <summary>A caseworker has to choose a partner, or leave the step out.</summary>
    void AskForPartner(TWalk walk, int step);

    /// <summary>A caseworker has to include an optional part or leave it out.</summary>
    void AskForPart(TWalk walk, int node);

    /// <summary>The branch that a choice takes: its number, the number of branches for otherwise.</summary>
    int Branch(TWalk walk, int node);

    /// <summary>Whether the condition for no further round holds.</summary>
    bool IsEnough(TWalk walk, int node, int round);

    /// <summary>The chain has run to its end.</summary>
    void Close(TWalk walk);
}
