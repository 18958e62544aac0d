using Referrals.Engine;
using Referrals.Workers.Commands.Drive;

namespace Referrals.Workers.Commands.Demo;

/// <summary>Who works where: the people who can sign in to the demo network, and invented colleagues of theirs.</summary>
internal sealed class Colleagues
{
    private static readonly string[] Invented =
        ["enno.kiefernhain", "wiebke.torfmoor", "lotte.haselbruch", "janne.erlengrund", "birte.sandwehe", "malte.heidekamp"];

    private readonly Dictionary<OrganisationId, List<string>> _partners = [];
    private readonly Dictionary<OrganisationId, List<string>> _caseworkers = [];
    private readonly Dictionary<OrganisationId, string> _coordinators = [];

    /// <param name="people">Those who can sign in: sign-in name and roles by organisation.</param>
    public Colleagues(IEnumerable<(string Login, IReadOnlyDictionary<OrganisationId, IReadOnlyList<string>> Roles)> people)
    {
        foreach (var (login, organisation, role) in people.SelectMany(p => p.Roles.SelectMany(r => r.Value.Select(v => (p.Login, r.Key, v)))))
        {
            if (role == "coordinator")
            {
                _coordinators[organisation] = login;
            }
            else if (role is "partner" or "caseworker")
            {
                var lists = role == "partner" ? _partners : _caseworkers;
                (lists.TryGetValue(organisation, out var known) ? known : lists[organisation] = []).Add(login);
            }
        }
    }

    /// <summary>The people of a partner who can sign in; none: it is not known who works there.</summary>
    public IReadOnlyList<string> At(OrganisationId partner) => _partners.GetValueOrDefault(partner, []);

    /// <summary>Who coordinates there.</summary>
    public string Coordinator(OrganisationId organisation) => _coordinators.GetValueOrDefault(organisation, "team.coordination");

    /// <summary>A caseworker of the organisation; those who can sign in look after half of the cases.</summary>
    public string Caseworker(OrganisationId holder, Dice dice, string about)
    {
        var known = _caseworkers.GetValueOrDefault(holder, []);
        return known.Count > 0 && dice.Chance(0.55, "known-caseworker", about)
            ? dice.Weighted([.. known.Select((k, i) => (k, 1.0 / (i + 1)))], "caseworker", about)
            : Invented[(dice.Between(0, 2, "colleague", about) + (holder.Value.Length % 4)) % Invented.Length];
    }
}
