using System.Diagnostics;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Operations;

/// <summary>What was done with an item, as the fold of its events.</summary>
public sealed record OperationState
{
    /// <summary>The kind of the stream.</summary>
    public const string StreamType = "operation";

    /// <summary>The item.</summary>
    public required Guid Item { get; init; }

    /// <summary>Whether a coordinator took care of it.</summary>
    public bool Handled { get; init; }

    /// <summary>How often it was delivered again.</summary>
    public int Redeliveries { get; init; }

    /// <summary>Whether it was thrown away after that.</summary>
    public bool Discarded { get; init; }

    /// <summary>The stream of an item of a list.</summary>
    public static StreamName Stream(OrganisationId tenant, string list, Guid item) =>
        new(tenant.Value, StreamType, Codes.StableGuid("operation", list, item.ToString()));

    /// <summary>The state after one more event; null before the first.</summary>
    public static OperationState Evolve(OperationState? state, OperationEvent happened)
    {
        var known = state ?? new OperationState { Item = happened.Item };
        return happened switch
        {
            OperationEvent.EscalationHandled => known with { Handled = true },
            OperationEvent.LetterRedelivered => known with { Redeliveries = known.Redeliveries + 1, Discarded = false },
            OperationEvent.LetterDiscarded => known with { Discarded = true },
            _ => throw new UnreachableException(),
        };
    }
}
