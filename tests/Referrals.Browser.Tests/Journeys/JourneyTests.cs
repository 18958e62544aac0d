namespace Referrals.Browser.Tests.Journeys;

/// <summary>What people do all day, from one organisation to the other: at a desk, on a phone, and without JavaScript.</summary>
public sealed class JourneyTests(Stage stage)
{
    private static readonly Dictionary<string, Screen> Looks = new()
    {
        ["desk"] = Screen.Desk,
        ["phone"] = Screen.Phone,
        ["without script"] = Screen.WithoutScript,
    };

    public static TheoryData<string> Screens() => [.. Looks.Keys];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_referral_runs_from_start_to_closed(string screen)
    {
        var (caseworker, kita, debts) = (await Person(Demo.Caseworker, screen), await Person(Demo.Partner, screen), await Person(Demo.Debts, screen));
        var referral = await Case.StartAsync(stage.Product, caseworker, "AE-18-101");

        var at = await referral.AtAsync(Story.Kita);
        await kita.OpenAsync("/eingang");
        await kita.SeesAsync("A-" + at.Split('/')[^1]);
        await kita.OpenAsync(at);
        await kita.SeesAsync("Betreuung ab 6 Uhr");
        await kita.SendAsync(at + "/bestaetigen");
        await kita.SendAsync(at + "/annehmen");
        await kita.SendAsync(at + "/beginnen");
        await kita.SendAsync(at + "/erstkontakt");
        await referral.CaseworkerSeesAsync("Erstkontakt");
        await kita.SendAsync(at + "/abschliessen", ("ergebnis", "placed"));
        await kita.SeesAsync("Abgeschlossen");

        at = await referral.AtAsync(Story.Debts);
        await debts.OpenAsync(at);
        await debts.SendAsync(at + "/annehmen");
        await debts.SendAsync(at + "/abschliessen", ("ergebnis", "helped"));
        await referral.CaseworkerSeesAsync("wieder öffnen");
        await Close(caseworker, kita, debts);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_partner_declines_and_the_next_one_is_asked(string screen)
    {
        var (caseworker, kita) = (await Person(Demo.Caseworker, screen), await Person(Demo.Partner, screen));
        var referral = await Case.StartAsync(stage.Product, caseworker, "AE-18-102");
        var at = await referral.AtAsync(Story.Kita);
        await kita.OpenAsync(at);
        await kita.SendAsync(at + "/ablehnen");
        await kita.SeesAsync("Bitte prüfen Sie");
        await kita.SendAsync(at + "/ablehnen", ("grund", "no-capacity"));
        await kita.SeesAsync("Abgelehnt");
        await referral.AtAsync(Story.NextKita);
        await referral.CaseworkerSeesAsync("Kita-Amt der Stadt Falkenrode");
        await Close(caseworker, kita);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_question_is_asked_screened_and_answered(string screen)
    {
        var (caseworker, kita) = (await Person(Demo.Caseworker, screen), await Person(Demo.Partner, screen));
        var referral = await Case.StartAsync(stage.Product, caseworker, "AE-18-103");
        var at = await referral.AtAsync(Story.Kita);
        await kita.OpenAsync(at);
        await kita.SendAsync(at + "/rueckfrage", ("frage", "Erreichbar unter 0170 1234567?"));
        await kita.SeesAsync("Telefonnummer");
        await kita.SendAsync(at + "/rueckfrage", ("frage", "Welche Tage werden gebraucht?"));
        await kita.SeesAsync("Rückfrage offen");
        await referral.CaseworkerSeesAsync("Welche Tage werden gebraucht?");
        await caseworker.SendAsync(referral.Url + "/antworten", ("text", "Montag bis Freitag."));
        await kita.SeesInTimeAsync(at, "Montag bis Freitag.");
        await Close(caseworker, kita);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_referral_is_withdrawn_and_the_partner_told(string screen)
    {
        var (caseworker, kita) = (await Person(Demo.Caseworker, screen), await Person(Demo.Partner, screen));
        var referral = await Case.StartAsync(stage.Product, caseworker, "AE-18-104");
        var at = await referral.AtAsync(Story.Kita);
        await kita.OpenAsync(at);
        await caseworker.OpenAsync(referral.Url);
        await caseworker.SendAsync(referral.Url + "/zuruecknehmen", ("grund", "help-found"));
        await caseworker.SeesAsync("wieder öffnen");
        await kita.SeesInTimeAsync(at, "Zurückgenommen");
        await Close(caseworker, kita);
    }

    private async Task<Person> Person(string login, string screen) => new(await stage.SignedInAsync(login, Looks[screen]));

    private static async Task Close(params IReadOnlyList<Person> people)
    {
        foreach (var person in people)
        {
            await person.Page.Context.CloseAsync();
        }
    }
}
