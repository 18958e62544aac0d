using Referrals.Api.Ui.Forms;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>What was done to a draft.</summary>
/// <param name="Name">Who did it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What">Name of the event.</param>
/// <param name="Differences">What is different since, in words.</param>
public sealed record DraftChange(string Name, DateTimeOffset At, string What, IReadOnlyList<LocalText> Differences);

/// <summary>A change that can't be saved as it is, because somebody else has changed the draft.</summary>
/// <param name="Chain">The chain's code.</param>
/// <param name="Draft">The draft now; null: there is none any more.</param>
/// <param name="Stand">Which draft it is now.</param>
/// <param name="Action">Where the form was sent.</param>
/// <param name="Changes">What others did since, the oldest first.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record ConflictModel(
    string Chain, ChainVersion? Draft, string Stand, string Action, IReadOnlyList<DraftChange> Changes, FormInput Form, DateTimeOffset Now);
