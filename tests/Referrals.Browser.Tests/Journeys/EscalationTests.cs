namespace Referrals.Browser.Tests.Journeys;

/// <summary>Partners let the agreed time pass. On a product of its own, because its clock is set forward by weeks.</summary>
public sealed class EscalationTests
{
    [Fact]
    public async Task Missed_times_reach_the_coordinator_who_takes_care_of_them()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var product = new Product();
        await product.StartAsync(ct);
        await using var browser = new Browser();
        await browser.StartAsync();
        foreach (var screen in (Screen[])[Screen.Desk, Screen.Phone, Screen.WithoutScript])
        {
            var caseworker = await SignedInAsync(Demo.Caseworker);
            var referral = await Case.StartAsync(product, caseworker, "AE-18-105");
            await referral.AtAsync(Story.Kita);

            // Three offices, one after the other, have two working days each; one more until the coordinator is told of the last.
            await referral.DaysPassAsync(16);
            caseworker = await SignedInAsync(Demo.Caseworker);
            await caseworker.OpenAsync(referral.Url);
            await caseworker.SeesAsync("Kita-Amt der Gemeinde Schwarzbrück");
            await caseworker.SeesAsync("Überfällig");

            var coordinator = await SignedInAsync(Demo.Coordinator);
            await coordinator.SeesInTimeAsync("/eskalationen", "Kita-Amt der Gemeinde Schwarzbrück");
            await coordinator.Page.Locator("main form[action^='/eskalationen/'] button").First.ClickAsync();
            await coordinator.OpenAsync("/eskalationen");
            await Assertions.Expect(coordinator.Page.Locator("main form[action^='/eskalationen/'] button")).ToHaveCountAsync(0);

            async Task<Person> SignedInAsync(string login)
            {
                var person = new Person(await browser.OpenAsync(product.Address, screen));
                await person.SignInAsync(login);
                return person;
            }
        }
    }
}
