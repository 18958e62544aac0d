using System.Collections.Concurrent;
using Referrals.Engine;
using Referrals.Engine.Network.Users;

namespace Referrals.Workers.Notifications;

/// <summary>The people of organisations who can be told something. What was read counts for a few seconds.</summary>
public sealed class Recipients(UserStore users, TimeProvider time)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<OrganisationId, (IReadOnlyList<Member> People, DateTimeOffset At)> _kept = new();

    /// <summary>Everybody who works for an organisation and may sign in.</summary>
    public async Task<IReadOnlyList<Member>> OfAsync(OrganisationId organisation, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue(organisation, out var known) && now - known.At < Fresh)
        {
            return known.People;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        var people = await NowAsync(organisation, ct);
        _kept[organisation] = (people, now);
        return people;
    }

    /// <summary>The same as it is now: for what is rare and must not miss who has just come.</summary>
    public async Task<IReadOnlyList<Member>> NowAsync(OrganisationId organisation, CancellationToken ct) =>
        [.. (await users.ListAsync(organisation, ct)).Where(m => m.Person.DisabledAt is null && m.Roles.Count > 0)];

    /// <summary>
    /// Who of them is told: the one who is named; else who is in charge, if still working in that role; else all in that role. Never who did it.
    /// </summary>
    /// <param name="people">Everybody.</param>
    /// <param name="role">The role that it concerns.</param>
    /// <param name="named">Sign-in name of who alone is told, or null.</param>
    /// <param name="inCharge">Sign-in name of who is in charge, or null.</param>
    /// <param name="by">Who did it.</param>
    public static IReadOnlyList<Member> Choose(IReadOnlyList<Member> people, string role, string? named, string? inCharge, string by)
    {
        var able = people.Where(m => m.Roles.Contains(role)).ToList();
        var concerned = (named ?? inCharge) is { } only && able.Where(m => m.Person.Login == only).ToList() is { Count: > 0 } found ? found
            : named is null ? able
            : [];
        return [.. concerned.Where(m => m.Person.Login != by)];
    }
}
