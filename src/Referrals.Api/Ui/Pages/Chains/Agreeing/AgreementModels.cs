using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>The chains of the network, by what they need.</summary>
/// <param name="NeedsMyWord">Proposals that wait for my organisation.</param>
/// <param name="Mine">What my organisation draws: drafts, and chains that need a new version.</param>
/// <param name="InForce">What is in force.</param>
/// <param name="Others">Everything else.</param>
/// <param name="Directory">The organisations of the network.</param>
/// <param name="Now">Now (UTC).</param>
public sealed record AgreementsModel(
    IReadOnlyList<ChainListItem> NeedsMyWord, IReadOnlyList<ChainListItem> Mine, IReadOnlyList<ChainListItem> InForce, IReadOnlyList<ChainListItem> Others,
    NetworkDirectory Directory, DateTimeOffset Now);

/// <summary>A version as an organisation reads it before it says something of it.</summary>
/// <param name="Sight">The chain.</param>
/// <param name="Version">The version.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Hits">What the screen found in it.</param>
public sealed record VersionModel(ChainSight Sight, ProposedVersion Version, FormInput Form, IReadOnlyList<ScreenHit> Hits)
{
    /// <summary>Field of an objection's reason.</summary>
    public const string Objection = "widerspruch";

    /// <summary>Field of a withdrawal's reason.</summary>
    public const string Withdrawal = "ruecktritt";

    /// <summary>Its number.</summary>
    public int Number => Version.Definition.Version;

    /// <summary>Whether my organisation is named in a step.</summary>
    public bool IsPartner => Version.Definition.Partners().Contains(Sight.Me);

    /// <summary>The version that it is compared with: the one in force, else the newest earlier one that all had agreed to; null: there is none.</summary>
    public ProposedVersion? Before => Sight.Chain.InForce is { } inForce && inForce.Definition.Version < Number
        ? inForce
        : Sight.Chain.Versions.Values.LastOrDefault(v => v.Definition.Version < Number && v.WasAgreed);

    /// <summary>Whether it can be agreed to.</summary>
    public bool CanAgree => Version.Asked().Contains(Sight.Me) && !Version.Agreements.ContainsKey(Sight.Me)
        && (Version.Status == ChainStatus.Proposed || (Version.Status == ChainStatus.InForce && Version.Withdrawals.ContainsKey(Sight.Me)));

    /// <summary>Whether it can be objected to.</summary>
    public bool CanObject => Version.Asked().Contains(Sight.Me) && !Version.Objections.ContainsKey(Sight.Me)
        && Version.Status is ChainStatus.Proposed or ChainStatus.Objected or ChainStatus.Agreed;

    /// <summary>Whether one can withdraw from it.</summary>
    public bool CanWithdraw => IsPartner && Version.WasAgreed && !Version.Withdrawals.ContainsKey(Sight.Me);

    /// <summary>Whether it can be taken out of use, or back.</summary>
    public bool CanRetire => Sight.Draws && Version.Status is not (ChainStatus.Retired or ChainStatus.Replaced);

    /// <summary>What an organisation takes on with it.</summary>
    public IReadOnlyList<Commitment> Takes(OrganisationId organisation) => Commitments.Of(Version.Definition, organisation, Sight.Directory.ChainNames());
}

/// <summary>Two versions beside each other.</summary>
/// <param name="Sight">The chain.</param>
/// <param name="Form">Which ones.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Before">The earlier one; null: not chosen.</param>
/// <param name="After">The later one; null: not chosen.</param>
public sealed record ComparisonModel(ChainSight Sight, FormInput Form, IReadOnlyList<Choice> Choices, ChainVersion? Before, ChainVersion? After);

/// <summary>What is about to be proposed.</summary>
/// <param name="Sight">The chain.</param>
/// <param name="Draft">What is drawn; null: nothing.</param>
/// <param name="Faults">What stands in the way.</param>
/// <param name="Form">What was typed.</param>
public sealed record ProposalModel(ChainSight Sight, ChainVersion? Draft, IReadOnlyList<Drawing.PlacedFault> Faults, FormInput Form)
{
    /// <summary>Field of the day.</summary>
    public const string From = "ab";
}
