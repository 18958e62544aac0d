using System.Security.Claims;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Endpoints;

/// <summary>Objects to a version of a chain.</summary>
/// <param name="Reason">Why, in at most 500 characters; screened.</param>
public sealed record ObjectToChain(string Reason);

/// <summary>What came of checking a chain.</summary>
/// <param name="Valid">Whether it could be proposed.</param>
/// <param name="Faults">Everything that is wrong with it.</param>
/// <param name="ContentHash">Hash of its content, if it is valid.</param>
public sealed record ChainCheckResource(bool Valid, IReadOnlyList<ChainFault> Faults, string? ContentHash = null)
{
    /// <summary>As the API shows it.</summary>
    public static ChainCheckResource From(ChainReading reading) => new(
        reading.Faults.Count == 0, reading.Faults, reading is { Chain: { } chain, Faults.Count: 0 } ? ChainJson.ContentHash(chain) : null);
}

/// <summary>A chain over all its versions.</summary>
/// <param name="Id">The chain.</param>
/// <param name="Versions">Every version that was proposed, oldest first.</param>
/// <param name="Coordinator">Who drafts, proposes and retires.</param>
/// <param name="InForce">Number of the version on which referrals start.</param>
/// <param name="Draft">What the coordinator works on; shown to the coordinator only.</param>
/// <param name="DraftFaults">What has to be put right in the draft before it is proposed.</param>
/// <param name="NeedsNewVersion">Whether a partner of the version in force has withdrawn.</param>
public sealed record ChainResource(
    ChainId Id, IReadOnlyList<ChainVersionResource> Versions, OrganisationId? Coordinator = null, int? InForce = null,
    ChainVersion? Draft = null, IReadOnlyList<ChainFault>? DraftFaults = null, bool NeedsNewVersion = false)
{
    /// <summary>As its reader may see it.</summary>
    public static ChainResource From(ChainState chain, ClaimsPrincipal reader)
    {
        var draft = reader.DraftOf(chain);
        return new(
            chain.Id, [.. chain.Versions.Values.Select(v => ChainVersionResource.From(v, whole: false, reader.ReadsReasons(chain, v)))], chain.Coordinator,
            chain.InForce?.Definition.Version, draft, draft is null ? null : ChainValidation.Check(draft), chain.NeedsNewVersion);
    }
}

/// <summary>A version of a chain.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Title">Its title.</param>
/// <param name="ContentHash">SHA-256 of its content; referrals pin it.</param>
/// <param name="ProposedAt">When it was laid before its partners.</param>
/// <param name="Agreements">Who agreed.</param>
/// <param name="Objections">Who objected, and why, where the reader may know that.</param>
/// <param name="Silent">Partners that have said nothing yet.</param>
/// <param name="Withdrawals">Who ended its agreement, and why, where the reader may know that.</param>
/// <param name="Definition">Its content; left out in the overview of a chain.</param>
/// <param name="InForceFrom">The day from which it is to be in force, where it was proposed with one.</param>
/// <param name="InForceAt">When it came into force.</param>
public sealed record ChainVersionResource(
    int Version, ChainStatus Status, LocalText Title, string ContentHash, DateTimeOffset ProposedAt,
    IReadOnlyList<AgreementResource> Agreements, IReadOnlyList<ObjectionResource> Objections, IReadOnlyList<OrganisationId> Silent,
    IReadOnlyList<WithdrawalResource> Withdrawals, ChainVersion? Definition = null, DateOnly? InForceFrom = null, DateTimeOffset? InForceAt = null)
{
    /// <summary>As the API shows it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="whole">With its content.</param>
    /// <param name="reasons">With the reasons of objections and withdrawals.</param>
    public static ChainVersionResource From(ProposedVersion version, bool whole, bool reasons) => new(
        version.Definition.Version, version.Status, version.Definition.Title, version.ContentHash, version.ProposedAt,
        [.. version.Agreements.OrderBy(a => a.Value).Select(a => new AgreementResource(a.Key, a.Value))],
        [.. version.Objections.OrderBy(o => o.Value.At).Select(o => new ObjectionResource(o.Key, reasons ? o.Value.Reason?.Text : null, o.Value.At, o.Value.Code))],
        [.. version.Silent()],
        [.. version.Withdrawals.OrderBy(w => w.Value.At).Select(w => new WithdrawalResource(w.Key, w.Value.At, w.Value.Left, reasons ? w.Value.Reason?.Text : null))],
        whole ? version.Definition : null, version.From, version.InForceAt);
}

/// <summary>A partner's agreement.</summary>
/// <param name="Partner">Who.</param>
/// <param name="At">When.</param>
public sealed record AgreementResource(OrganisationId Partner, DateTimeOffset At);

/// <summary>A partner's objection.</summary>
/// <param name="Partner">Who.</param>
/// <param name="Reason">Why, in its own words; left out where a code says it, and for organisations that the version doesn't name.</param>
/// <param name="At">When.</param>
/// <param name="Code"><c>left-network</c> when it left the network.</param>
public sealed record ObjectionResource(OrganisationId Partner, string? Reason, DateTimeOffset At, string? Code = null);

/// <summary>The end of a partner's agreement.</summary>
/// <param name="Partner">Who.</param>
/// <param name="At">When.</param>
/// <param name="Left">Whether it left the network.</param>
/// <param name="Reason">Why, in its own words; left out for organisations that the version doesn't name.</param>
public sealed record WithdrawalResource(OrganisationId Partner, DateTimeOffset At, bool Left, string? Reason = null);

/// <summary>One line of the list of chains.</summary>
/// <param name="Id">The chain.</param>
/// <param name="Title">Its title.</param>
/// <param name="Coordinator">Who coordinates it.</param>
/// <param name="Status"><c>in-force</c> where a version is, else where the newest stands, else <c>draft</c>.</param>
/// <param name="HasDraft">Whether a next version is being drawn; told to those who draw it only.</param>
/// <param name="ChangedAt">The last change.</param>
/// <param name="InForce">Number of the version in force.</param>
/// <param name="Latest">Number of the newest version.</param>
/// <param name="LatestStatus">Where that stands.</param>
/// <param name="InForceFrom">The day from which the newest version is to be in force, where it waits for that or for agreement.</param>
/// <param name="NeedsNewVersion">Whether a partner of the version in force has withdrawn.</param>
public sealed record ChainLine(
    ChainId Id, LocalText Title, OrganisationId Coordinator, string Status, bool HasDraft, DateTimeOffset ChangedAt,
    int? InForce = null, int? Latest = null, ChainStatus? LatestStatus = null, DateOnly? InForceFrom = null, bool NeedsNewVersion = false)
{
    /// <summary>As the API shows it.</summary>
    public static ChainLine From(ChainListItem item) => new(
        item.Id, item.Title, item.Coordinator, item.Status, item.HasDraft, item.ChangedAt, item.InForce, item.Latest, item.LatestStatus, item.From,
        item.NeedsNewVersion);
}
