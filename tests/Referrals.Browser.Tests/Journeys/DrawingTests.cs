using static Microsoft.Playwright.Assertions;

namespace Referrals.Browser.Tests.Journeys;

/// <summary>A coordinator draws a whole chain: by keyboard alone, and without JavaScript.</summary>
public sealed class DrawingTests(Stage stage)
{
    [Fact]
    public async Task A_chain_is_drawn_by_keyboard_alone() => await DrawAsync(new Keys(await SignedInAsync(Screen.Desk)), "Kette von Hand");

    [Fact]
    public async Task A_chain_is_drawn_without_script() => await DrawAsync(new Mouse(await SignedInAsync(Screen.WithoutScript)), "Kette ohne Skript");

    [Fact]
    public async Task A_step_saves_itself_and_two_editors_are_told()
    {
        var (one, other) = (await SignedInAsync(Screen.Desk), await SignedInAsync(Screen.Desk));
        var chain = Scenery.DrawingScenes.Example($"zwei-{Guid.NewGuid():n}");
        await Scenery.DrawingScenes.UploadAsync(one, chain);
        var step = $"/ketten/{chain.Id}/entwurf/schritte/betreuung";
        await one.OpenAsync(step);
        await other.OpenAsync(step);

        await one.Page.FillAsync("#f-bestaetigen", "99");
        await Expect(one.Page.Locator("[data-saved]")).ToContainTextAsync("Gespeichert um");
        await Expect(one.Page.Locator("#f-bestaetigen-fault")).ToContainTextAsync("99 Arbeitstage");
        await one.Page.FillAsync("#f-bestaetigen", "bald");
        await Expect(one.Page.Locator("[data-saved]")).ToContainTextAsync("Noch nicht gespeichert: Geben Sie eine ganze Zahl ein.");
        await one.Page.FillAsync("#f-bestaetigen", "5");
        await Expect(one.Page.Locator("#f-bestaetigen-fault")).ToHaveCountAsync(0);

        await other.Page.FillAsync("#f-titel", "Betreuung der Kinder");
        await other.SeesAsync("Inzwischen geändert");
        await other.SeesAsync("5");
        await other.Page.Locator("main form button[type=submit]").First.ClickAsync();
        await other.SeesAsync("Betreuung der Kinder");
        await one.OpenAsync(step);
        await Expect(one.Page.Locator("#f-titel")).ToHaveValueAsync("Betreuung der Kinder");
        await Expect(one.Page.Locator("#f-bestaetigen")).ToHaveValueAsync("5");
    }

    [Fact]
    public async Task Two_coordinators_at_the_same_draft_hear_of_each_other()
    {
        var one = await SignedInAsync(Screen.Desk);
        var (chain, login) = (Scenery.DrawingScenes.Example($"beide-{Guid.NewGuid():n}"), $"kim.{Guid.NewGuid():n}"[..20]);
        await Scenery.DrawingScenes.UploadAsync(one, chain);
        await one.OpenAsync("/verwaltung/personen/neu");
        await one.SendAsync("/verwaltung/personen/neu", ("name", "Kim Muster"), ("anmeldename", login), ("rollen", "coordinator"));
        var other = new Person(await stage.OpenAsync(Screen.Desk));
        await other.SignInFirstAsync(login, await one.Page.Locator("#geheim").InputValueAsync());

        await one.OpenAsync($"/ketten/{chain.Id}/entwurf");
        await Expect(one.Page.Locator(".app-live")).ToBeHiddenAsync();
        await other.OpenAsync($"/ketten/{chain.Id}/entwurf/kopf");
        await Expect(one.Page.Locator(".app-live")).ToContainTextAsync("Auch gerade an diesem Entwurf: Kim Muster.");
        await Expect(other.Page.Locator(".app-live")).ToContainTextAsync("Auch gerade an diesem Entwurf: Tilo Auenwald.");
        await other.SendAsync($"/ketten/{chain.Id}/entwurf/kopf", ("titel", "Anders"));
        await Expect(one.Page.Locator(".app-live")).ToContainTextAsync("Jemand anderes hat diesen Entwurf gerade geändert.");
        await one.Page.Locator(".app-live a").ClickAsync();
        await one.SeesAsync("Anders");
    }

    [Fact]
    public async Task What_cant_be_saved_is_said_and_tried_again()
    {
        var one = await SignedInAsync(Screen.Desk);
        var chain = Scenery.DrawingScenes.Example($"still-{Guid.NewGuid():n}");
        await Scenery.DrawingScenes.UploadAsync(one, chain);
        await one.OpenAsync($"/ketten/{chain.Id}/entwurf/schritte/betreuung");
        await one.Page.Context.SetOfflineAsync(true);
        await one.Page.FillAsync("#f-bestaetigen", "7");
        await Expect(one.Page.Locator("[data-saved]")).ToContainTextAsync("keine Verbindung");
        await one.Page.Context.SetOfflineAsync(false);
        await Expect(one.Page.Locator("[data-saved]")).ToContainTextAsync("Gespeichert um", new LocatorAssertionsToContainTextOptions { Timeout = 15_000 });
    }

    [Fact]
    public async Task Who_leaves_at_once_leaves_nothing_behind()
    {
        var one = await SignedInAsync(Screen.Desk);
        var chain = Scenery.DrawingScenes.Example($"fort-{Guid.NewGuid():n}");
        await Scenery.DrawingScenes.UploadAsync(one, chain);
        var step = $"/ketten/{chain.Id}/entwurf/schritte/betreuung";
        await one.OpenAsync(step);
        await one.Page.FillAsync("#f-bestaetigen", "7");
        await one.Page.Locator("nav a[href='/netzwerk']").ClickAsync();
        await one.Page.WaitForURLAsync("**/netzwerk");
        await one.OpenAsync(step);
        await Expect(one.Page.Locator("#f-bestaetigen")).ToHaveValueAsync("7");

        await one.Page.FillAsync("#f-bestaetigen", "bald");
        await one.Page.Locator("nav a[href='/netzwerk']").ClickAsync();
        await Expect(one.Page.Locator("[data-saved]")).ToContainTextAsync("Noch nicht gespeichert");
        await one.Page.Locator("nav a[href='/netzwerk']").ClickAsync();
        await one.Page.WaitForURLAsync("**/netzwerk");
    }

    [Fact]
    public async Task Keys_undo_and_redo()
    {
        var one = await SignedInAsync(Screen.Desk);
        var chain = Scenery.DrawingScenes.Example($"zurueck-{Guid.NewGuid():n}");
        await Scenery.DrawingScenes.UploadAsync(one, chain);
        await one.Page.Locator("button[value='runter gespraech']").ClickAsync();
        await Expect(one.Page.Locator("button[value='runter gespraech']")).ToBeFocusedAsync();
        await Expect(one.Page.Locator(".draft-stage").Nth(1)).ToContainTextAsync("Erstgespräch");
        await one.Page.Keyboard.PressAsync("Control+z");
        await Expect(one.Page.Locator(".draft-stage").First).ToContainTextAsync("Erstgespräch");
        await one.Page.Keyboard.PressAsync("Control+y");
        await Expect(one.Page.Locator(".draft-stage").Nth(1)).ToContainTextAsync("Erstgespräch");
    }

    private async Task<Person> SignedInAsync(Screen screen)
    {
        var person = new Person(await stage.OpenAsync(screen));
        await person.SignInAsync(Demo.Coordinator);
        return person;
    }

    private static async Task DrawAsync(Hand hand, string title)
    {
        await hand.Person.OpenAsync("/ketten/neu");
        await hand.TypeAsync("#f-titel", title);
        await hand.ChooseAsync("#f-land", "Brandenburg");
        await hand.PressAsync("#leer button[type=submit]", ".draft-board");

        await StepAsync("a[href$='wo=ende']", "Erstgespräch");
        await StepAsync("a[href$='wo=ende']", "Betreuung");
        await StepAsync(".draft-stage__head a[href*='block=betreuung']", "Beratung");
        await StepAsync("a[href$='wo=ende']", "Kurs");
        await StepAsync("a[href$='wo=ende']", "Begleitung");
        await StepAsync("a[href$='wo=ende']", "Nachsorge");

        await FrameAsync("nachsorge", "wahlweise");
        await FrameAsync("begleitung", "wiederholung");
        await FrameAsync("kurs", "auswahl");
        await SayAsync("a[href$='/teile/auswahl/bedingung?zweig=0']", null);
        await SayAsync("a[href$='/teile/wiederholung/bedingung']", "#block-wiederholung > .draft-buttons summary");
        await hand.PressAsync("button[value='hoch nachsorge'], button[value='hoch wahlweise']", "main:has-text('Nach oben verschoben.')");

        await hand.Person.SeesAsync("Keine Mängel");
        await Expect(hand.Person.Page.Locator(".draft-stage")).ToHaveCountAsync(5);
        await Expect(hand.Person.Page.Locator(".draft-stage").Nth(1)).ToContainTextAsync("gleichzeitig");
        await Expect(hand.Person.Page.Locator(".draft-frame--choice")).ToContainTextAsync("1. Wenn „Betreuung“ endet mit „Hat stattgefunden“");
        await Expect(hand.Person.Page.Locator(".draft-frame--optional")).ToContainTextAsync("Nachsorge");
        await Expect(hand.Person.Page.Locator(".draft-frame--repeat")).ToContainTextAsync("höchstens 3-mal");

        async Task StepAsync(string link, string name)
        {
            await hand.PressAsync(link, "form:has(#f-dienst)");
            await hand.TypeAsync("#f-titel", name);
            await hand.ChooseAsync("#f-dienst", "Kinderbetreuung");
            await hand.PressAsync("main form .app-actions button[type=submit]", "#schritt");
            await hand.ChooseAsync("#f-partner-neu", "Kita-Amt der Stadt Lindenfurt");
            await hand.PressAsync("button[value='partner-dazu']", ".draft-partners li");
            await hand.CheckAsync("#f-ergebnis-helped");
            await hand.PressAsync("#schritt .app-actions button[type=submit]", $".draft-board:has-text('{name}')");
        }

        async Task FrameAsync(string block, string frame)
        {
            await hand.PressAsync($"#block-{block} summary", $"#block-{block} details[open]");
            await hand.PressAsync($"button[value='{frame} {block}']", $"#block-{frame}");
        }

        async Task SayAsync(string link, string? fold)
        {
            if (fold is not null)
            {
                await hand.PressAsync(fold, "details[open]");
            }

            await hand.PressAsync(link, "#bedingung");
            await hand.PressAsync("button[value='dazu-ergebnis b']", "input[name='b.0.in']");
            await hand.ChooseAsync("[name='b.0.schritt']", "Betreuung");
            await hand.CheckAsync("input[name='b.0.in'][value='took-place']");
            await hand.PressAsync("#bedingung .app-actions button[type=submit]:not([name])", ".draft-board");
        }
    }

    private abstract class Hand(Person person)
    {
        public Person Person => person;

        protected IPage Page => person.Page;

        public abstract Task ReachAsync(string selector);

        public abstract Task TypeAsync(string selector, string text);

        public abstract Task ChooseAsync(string selector, string text);

        public abstract Task CheckAsync(string selector);

        public async Task PressAsync(string selector, string then)
        {
            await ReachAsync(selector);
            await ActAsync(selector);
            await Page.Locator(then).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        }

        protected abstract Task ActAsync(string selector);
    }

    private sealed class Mouse(Person person) : Hand(person)
    {
        public override Task ReachAsync(string selector) => Page.Locator(selector).First.ScrollIntoViewIfNeededAsync();

        public override Task TypeAsync(string selector, string text) => Page.FillAsync(selector, text);

        public override Task ChooseAsync(string selector, string text) => Page.SelectOptionAsync(selector, new SelectOptionValue { Label = text });

        public override Task CheckAsync(string selector) => Page.CheckAsync(selector);

        protected override Task ActAsync(string selector) => Page.Locator(selector).First.ClickAsync();
    }

    /// <summary>Nothing but keys: Tab until the control has the focus, then what a person presses there.</summary>
    private sealed class Keys(Person person) : Hand(person)
    {
        private const int Most = 250;

        public override async Task ReachAsync(string selector)
        {
            await Page.Locator(selector).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            for (var i = 0; i < Most; i++)
            {
                if (await Page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
                {
                    return;
                }

                await Page.Keyboard.PressAsync("Tab");
            }

            Assert.Fail($"{selector} can't be reached by keyboard on {Page.Url}");
        }

        public override async Task TypeAsync(string selector, string text)
        {
            await ReachAsync(selector);
            await Page.Keyboard.TypeAsync(text);
        }

        // By the arrow keys: what is typed into a drop-down falls apart where the keys come slowly.
        public override async Task ChooseAsync(string selector, string text)
        {
            await ReachAsync(selector);
            await Page.Keyboard.PressAsync("Home");
            var chosen = Page.Locator($"{selector} option:checked");
            for (var i = 0; i < Most && (await chosen.InnerTextAsync()).Trim() != text; i++)
            {
                await Page.Keyboard.PressAsync("ArrowDown");
            }

            await Expect(chosen).ToHaveTextAsync(text);
        }

        public override async Task CheckAsync(string selector)
        {
            await ReachAsync(selector);
            await Page.Keyboard.PressAsync("Space");
            await Expect(Page.Locator(selector)).ToBeCheckedAsync();
        }

        protected override Task ActAsync(string selector) => Page.Keyboard.PressAsync("Enter");
    }
}
