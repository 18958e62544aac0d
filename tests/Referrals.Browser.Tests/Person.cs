using static Microsoft.Playwright.Assertions;

namespace Referrals.Browser.Tests;

/// <summary>Somebody who works with the pages: fills in forms by their labels' fields, presses buttons, reads.</summary>
internal sealed class Person(IPage page)
{
    /// <summary>The window.</summary>
    public IPage Page { get; } = page;

    /// <summary>Signs in with the demo network's password.</summary>
    public async Task SignInAsync(string login)
    {
        await Page.GotoAsync("/anmelden");
        await SendAsync("/anmelden", ("login", login), ("kennwort", Demo.Password));
        await Page.WaitForURLAsync(u => !u.EndsWith("/anmelden", StringComparison.Ordinal));
        if (Page.Url.EndsWith("/anmelden/organisation", StringComparison.Ordinal))
        {
            await SendAsync("/anmelden/organisation", ("organisation", "tagespflege-elbtal"));
            await Page.WaitForURLAsync(u => !u.Contains("/anmelden", StringComparison.Ordinal));
        }
    }

    /// <summary>Signs in with a password that is to be changed at once.</summary>
    public async Task SignInFirstAsync(string login, string password)
    {
        await Page.GotoAsync("/anmelden");
        await SendAsync("/anmelden", ("login", login), ("kennwort", password));
        await Page.WaitForURLAsync(u => u.EndsWith("/anmelden/kennwort", StringComparison.Ordinal));
        await SendAsync("/anmelden/kennwort", ("neu", "vier Fische am Kai"), ("wiederholung", "vier Fische am Kai"));
        await Page.WaitForURLAsync(u => !u.Contains("/anmelden", StringComparison.Ordinal));
    }

    /// <summary>Opens an address.</summary>
    public Task OpenAsync(string url) => Page.GotoAsync(url);

    /// <summary>Opens the fold that a form lies in, if it does, fills the form in and presses its first button.</summary>
    /// <param name="action">Where the form is sent, without query.</param>
    /// <param name="fields">Names and values; of radio buttons and check boxes the one to check.</param>
    public async Task SendAsync(string action, params IReadOnlyList<(string Name, string Value)> fields)
    {
        var form = await FillAsync(action, fields);
        await form.Locator("button[type=submit]").First.ClickAsync();
    }

    /// <summary>Fills a form in without sending it.</summary>
    public async Task<ILocator> FillAsync(string action, params IReadOnlyList<(string Name, string Value)> fields)
    {
        var form = Page.Locator($"main form[action='{action}'], main form[action^='{action}?']").First;
        var folds = form.Locator("xpath=ancestor::details[not(@open)]/summary");
        if (await folds.CountAsync() > 0)
        {
            await folds.First.ClickAsync();
        }

        foreach (var (name, value) in fields)
        {
            await form.Locator($"[name='{name}']").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            var choice = form.Locator($"input[type=radio][name='{name}'][value='{value}'], input[type=checkbox][name='{name}'][value='{value}']");
            var list = form.Locator($"select[name='{name}']");
            if (await choice.CountAsync() > 0)
            {
                await choice.First.CheckAsync();
            }
            else if (await list.CountAsync() > 0)
            {
                await list.SelectOptionAsync(value);
            }
            else
            {
                await form.Locator($"[name='{name}']").FillAsync(value);
            }
        }

        return form;
    }

    /// <summary>Reads this in the page.</summary>
    public Task SeesAsync(string text) => Expect(Page.Locator("main")).ToContainTextAsync(text, new LocatorAssertionsToContainTextOptions { IgnoreCase = true });

    /// <summary>Looks again and again until what another organisation did is there.</summary>
    public async Task SeesInTimeAsync(string url, string text)
    {
        await Wait.UntilAsync(
            async () =>
            {
                await Page.GotoAsync(url);
                return (await Page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.OrdinalIgnoreCase) ? this : null;
            },
            TestContext.Current.CancellationToken);
    }
}
