using System.Diagnostics;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Network;

/// <summary>Changes the own organisation's entry in the directory.</summary>
internal static class EditPages
{
    /// <summary>Name, kind, place, policy fields.</summary>
    public const string Profile = "profil";

    /// <summary>What it offers.</summary>
    public const string Services = "leistungen";

    /// <summary>The three facets of the initial analysis.</summary>
    public const string Analysis = "analyse";

    /// <summary>Names of the fields of the three facets; the English words' end in <c>-en</c>.</summary>
    public static IReadOnlyList<string> Facets { get; } = ["zustaendigkeit", "potenzial", "aktivitaet"];

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet(Links.EditOrganisation("{code}"), ShowAsync);
        Map(own, Profile, ReadProfile);
        Map(own, Services, (_, form) => new OrganisationCommand.OfferServices(form.All("leistung")));
        Map(own, Analysis, (_, form) => new OrganisationCommand.RecordAnalysis(new InitialAnalysis(Facet(form, 0), Facet(form, 1), Facet(form, 2))));
    }

    private static void Map(RouteGroupBuilder own, string part, Func<OrganisationState, FormInput, OrganisationCommand> read) => own.MapPost(
        Links.EditOrganisation("{code}", part),
        (string code, FormInput form, Visitor me, OrganisationService organisations, NetworkNames names, Words words, CancellationToken ct) =>
            new Doing(part, me, organisations, names, words).RunAsync(code, form, read, ct));

    private static async Task<IResult> ShowAsync(string code, Visitor me, OrganisationService organisations, NetworkNames names, Words words, CancellationToken ct) =>
        await new Doing("", me, organisations, names, words).FindAsync(code, ct) is { } model ? Answer.With<EditPage>(model) : Answer.NotFound();

    private static OrganisationCommand.ChangeProfile ReadProfile(OrganisationState state, FormInput form) => new(state.Profile with
    {
        Name = form["name"],
        Municipality = form["ort"],
        Kind = form["art"],
        PolicyFields = form.All("feld"),
    });

    private static LocalText Facet(FormInput form, int index) =>
        new(form[Facets[index]], form[Facets[index] + "-en"] is { Length: > 0 } english ? english : null);

    // The field of the page for one that the engine names.
    private static string FieldOf(string? path) => path switch
    {
        "profile.name" => "name",
        "profile.municipality" => "ort",
        "profile.kind" => "art",
        "analysis.responsibility.de" => Facets[0],
        "analysis.responsibility.en" => Facets[0] + "-en",
        "analysis.potential.de" => Facets[1],
        "analysis.potential.en" => Facets[1] + "-en",
        "analysis.activity.de" => Facets[2],
        "analysis.activity.en" => Facets[2] + "-en",
        { } services when services.StartsWith("services", StringComparison.Ordinal) => "leistung",
        { } profile when profile.StartsWith("profile.", StringComparison.Ordinal) => "feld",
        _ => "",
    };

    private sealed record Doing(string Part, Visitor Me, OrganisationService Organisations, NetworkNames Names, Words Words)
    {
        public async Task<EditModel?> FindAsync(string code, CancellationToken ct)
        {
            if (code != Me.Organisation.Value || await Organisations.FindAsync(Me.Organisation, ct) is not var (state, version))
            {
                return null;
            }

            var offered = (await Names.DirectoryAsync(ct)).Lines.SelectMany(o => o.Services).Select(s => s.Service);
            var services = NetworkWords.Services.Concat(offered).Concat(state.Services).Distinct()
                .Select(s => new Choice(s, Words.Service(s))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase);
            return new EditModel(Me.Organisation, state, version, [.. services]);
        }

        public async Task<IResult> RunAsync(string code, FormInput form, Func<OrganisationState, FormInput, OrganisationCommand> read, CancellationToken ct)
        {
            if (await FindAsync(code, ct) is not { } model)
            {
                return Answer.NotFound();
            }

            switch (await Organisations.DoAsync(Me.Actor, Me.Organisation, read(model.Organisation, form), form.Version, ct))
            {
                case OrganisationOutcome.Done:
                    Names.Forget();
                    return Answer.Go(Links.Organisation(code), $"Network.Saved.{Part}");
                case OrganisationOutcome.Refused { Refusal: var refusal }:
                    foreach (var fault in (refusal.Faults.Count > 0 ? refusal.Faults : [refusal]).DistinctBy(f => FieldOf(f.Field)))
                    {
                        form.Fault(FieldOf(fault.Field), Words.Code("Network.Refusal", fault.Code));
                    }

                    return Answer.Invalid<EditPage>(model with { Sent = Part, Form = form });
                case OrganisationOutcome.Stale:
                    return await FindAsync(code, ct) is { } now ? Answer.Changed<EditPage>(now with { Sent = Part, Form = form, IsChanged = true }) : Answer.NotFound();
                default:
                    throw new UnreachableException();
            }
        }
    }
}
