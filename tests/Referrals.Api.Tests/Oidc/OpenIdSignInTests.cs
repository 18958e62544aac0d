using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Tests.Pages;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Oidc;

/// <summary>Signing in at a real issuer: code flow with PKCE, its own forms filled in as a browser does.</summary>
public sealed class OpenIdSignInTests(ApiHost api, TestIssuer issuer) : IClassFixture<TestIssuer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_linked_person_signs_in_and_gets_to_where_it_wanted()
    {
        await using var app = Start(linkByEmail: false);
        var (login, subject) = (await api.PersonAsync(api.Organisation()), $"s{Guid.NewGuid():n}");
        var accounts = api.Services.GetRequiredService<AccountStore>();
        Assert.True(await accounts.LinkAsync((await accounts.FindByLoginAsync(login, Ct))!, issuer.Address, subject, Ct));

        var browser = app.Browser();
        var sent = await GoAsync(browser, "/anmelden?zurueck=/konto");
        Assert.StartsWith(issuer.Address, sent, StringComparison.Ordinal);

        var done = await browser.Open(await AtIssuerAsync(sent, subject));
        var finished = (await browser.Follow(done.Is(HttpStatusCode.Found))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/konto", finished.Location);
        Assert.Contains(login, (await browser.Follow(finished)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_in_the_browser_that_asked()
    {
        await using var app = Start(linkByEmail: true);
        var login = await api.PersonAsync(api.Organisation());
        var asked = app.Browser();
        var answer = await AtIssuerAsync(await GoAsync(asked), login);
        var stolen = (await app.Browser().Open(answer)).Is(HttpStatusCode.Found);
        Assert.Equal("/anmelden?fehler=extern", stolen.Location);
        await asked.Follow((await asked.Open(answer)).Is(HttpStatusCode.Found));
        (await asked.Open("/konto")).Is(HttpStatusCode.OK);
        Assert.Equal("/anmelden?fehler=extern", (await asked.Open(answer)).Is(HttpStatusCode.Found).Location);
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(false, "", false)]
    [InlineData(true, "unchecked-", false)]
    public async Task A_person_is_found_by_its_address_only_if_that_is_wanted_and_the_issuer_checked_it(bool linkByEmail, string prefix, bool found)
    {
        await using var app = Start(linkByEmail);
        var login = await PersonWithAddressAsync(prefix);
        var browser = app.Browser();
        var done = await browser.Open(await AtIssuerAsync(await GoAsync(browser), login));
        var finished = await browser.Follow(done.Is(HttpStatusCode.Found));
        Assert.Equal(found ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, finished.Status);
        if (!found)
        {
            Assert.Equal("Sie haben hier noch kein Konto", finished.Heading);
        }

        (await browser.Open("/konto")).Is(found ? HttpStatusCode.OK : HttpStatusCode.Found);
        var account = await api.Services.GetRequiredService<AccountStore>().FindBySubjectAsync(issuer.Address, login, Ct);
        Assert.Equal(found, account is not null);
    }

    [Fact]
    public async Task Whose_metadata_name_another_issuer_is_not_asked()
    {
        var known = new Uri(issuer.Address);
        var elsewhere = new UriBuilder(known) { Host = known.Host == "localhost" ? "127.0.0.1" : "localhost" }.Uri.ToString().TrimEnd('/');
        await using var app = Start(linkByEmail: true, ("SignIn:Oidc:Authority", elsewhere));
        var browser = app.Browser();
        Assert.Equal("/anmelden?fehler=extern", (await browser.Send(await browser.Open("/anmelden"), "/anmelden/extern")).Is(HttpStatusCode.Found).Location);
    }

    [Fact]
    public async Task It_begins_with_a_form_of_ours_and_not_with_a_link()
    {
        await using var app = Start(linkByEmail: false);
        var browser = app.Browser();
        Assert.DoesNotContain(issuer.Address, (await browser.Open("/anmelden/extern")).Is(HttpStatusCode.Found).Location, StringComparison.Ordinal);
        (await browser.Post("/anmelden/extern", [])).Is(HttpStatusCode.BadRequest);
        var page = await browser.Send(await browser.Open("/anmelden"), "/anmelden/extern");
        Assert.Equal("Weiter zu Landesportal", page.Is(HttpStatusCode.OK).Heading);
    }

    [Theory]
    [InlineData("referrals", true)]
    [InlineData("another-client", false)]
    public async Task An_id_token_for_another_client_does_not_count(string audience, bool counts)
    {
        await using var app = api.Start(api.Owner, [("SignIn:Oidc:Authority", "http://127.0.0.1:9"), ("SignIn:Oidc:ClientId", "referrals")]);
        var options = app.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Schemes.Oidc);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new ECDsaSecurityKey(ecdsa);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "http://127.0.0.1:9",
            Audience = audience,
            Subject = new ClaimsIdentity([new Claim("sub", "robin")]),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });

        // What the handler checks with, beside keys and issuer which it takes from the metadata.
        var parameters = options.TokenValidationParameters.Clone();
        (parameters.IssuerSigningKey, parameters.ValidIssuer) = (key, "http://127.0.0.1:9");
        var result = await options.TokenHandler.ValidateTokenAsync(token, parameters);
        Assert.Equal(counts, result.IsValid);
        Assert.True(counts || result.Exception is SecurityTokenInvalidAudienceException, result.Exception?.ToString());
    }

    [Fact]
    public async Task With_local_accounts_off_there_is_no_password_to_type()
    {
        await using var app = Start(linkByEmail: false, ("SignIn:Local", "false"));
        var page = (await app.Browser().Open("/anmelden")).Is(HttpStatusCode.OK);
        Assert.Null(page.Document.QuerySelector("[name=kennwort]"));
        Assert.Contains("Mit Landesportal anmelden", page.Text, StringComparison.Ordinal);
    }

    private async Task<string> PersonWithAddressAsync(string prefix)
    {
        var login = $"{prefix}{Guid.NewGuid():n}";
        await api.Services.GetRequiredService<UserStore>().CreateAsync(
            api.Organisation(), new NewPerson(login, "Robin Beispiel", $"{login}@example.org", null), ["partner"], "test", Ct);
        return login;
    }

    private WebApplicationFactory<ApiSettings> Start(bool linkByEmail, params IEnumerable<(string Key, string Value)> settings)
    {
        if (issuer.Missing is { } reason)
        {
            Assert.Skip(reason);
        }

        return api.Start(api.Owner, [
            ("SignIn:Oidc:Authority", issuer.Address), ("SignIn:Oidc:ClientId", "referrals"), ("SignIn:Oidc:ClientSecret", TestIssuer.ClientSecret),
            ("SignIn:Oidc:Name", "Landesportal"), ("SignIn:Oidc:LinkByEmail", linkByEmail ? "true" : "false"), .. settings]);
    }

    /// <summary>Presses the issuer's button; gives the address there.</summary>
    private static async Task<string> GoAsync(PageClient browser, string from = "/anmelden")
    {
        var page = (await browser.Send(await browser.Open(from), "/anmelden/extern")).Is(HttpStatusCode.OK);
        return page.Document.QuerySelector("main a.kern-btn")!.GetAttribute("href")!;
    }

    /// <summary>Signs in at the issuer and agrees; gives path and query of our address to which it sends the browser in the end.</summary>
    private async Task<string> AtIssuerAsync(string address, string subject)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(issuer.Address) };
        var there = new PageClient(http);
        var page = await there.Open(new Uri(address).PathAndQuery);
        const int most = 12;
        for (var i = 0; i < most; i++)
        {
            if (page.Location is { } location)
            {
                var next = new Uri(new Uri(issuer.Address), location);
                if (next.Host == "localhost")
                {
                    return next.PathAndQuery;
                }

                page = await there.Open(next.PathAndQuery);
                continue;
            }

            var form = Assert.Single(page.Is(HttpStatusCode.OK).Document.Forms);
            page = await there.Send(page, form.GetAttribute("action")!, ("login", subject), ("password", "any"));
        }

        throw new InvalidOperationException($"the issuer doesn't come to an end: {page.Text}");
    }
}
