namespace Referrals.Browser.Tests.Scenery;

/// <summary>Sealed contact cards and their keys.</summary>
internal static class CardScenes
{
    private const string Keys = "/organisation/schluessel";
    private const string Referral = "/ueberleitungen/{nr}";
    private const string Assignment = "/auftraege/{nr}";
    private const string Referrals = "/ueberleitungen?status=alle";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("schluessel", Keys, Demo.Partner),
        Scene.At("schluessel-ohne", Keys, Demo.Administrator),
        new("schluessel-kennsatz-fehlt", Keys, Demo.Partner, async p =>
        {
            await p.OpenAsync(Keys);
            await p.Page.Locator("[data-card-make]").ClickAsync();
        }),
        new("schluessel-erzeugt", Keys, Demo.Partner, async p =>
        {
            await p.OpenAsync(Keys);
            await p.Page.Locator("#satz").FillAsync("vier Fische am Kai");
            await p.Page.Locator("#satz-wieder").FillAsync("vier Fische am Kai");
            await p.Page.Locator("[data-card-make]").ClickAsync();
            await p.Page.Locator("[data-card-second]").WaitForAsync();
        }),
        new("schluessel-falsche-datei", Keys, Demo.Partner, async p =>
        {
            await p.OpenAsync(Keys);
            await p.Page.Locator("[data-card-take]").ClickAsync();
        }),
        Scene.Row("ueberleitung-kontaktkarte", Referral, Demo.Caseworker, Referrals, "AE-17-213", UnfoldAsync),
        Scene.Row("ueberleitung-kontaktkarte-leer", Referral, Demo.Caseworker, Referrals, "AE-17-213", async p =>
        {
            await UnfoldAsync(p);
            await p.Page.Locator("[data-card-seal] button[type=submit]").ClickAsync();
        }),
        Scene.Row("ueberleitung-kontaktkarte-anderer-schluessel", Referral, Demo.Caseworker, Referrals, "AE-17-213", async p =>
        {
            await p.Page.EvaluateAsync("localStorage.setItem('referrals.card-key.kita-amt-lindenfurt', 'k0')");
            await p.Page.ReloadAsync();
            await UnfoldAsync(p);
        }),
        new("auftrag-kontaktkarte", Assignment, Demo.Partner, ToCardAsync),
        new("auftrag-kontaktkarte-ohne-schluessel", Assignment, Demo.Partner, async p =>
        {
            await ToCardAsync(p);
            await p.Page.Locator("[data-card-open] button[type=submit]").ClickAsync();
            await p.Page.Locator("[data-card-say=missing]").WaitForAsync();
        }),
    ];

    private static Task UnfoldAsync(Person person) => person.Page.Locator("summary", new PageLocatorOptions { HasText = "Kontaktkarte" }).First.ClickAsync();

    private static async Task ToCardAsync(Person person)
    {
        await person.OpenAsync("/eingang?status=in-arbeit");
        var links = await person.Page.Locator("main table tbody tr a[href^='/auftraege/']").EvaluateAllAsync<string[]>("all => [...new Set(all.map(a => a.getAttribute('href')))]");
        foreach (var link in links)
        {
            await person.OpenAsync(link);
            if (await person.Page.Locator("[data-card-open]").CountAsync() > 0)
            {
                return;
            }
        }

        throw new InvalidOperationException("no assignment in work has a contact card");
    }
}
