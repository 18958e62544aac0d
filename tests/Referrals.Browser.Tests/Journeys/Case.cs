using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Referrals;

namespace Referrals.Browser.Tests.Journeys;

/// <summary>A referral that a caseworker started in the browser, and where its partners find their side of it.</summary>
internal sealed class Case(Product product, Person caseworker, CaseNumber number)
{
    private readonly ReferralService _referrals = product.Services.GetRequiredService<ReferralService>();
    private readonly AssignmentService _assignments = product.Services.GetRequiredService<AssignmentService>();

    /// <summary>Its page.</summary>
    public string Url { get; } = $"/ueberleitungen/{number}";

    /// <summary>Goes through the six pages of the start, on the chain of childcare and debt counselling.</summary>
    public static async Task<Case> StartAsync(Product product, Person caseworker, string reference)
    {
        const string pages = "/ueberleitungen/neu/";
        var today = product.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await caseworker.OpenAsync("/");
        await caseworker.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Überleitung anlegen" }).First.ClickAsync();
        await caseworker.SendAsync(pages + "kette", ("kette", "arbeit-mit-kind"));
        await caseworker.SendAsync(pages + "fall", ("fallkuerzel", reference));
        await caseworker.SendAsync(
            pages + "einwilligung", ("einwilligung-form", "schriftlich"), ("einwilligung-am", today), ("einwilligung-zweck", "chain-support"), ("einwilligung-umfang", "kette"));
        await caseworker.SendAsync(pages + "partner", ("angabe-children", "2"), ("angabe-age-of-youngest", "3"));
        await caseworker.SendAsync(pages + "notiz", ("notiz", "Betreuung ab 6 Uhr, zwei Kinder."));
        await caseworker.SeesAsync(reference);
        await caseworker.SendAsync(pages + "pruefen");
        await caseworker.Page.WaitForURLAsync(u => CaseNumber.TryParse(u.Split('/')[^1], out _));
        return new Case(product, caseworker, CaseNumber.TryParse(caseworker.Page.Url.Split('/')[^1], out var made) ? made : throw new InvalidOperationException(caseworker.Page.Url));
    }

    /// <summary>
    /// The page of a partner's side, once it has arrived. Asked of the engine: nothing that a person sees links the two numbers.
    /// </summary>
    public async Task<string> AtAsync(OrganisationId partner)
    {
        var ct = TestContext.Current.CancellationToken;
        return await Wait.UntilAsync(
            async () =>
            {
                var open = (await FindAsync(ct)).State.OpenOffers.FirstOrDefault(o => o.Partner == partner);
                return open is not null && await _assignments.NumberAsync(partner, open.Assignment, ct) is { } own ? $"/auftraege/{own}" : null;
            },
            ct);
    }

    /// <summary>Days go by, one after the other, so that deadlines pass in their order.</summary>
    public async Task DaysPassAsync(int days)
    {
        var ct = TestContext.Current.CancellationToken;
        for (var day = 0; day < days; day++)
        {
            product.Clock.Forward(TimeSpan.FromDays(1));
            await Wait.UntilAsync(async () => (await FindAsync(ct)).Next.Due.Count == 0 ? this : null, ct);
        }
    }

    /// <summary>The caseworker reads this on the page, as soon as it is there.</summary>
    public Task CaseworkerSeesAsync(string text) => caseworker.SeesInTimeAsync(Url, text);

    private async Task<ReferralView> FindAsync(CancellationToken ct)
    {
        var id = await _referrals.FindByNumberAsync(Story.Jobcenter, number, ct) ?? throw new InvalidOperationException($"there is no referral {number}");
        return (await _referrals.FindAsync(Story.Jobcenter, id, ct))!;
    }
}
