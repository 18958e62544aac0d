using System.Text.Json.Serialization;

namespace Referrals.Engine.Chains;

/// <summary>
/// One version of a service chain: an immutable value agreed by every partner named in it. A referral pins id, number and
/// content hash, and runs on it to its end.
/// </summary>
public sealed record ChainVersion
{
    /// <summary>The chain over all its versions.</summary>
    public required ChainId Id { get; init; }

    /// <summary>Number of the version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Title for people.</summary>
    public required LocalText Title { get; init; }

    /// <summary>What the chain is for.</summary>
    public LocalText? Description { get; init; }

    /// <summary>Federal state whose public holidays count, as ISO 3166-2:DE code without the prefix, such as <c>BB</c>.</summary>
    public required string FederalState { get; init; }

    /// <summary>Organisation that coordinates the chain and gets escalations.</summary>
    public required OrganisationId Coordinator { get; init; }

    /// <summary>
    /// Whether names may stay in the notes of its referrals, each time with a reason: of professionals and services, or what only looks like a name. Numbers,
    /// contacts and addresses never may.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepsNames { get; init; }

    /// <summary>Facts that may be known of a case, each with its type. No free text among them.</summary>
    public IReadOnlyList<FactDeclaration> Facts { get; init; } = [];

    /// <summary>Outcome codes of this chain beside the common ones, with titles.</summary>
    public IReadOnlyList<CodeTitle> Outcomes { get; init; } = [];

    /// <summary>What happens, as a block-structured process tree.</summary>
    public required ChainNode Root { get; init; }
}

/// <summary>A text in German and, where somebody wrote it, in English.</summary>
public sealed record LocalText(string De, string? En = null);

/// <summary>A code with the words that people see.</summary>
public sealed record CodeTitle(string Code, LocalText Title);
