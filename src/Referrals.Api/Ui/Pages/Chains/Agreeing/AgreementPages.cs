using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Chains.Printing;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>Chains as agreements: what is proposed, agreed, in force, and who said what.</summary>
internal static class AgreementPages
{
    /// <summary>The code of a chain in a route.</summary>
    public const string Code = "{kette}";

    /// <summary>The number of a version in a route.</summary>
    public const string Number = "{nummer}";

    public static void Add(IServiceCollection services) => services.AddScoped<ChainDesk>().AddSingleton<ChainRecordReader>();

    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.Agreements, ListAsync);
        members.MapGet(Links.Chain(Code), ShowAsync);
        members.MapGet(Links.ChainVersion(Code, Number), ShowVersionAsync);
        members.MapGet(Links.ChainDocument(Code, Number), ShowDocumentAsync);
        SheetPages.Map(members);
        members.MapGet(Links.ChainFile(Code, Number), DownloadAsync);
        members.MapGet(Links.ChainComparison(Code), CompareAsync);
        VersionActs.Map(members.MapGroup("").RequireAuthorization(Policies.Agreement));
        ProposalPages.Map(members.MapGroup("").RequireAuthorization(Policies.Coordinator));
    }

    private static async Task<IResult> ListAsync(Visitor me, ChainService chains, NetworkNames names, TimeProvider time, CancellationToken ct)
    {
        var draws = me.Has(NetworkRoles.Coordinator);
        var all = (await chains.AllAsync(ct)).Select(me.User.LineOf).OfType<ChainListItem>()
            .OrderBy(c => Words.Of(c.Title), StringComparer.CurrentCultureIgnoreCase).ToList();
        var word = all.Where(c => c.Silent.Contains(me.Organisation)).ToList();
        var mine = all.Where(c => draws && c.Coordinator == me.Organisation && (c.HasDraft || c.NeedsNewVersion)).ToList();
        var inForce = all.Where(c => c.InForce is not null).ToList();
        return Answer.With<AgreementsPage>(new AgreementsModel(
            word, mine, inForce, [.. all.Except(word).Except(mine).Except(inForce)], await names.DirectoryAsync(ct), time.GetUtcNow()));
    }

    private static async Task<IResult> ShowAsync(string kette, ChainDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight ? Answer.With<ChainPage>(sight) : Answer.NotFound();

    private static async Task<IResult> ShowVersionAsync(string kette, string nummer, ChainDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, nummer, ct) is var (sight, version) ? Answer.With<VersionPage>(new VersionModel(sight, version, new FormInput(), [])) : Answer.NotFound();

    private static async Task<IResult> ShowDocumentAsync(string kette, string nummer, ChainDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, nummer, ct) is var (sight, version) ? Answer.With<DocumentPage>(new VersionModel(sight, version, new FormInput(), [])) : Answer.NotFound();

    private static async Task<IResult> DownloadAsync(string kette, string nummer, string? format, ChainDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, nummer, ct) is var (_, version) ? ChainFile.Of(version.Definition, format) : Answer.NotFound();

    // Without a choice: what is in force with the newest, or with the draft.
    private static async Task<IResult> CompareAsync(string kette, string? von, string? bis, ChainDesk desk, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(kette, ct) is not { } sight)
        {
            return Answer.NotFound();
        }

        var from = von ?? Numbered(sight.Chain.InForce ?? sight.Chain.Versions.Values.FirstOrDefault());
        var to = bis ?? (sight.Draft is null ? Numbered(sight.Chain.Latest) : ChainSight.DraftWord);
        List<Choice> choices =
        [
            .. sight.Chain.Versions.Values.Select(v => new Choice(Numbered(v)!, words["Chain.VersionOf", v.Definition.Version, words.Status(v)])),
            .. sight.Draft is null ? Array.Empty<Choice>() : [new Choice(ChainSight.DraftWord, words["Chain.Draft"])],
        ];
        var model = new ComparisonModel(sight, FormInput.Of(("von", from), ("bis", to)), choices, sight.Find(from), sight.Find(to));
        return Answer.With<ComparisonPage>(model);
    }

    private static string? Numbered(ProposedVersion? version) => version?.Definition.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
