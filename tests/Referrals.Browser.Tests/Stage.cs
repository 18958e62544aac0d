using Referrals.Browser.Tests;

[assembly: AssemblyFixture(typeof(Stage))]

namespace Referrals.Browser.Tests;

/// <summary>The product with the story told, and a browser, shared by all tests that only look.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Browser _browser = new();

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
        await scene.Reach(page);
        return page;
    }

    /// <summary>A window of a person who has signed in.</summary>
    public async Task<IPage> SignedInAsync(string login, Screen screen)
    {
        var page = await OpenAsync(screen);
        await page.GotoAsync("/anmelden");
        await page.Locator("[name=login]").FillAsync(login);
        await page.Locator("[name=kennwort]").FillAsync(Demo.Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        return page;
    }
}
