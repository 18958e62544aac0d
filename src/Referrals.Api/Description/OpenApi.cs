namespace Referrals.Api.Description;

/// <summary>The OpenAPI document.</summary>
internal static class OpenApi
{
    public static void AddReferralsOpenApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOpenApi("v1");
    }
}
