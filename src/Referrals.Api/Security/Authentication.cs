using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;
using Referrals.Api.Requests;
using Referrals.Api.Security.SignIn;
using Referrals.Engine.Network.Clients;

namespace Referrals.Api.Security;

/// <summary>Where access tokens come from and how they are checked: our own token endpoint, or a foreign OIDC authority. Beside it, the sessions of people.</summary>
public static class Authentication
{
    // RFC 9068: tells an access token from an ID token of the same issuer.
    private const string AccessToken = "at+jwt";

    /// <summary>
    /// Registers it. With <c>Authentication:Authority</c> only that authority's tokens count, for <c>Authentication:Audience</c>, and
    /// there is no token endpoint here. Throws when there is no place for a signing key outside development.
    /// </summary>
    public static void AddReferralsAuthentication(this IServiceCollection services, IConfiguration configuration, ApiSettings settings)
    {
        Schemes.Add(services, configuration);
        services.TryAddSingleton<ClientStore>();
        var section = configuration.GetSection("Authentication");
        if (section["Authority"] is { Length: > 0 } authority)
        {
            AddForeign(services, authority, section);
        }
        else
        {
            AddOwn(services, section, settings);
        }

        // One name for all hosts, so that they read each other's cookies.
        var protection = services.AddDataProtection().SetApplicationName("referrals");
        if (settings.DataFolder is { Length: > 0 } folder)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        }

        services.AddAuthorization(o => Policies.Register(o, settings));
        services.AddSingleton<Microsoft.AspNetCore.Authorization.IAuthorizationMiddlewareResultHandler, Looks.ForbiddenLooks>();
        services.TryAddSingleton(p => new AnswerCipher(p.GetService<SigningKey>()));
    }

    /// <summary>Whether tokens are made here.</summary>
    public static bool IsOwn(IConfiguration configuration) => string.IsNullOrEmpty(configuration["Authentication:Authority"]);

    private static void AddForeign(IServiceCollection services, string authority, IConfigurationSection section)
    {
        var audience = section["Audience"] ?? throw new InvalidOperationException("Authentication:Authority needs Authentication:Audience");
        services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            options.Authority = authority;
            options.Audience = audience;
            options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
            options.MapInboundClaims = false;
            options.TokenValidationParameters.ValidTypes = (section["TokenTypes"] ?? AccessToken).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            options.TokenValidationParameters.NameClaimType = "sub";
            options.TokenValidationParameters.RoleClaimType = Claims.RolesClaim;
        });
    }

    private static void AddOwn(IServiceCollection services, IConfigurationSection section, ApiSettings settings)
    {
        services.AddSingleton(new TokenNames(section["Issuer"] ?? "urn:referrals", section["Audience"] ?? "referrals-api"));
        services.AddSingleton(p => OpenKey(settings, p.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<TokenIssuer>();
        services.AddHostedService<BootstrapClient>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<SigningKey, TokenNames, TimeProvider>(Own);
    }

    private static void Own(JwtBearerOptions options, SigningKey key, TokenNames names, TimeProvider time)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = names.Issuer,
            ValidAudience = names.Audience,
            IssuerSigningKey = key.Key,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [AccessToken],
            NameClaimType = "sub",
            RoleClaimType = Claims.RolesClaim,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (from, until, _, parameters) => IsCurrent(from, until, time.GetUtcNow().UtcDateTime, parameters.ClockSkew),
        };
    }

    private static bool IsCurrent(DateTime? from, DateTime? until, DateTime now, TimeSpan skew) =>
        until is { } end && now <= end + skew && (from is not { } begin || begin <= now + skew);

    private static SigningKey OpenKey(ApiSettings settings, IHostEnvironment environment)
    {
        if (settings.DataFolder is { Length: > 0 } folder)
        {
            return SigningKey.InFolder(Path.Combine(folder, "keys"));
        }

        return environment.IsDevelopment()
            ? SigningKey.Ephemeral()
            : throw new InvalidOperationException("Referrals:Data is needed for the key that signs access tokens, or Authentication:Authority for foreign ones");
    }
}
