using System.Diagnostics;
using Referrals.Engine.Chains;
using Command = Referrals.Engine.Network.Organisations.OrganisationCommand;

namespace Referrals.Engine.Network.Organisations;

/// <summary>What has to be right with the words and codes of an organisation: all faults at once.</summary>
internal static class OrganisationRules
{
    private const int MaxName = 120;
    private const int MaxFacet = 1000;
    private const int MaxListed = 100;
    private const int MaxPlaces = 100_000;

    /// <summary>Every fault of a command.</summary>
    public static IEnumerable<OrganisationRefusal> Check(Command command, OrganisationId id) => command switch
    {
        Command.Register c => Code(id.Value, "id").Concat(Profile(c.Profile)),
        Command.ChangeProfile c => Profile(c.Profile),
        Command.RecordAnalysis c =>
        [
            .. Facet(c.Analysis.Responsibility, "analysis.responsibility"),
            .. Facet(c.Analysis.Potential, "analysis.potential"),
            .. Facet(c.Analysis.Activity, "analysis.activity"),
        ],
        Command.Leave => [],
        Command.OfferServices c => CodeList(c.Services, "services", least: 0),
        Command.ReportCapacity c => Code(c.Service, "service").Concat(Code(c.Capacity.Unit, "capacity.unit"))
            .Concat(c.Capacity.OpenPlaces is >= 0 and <= MaxPlaces
                ? []
                : [new("capacity-out-of-bounds", $"Open places are 0 to {MaxPlaces}.", "capacity.openPlaces")]),
        Command.PublishCardKey c => Privacy.SealedCard.PrintOf(c.PublicKey) is null ? [OrganisationRefusal.CardKeyInvalid] : [],
        Command.RevokeCardKey => [],
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<OrganisationRefusal> Profile(OrganisationProfile profile) =>
    [
        .. Text(profile.Name, MaxName, "profile.name"),
        .. Text(profile.Municipality, MaxName, "profile.municipality"),
        .. Code(profile.Kind, "profile.kind"),
        .. CodeList(profile.PolicyFields, "profile.policyFields", least: 1),
        .. CodeList(profile.Roles, "profile.roles", least: 1),
        .. profile.Roles.Except(NetworkRoles.All).Select(_ => new OrganisationRefusal("role-unknown", "There is no such role.", "profile.roles")),
        .. profile.Coordinates is { } field && !profile.PolicyFields.Contains(field)
            ? [new OrganisationRefusal("policy-field-foreign", "It can coordinate only a policy field that it works in.", "profile.coordinates")]
            : Array.Empty<OrganisationRefusal>(),
    ];

    private static IEnumerable<OrganisationRefusal> Facet(LocalText text, string field) =>
        Text(text.De, MaxFacet, $"{field}.de").Concat(text.En is null ? [] : Text(text.En, MaxFacet, $"{field}.en"));

    private static IEnumerable<OrganisationRefusal> Text(string text, int maxLength, string field)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > maxLength || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            yield return new OrganisationRefusal("text-unusable", $"1 to {maxLength} characters that can be shown.", field);
        }
    }

    private static IEnumerable<OrganisationRefusal> Code(string code, string field)
    {
        if (!Codes.IsCode(code))
        {
            yield return new OrganisationRefusal("not-a-code", "A code has lower-case letters, digits and hyphens.", field);
        }
    }

    private static IEnumerable<OrganisationRefusal> CodeList(IReadOnlyList<string> codes, string field, int least)
    {
        if (codes.Count < least || codes.Count > MaxListed || codes.Distinct().Count() != codes.Count)
        {
            yield return new OrganisationRefusal("list-unusable", $"{least} to {MaxListed} codes, each once.", field);
        }

        for (var i = 0; i < codes.Count; i++)
        {
            foreach (var fault in Code(codes[i], $"{field}[{i}]"))
            {
                yield return fault;
            }
        }
    }
}
