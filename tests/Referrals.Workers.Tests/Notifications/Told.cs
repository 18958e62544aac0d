using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Network.Users;

namespace Referrals.Workers.Tests.Notifications;

/// <summary>People of a test's network, and what they were told of.</summary>
internal static class Told
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A person whose sign-in name is unique in the network's schema.</summary>
    public static async Task AddAsync(this WebApplication host, OrganisationId home, string login, string role, string mail = Preferences.AtOnce, string? email = null, string locale = "de")
    {
        var person = new NewPerson(login, "Robin Beispiel", email ?? $"{login}@example.org", null) { Preferences = new Preferences(locale, MailMode: mail) };
        Assert.NotNull(await host.Services.GetRequiredService<UserStore>().CreateAsync(home, person, [role], "test", Ct));
    }

    /// <summary>What somebody was told of, the oldest first.</summary>
    public static async Task<IReadOnlyList<Notification>> ToldAsync(this WebApplication host, OrganisationId organisation, string login) =>
        [.. (await host.Services.GetRequiredService<NotificationStore>().ListAsync(organisation, login, new NotificationQuery(Limit: 500), Ct)).OrderBy(n => n.Id)];

    /// <summary>Waits until somebody was told of these kinds, and gives them.</summary>
    public static async Task<IReadOnlyList<Notification>> ToldAsync(this WebApplication host, OrganisationId organisation, string login, params string[] kinds)
    {
        IReadOnlyList<Notification> told = [];
        await Wait.UntilAsync($"{login} is told of {string.Join(", ", kinds)}", async () => (told = await host.ToldAsync(organisation, login)).Count >= kinds.Length, Ct);
        Assert.Equal(kinds, told.Select(t => t.Kind));
        return told;
    }
}
