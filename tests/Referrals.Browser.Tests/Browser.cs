namespace Referrals.Browser.Tests;

/// <summary>Debian's Chromium, driven by Playwright: its headless shell where that is installed, which is much faster.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Starts it.</summary>
    public async Task StartAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("REFERRALS_CHROMIUM") ?? Paths.FirstOrDefault(File.Exists) ?? Paths[^1],
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
        });
    }

    /// <summary>A person's own browser window, without anything of others.</summary>
    /// <param name="address">Where the product is.</param>
    /// <param name="screen">What the person looks through.</param>
    /// <param name="cookies">What a window before had kept when it was left; null: a fresh one.</param>
    public async Task<IPage> OpenAsync(string address, Screen screen, string? cookies = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            StorageState = cookies,
            Locale = "de-DE",
            TimezoneId = "Europe/Berlin",
            JavaScriptEnabled = screen.Script,
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Width < 600 ? 844 : 900 },
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>What a person looks through.</summary>
/// <param name="Width">Width of the window in CSS pixels.</param>
/// <param name="Script">Whether JavaScript runs.</param>
/// <param name="Dark">Whether the system is set to dark.</param>
public sealed record Screen(int Width, bool Script = true, bool Dark = false)
{
    /// <summary>At a desk.</summary>
    public static Screen Desk { get; } = new(1360);

    /// <summary>On a phone.</summary>
    public static Screen Phone { get; } = new(390);

    /// <summary>At a desk, with JavaScript switched off.</summary>
    public static Screen WithoutScript { get; } = new(1360, Script: false);
}
