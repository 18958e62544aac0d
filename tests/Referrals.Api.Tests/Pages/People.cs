using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

/// <summary>People with accounts, and their browsers.</summary>
public static class People
{
    public const string Password = "vier Fische am Kai";

    // Once for all: hashing is slow on purpose.
    private static readonly string Hash = Passwords.Hash(Password);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A browser in which nobody is signed in yet.</summary>
    public static PageClient Browser(this WebApplicationFactory<ApiSettings> app, string address = "http://localhost") =>
        new(app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(address) }));

    /// <summary>A new person of an organisation; gives its login. Without roles given, it has all.</summary>
    public static Task<string> PersonAsync(this ApiHost api, OrganisationId home, string name = "Robin Beispiel", bool mustChange = false, params string[] roles) =>
        PersonAsync(api.App, home, name, mustChange, roles);

    /// <summary>The same in an application over another database.</summary>
    public static async Task<string> PersonAsync(
        this WebApplicationFactory<ApiSettings> app, OrganisationId home, string name = "Robin Beispiel", bool mustChange = false, params string[] roles)
    {
        var login = $"p{Guid.NewGuid():n}";
        var users = app.Services.GetRequiredService<UserStore>();
        var person = new NewPerson(login, name, $"{login}@example.org", Hash, mustChange);
        Assert.NotNull(await users.CreateAsync(home, person, roles.Length == 0 ? NetworkRoles.All : roles, "test", Ct));
        return login;
    }

    /// <summary>Signs in with login and password; gives what the form answers.</summary>
    public static async Task<PageAnswer> SignInAsync(this PageClient browser, string login, string password = Password, string? back = null)
    {
        var page = await browser.Open(back is null ? "/anmelden" : $"/anmelden?zurueck={Uri.EscapeDataString(back)}");
        return await browser.Send(page.Is(HttpStatusCode.OK), "/anmelden", ("login", login), ("kennwort", password));
    }

    /// <summary>A browser in which a new person of an organisation is signed in. Without roles given, it has all.</summary>
    public static async Task<PageClient> SignedInAsync(this ApiHost api, OrganisationId organisation, params string[] roles)
    {
        var browser = api.App.Browser();
        (await browser.SignInAsync(await api.PersonAsync(organisation, roles: roles))).Is(HttpStatusCode.SeeOther);
        return browser;
    }

    /// <summary>The application again, over the same database, with a clock that the test moves.</summary>
    public static WebApplicationFactory<ApiSettings> WithClock(this ApiHost api, MovedClock clock) =>
        api.Start(api.Owner).WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
}

/// <summary>A clock that tests move.</summary>
public sealed class MovedClock : TimeProvider
{
    private TimeSpan _moved;

    public void Move(TimeSpan by) => _moved += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;
}
