using System.Text.Json.Serialization;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Changes;

/// <summary>What would be different, as data. Changes apply in order.</summary>
/// <param name="Changes">1 to 50 changes.</param>
public sealed record Scenario(IReadOnlyList<Change> Changes)
{
    /// <summary>The most changes.</summary>
    public const int MostChanges = 50;
}

/// <summary>One thing that would be different.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AgreedTimes), "agreed-times")]
[JsonDerivedType(typeof(Capacity), "capacity")]
[JsonDerivedType(typeof(Partners), "partners")]
[JsonDerivedType(typeof(Offered), "offer")]
[JsonDerivedType(typeof(Order), "order")]
[JsonDerivedType(typeof(Together), "together")]
[JsonDerivedType(typeof(KnownVersion), "version")]
[JsonDerivedType(typeof(Arrivals), "arrivals")]
public abstract record Change
{
    private Change() { }

    /// <summary>Other agreed times for a step, in working days; what is left out stays as it is.</summary>
    public sealed record AgreedTimes(ChainId Chain, NodeId Step, int? Acknowledge = null, int? Complete = null) : Change;

    /// <summary>
    /// Another room at a partner: so many places, so many more or fewer (<paramref name="By"/>), or so many times as many; exactly one of them.
    /// </summary>
    public sealed record Capacity(OrganisationId Partner, string? Service = null, int? Places = null, int? By = null, double? Times = null) : Change;

    /// <summary>These partners for a step, in this order.</summary>
    public sealed record Partners(ChainId Chain, NodeId Step, [property: JsonPropertyName("partners")] IReadOnlyList<OrganisationId> Named) : Change;

    /// <summary>Another way of offering a step.</summary>
    public sealed record Offered(ChainId Chain, NodeId Step, OfferMode Mode, DeclinePath? OnDecline = null) : Change;

    /// <summary>The parts of a sequence in another order.</summary>
    public sealed record Order(ChainId Chain, NodeId Sequence, IReadOnlyList<NodeId> Children) : Change;

    /// <summary>Parts of a sequence that follow one another are done at the same time.</summary>
    public sealed record Together(ChainId Chain, NodeId Sequence, IReadOnlyList<NodeId> Children) : Change;

    /// <summary>A version of the chain that is known by its number, proposed or earlier.</summary>
    public sealed record KnownVersion(ChainId Chain, [property: JsonPropertyName("version")] int Number) : Change;

    /// <summary>Another version of a chain as a whole; for programs only, not as JSON.</summary>
    public sealed record Version(ChainVersion Chain) : Change;

    /// <summary>So many times as many referrals, of one chain or of all.</summary>
    public sealed record Arrivals(double Times, ChainId? Chain = null) : Change;
}
