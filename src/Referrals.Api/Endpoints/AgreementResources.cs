using Referrals.Api.Ui.Pages.Chains.Agreeing;
using Referrals.Engine;
using Referrals.Engine.Chains.Comparing;

namespace Referrals.Api.Endpoints;

/// <summary>Withdraws from a version of a chain in force.</summary>
/// <param name="Reason">Why, in at most 500 characters; screened.</param>
public sealed record WithdrawFromChain(string Reason);

/// <summary>The difference of two versions of a chain.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="From">The earlier version: a number, or <c>draft</c>.</param>
/// <param name="To">The later version: a number, or <c>draft</c>.</param>
/// <param name="Differences">Every difference, as data and in words; empty: none.</param>
public sealed record ChainComparisonResource(ChainId Chain, string From, string To, IReadOnlyList<ChainDifference> Differences);

/// <summary>What an organisation takes on with a version.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="Organisation">Who takes it on.</param>
/// <param name="Steps">By step; empty: it is named in none.</param>
public sealed record ChainCommitmentsResource(ChainId Chain, int Version, OrganisationId Organisation, IReadOnlyList<Commitment> Steps);

/// <summary>Who said what of a version, and when.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="ContentHash">The hash of the content that they said it of.</param>
/// <param name="Entries">The record, oldest first.</param>
public sealed record ChainSignaturesResource(ChainId Chain, int Version, string ContentHash, IReadOnlyList<ShownEntry> Entries);
