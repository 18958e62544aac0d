using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Referrals.Engine.Chains;

/// <summary>A node of the process tree. Ids are unique within a chain version.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Sequence), "sequence")]
[JsonDerivedType(typeof(Parallel), "parallel")]
[JsonDerivedType(typeof(Choice), "choice")]
[JsonDerivedType(typeof(Optional), "optional")]
[JsonDerivedType(typeof(Repeat), "repeat")]
[JsonDerivedType(typeof(Step), "step")]
public abstract record ChainNode
{
    private ChainNode() { }

    /// <summary>Identity within the chain version.</summary>
    public required NodeId Id { get; init; }

    /// <summary>Title for people; needed for steps and optional parts, else only a caption.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The nodes directly in this one, in order, each with its place in the JSON of this one, such as <c>branches[0].then</c>.</summary>
    public IEnumerable<(string Path, ChainNode Node)> Parts() => this switch
    {
        Sequence sequence => sequence.Children.Select((child, i) => ($"children[{i}]", child)),
        Parallel parallel => parallel.Children.Select((child, i) => ($"children[{i}]", child)),
        Choice choice => choice.Branches.Select((branch, i) => ($"branches[{i}].then", branch.Then))
            .Concat(choice.Otherwise is { } otherwise ? [("otherwise", otherwise)] : []),
        Optional optional => [("child", optional.Child)],
        Repeat repeat => [("child", repeat.Child)],
        Step => [],
        _ => throw new UnreachableException(),
    };

    /// <summary>One after the other.</summary>
    public sealed record Sequence : ChainNode
    {
        /// <summary>In order, at least one.</summary>
        public required IReadOnlyList<ChainNode> Children { get; init; }
    }

    /// <summary>All at the same time; goes on when every one has ended.</summary>
    public sealed record Parallel : ChainNode
    {
        /// <summary>At least two.</summary>
        public required IReadOnlyList<ChainNode> Children { get; init; }
    }

    /// <summary>The first branch whose condition holds when the choice is reached, else <see cref="Otherwise"/>, else nothing.</summary>
    public sealed record Choice : ChainNode
    {
        /// <summary>In order, at least one.</summary>
        public required IReadOnlyList<Branch> Branches { get; init; }

        /// <summary>When no condition holds.</summary>
        public ChainNode? Otherwise { get; init; }
    }

    /// <summary>A part that the caseworker includes or leaves out; the referral waits there until that is decided.</summary>
    public sealed record Optional : ChainNode
    {
        /// <summary>The part.</summary>
        public required ChainNode Child { get; init; }
    }

    /// <summary>A part that is repeated until a condition holds after a round, at most a number of rounds.</summary>
    public sealed record Repeat : ChainNode
    {
        /// <summary>The part.</summary>
        public required ChainNode Child { get; init; }

        /// <summary>At most this many rounds, 1 to 20.</summary>
        public required int MaxRounds { get; init; }

        /// <summary>No further round when this holds; outcomes in it speak of the latest run of a step.</summary>
        public required Condition Until { get; init; }
    }

    /// <summary>A service that a partner renders.</summary>
    public sealed record Step : ChainNode
    {
        /// <summary>Code of the service, such as <c>debt-counselling</c>.</summary>
        public required string Service { get; init; }

        /// <summary>Partners that may be offered the step, in order of preference. At least one.</summary>
        public required IReadOnlyList<OrganisationId> Partners { get; init; }

        /// <summary>Who is offered it.</summary>
        public OfferMode Offer { get; init; } = OfferMode.InOrder;

        /// <summary>Working days within which a partner acknowledges an offer, 1 to 60.</summary>
        public required int AcknowledgeWithin { get; init; }

        /// <summary>Working days from acceptance within which the step is completed, 1 to 750; null: no time agreed.</summary>
        public int? CompleteWithin { get; init; }

        /// <summary>Working days before a deadline when the partner is reminded; null: no reminder.</summary>
        public int? RemindBefore { get; init; }

        /// <summary>Working days after a missed deadline when the coordinator is told; null: never.</summary>
        public int? EscalateAfter { get; init; }

        /// <summary>What happens when a partner declines.</summary>
        public DeclinePath OnDecline { get; init; } = DeclinePath.NextPartner;

        /// <summary>Outcome codes that a completion may name. At least one.</summary>
        public required IReadOnlyList<string> Outcomes { get; init; }

        /// <summary>Names of the facts that are passed on to the partner.</summary>
        public IReadOnlyList<string> PassFacts { get; init; } = [];

        /// <summary>Names of the facts that the partner may report back on completion.</summary>
        public IReadOnlyList<string> ReturnFacts { get; init; } = [];

        /// <summary>How much comes back to the case holder.</summary>
        public Feedback Feedback { get; init; } = Feedback.TookPlace;

        /// <summary>
        /// Whether who works on it is bound by professional secrecy (§ 203 StGB): it is offered only where the client released them from it. Left out of the JSON
        /// when not, so that versions agreed before keep their content hash.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Secrecy { get; init; }
    }
}

/// <summary>One branch of a choice.</summary>
public sealed record Branch(Condition When, ChainNode Then);

/// <summary>Who is offered a step.</summary>
public enum OfferMode
{
    /// <summary>One partner after the other; the next when one declines or lets the time for acknowledging pass.</summary>
    InOrder,

    /// <summary>All at once; the first acceptance wins, the other offers are withdrawn.</summary>
    FirstToAccept,

    /// <summary>The caseworker picks one of them.</summary>
    Chosen,
}

/// <summary>What happens when a partner declines a step.</summary>
public enum DeclinePath
{
    /// <summary>Offer it to the next partner; when none is left, back to the caseworker.</summary>
    NextPartner,

    /// <summary>The caseworker decides: another partner, or skip the step.</summary>
    BackToCaseworker,

    /// <summary>The step is skipped and the chain goes on.</summary>
    Skip,
}

/// <summary>What a partner reports back when a step ends; in order of how much.</summary>
public enum Feedback
{
    /// <summary>Only whether it took place: the outcome code stays with the partner unless it means that nothing took place.</summary>
    TookPlace,

    /// <summary>The outcome code and the facts that the step returns.</summary>
    OutcomeAndFacts,
}
