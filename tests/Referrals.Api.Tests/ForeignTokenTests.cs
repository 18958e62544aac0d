using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Referrals.Api.Security;

namespace Referrals.Api.Tests;

/// <summary>Tokens of a foreign authority.</summary>
public sealed class ForeignTokenTests(ApiHost api)
{
    private const string Authority = "https://login.example.org";
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "one" };

    [Theory]
    [InlineData("at+jwt", null, true)]
    [InlineData("JWT", null, false)]
    [InlineData("JWT", "at+jwt, JWT", true)]
    [InlineData("logout+jwt", "at+jwt, JWT", false)]
    public async Task Only_access_tokens_count_unless_another_kind_is_set(string type, string? taken, bool counts)
    {
        await using var app = Start(taken);
        Assert.Equal(counts ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await AskAsync(app, type, "referrals-api"));
    }

    [Fact]
    public async Task A_token_for_another_audience_does_not_count()
    {
        await using var app = Start(null);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, "at+jwt", "another-api"));
    }

    private async Task<HttpStatusCode> AskAsync(WebApplicationFactory<ApiSettings> app, string type, string audience)
    {
        var organisation = api.Organisation();
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = audience,
            TokenType = type,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object> { ["sub"] = "some", [Claims.OrganisationClaim] = organisation.Value, [Claims.RolesClaim] = new[] { "caseworker" } },
        }));
        return (await client.Get("/api/v1/referrals")).Status;
    }

    private WebApplicationFactory<ApiSettings> Start(string? types) => api
        .Start(api.Owner, [("Authentication:Authority", Authority), ("Authentication:Audience", "referrals-api"), .. types is null ? [] : new[] { ("Authentication:TokenTypes", types) }])
        .WithWebHostBuilder(host => host.ConfigureTestServices(services => services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, o =>
        {
            // What the authority's metadata would say.
            o.Configuration = new OpenIdConnectConfiguration { Issuer = Authority };
            o.Configuration.SigningKeys.Add(Key);
        })));
}
