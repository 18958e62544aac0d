using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using static Microsoft.Playwright.Assertions;

namespace Referrals.Browser.Tests.Journeys;

/// <summary>Contact cards from one browser to the other: what they say is nowhere between the two.</summary>
public sealed class CardTests(Stage stage)
{
    private const string Keys = "/organisation/schluessel";
    private const string Words = "vier Fische am Kai";

    // Planted: looked for in all that browsers send and all that is stored.
    private const string Name = "Kanaria Geheimvogel";
    private const string Phone = "0170 5550199";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_card_says_is_in_no_request_and_in_no_table_and_its_ciphertext_goes_with_the_opening()
    {
        var sent = new List<string>();
        var (caseworker, kita) = (await PersonAsync(Demo.Caseworker, sent), await PersonAsync(Demo.Partner, sent));
        await MakeKeyAsync(kita);
        var (referral, at) = await AcceptedAsync(caseworker, kita, "AE-18-301");
        await SealAsync(caseworker, referral);
        Assert.Equal(1, await KeptAsync(at));

        await kita.SeesInTimeAsync(at, "Kontaktkarte öffnen");
        await OpenCardAsync(kita);
        await Expect(kita.Page.Locator("dd[data-card-field=name]")).ToHaveTextAsync(Name);
        await Expect(kita.Page.Locator("dd[data-card-field=phone]")).ToHaveTextAsync(Phone);
        await IsToldAsync(kita, "say=opened");
        Assert.Equal(0, await KeptAsync(at));
        await referral.CaseworkerSeesAsync("geöffnet am");
        await kita.OpenAsync(at);
        await kita.SeesAsync("Die Karte wurde geöffnet");
        await Expect(kita.Page.Locator("main")).Not.ToContainTextAsync(Name);

        Assert.Contains(sent, s => s.Contains("versiegelt=A", StringComparison.Ordinal));
        Assert.All(sent, s => Assert.False(Holds(s), s));
        Assert.Empty(await TablesWithAsync());
    }

    [Fact]
    public async Task A_browser_without_the_key_is_told_and_opens_the_card_after_the_key_file_also_when_a_new_key_is_there()
    {
        var (caseworker, kita, colleague) = (await PersonAsync(Demo.Caseworker), await PersonAsync(Demo.Partner), await PersonAsync(Demo.Partner));
        var file = await MakeKeyAsync(kita);
        var (referral, at) = await AcceptedAsync(caseworker, kita, "AE-18-302");
        await SealAsync(caseworker, referral);
        await colleague.SeesInTimeAsync(at, "Kontaktkarte öffnen");
        await OpenCardAsync(colleague);
        await IsToldAsync(colleague, "say=missing");
        Assert.Equal((0, 1), ((await StateAsync(at)).Card!.Fetches, await KeptAsync(at)));

        // The old key stays for the card that was sealed to it.
        await MakeKeyAsync(kita);
        await colleague.OpenAsync(Keys);
        await TakeAsync(colleague, file, "falscher Kennsatz");
        await IsToldAsync(colleague, "error=words");
        await TakeAsync(colleague, file, Words);
        await IsToldAsync(colleague, "say=taken");
        await colleague.OpenAsync(at);
        await OpenCardAsync(colleague);
        await Expect(colleague.Page.Locator("dd[data-card-field=name]")).ToHaveTextAsync(Name);
        await IsToldAsync(colleague, "say=opened");
        Assert.Equal(0, await KeptAsync(at));

        // Who sealed to the old key in this browser has to compare the new one first.
        await caseworker.OpenAsync(referral.Url);
        await FillAsync(caseworker);
        await IsToldAsync(caseworker, "say=changed");
        await PressSealAsync(caseworker);
        await IsToldAsync(caseworker, "error=compare");
        await caseworker.Page.Locator("[data-card-compared]").First.CheckAsync();
        await PressSealAsync(caseworker);
        await caseworker.SeesAsync("versiegelt, zu öffnen bis");
        File.Delete(file);
    }

    [Fact]
    public async Task A_card_that_was_altered_is_told_and_not_lost_until_it_is_given_back()
    {
        var (caseworker, kita) = (await PersonAsync(Demo.Caseworker), await PersonAsync(Demo.Partner));
        await MakeKeyAsync(kita);
        var (referral, at) = await AcceptedAsync(caseworker, kita, "AE-18-303");
        await SealAsync(caseworker, referral);
        await kita.SeesInTimeAsync(at, "Kontaktkarte öffnen");
        await AskAsync("update referrals.contact_cards set sealed = overlay(sealed placing case when substr(sealed, 400, 1) = 'B' then 'C' else 'B' end from 400 for 1) where assignment_id = $1 returning issue", await IdAsync(at));
        await OpenCardAsync(kita);
        await IsToldAsync(kita, "say=broken");
        Assert.Equal(1, await KeptAsync(at));
        await kita.SendAsync(at + "/kontaktkarte-zurueckgeben");
        await kita.SeesAsync("ungeöffnet zurückgegeben");
        Assert.Equal(0, await KeptAsync(at));
        await referral.CaseworkerSeesAsync("konnte nicht geöffnet werden");
    }

    [Fact]
    public async Task Without_a_script_both_sides_are_told_what_to_do_instead()
    {
        var (caseworker, kita) = (await PersonAsync(Demo.Caseworker), await PersonAsync(Demo.Partner));
        await MakeKeyAsync(kita);
        var (referral, at) = await AcceptedAsync(caseworker, kita, "AE-18-304");
        await SealAsync(caseworker, referral);
        await kita.SeesInTimeAsync(at, "Kontaktkarte öffnen");
        var (plainCaseworker, plainKita) = (new Person(await stage.SignedInAsync(Demo.Caseworker, Screen.WithoutScript)), new Person(await stage.SignedInAsync(Demo.Partner, Screen.WithoutScript)));
        await plainKita.OpenAsync(at);
        await Expect(plainKita.Page.Locator("[data-card-unable]")).ToBeVisibleAsync();
        await Expect(plainKita.Page.Locator("[data-card-open]")).ToBeHiddenAsync();
        await plainCaseworker.OpenAsync(referral.Url);
        await plainCaseworker.Page.Locator("summary", new PageLocatorOptions { HasText = "Kontaktkarte" }).First.ClickAsync();
        await Expect(plainCaseworker.Page.Locator("[data-card-unable]").First).ToContainTextAsync("Nehmen Sie den Übergabecode");
        await Expect(plainCaseworker.Page.Locator("[data-card-seal]").First).ToBeHiddenAsync();
    }

    private async Task<Person> PersonAsync(string login, List<string>? sent = null)
    {
        var page = await stage.SignedInAsync(login, Screen.Desk);
        page.Request += (_, request) => sent?.Add($"{request.Url} {Uri.UnescapeDataString((request.PostData ?? "").Replace('+', ' '))} {request.PostData}");
        return new Person(page);
    }

    // A new key in this browser, with its file, published; where the file lies.
    private static async Task<string> MakeKeyAsync(Person person)
    {
        await person.OpenAsync(Keys);
        await person.Page.Locator("#satz").FillAsync(Words);
        await person.Page.Locator("#satz-wieder").FillAsync(Words);
        await person.Page.Locator("[data-card-make]").ClickAsync();
        var download = await person.Page.RunAndWaitForDownloadAsync(() => person.Page.Locator("[data-card-file]").ClickAsync());
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        await download.SaveAsAsync(path);
        Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(path, Ct), StringComparison.Ordinal);
        await person.Page.Locator("[data-card-second] form button[type=submit]").ClickAsync();
        await person.SeesAsync("Schlüssel bekannt gegeben");
        await Expect(person.Page.Locator("[data-card-here]").First).ToBeVisibleAsync();
        return path;
    }

    private static async Task TakeAsync(Person person, string file, string words)
    {
        await person.Page.Locator("#datei").SetInputFilesAsync(file);
        await person.Page.Locator("#datei-satz").FillAsync(words);
        await person.Page.Locator("[data-card-take]").ClickAsync();
    }

    private async Task<(Case Referral, string At)> AcceptedAsync(Person caseworker, Person kita, string reference)
    {
        var referral = await Case.StartAsync(stage.Product, caseworker, reference);
        var at = await referral.AtAsync(Story.Kita);
        await kita.OpenAsync(at);
        await kita.SendAsync(at + "/annehmen");
        await referral.CaseworkerSeesAsync("Kontaktkarte");
        return (referral, at);
    }

    private static async Task FillAsync(Person caseworker)
    {
        await caseworker.Page.Locator("summary", new PageLocatorOptions { HasText = "Kontaktkarte" }).First.ClickAsync();
        await caseworker.Page.Locator("input[data-card-field=name]").First.FillAsync(Name);
        await caseworker.Page.Locator("input[data-card-field=phone]").First.FillAsync(Phone);
    }

    private static Task PressSealAsync(Person caseworker) => caseworker.Page.Locator("[data-card-seal] button[type=submit]").First.ClickAsync();

    private static async Task SealAsync(Person caseworker, Case referral)
    {
        await caseworker.OpenAsync(referral.Url);
        await FillAsync(caseworker);
        var compare = caseworker.Page.Locator("[data-card-compared]").First;
        if (await compare.IsVisibleAsync())
        {
            await compare.CheckAsync();
        }

        await PressSealAsync(caseworker);
        await caseworker.SeesAsync("versiegelt, zu öffnen bis");
    }

    private static Task OpenCardAsync(Person kita) => kita.Page.Locator("[data-card-open] button[type=submit]").ClickAsync();

    private static Task IsToldAsync(Person person, string what) => Expect(person.Page.Locator($"[data-card-{what}]").First).ToBeVisibleAsync();

    private static bool Holds(string text) => text.Contains("Kanaria", StringComparison.OrdinalIgnoreCase) || text.Contains("5550199", StringComparison.Ordinal)
        || text.Contains(Words, StringComparison.Ordinal);

    private AssignmentService Assignments => stage.Product.Services.GetRequiredService<AssignmentService>();

    private async Task<Guid> IdAsync(string at) => Assert.NotNull(await Assignments.FindByNumberAsync(
        Story.Kita, CaseNumber.TryParse(at.Split('/')[^1], out var number) ? number : default, Ct)).Value;

    private async Task<AssignmentState> StateAsync(string at) => (await Assignments.FindAsync(Story.Kita, new AssignmentId(await IdAsync(at)), Ct))!.State;

    private async Task<long> KeptAsync(string at) => (long)(await AskAsync("select count(*) from referrals.contact_cards where assignment_id = $1", await IdAsync(at)))!;

    private async Task<object?> AskAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(stage.Product.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:Owner"]);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return await command.ExecuteScalarAsync(Ct);
    }

    // Every table of the product, read as text; what is kept as bytes reads in hexadecimal.
    private async Task<List<string>> TablesWithAsync()
    {
        var tables = (string[])(await AskAsync("select array_agg(format('%I.%I', table_schema, table_name)) from information_schema.tables where table_schema = 'referrals' and table_type = 'BASE TABLE'"))!;
        Assert.Contains("referrals.mt_events", tables);
        var found = new List<string>();
        foreach (var table in tables)
        {
            foreach (var canary in (string[])["Kanaria", "5550199", Convert.ToHexStringLower("Kanaria"u8)])
            {
                if ((bool)(await AskAsync($"select exists (select from {table} t where t::text ilike '%' || $1 || '%')", canary))!)
                {
                    found.Add($"{table}: {canary}");
                }
            }
        }

        return found;
    }
}
