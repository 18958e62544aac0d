namespace Referrals.Engine.Chains.Comparing;

/// <summary>What became of something between two versions.</summary>
public enum DifferenceKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It stands elsewhere.</summary>
    Moved,

    /// <summary>It is another.</summary>
    Changed,
}

/// <summary>One difference between two versions of a chain.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Node">The step or other node that it is about; null: the chain as a whole.</param>
/// <param name="What">What of it, one of <see cref="DifferenceParts"/>.</param>
/// <param name="Before">The earlier value, as a code or number; null: none.</param>
/// <param name="After">The later value, as a code or number; null: none.</param>
/// <param name="Sentence">The difference in words.</param>
public sealed record ChainDifference(DifferenceKind Kind, NodeId? Node, string What, string? Before, string? After, LocalText Sentence)
{
    /// <summary>The partners for which it changes something, in either version.</summary>
    public IReadOnlyList<OrganisationId> Partners { get; init; } = [];
}

/// <summary>What can differ.</summary>
public static class DifferenceParts
{
    /// <summary>A node of the tree with all that is in it: a step, or a part around steps.</summary>
    public const string Node = "node";

    /// <summary>Where a node stands.</summary>
    public const string Place = "place";

    /// <summary>What kind of node it is.</summary>
    public const string Form = "kind";

    /// <summary>A title.</summary>
    public const string Title = "title";

    /// <summary>The description of the chain.</summary>
    public const string Description = "description";

    /// <summary>The code of the chain.</summary>
    public const string Id = "id";

    /// <summary>The federal state whose public holidays count.</summary>
    public const string FederalState = "federal-state";

    /// <summary>Whether names may stay in notes.</summary>
    public const string KeepsNames = "keeps-names";

    /// <summary>Who coordinates the chain.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>A fact that the chain declares, or the order of its facts.</summary>
    public const string Fact = "fact";

    /// <summary>An outcome that the chain declares, or one that a step names, or their order.</summary>
    public const string Outcome = "outcome";

    /// <summary>The service of a step.</summary>
    public const string Service = "service";

    /// <summary>A partner of a step.</summary>
    public const string Partner = "partner";

    /// <summary>The order of a step's partners.</summary>
    public const string PartnerOrder = "partner-order";

    /// <summary>Who is offered a step.</summary>
    public const string Offer = "offer";

    /// <summary>The time for acknowledging.</summary>
    public const string AcknowledgeWithin = "acknowledge-within";

    /// <summary>The time for completing.</summary>
    public const string CompleteWithin = "complete-within";

    /// <summary>When the partner is reminded.</summary>
    public const string RemindBefore = "remind-before";

    /// <summary>When the coordinator is told.</summary>
    public const string EscalateAfter = "escalate-after";

    /// <summary>What happens when a partner declines.</summary>
    public const string OnDecline = "on-decline";

    /// <summary>A fact that is passed on to the partner, or their order.</summary>
    public const string PassFact = "pass-fact";

    /// <summary>A fact that comes back, or their order.</summary>
    public const string ReturnFact = "return-fact";

    /// <summary>How much comes back.</summary>
    public const string Feedback = "feedback";

    /// <summary>Whether the step needs a release from professional secrecy.</summary>
    public const string Secrecy = "secrecy";

    /// <summary>The condition of a branch.</summary>
    public const string Condition = "condition";

    /// <summary>The branches of a choice and their order.</summary>
    public const string Branch = "branch";

    /// <summary>What happens when no condition of a choice holds.</summary>
    public const string Otherwise = "otherwise";

    /// <summary>How often a part is repeated at most.</summary>
    public const string MaxRounds = "max-rounds";

    /// <summary>Until when a part is repeated.</summary>
    public const string Until = "until";
}
