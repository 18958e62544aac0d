using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Referrals.Engine.Network.Clients;

namespace Referrals.Api.Security;

/// <summary>What our own tokens say of issuer and audience.</summary>
/// <param name="Issuer">The issuer (<c>Authentication:Issuer</c>).</param>
/// <param name="Audience">The audience (<c>Authentication:Audience</c>).</param>
public sealed record TokenNames(string Issuer, string Audience);

/// <summary>Makes access tokens (JWT, ES256) for clients.</summary>
public sealed class TokenIssuer(SigningKey key, TokenNames names, TimeProvider time)
{
    /// <summary>How long a token counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly SigningCredentials _credentials = new(key.Key, SecurityAlgorithms.EcdsaSha256);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for this client.</summary>
    public string Issue(Client client)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = names.Issuer,
            Audience = names.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = _credentials,
            TokenType = "at+jwt",
            Claims = new Dictionary<string, object>
            {
                ["sub"] = client.Id,
                ["client_id"] = client.Id,
                ["jti"] = Guid.NewGuid().ToString(),
                [Claims.OrganisationClaim] = client.Organisation.Value,
                [Claims.RolesClaim] = client.Roles,
            },
        });
    }

    /// <summary>The public key as JWK.</summary>
    public object PublicKey()
    {
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key.Key);
        return new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = key.Key.KeyId, use = "sig", alg = SecurityAlgorithms.EcdsaSha256 };
    }
}
