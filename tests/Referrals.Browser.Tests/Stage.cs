using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Browser.Tests;
using Referrals.Browser.Tests.Scenery;
using Referrals.Engine.Review.Reading;

[assembly: AssemblyFixture(typeof(Stage))]

namespace Referrals.Browser.Tests;

/// <summary>The product with the story told, and a browser, shared by all tests that only look.</summary>
public sealed class Stage : IAsyncLifetime
{
    private static readonly (string, string)[] Year =
        [("Referrals:History:Months", "12"), ("Referrals:History:Referrals", "600"), ("Referrals:History:Seed", "1")];

    private readonly Browser _browser = new();
    private readonly ConcurrentDictionary<(Product, string), Lazy<Task<string>>> _cookies = [];
    private readonly Lazy<Task<Product>> _afterAYear = new(AfterAYearAsync);

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
        if (_afterAYear.IsValueCreated)
        {
            await (await _afterAYear.Value).DisposeAsync();
        }
    }

    /// <summary>A window of nobody in particular.</summary>
    public Task<IPage> OpenAsync(Screen screen) => _browser.OpenAsync(Product.Address, screen);

    /// <summary>A window for who looks at a scene, where nothing was opened yet.</summary>
    internal async Task<IPage> WindowAsync(Scene scene, Screen screen)
    {
        var product = scene.AfterAYear ? await _afterAYear.Value : Product;
        return await _browser.OpenAsync(product.Address, screen, scene.Who is { } login ? await SignedInAsync(product, login) : null);
    }

    /// <summary>A window in which a scene is reached.</summary>
    internal async Task<IPage> ReachAsync(Scene scene, Screen screen)
    {
        var page = await WindowAsync(scene, screen);
        await scene.Reach(new Person(page));
        return page;
    }

    /// <summary>A window of a person who signed in before; each person signs in once.</summary>
    public async Task<IPage> SignedInAsync(string login, Screen screen) => await _browser.OpenAsync(Product.Address, screen, await SignedInAsync(Product, login));

    private Task<string> SignedInAsync(Product product, string login) =>
        _cookies.GetOrAdd((product, login), _ => new Lazy<Task<string>>(() => SignInAsync(product, login))).Value;

    private async Task<string> SignInAsync(Product product, string login)
    {
        var page = await _browser.OpenAsync(product.Address, Screen.Desk);
        await new Person(page).SignInAsync(login);
        var cookies = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return cookies;
    }

    // Only for the scenes that need it, since playing a year takes a while; and the review has to have read it.
    private static async Task<Product> AfterAYearAsync()
    {
        var product = new Product();
        await product.StartAsync(CancellationToken.None, Year);
        await Wait.UntilAsync(() => product.Services.GetRequiredService<OwnReview>().LatestAsync(TimeSpan.FromSeconds(5), CancellationToken.None), CancellationToken.None);
        return product;
    }
}
