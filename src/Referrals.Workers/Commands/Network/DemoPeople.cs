using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.Network.Users;

namespace Referrals.Workers.Commands.Network;

/// <summary>A person of the demo network.</summary>
/// <param name="As">What somebody who signs in as this person gets to see.</param>
/// <param name="Login">What to sign in with.</param>
/// <param name="Name">An invented name.</param>
/// <param name="Home">The organisation that looks after the account.</param>
/// <param name="Roles">The roles in each organisation.</param>
public sealed record DemoPerson(string As, string Login, string Name, OrganisationId Home, IReadOnlyDictionary<OrganisationId, IReadOnlyList<string>> Roles);

/// <summary>The people of the demo network, from <c>people.json</c>. Everybody knows their password.</summary>
internal static class DemoPeople
{
    private const string By = "demo";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>Reads them; none when there is no such file.</summary>
    public static async Task<IReadOnlyList<DemoPerson>> ReadAsync(string folder, CancellationToken ct)
    {
        var file = Path.Combine(folder, "people.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<List<DemoPerson>>(await File.ReadAllBytesAsync(file, ct), Json) ?? [] : [];
    }

    /// <summary>Makes those that are not there yet, and lets those in again that were locked out.</summary>
    public static async Task MakeAsync(EngineSession session, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        string? hash = null;
        foreach (var person in people)
        {
            if (await session.Users.FindAsync(person.Home, person.Login, ct) is { } there)
            {
                if (there.Person.DisabledAt is not null)
                {
                    await session.Users.EnableAsync(person.Home, person.Login, By, ct);
                }

                continue;
            }

            hash ??= Passwords.Hash(DemoNetwork.Password);
            var made = new NewPerson(person.Login, person.Name, $"{person.Login}@example.org", hash, MustChange: false);
            if (await session.Users.CreateAsync(person.Home, made, person.Roles[person.Home], By, ct) is null)
            {
                throw new InvalidOperationException($"there is somebody else called {person.Login}");
            }

            foreach (var (organisation, roles) in person.Roles.Where(r => r.Key != person.Home))
            {
                await session.Users.SetRolesAsync(organisation, person.Login, roles, By, ct);
            }
        }
    }

    /// <summary>Lets those in no more who still have the password that everybody knows.</summary>
    public static async Task LockAsync(EngineSession session, IReadOnlyList<DemoPerson> people, CancellationToken ct)
    {
        foreach (var person in people)
        {
            if (await session.Accounts.FindByLoginAsync(person.Login, ct) is { Person.DisabledAt: null } account
                && Passwords.Matches(account.Credentials.PasswordHash, DemoNetwork.Password))
            {
                await session.Users.DisableAsync(account.Person.Home, person.Login, By, ct);
            }
        }
    }
}
