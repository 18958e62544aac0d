using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Referrals.Engine;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;

namespace Referrals.Api.Tests;

public sealed class SignInTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Anonymous => api.App.CreateClient();

    private async Task<(OrganisationId Organisation, string Id, string Secret)> Client(params string[] roles)
    {
        var organisation = await api.RegisteredAsync();
        var answer = await api.ClientOf(organisation).Post(
            $"/api/v1/organisations/{organisation}/clients", $$"""{"name":"intake","roles":[{{string.Join(",", roles.Select(r => $"\"{r}\""))}}]}""");
        answer.Is(HttpStatusCode.Created);
        return (organisation, answer.Text("clientId"), answer.Text("secret"));
    }

    private async Task<Answer> Token(string? basic, params IEnumerable<(string Key, string Value)> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Key, f.Value))),
        };
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        }

        return await Http.Read(await Anonymous.SendAsync(request, Ct));
    }

    private static readonly (string, string) Grant = ("grant_type", "client_credentials");

    [Fact]
    public async Task A_client_gets_a_token_by_form_or_basic_and_may_use_it()
    {
        var (organisation, id, secret) = await Client(NetworkRoles.Caseworker, NetworkRoles.Partner);
        var byForm = (await Token(null, Grant, ("client_id", id), ("client_secret", secret))).Ok();
        Assert.Equal("Bearer", byForm.Text("token_type"));
        Assert.Equal(3600, byForm.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", byForm.Raw.Headers.CacheControl?.ToString());

        var byBasic = (await Token($"{id}:{secret}", Grant, ("scope", "partner"))).Ok();
        var token = new JsonWebToken(byBasic.Text("access_token"));
        Assert.Equal(organisation.Value, token.GetClaim("org").Value);
        Assert.Equal(["partner"], token.Claims.Where(c => c.Type == "roles").Select(c => c.Value));
        Assert.Equal("ES256", token.Alg);

        var client = Anonymous;
        client.DefaultRequestHeaders.Authorization = new("Bearer", byBasic.Text("access_token"));
        (await client.Get("/api/v1/assignments")).Ok();
        (await client.Get("/api/v1/referrals")).Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task Wrong_requests_get_the_errors_of_the_standard()
    {
        var (_, id, secret) = await Client(NetworkRoles.Partner);
        Assert.Equal("invalid_request", (await Token(null, ("client_id", id))).Is(HttpStatusCode.BadRequest).Text("error"));
        Assert.Equal("unsupported_grant_type", (await Token(null, ("grant_type", "password"))).Is(HttpStatusCode.BadRequest).Text("error"));
        Assert.Equal("invalid_request", (await Token(null, Grant, Grant)).Is(HttpStatusCode.BadRequest).Text("error"));
        Assert.Equal("invalid_scope", (await Token($"{id}:{secret}", Grant, ("scope", "admin"))).Is(HttpStatusCode.BadRequest).Text("error"));
        Assert.Equal("invalid_client", (await Token(null, Grant)).Is(HttpStatusCode.Unauthorized).Text("error"));
        Assert.Equal("invalid_client", (await Token(null, Grant, ("client_id", "no.body"), ("client_secret", secret))).Is(HttpStatusCode.Unauthorized).Text("error"));
        Assert.Equal("invalid_client", (await Token($"{id}:{secret}", Grant, ("client_secret", secret))).Is(HttpStatusCode.Unauthorized).Text("error"));
        var wrong = (await Token($"{id}:{secret}x", Grant)).Is(HttpStatusCode.Unauthorized);
        Assert.Equal("invalid_client", wrong.Text("error"));
        Assert.Equal("Basic", wrong.Raw.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("invalid_request", (await Anonymous.Post("/connect/token", "{}")).Is(HttpStatusCode.BadRequest).Text("error"));
    }

    [Fact]
    public async Task A_disabled_client_is_not_let_in_and_its_name_not_given_again()
    {
        var (organisation, id, secret) = await Client(NetworkRoles.Partner);
        var admin = api.ClientOf(organisation);
        var path = $"/api/v1/organisations/{organisation}/clients";
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Ask(HttpMethod.Delete, $"{path}/{id}", null)).Status);
        Assert.Equal("invalid_client", (await Token($"{id}:{secret}", Grant)).Is(HttpStatusCode.Unauthorized).Text("error"));
        (await admin.Post(path, """{"name":"intake","roles":["partner"]}""")).Refused(HttpStatusCode.Conflict, "client-exists");
        (await admin.Ask(HttpMethod.Delete, $"{path}/{organisation}.other", null)).Refused(HttpStatusCode.NotFound, "client-not-found");
        var listed = (await admin.Get(path)).Ok().Json.GetProperty("items")[0];
        Assert.True(listed.TryGetProperty("disabledAt", out _));
        Assert.False(listed.TryGetProperty("secret", out _));
    }

    [Fact]
    public async Task Clients_are_made_by_administrators_for_their_own_organisation_or_by_the_operator()
    {
        var organisation = await api.RegisteredAsync(NetworkRoles.Partner);
        var path = $"/api/v1/organisations/{organisation}/clients";
        const string body = """{"name":"intake","roles":["partner"]}""";
        (await api.ClientOf(organisation, NetworkRoles.Caseworker).Post(path, body)).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await api.ClientOf(api.Organisation()).Post(path, body)).Refused(HttpStatusCode.NotFound, "organisation-not-found");
        (await api.ClientOf(new OrganisationId("network-office"), NetworkRoles.Admin).Post(path, body)).Is(HttpStatusCode.Created);
        Assert.Equal(["roles[0]: wrong-value", "name: not-a-code"], (await api.ClientOf(organisation).Post(path, """{"name":"In Take","roles":["king"]}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        Assert.Equal(["roles[1]: role-not-granted"], (await api.ClientOf(organisation).Post(path, """{"name":"in-take","roles":["admin","steering"]}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        Assert.Equal(["roles: roles-missing"], (await api.ClientOf(organisation).Post(path, """{"name":"in-take","roles":[]}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
    }

    [Fact]
    public async Task A_repeated_making_shows_the_same_secret_which_is_not_kept_in_the_open()
    {
        var organisation = await api.RegisteredAsync(NetworkRoles.Partner);
        var (client, path) = (api.ClientOf(organisation), $"/api/v1/organisations/{organisation}/clients");
        const string body = """{"name":"intake","roles":["partner"]}""";
        var first = (await client.Post(path, body, "make-1")).Is(HttpStatusCode.Created);
        var again = (await client.Post(path, body, "make-1")).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text("secret"), again.Text("secret"));
        var kept = await api.QueryAsync("select count(*) from referrals.api_answers where tenant_id = $1 and position(convert_to($2, 'UTF8') in body) > 0", organisation.Value, first.Text("secret"));
        Assert.Equal(0L, kept);
    }

    [Fact]
    public async Task Published_keys_check_the_tokens()
    {
        var (_, id, secret) = await Client(NetworkRoles.Partner);
        var token = (await Token($"{id}:{secret}", Grant)).Text("access_token");
        var configuration = (await Anonymous.Get("/.well-known/openid-configuration")).Ok();
        Assert.EndsWith("/connect/token", configuration.Text("token_endpoint"), StringComparison.Ordinal);
        var keys = new JsonWebKeySet((await Anonymous.Get(new Uri(configuration.Text("jwks_uri")).AbsolutePath)).Ok().Json.GetRawText());
        Assert.DoesNotContain("\"d\"", (await Anonymous.Get("/.well-known/jwks.json")).Json.GetRawText(), StringComparison.Ordinal);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Text("issuer"),
            ValidAudience = "referrals-api",
            IssuerSigningKeys = keys.GetSigningKeys(),
        });
        Assert.True(result.IsValid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-a-token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJvcmciOiJhIiwicm9sZXMiOlsiYWRtaW4iXX0.")]
    public async Task Without_a_good_token_nothing_is_told(string token)
    {
        var client = Anonymous;
        if (token.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        var answer = (await client.Get("/api/v1/referrals")).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", answer.Raw.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public void It_does_not_start_outside_development_without_a_place_for_its_key()
    {
        using var app = api.Start(null, ("Referrals:Data", ""), ("ConnectionStrings:Owner", "Host=127.0.0.1;Port=1")).WithWebHostBuilder(h => h.UseEnvironment("Production"));
        var refused = Assert.Throws<InvalidOperationException>(() => app.Services);
        Assert.Contains("Referrals:Data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_does_not_start_without_a_master_key()
    {
        using var app = api.Start(api.Owner, ("Referrals:MasterKeys:Text", ""));
        Assert.Contains("Referrals__MasterKeys__File", Assert.Throws<MasterKeyException>(() => app.Services).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_does_not_start_with_a_weak_first_secret()
    {
        using var app = api.Start(api.Owner, ("Authentication:Bootstrap:Secret", "changeme"));
        Assert.Contains("32 random", Assert.Throws<InvalidOperationException>(() => app.Services).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_administrator_comes_from_the_settings()
    {
        var secret = ClientSecret.New();
        await using var app = api.Start(api.Owner, ("Authentication:Bootstrap:Secret", secret), ("Authentication:Bootstrap:Name", "first"));
        using var client = app.CreateClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "network-office.first",
            ["client_secret"] = secret,
        });
        Assert.Equal("admin", (await Http.Read(await client.PostAsync("/connect/token", form, Ct))).Ok().Text("scope"));
    }

    [Fact]
    public async Task Tokens_are_given_out_slowly_to_one_address()
    {
        await using var app = api.Start(api.Owner, ("Limits:TokensPerSecond", "1"));
        using var client = app.CreateClient();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add(await client.PostAsync("/connect/token", new StringContent(""), Ct));
        }

        var refused = await Http.Read(answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests));
        refused.Refused(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.NotNull(refused.Raw.Headers.RetryAfter);
    }
}
