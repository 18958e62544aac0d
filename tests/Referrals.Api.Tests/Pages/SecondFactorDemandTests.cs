using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

/// <summary>Settings demand a second factor of roles and organisations.</summary>
public sealed class SecondFactorDemandTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET /anmelden/zweiter-faktor", PageCase.Works)]
    [Covers("POST /anmelden/zweiter-faktor", PageCase.Works)]
    [Covers("POST /anmelden/zweiter-faktor", PageCase.Refuses)]
    public async Task Of_whom_it_is_demanded_nobody_gets_in_without_and_it_stays_on()
    {
        await using var app = api.Start(api.Owner, ("SignIn:SecondFactor", "admin, officer"));
        var login = await api.PersonAsync(api.Organisation(), roles: [NetworkRoles.Admin]);
        var browser = app.Browser();
        var sent = (await browser.SignInAsync(login, back: "/konto")).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/anmelden/zweiter-faktor", sent.Location);
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);
        Assert.Equal("/anmelden/zweiter-faktor", (await browser.Open("/anmelden/organisation")).Is(HttpStatusCode.SeeOther).Location);

        var page = (await browser.Follow(sent)).Is(HttpStatusCode.OK);
        var totp = new Totp(Base32Encoding.ToBytes(page.Document.QuerySelector(".app-key")!.TextContent.Replace(" ", "", StringComparison.Ordinal)));
        var refused = (await browser.Send(page, "/anmelden/zweiter-faktor", ("code", "x"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Single(refused.Faults);
        Assert.Equal(page.Document.QuerySelector(".app-key")!.TextContent, refused.Document.QuerySelector(".app-key")!.TextContent);
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);

        var taken = (await browser.Send(refused, "/anmelden/zweiter-faktor", ("code", totp.ComputeTotp()))).Is(HttpStatusCode.OK);
        Assert.Equal(10, taken.Document.QuerySelectorAll(".app-codes .app-key").Length);
        Assert.NotNull(taken.Document.QuerySelector("main a[href='/konto']"));
        (await browser.Open("/konto")).Is(HttpStatusCode.OK);

        var off = (await browser.Open("/konto/zweiter-faktor")).Is(HttpStatusCode.OK);
        var kept = (await browser.Send(off, "/konto/zweiter-faktor/aus", ("kennwort", People.Password))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("vorgeschrieben", kept.Text, StringComparison.Ordinal);
        Assert.Equal("/anmelden/code", (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    public async Task Who_works_for_two_organisations_chooses_afterwards()
    {
        await using var app = api.Start(api.Owner, ("SignIn:SecondFactor", "all"));
        var login = await api.PersonAsync(api.Organisation(), roles: [NetworkRoles.Partner]);
        await api.Services.GetRequiredService<UserStore>().SetRolesAsync(api.Organisation(), login, [NetworkRoles.Partner], "test", Ct);
        var browser = app.Browser();
        var page = await browser.Follow((await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther));
        var totp = new Totp(Base32Encoding.ToBytes(page.Document.QuerySelector(".app-key")!.TextContent.Replace(" ", "", StringComparison.Ordinal)));
        var taken = (await browser.Send(page, "/anmelden/zweiter-faktor", ("code", totp.ComputeTotp()))).Is(HttpStatusCode.OK);
        Assert.NotNull(taken.Document.QuerySelector("main a[href='/anmelden/organisation']"));
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);
        (await browser.Open("/anmelden/organisation")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Other_roles_and_organisations_are_asked_for_none()
    {
        var (strict, easy) = (api.Organisation(), api.Organisation());
        await using var app = api.Start(api.Owner, ("SignIn:SecondFactor", "officer"), ("SignIn:SecondFactorOrganisations", $"{strict}, other"));
        Assert.Equal("/", (await app.Browser().SignInAsync(await api.PersonAsync(easy, roles: [NetworkRoles.Admin]))).Is(HttpStatusCode.SeeOther).Location);
        Assert.Equal("/anmelden/zweiter-faktor", (await app.Browser().SignInAsync(await api.PersonAsync(strict, roles: [NetworkRoles.Partner]))).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    public void A_role_that_there_is_not_does_not_start()
    {
        using var app = api.Start(api.Owner, ("SignIn:SecondFactor", "administrator"));
        Assert.Contains("administrator", Assert.Throws<InvalidOperationException>(() => app.Services).Message, StringComparison.Ordinal);
    }
}
