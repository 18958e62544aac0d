using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>Where something is put in a draft, as addresses and forms say it: <c>nach kinderbetreuung</c>.</summary>
internal static class AddStep
{
    public const string Before = "vor";
    public const string After = "nach";
    public const string Beside = "neben";
    public const string Inside = "in";
    public const string End = "ende";

    /// <summary>The place; null where nothing of that name is.</summary>
    public static DrawPlace? Place(ChainVersion draft, string? where, string? block)
    {
        if (where is End or null or "")
        {
            return new DrawPlace.AtEnd();
        }

        if (draft.Nodes().FirstOrDefault(n => n.Id.Value == block) is not { Id: var node })
        {
            return null;
        }

        return where switch
        {
            Before => new DrawPlace.Before(node),
            After => new DrawPlace.After(node),
            Beside => new DrawPlace.Beside(node),
            Inside => new DrawPlace.Inside(node),
            _ => null,
        };
    }
}

/// <summary>The form for a new step.</summary>
/// <param name="Sight">The draft.</param>
/// <param name="Where">What is said about where it goes.</param>
/// <param name="Action">Where the form is sent.</param>
/// <param name="Form">The values.</param>
/// <param name="Services">Services of the network.</param>
public sealed record AddModel(DraftSight Sight, string Where, string Action, FormInput Form, IReadOnlyList<Choice> Services);

/// <summary>The form of a step.</summary>
/// <param name="Sight">The draft.</param>
/// <param name="Step">The step.</param>
/// <param name="Form">The values.</param>
/// <param name="IsSent">Whether the form was sent and has faults.</param>
/// <param name="Focus">The button that gets the keyboard's focus, or null.</param>
/// <param name="Services">Services of the network.</param>
public sealed record StepModel(DraftSight Sight, ChainNode.Step Step, FormInput Form, bool IsSent, string? Focus, IReadOnlyList<Choice> Services);
