using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Referrals.Api.Security;

namespace Referrals.Api.Tests;

/// <summary>Tokens that differ from a good one in one thing only.</summary>
public sealed class TokenTests(ApiHost api)
{
    private SigningKey Key => api.Services.GetRequiredService<SigningKey>();

    [Fact]
    public async Task A_token_made_as_ours_are_counts() => Assert.Equal(HttpStatusCode.OK, await AskAsync(_ => { }));

    [Fact]
    public async Task A_token_whose_time_is_over_or_has_not_come_does_not_count()
    {
        var now = DateTime.UtcNow;
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => (t.NotBefore, t.Expires) = (now.AddHours(-2), now.AddMinutes(-1))));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => (t.NotBefore, t.Expires) = (now.AddMinutes(2), now.AddHours(1))));
    }

    [Fact]
    public async Task A_token_for_others_of_others_or_of_another_kind_does_not_count()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => t.Audience = "another-api"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => t.Issuer = "urn:another"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => t.TokenType = "JWT"));
    }

    [Fact]
    public async Task A_token_signed_by_another_key_or_in_another_way_does_not_count()
    {
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => t.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(another) { KeyId = Key.Key.KeyId }, SecurityAlgorithms.EcdsaSha256)));

        // Our public key is known to all; as the key of a MAC it would let anybody make tokens.
        var known = Key.Key.ECDsa.ExportSubjectPublicKeyInfo();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => t.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(known) { KeyId = Key.Key.KeyId }, SecurityAlgorithms.HmacSha256)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(t => t.SigningCredentials = null));
    }

    private async Task<HttpStatusCode> AskAsync(Action<SecurityTokenDescriptor> change)
    {
        var (organisation, names, now) = (api.Organisation(), api.Services.GetRequiredService<TokenNames>(), DateTime.UtcNow);
        var token = new SecurityTokenDescriptor
        {
            Issuer = names.Issuer,
            Audience = names.Audience,
            NotBefore = now,
            Expires = now.AddHours(1),
            SigningCredentials = new SigningCredentials(Key.Key, SecurityAlgorithms.EcdsaSha256),
            TokenType = "at+jwt",
            Claims = new Dictionary<string, object> { ["sub"] = $"{organisation}.test", [Claims.OrganisationClaim] = organisation.Value, [Claims.RolesClaim] = new[] { "caseworker" } },
        };
        change(token);
        using var client = api.App.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token));
        return (await client.Get("/api/v1/referrals")).Status;
    }
}
