namespace Referrals.Engine.Chains;

/// <summary>The bounds of a chain. <c>docs/chain.schema.json</c> repeats those that a schema can say.</summary>
public static class ChainLimits
{
    /// <summary>The fewest months after which words of a referral are erased by themselves.</summary>
    public const int LeastRetentionMonths = 6;

    /// <summary>The most months after which words of a referral are erased by themselves.</summary>
    public const int MostRetentionMonths = 120;

    /// <summary>Nodes on the way from the root to a step, both counted.</summary>
    public const int Depth = 20;

    /// <summary>Nodes in all.</summary>
    public const int Nodes = 200;

    /// <summary>Conditions within one another.</summary>
    public const int ConditionDepth = 10;

    /// <summary>Entries of any list: partners, outcomes, facts, codes, branches, parts of a condition.</summary>
    public const int Entries = 100;

    /// <summary>Characters of a title.</summary>
    public const int Title = 200;

    /// <summary>Characters of a description.</summary>
    public const int Description = 2000;

    /// <summary>Working days for acknowledging.</summary>
    public const int AcknowledgeWithin = 60;

    /// <summary>Working days for completing: about three years.</summary>
    public const int CompleteWithin = 750;

    /// <summary>Working days after a missed deadline.</summary>
    public const int EscalateAfter = 60;

    /// <summary>Rounds of a repeat.</summary>
    public const int Rounds = 20;

    /// <summary>Drafts that undoing leads back through.</summary>
    public const int DraftSteps = 100;

    /// <summary>Bytes of a chain's JSON.</summary>
    public const int JsonBytes = 1 << 20;
}
