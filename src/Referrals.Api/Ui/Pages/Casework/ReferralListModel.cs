using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>The list of referrals with everything around it.</summary>
/// <param name="Filter">What is asked for.</param>
/// <param name="Page">The lines.</param>
/// <param name="Chains">Chains to choose from.</param>
/// <param name="People">Colleagues to choose from.</param>
/// <param name="Views">Saved views.</param>
/// <param name="Form">The form that saves a view.</param>
/// <param name="Now">The time that due dates are compared with.</param>
public sealed record ReferralListModel(
    ReferralFilter Filter, ReferralListPage Page, IReadOnlyList<Choice> Chains, IReadOnlyList<Choice> People, IReadOnlyList<SavedView> Views, FormInput Form, DateTimeOffset Now) : ILists
{
    int? ILists.Listed => Page.Lines.Count;

    /// <summary>What is filtered by, each with the address without it.</summary>
    public IEnumerable<(string Text, string Without)> Chips(Words words)
    {
        if (Filter.Status.Length > 0)
        {
            yield return (words.Code("ReferralList.Status", Filter.Status), (Filter with { Status = "" }).Url);
        }

        if (Filter.Chain.Length > 0)
        {
            yield return (Chains.FirstOrDefault(c => c.Value == Filter.Chain)?.Text ?? Filter.Chain, (Filter with { Chain = "" }).Url);
        }

        if (Filter.Due.Length > 0)
        {
            yield return (words["ReferralList.DueChip", words.Code("ReferralList.Due", Filter.Due)], (Filter with { Due = "" }).Url);
        }

        if (Filter.Person.Length > 0)
        {
            yield return (words["ReferralList.PersonChip", People.FirstOrDefault(p => p.Value == Filter.Person)?.Text ?? Filter.Person], (Filter with { Person = "" }).Url);
        }

        if (Filter.Search.Length > 0)
        {
            yield return (words["ReferralList.SearchChip", Filter.Search], (Filter with { Search = "" }).Url);
        }
    }
}
