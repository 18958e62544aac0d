using System.Globalization;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Network;

/// <summary>The directory of the network, and each organisation's page.</summary>
internal static class NetworkPages
{
    private const int PageSize = 25;

    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.Network, ListAsync);
        members.MapGet(Links.Organisation("{code}"), ShowAsync);
        EditPages.Map(members.MapGroup("").RequireAuthorization(Policies.OwnOrganisation));
    }

    private static async Task<IResult> ListAsync(HttpContext context, NetworkNames names, Words words, CancellationToken ct)
    {
        string Value(string name) => context.Request.Query[name].ToString().Trim();
        var (search, field, service) = (Value("suche"), Value("feld"), Value("leistung"));
        var directory = await names.DirectoryAsync(ct);
        var found = directory.Lines.Where(o => Matches(o, search, words)
            && (field.Length == 0 || o.Profile.PolicyFields.Contains(field)) && (service.Length == 0 || o.Services.Any(s => s.Service == service))).ToList();
        var last = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        var page = int.TryParse(Value("seite"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, last) : 1;
        string? Page(int number) => number < 1 || number > last ? null : Links.With(
            Links.Network, ("suche", search), ("feld", field), ("leistung", service), ("seite", number == 1 ? null : number.ToString(CultureInfo.InvariantCulture)));
        return Answer.With<DirectoryPage>(new DirectoryModel(
            FormInput.Of(("suche", search), ("feld", field), ("leistung", service)),
            [.. found.Skip((page - 1) * PageSize).Take(PageSize)],
            found.Count,
            [.. directory.Lines.SelectMany(o => o.Profile.PolicyFields).Distinct().Select(f => new Choice(f, words.PolicyField(f))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase)],
            [.. directory.Lines.SelectMany(o => o.Services).Select(s => s.Service).Distinct().Select(s => new Choice(s, words.Service(s))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase)])
        {
            Before = Page(page - 1),
            After = Page(page + 1),
        });
    }

    private static async Task<IResult> ShowAsync(string code, Visitor me, OrganisationService organisations, CancellationToken ct) =>
        Codes.IsCode(code) && await organisations.LookUpAsync(new OrganisationId(code), ct) is { } found
            ? Answer.With<OrganisationPage>(new OrganisationModel(found, me.Organisation.Value == code && me.Has(Policies.Needed[Policies.OwnOrganisation])))
            : Answer.NotFound();

    // Every word typed is somewhere in name, place, kind or services.
    private static bool Matches(OrganisationListItem o, string search, Words words)
    {
        if (search.Length == 0)
        {
            return true;
        }

        var text = string.Join(' ', [o.Profile.Name, o.Profile.Municipality, words.Kind(o.Profile.Kind), .. o.Services.Select(s => words.Service(s.Service))]);
        return search.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(w => CultureInfo.CurrentCulture.CompareInfo.IndexOf(text, w, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
    }
}
