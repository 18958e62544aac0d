using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Chains.Agreeing;

namespace Referrals.Api.Ui.Pages.Chains.Printing;

/// <summary>What a client signs or takes along, on paper, made from a version of a chain. Nobody types a name here: it is written by hand.</summary>
internal static class SheetPages
{
    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.ConsentSheet(AgreementPages.Code, AgreementPages.Number), ShowAsync<ConsentSheet>);
        members.MapGet(Links.InformationSheet(AgreementPages.Code, AgreementPages.Number), ShowAsync<InformationSheet>);
        members.MapGet(Links.ReleaseSheet(AgreementPages.Code, AgreementPages.Number), ShowAsync<ReleaseSheet>);
    }

    private static async Task<IResult> ShowAsync<TPage>(string kette, string nummer, ChainDesk desk, CancellationToken ct)
        where TPage : Page<VersionModel> =>
        await desk.FindAsync(kette, nummer, ct) is var (sight, version) ? Answer.With<TPage>(new VersionModel(sight, version, new FormInput(), [])) : Answer.NotFound();
}
