using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>A file of which a chain was read, but not all that it holds.</summary>
/// <param name="Chain">What was read; nothing of it is stored yet.</param>
/// <param name="Lost">What of the file the chain doesn't have, in words for the person.</param>
public sealed record ImportFaults(ChainVersion Chain, IReadOnlyList<ChainFault> Lost);
