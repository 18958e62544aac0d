using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;

namespace Referrals.Api.Ui.Pages.Escalations;

/// <summary>The coordinator's list of missed times.</summary>
/// <param name="Form">The filters.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Count">How many there are, in words.</param>
/// <param name="Chains">Chains to choose from.</param>
/// <param name="Partners">Partners to choose from.</param>
public sealed record EscalationsModel(
    FormInput Form, IReadOnlyList<EscalationLine> Lines, string Count, IReadOnlyList<Choice> Chains, IReadOnlyList<Choice> Partners) : ILists
{
    int? ILists.Listed => Lines.Count;

    /// <summary>The address of the list as it is shown.</summary>
    public required string Here { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsNarrow => Form["kette"].Length + Form["partner"].Length > 0 || Form["status"] != EscalationPages.OpenWord;

    /// <summary>Address of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>Address of the page after.</summary>
    public string? After { get; init; }
}

/// <summary>One missed time; nothing of the case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Chain">Title of the chain.</param>
/// <param name="Step">Title of the step.</param>
/// <param name="Partner">Name of the partner that missed it.</param>
/// <param name="Sender">Name of the organisation that waits.</param>
/// <param name="Deadline">What was missed, in words.</param>
/// <param name="Since">Since when, in words.</param>
/// <param name="Handled">Who took care of it and when, in words; null: nobody.</param>
public sealed record EscalationLine(Guid Id, string Chain, string Step, string Partner, string Sender, string Deadline, string Since, string? Handled);
