using System.Collections.Concurrent;
using Referrals.Engine;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>The people of an organisation by login, for pages of that organisation. Kept for <see cref="Fresh"/>.</summary>
public sealed class Colleagues(UserStore users, TimeProvider time)
{
    /// <summary>How long what was read counts.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private const int MaxKept = 1000;
    private readonly ConcurrentDictionary<OrganisationId, (IReadOnlyList<Member> People, DateTimeOffset At)> _kept = new();

    /// <summary>Everybody who works, or worked, for an organisation, by name.</summary>
    public async ValueTask<IReadOnlyList<Member>> OfAsync(OrganisationId organisation, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue(organisation, out var known) && now - known.At < Fresh)
        {
            return known.People;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        var people = await users.ListAsync(organisation, ct);
        _kept[organisation] = (people, now);
        return people;
    }
}
