using System.Collections.Concurrent;
using Referrals.Browser.Tests;
using Referrals.Browser.Tests.Scenery;

[assembly: AssemblyFixture(typeof(Stage))]

namespace Referrals.Browser.Tests;

/// <summary>The product with the story told, and a browser, shared by all tests that only look.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Browser _browser = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _cookies = [];

    /// <summary>The product.</summary>
    public Product Product { get; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Product.StartAsync(CancellationToken.None);
        await new Story(Product).TellAsync(CancellationToken.None);
        await _browser.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await Product.DisposeAsync();
    }

    /// <summary>A window of nobody in particular.</summary>
    public Task<IPage> OpenAsync(Screen screen) => _browser.OpenAsync(Product.Address, screen);

    /// <summary>A window in which a scene is reached.</summary>
    internal async Task<IPage> ReachAsync(Scene scene, Screen screen)
    {
        var page = scene.Who is null ? await OpenAsync(screen) : await SignedInAsync(scene.Who, screen);
        await scene.Reach(new Person(page));
        return page;
    }

    /// <summary>A window of a person who signed in before; each person signs in once.</summary>
    public async Task<IPage> SignedInAsync(string login, Screen screen) =>
        await _browser.OpenAsync(Product.Address, screen, await _cookies.GetOrAdd(login, l => new Lazy<Task<string>>(() => SignInAsync(l))).Value);

    private async Task<string> SignInAsync(string login)
    {
        var page = await OpenAsync(Screen.Desk);
        await new Person(page).SignInAsync(login);
        var cookies = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return cookies;
    }
}
